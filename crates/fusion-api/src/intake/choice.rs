//! Which importer reads a file: the one the analyst names, else the best by content.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use fusion_import::{Detection, HEAD_BYTES, IMPORTERS, Importer, Probe, detect};
use fusion_model::{SourceId, StreamDigest};
use fusion_store::Erased;

use super::wish::Wish;
use crate::error::{ApiError, Code};
use crate::open_case::OpenCase;

/// What is to be done with a file.
pub enum Choice {
    /// Read it with this importer.
    Importer {
        importer: &'static dyn Importer,
        reason: String,
        others: Vec<&'static dyn Importer>,
    },
    /// The format is known, and nobody reads it yet.
    Foreign { label: String, reason: String },
    /// Nothing can be made of it.
    Unreadable { reason: String, hint: String },
}

/// Chooses by the wish, else by the head of the file.
pub fn choose(wish: &Wish) -> Choice {
    let unreadable = |reason: String| Choice::Unreadable {
        reason,
        hint: String::new(),
    };
    let named = wish
        .format
        .as_deref()
        .and_then(|id| IMPORTERS.iter().copied().find(|importer| importer.id() == id));
    if let Some(importer) = named {
        return Choice::Importer {
            importer,
            reason: "chosen by the analyst".to_owned(),
            others: Vec::new(),
        };
    }
    let (head, size) = match head(&wish.path) {
        Ok(read) => read,
        Err(error) => return unreadable(format!("the file cannot be read: {error}")),
    };
    match detect(&Probe {
        name: &wish.name,
        head: &head,
        size,
    }) {
        Detection::Candidates(candidates) => {
            let mut candidates = candidates.into_iter();
            match candidates.next() {
                Some(best) => Choice::Importer {
                    importer: best.importer,
                    reason: best.reason.into_owned(),
                    others: candidates.map(|candidate| candidate.importer).collect(),
                },
                None => unreadable("the format is not recognised".to_owned()),
            }
        }
        Detection::Foreign { label, reason } => Choice::Foreign {
            label: label.to_owned(),
            reason,
        },
        Detection::Unreadable { reason } => unreadable(reason),
    }
}

/// Says how a case stands to certain bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It holds them, and they count.
    Live,
    /// It held them, and they or some of them were erased.
    Erased,
    /// It does not hold them, or they were withdrawn.
    Absent,
}

/// Tells how the case stands to the bytes of a file.
pub fn presence(case: &OpenCase, path: &Path) -> Result<Presence, ApiError> {
    let told = |error: std::io::Error| ApiError::new(Code::Failed, format!("the file cannot be read: {error}"));
    let mut file = File::open(path).map_err(told)?;
    let mut digest = StreamDigest::new();
    let mut chunk = vec![0; 64 * 1024];
    loop {
        match file.read(&mut chunk).map_err(told)? {
            0 => break,
            count => digest.update(&chunk[..count]),
        }
    }
    let id = SourceId(digest.finish());
    Ok(match case.store.source(id)? {
        Some(entry) if entry.erased != Erased::Nothing => Presence::Erased,
        Some(entry) if entry.live => Presence::Live,
        _ => Presence::Absent,
    })
}

fn head(path: &Path) -> std::io::Result<(Vec<u8>, u64)> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut head = Vec::with_capacity(HEAD_BYTES.min(size as usize));
    file.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    Ok((head, size))
}
