//! Records with the identifiers of dozens of people: an address book taken for a person, or a row made to join everybody.

use super::Crowd;
use crate::feature::Feature;
use crate::records::{Records, Through, of_feature};
use crate::value::Values;

/// More different values of one kind than a person has.
const MOST: usize = 24;

/// What a person has few of. Accounts are not among them: one person may have one user name on hundreds of sites.
const FEW: [Feature; 5] = [
    Feature::Email,
    Feature::Phone,
    Feature::Handle,
    Feature::Iban,
    Feature::OfficialNumber,
];

/// Sets records apart that hold too many identifiers: they take no part, and are returned.
pub(crate) fn set_apart(records: &Records, values: &Values, takes_part: &mut [bool]) -> Vec<Crowd> {
    let mut crowds = Vec::new();
    let mut classes = Vec::new();
    for record in 0..records.len() as u32 {
        let held = records.of(record);
        if held.len() <= MOST {
            continue;
        }
        for feature in FEW {
            classes.clear();
            let own = of_feature(held, feature)
                .iter()
                .filter(|held| held.through == Through::Own);
            classes.extend(own.map(|held| values.class_of(held.value)));
            classes.sort_unstable();
            classes.dedup();
            if classes.len() > MOST {
                takes_part[record as usize] = false;
                crowds.push(Crowd {
                    record,
                    feature,
                    values: classes.len() as u32,
                });
                break;
            }
        }
    }
    crowds
}
