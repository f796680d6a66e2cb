//! The catalogue of formats: one file each, and its line in [`IMPORTERS`].

mod dehashed;
mod etherscan_api;
mod etherscan_csv;
mod generic_csv;
mod generic_json;
mod generic_ndjson;
mod hibp;
pub(crate) mod leak;
mod leakcheck;
mod maigret;
mod maigret_ndjson;
mod maigret_simple;
mod maigret_txt;
mod sherlock_csv;
mod sherlock_txt;
mod telegram_json;
mod transaction;

use crate::importer::Importer;

/// All importers: specific formats first, generic ones last.
pub static IMPORTERS: &[&dyn Importer] = &[
    &sherlock_csv::SherlockCsv,
    &sherlock_txt::SherlockTxt,
    &maigret_simple::MaigretSimple,
    &maigret_ndjson::MaigretNdjson,
    &maigret_txt::MaigretTxt,
    &hibp::Hibp,
    &leakcheck::LeakCheck,
    &dehashed::DeHashed,
    &etherscan_csv::EtherscanCsv,
    &etherscan_api::EtherscanApi,
    &telegram_json::TelegramJson,
    &generic_csv::GenericCsv,
    &generic_ndjson::GenericNdjson,
    &generic_json::GenericJson,
];

/// Finds an importer by its stable name.
pub fn importer(id: &str) -> Option<&'static dyn Importer> {
    IMPORTERS.iter().copied().find(|importer| importer.id() == id)
}
