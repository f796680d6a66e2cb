//! rules.

use std::path::Path;

use fusion_api::error::{ApiError, Code};
use fusion_api::rules as api;

use crate::arguments::RulesQuestion;
use crate::exit::Exit;
use crate::output::{Output, columns};

pub fn rules(output: &Output, what: RulesQuestion, file: Option<&Path>) -> anyhow::Result<Exit> {
    match what {
        RulesQuestion::Check => {
            let Some(file) = file else {
                return Err(ApiError::new(Code::Usage, "no rules file was given")
                    .hint("fusion rules check FILE")
                    .into());
            };
            let rules = api::read(Some(file))?;
            output.show(&api::summary(&rules), |view| {
                vec![format!("The rules hold; digest {}", view.digest)]
            })?;
        }
        RulesQuestion::Show => {
            let rules = api::read(file)?;
            output.show(&api::show(&rules), |view| {
                view.text.lines().map(str::to_owned).collect()
            })?;
        }
        RulesQuestion::Diff => {
            let rules = api::read(file)?;
            output.show(&api::diff(&rules), |changes| {
                let row = |change: &api::RuleChangeView| {
                    vec![
                        change.key.clone(),
                        change.shipped.clone(),
                        "->".to_owned(),
                        change.now.clone(),
                    ]
                };
                columns(&changes.iter().map(row).collect::<Vec<_>>())
            })?;
        }
    }
    Ok(Exit::Done)
}
