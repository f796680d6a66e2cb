//! What the analyst wants done with one file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use fusion_import::Mapping;
use fusion_model::{Grade, SourceKind};
use fusion_store::Secrets;

use crate::bench::Workbench;
use crate::commands::import::ImportFileRequest;
use crate::error::ApiError;

/// Largest mapping file in bytes.
const MAPPING_BYTES: u64 = 1 << 20;

/// Holds the checked wishes about one file.
#[derive(Debug)]
pub struct Wish {
    pub(super) path: PathBuf,
    pub(super) name: String,
    pub(super) format: Option<String>,
    pub(super) kind: Option<SourceKind>,
    pub(super) subject: Option<String>,
    pub(super) grade: Option<Grade>,
    pub(super) mapping: Option<Mapping>,
    pub(super) secrets: Secrets,
    pub(super) again: Option<String>,
}

impl Wish {
    /// Reads a request: finds the place behind the handle and refuses words that mean nothing.
    pub fn read(bench: &Arc<Workbench>, request: &ImportFileRequest) -> Result<Self, ApiError> {
        let mut wish = Self::of_path(&bench.handles.path(&request.handle)?, request)?;
        wish.mapping = request
            .mapping
            .as_deref()
            .map(|handle| read_mapping(bench, handle))
            .transpose()?;
        Ok(wish)
    }

    /// Reads the wishes about the file at `path`, leaving handles aside.
    pub fn of_path(path: &Path, request: &ImportFileRequest) -> Result<Self, ApiError> {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let chosen = |text: &Option<String>| {
            text.as_deref()
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
        Ok(Self {
            name,
            format: chosen(&request.format).map(known_format).transpose()?,
            kind: chosen(&request.kind).map(|kind| known_kind(&kind)).transpose()?,
            subject: chosen(&request.subject),
            grade: chosen(&request.grade).map(|grade| known_grade(&grade)).transpose()?,
            mapping: None,
            secrets: known_secrets(request.secrets.as_deref())?,
            again: chosen(&request.again),
            path: path.to_owned(),
        })
    }
}

fn known_format(id: String) -> Result<String, ApiError> {
    let known: Vec<&str> = fusion_import::IMPORTERS.iter().map(|importer| importer.id()).collect();
    if known.contains(&id.as_str()) {
        return Ok(id);
    }
    Err(ApiError::usage(format!("unknown importer: {id}")).hint(format!("one of {}", known.join(", "))))
}

fn known_kind(id: &str) -> Result<SourceKind, ApiError> {
    let known: Vec<&str> = SourceKind::ALL.iter().map(|kind| kind.id()).collect();
    SourceKind::from_id(id).ok_or_else(|| {
        ApiError::usage(format!("unknown source kind: {id}")).hint(format!("one of {}", known.join(", ")))
    })
}

fn known_secrets(text: Option<&str>) -> Result<Secrets, ApiError> {
    match text {
        None | Some("") => Ok(Secrets::Fingerprints),
        Some("keep") => Ok(Secrets::Keep),
        Some(other) => Err(ApiError::usage(format!("unknown way with secrets: {other}")).hint("`keep`, or nothing")),
    }
}

fn known_grade(text: &str) -> Result<Grade, ApiError> {
    Grade::parse(text).ok_or_else(|| {
        ApiError::usage(format!("not a grade: {text}"))
            .hint("a letter A to F for the source and a digit 1 to 6 for the item, e.g. B2")
    })
}

fn read_mapping(bench: &Arc<Workbench>, handle: &str) -> Result<Mapping, ApiError> {
    let path = bench.handles.path(handle)?;
    let told = |what: String| ApiError::usage(format!("{what}: {}", path.display()));
    let size = path
        .metadata()
        .map_err(|error| told(format!("the mapping cannot be read: {error}")))?
        .len();
    if size > MAPPING_BYTES {
        return Err(told("the mapping is larger than 1 MiB".to_owned()));
    }
    let text = std::fs::read_to_string(&path).map_err(|error| told(format!("the mapping cannot be read: {error}")))?;
    Mapping::parse(&text).map_err(|error| told(error.to_string()).hint(error.hint.unwrap_or_default()))
}
