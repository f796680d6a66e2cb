//! keys: what opens a case.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use fusion_api::bench::Workbench;
use fusion_api::commands::case::{Mode, open_view};
use fusion_api::commands::keys::{
    self as api, KeysAddColleagueRequest, KeysAddPassphraseRequest, KeysAddRecoveryRequest,
    KeysChangePassphraseRequest, KeysListRequest, KeysModeRequest, KeysRemoveRequest, KeysRotateRequest, KeysView,
};
use fusion_api::open_case::CaseKey;

use crate::arguments::{KeyMode, KeysAction, NewKey};
use crate::exit::Exit;
use crate::output::{Output, columns};
use crate::progress::Line;
use crate::{passphrase, session};

/// Lists or changes what opens `case`.
pub fn keys(
    output: &Output,
    secret: Option<&Path>,
    case: &Path,
    action: KeysAction,
    reason: Option<String>,
) -> anyhow::Result<Exit> {
    match action {
        KeysAction::List => {
            let bench = session::reading(case, secret)?;
            output.show(&api::list(&bench, KeysListRequest {})?, lines)?;
        }
        KeysAction::Add { key } => add(output, secret, case, key, reason)?,
        KeysAction::Remove { id } => {
            let bench = session::writing(case, secret)?;
            output.show(&api::remove(&bench, KeysRemoveRequest { id, reason })?, lines)?;
        }
        KeysAction::ChangePassphrase { new_passphrase_file } => {
            let key = session::key(secret)?;
            let present = match &key {
                CaseKey::Passphrase(text) => text.to_string(),
                _ => String::new(),
            };
            let bench = session::open_with(case, key, Mode::Write)?;
            let next = passphrase::read_new(new_passphrase_file.as_deref())?.to_string();
            let request = KeysChangePassphraseRequest { present, next, reason };
            output.show(&api::change_passphrase(&bench, request)?, lines)?;
        }
        KeysAction::Rotate {
            new_passphrase_file,
            output: file,
        } => {
            let key = session::key(secret)?;
            let present = match &key {
                CaseKey::Passphrase(text) => text.to_string(),
                _ => String::new(),
            };
            let bench = session::open_with(case, key, Mode::Write)?;
            bench.case()?.require_writable()?;
            let next = passphrase::read_new(new_passphrase_file.as_deref())?.to_string();
            rotate(output, &bench, KeysRotateRequest { present, next, reason }, file)?;
        }
        KeysAction::Mode { mode } => {
            // The passphrase is needed whatever opens the case: it is the one that stays.
            let key = session::passphrase(secret)?;
            let passphrase = key.to_string();
            let bench = session::open_with(case, key.into(), Mode::Write)?;
            let mode = match mode {
                KeyMode::Standard => "standard",
                KeyMode::High => "high",
            };
            let request = KeysModeRequest {
                mode: mode.to_owned(),
                passphrase,
                reason,
            };
            output.show(&api::mode(&bench, request)?, lines)?;
        }
        KeysAction::Recover {
            kit,
            new_passphrase_file,
        } => {
            let bench = session::bench()?;
            let kit = api::read_secret_file(&kit)?;
            let code = session::recovery_code()?;
            let next = passphrase::read_new(new_passphrase_file.as_deref())?;
            let opened = api::recover_folder(&bench, case, kit, code, next)?;
            output.show(&open_view(&opened)?, |view| vec![view.keys_note.clone()])?;
        }
    }
    Ok(Exit::Done)
}

fn rotate(
    output: &Output,
    bench: &Arc<Workbench>,
    request: KeysRotateRequest,
    file: Option<PathBuf>,
) -> anyhow::Result<()> {
    // The place is taken before the code in force is replaced.
    let place = file.as_ref().map(create).transpose()?;
    let line = Line::new(output);
    let outcome = api::rotate_watched(bench, request, &line);
    drop(line);
    if let Some(file) = file
        .as_ref()
        .filter(|_| !matches!(&outcome, Ok(view) if view.kit.is_some()))
    {
        // Nothing came to be printed.
        std::fs::remove_file(file).context("the place of the recovery kit cannot be given back")?;
    }
    let view = outcome?;
    if let (Some(mut place), Some(kit)) = (place, &view.kit) {
        place
            .write_all(kit.as_bytes())
            .and_then(|()| place.sync_all())
            .context("the recovery kit cannot be written; make another one")?;
    }
    output.show(&view, |view| {
        let mut out = lines(&view.keys);
        if let (Some(code), Some(kit)) = (&view.code, &view.kit) {
            out.push(format!("Recovery code: {code}"));
            out.push("Write it down: it is not shown again.".to_owned());
            match &file {
                Some(file) => out.push(format!("The page to print is in {}.", file.display())),
                None => out.extend(kit.lines().map(str::to_owned)),
            }
        }
        out.push(view.text.clone());
        out.extend(
            view.backups
                .iter()
                .map(|backup| format!("A former passphrase still opens {backup}.")),
        );
        out
    })
}

fn add(output: &Output, secret: Option<&Path>, case: &Path, key: NewKey, reason: Option<String>) -> anyhow::Result<()> {
    let bench = session::writing(case, secret)?;
    match key {
        NewKey::Recovery { output: file } => {
            // The place is taken before the code in force is replaced.
            let place = file.as_ref().map(create).transpose()?;
            let view = api::add_recovery(&bench, KeysAddRecoveryRequest { reason })?;
            if let Some(mut place) = place {
                place
                    .write_all(view.kit.as_bytes())
                    .and_then(|()| place.sync_all())
                    .context("the recovery kit cannot be written; make another one")?;
            }
            output.show(&view, |view| {
                let mut lines = vec![format!("Recovery code: {}", view.code)];
                lines.push("Write it down: it is not shown again.".to_owned());
                match &file {
                    Some(file) => lines.push(format!("The page to print is in {}.", file.display())),
                    None => lines.extend(view.kit.lines().map(str::to_owned)),
                }
                lines
            })
        }
        NewKey::Colleague { recipient, label } => {
            let request = KeysAddColleagueRequest {
                recipient,
                label,
                reason,
            };
            output.show(&api::add_colleague(&bench, request)?, lines)
        }
        NewKey::Passphrase {
            label,
            new_passphrase_file,
        } => {
            let passphrase = passphrase::read_new(new_passphrase_file.as_deref())?.to_string();
            let request = KeysAddPassphraseRequest {
                passphrase,
                label,
                reason,
            };
            output.show(&api::add_passphrase(&bench, request)?, lines)
        }
        NewKey::Keyring => {
            let opened = bench.case()?;
            opened.remember(reason.as_deref().unwrap_or_default())?;
            output.show(&opened.keys(), lines)
        }
    }
}

fn create(file: &PathBuf) -> anyhow::Result<std::fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
        .open(file)
        .with_context(|| format!("the recovery kit cannot be written: {}", file.display()))
}

fn lines(view: &KeysView) -> Vec<String> {
    let rows: Vec<Vec<String>> = view
        .slots
        .iter()
        .map(|slot| {
            let about = [slot.label.as_str(), slot.recipient.as_str(), slot.cost.as_str()];
            let about: Vec<&str> = about.into_iter().filter(|part| !part.is_empty()).collect();
            vec![slot.id.to_string(), slot.kind.clone(), about.join(", ")]
        })
        .collect();
    let mut lines = columns(&rows);
    if view.mode == "high" {
        lines.push("High mode: a passphrase opens the case only together with this computer's keyring.".to_owned());
    }
    if view.previous_kept {
        lines.push("The keys before this change still open the case, until it is opened with the new ones.".to_owned());
    }
    lines
}
