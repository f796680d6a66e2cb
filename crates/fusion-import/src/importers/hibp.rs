//! Have I Been Pwned v3 `breachedaccount`: a list of breaches, full or truncated to `[{"Name": …}]`.
//!
//! The account that was asked for is not in the answer. It is taken from `--subject`, or from a file name
//! `breachedaccount_<address>.json` if that part really is an address; else the import fails and asks. Keys are
//! accepted in PascalCase and camelCase. The description is HTML of the service and kept as a note, as written.

use fusion_model::derived::RelationKind;
use fusion_model::{EntityKind, Locator, Property, RecordKey, SourceKind, WarningCode};

use super::leak::scalars;
use crate::draft::Draft;
use crate::error::{ErrorCode, ImportError};
use crate::importer::{Importer, Input, Likelihood, Probe};
use crate::json::{JsonReader, Node, pointer_step};
use crate::looks;
use crate::open;
use crate::records::{email_in_name, warning};
use crate::sink::Sink;

/// Members that are values of the breach; compared with their first letter in either case.
const BREACH: &[(&str, Property)] = &[
    ("Name", Property::BreachName),
    ("Title", Property::Title),
    ("Domain", Property::Domain),
    ("BreachDate", Property::BreachDate),
    ("AddedDate", Property::PublishedAt),
    ("PwnCount", Property::Count),
    ("DataClasses", Property::DataClass),
    ("IsVerified", Property::Verified),
    ("Description", Property::Note),
    ("Attribution", Property::Note),
];
/// Truth values that label the breach when they are true.
const LABELS: [&str; 6] = [
    "IsFabricated",
    "IsSensitive",
    "IsRetired",
    "IsSpamList",
    "IsMalware",
    "IsStealerLog",
];

/// Reads breach lists of Have I Been Pwned.
pub struct Hibp;

impl Importer for Hibp {
    fn id(&self) -> &'static str {
        "hibp"
    }

    fn label(&self) -> &'static str {
        "Have I Been Pwned account JSON"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn kind(&self) -> SourceKind {
        SourceKind::Breach
    }

    fn probe(&self, probe: &Probe<'_>) -> Likelihood {
        let outline = probe.outline();
        let Some(json) = outline.json.as_ref() else {
            return Likelihood::No;
        };
        let items = json.root.items();
        let is_full = |item: &Node| {
            member(item, "Name").is_some()
                && member(item, "BreachDate").is_some()
                && member(item, "DataClasses").is_some()
        };
        if items.first().is_some_and(is_full) {
            return Likelihood::Certain {
                reason: "breaches with BreachDate and DataClasses".into(),
            };
        }
        // The service's names have no blanks; a list of people called by name does.
        let is_name = |name: &str| !name.is_empty() && !name.contains(char::is_whitespace);
        let is_bare =
            |item: &Node| item.members().len() == 1 && member(item, "Name").and_then(Node::text).is_some_and(is_name);
        Likelihood::certain_if(
            !items.is_empty() && items.iter().all(is_bare),
            "a truncated list of breach names",
        )
    }

    fn run(&self, mut input: Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let named = email_in_name(input.name, "breachedaccount_");
        let (account, path) = match (input.subject, named) {
            (Some(given), _) => (given.trim().to_owned(), "subject"),
            (None, Some(named)) => (named.to_owned(), "file name"),
            (None, None) => {
                let message = "the answer does not say whose breaches it lists";
                let hint = "say it with --subject <e-mail address that was asked for>";
                return Err(ImportError::new(ErrorCode::SubjectNeeded, message).hint(hint));
            }
        };
        open::read(&mut input, sink, |opened, sink| {
            let mut reader = JsonReader::new(opened.text);
            reader.enter_array()?;
            let mut index = 0u64;
            while reader.next_item()? {
                let node = reader.value()?;
                sink.row_read()?;
                let locator = Locator::Pointer {
                    pointer: format!("/{index}"),
                    line: node.line,
                };
                index += 1;
                if member(&node, "Name")
                    .and_then(Node::text)
                    .is_none_or(|name| name.trim().is_empty())
                {
                    sink.warning(warning(WarningCode::RowSkipped, locator, "the element names no breach"))?;
                    continue;
                }
                sink.observation(breach(&node, locator, &account, path).done())?;
            }
            reader.end()?;
            let folded = account.to_ascii_lowercase();
            sink.origin(format!("hibp:{folded}"));
            sink.subject(account);
            Ok(())
        })
    }
}

fn breach(node: &Node, locator: Locator, account: &str, path: &str) -> Draft {
    let mut draft = Draft::at(locator);
    let key = RecordKey::Native {
        namespace: "hibp-account".to_owned(),
        key: account.to_ascii_lowercase(),
    };
    let person = draft.record(EntityKind::Person, key);
    let property = match account {
        account if looks::is_email(account) => Property::Email,
        account if looks::is_phone(account) => Property::Phone,
        _ => Property::Handle,
    };
    draft.say(person, property, account, path);
    let breach = draft.record(EntityKind::Breach, RecordKey::Here);
    for (name, property) in BREACH {
        if let Some((key, value)) = entry(node, name) {
            scalars(value, &pointer_step("", key), &mut |text, path| {
                draft.say(breach, *property, text, &path);
            });
        }
    }
    for label in LABELS {
        if let Some((key, _)) = entry(node, label).filter(|(_, value)| value.text() == Some("true")) {
            draft.say(breach, Property::Tag, label, &pointer_step("", key));
        }
    }
    draft.link(person, breach, RelationKind::ExposedIn);
    draft
}

/// Finds a member by its name with the first letter in either case.
fn entry<'n>(node: &'n Node, name: &str) -> Option<(&'n str, &'n Node)> {
    let tail = name.get(1..)?;
    let is_it = |key: &str| {
        key.get(1..) == Some(tail)
            && key
                .get(..1)
                .is_some_and(|first| name.get(..1).is_some_and(|other| first.eq_ignore_ascii_case(other)))
    };
    node.members()
        .iter()
        .find(|(key, _)| is_it(key))
        .map(|(key, value)| (key.as_str(), value))
}

fn member<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    entry(node, name).map(|(_, value)| value)
}
