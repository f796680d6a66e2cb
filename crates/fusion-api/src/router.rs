//! The one door: a method name and a JSON request in, JSON or bytes out, after an access check.
//!
//! A window's own permission list only knows one command, so the check of *which window may do what* stands here,
//! in front of the same functions that the command line calls.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::bench::Workbench;
use crate::commands;
use crate::error::{ApiError, Code};
use crate::schema::Declarations;

/// Sorts commands by what they disclose or change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    /// Looks at derived or listed things.
    Read,
    /// Changes the case.
    Write,
    /// Shows original evidence.
    Reveal,
    /// Writes outside the case.
    Export,
}

/// Names who is calling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// The main window: everything.
    MainWindow,
    /// A window that only shows (a torn-off report): reading only.
    ViewerWindow,
}

impl Caller {
    /// Tells whether this caller may use commands of a class.
    pub fn may(self, access: Access) -> bool {
        match self {
            Self::MainWindow => true,
            Self::ViewerWindow => access == Access::Read,
        }
    }
}

/// Holds what a command answers.
#[derive(Debug)]
pub enum Reply {
    /// A JSON document.
    Json(String),
    /// Columns of bytes.
    Bytes(Vec<u8>),
}

/// Describes one command.
#[derive(Clone, Copy)]
pub struct Command {
    /// Method name, e.g. `entity.page`.
    pub name: &'static str,
    /// What it does, for the schema.
    pub about: &'static str,
    /// What it discloses or changes.
    pub access: Access,
    /// Declares its types and names them.
    pub types: fn(&mut Declarations) -> (String, String),
    /// Runs it.
    pub call: fn(&Arc<Workbench>, &str) -> Result<Reply, ApiError>,
}

/// All commands, by area.
pub static COMMANDS: &[&[Command]] = &[
    commands::alerts::COMMANDS,
    commands::annotate::COMMANDS,
    commands::backup::COMMANDS,
    commands::case::COMMANDS,
    commands::custody::COMMANDS,
    commands::entities::COMMANDS,
    commands::graph::COMMANDS,
    commands::history::COMMANDS,
    commands::import::COMMANDS,
    commands::job::COMMANDS,
    commands::keys::COMMANDS,
    commands::log::COMMANDS,
    commands::measure::COMMANDS,
    commands::report::COMMANDS,
    commands::review::COMMANDS,
    commands::search::COMMANDS,
    commands::share::COMMANDS,
    commands::timeline::COMMANDS,
];

/// Lists a command whose request and answer are JSON.
macro_rules! command {
    ($name:literal, $access:ident, $about:literal, $request:ty => $view:ty, $handler:path) => {
        crate::router::Command {
            name: $name,
            about: $about,
            access: crate::router::Access::$access,
            types: |declarations| (declarations.add::<$request>(), declarations.add::<$view>()),
            call: |bench, request| {
                let request: $request = crate::router::parse($name, request)?;
                crate::router::json(&$handler(bench, request)?)
            },
        }
    };
}

/// Lists a command that answers with bytes.
macro_rules! bytes_command {
    ($name:literal, $access:ident, $about:literal, $request:ty, $handler:path) => {
        crate::router::Command {
            name: $name,
            about: $about,
            access: crate::router::Access::$access,
            types: |declarations| (declarations.add::<$request>(), "ArrayBuffer".to_owned()),
            call: |bench, request| {
                let request: $request = crate::router::parse($name, request)?;
                $handler(bench, request).map(crate::router::Reply::Bytes)
            },
        }
    };
}

pub(crate) use {bytes_command, command};

pub(crate) fn parse<T: DeserializeOwned>(name: &str, request: &str) -> Result<T, ApiError> {
    serde_json::from_str(request).map_err(|error| ApiError::usage(format!("{name}: request does not fit: {error}")))
}

pub(crate) fn json<T: Serialize>(view: &T) -> Result<Reply, ApiError> {
    serde_json::to_string(view)
        .map(Reply::Json)
        .map_err(|error| ApiError::new(Code::Failed, format!("answer cannot be written: {error}")))
}

/// Finds a command by name.
pub fn find(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().copied().flatten().find(|command| command.name == name)
}

/// Commands that a page asks by itself, whether or not anybody sits in front of it.
const POLLING: &[&str] = &["case.status", "job.list"];

/// Checks access and runs a command; most count as use of the case.
pub fn call(bench: &Arc<Workbench>, caller: Caller, name: &str, request: &str) -> Result<Reply, ApiError> {
    let command = find(name).ok_or_else(|| ApiError::not_found(format!("command: {name}")))?;
    if !caller.may(command.access) {
        return Err(ApiError::new(Code::Denied, format!("this window may not call {name}")));
    }
    if !POLLING.contains(&name) {
        bench.auto_lock.note_use();
    }
    (command.call)(bench, request)
}
