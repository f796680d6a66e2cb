//! The TypeScript schema: every type that a command takes or gives, and the table of commands.
//!
//! The text is a pure function of the command list, so a committed copy can be proved fresh.

use std::any::TypeId;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use ts_rs::{Config, TS, TypeVisitor};

use crate::commands::job::JobEvent;
use crate::error::ErrorView;
use crate::router::COMMANDS;

const HEAD: &str = "// Generated from the Rust commands by `cargo xtask codegen`. Do not edit.\n";

/// Collects declarations of types and of everything they mention.
pub struct Declarations {
    config: Config,
    seen: BTreeSet<TypeId>,
    found: BTreeMap<String, String>,
    /// Names that two types share, so that one of them would be lost.
    shared: BTreeSet<String>,
}

impl Declarations {
    /// Adds `T` and everything it mentions; returns its name.
    pub fn add<T: TS + 'static + ?Sized>(&mut self) -> String {
        self.visit::<T>();
        T::name(&self.config)
    }
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            let name = T::ident(&self.config);
            let declaration = format!("{docs}export {}", T::decl(&self.config));
            if self.found.insert(name.clone(), declaration).is_some() {
                self.shared.insert(name);
            }
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// Collects everything that crosses to the window; the second part is the table of commands.
fn collected() -> (Declarations, String) {
    let mut declarations = Declarations {
        config: Config::new().with_large_int("number"),
        seen: BTreeSet::new(),
        found: BTreeMap::new(),
        shared: BTreeSet::new(),
    };
    declarations.add::<JobEvent>();
    declarations.add::<ErrorView>();
    let mut table = String::new();
    for command in COMMANDS.iter().copied().flatten() {
        let (request, answer) = (command.types)(&mut declarations);
        let _ = writeln!(
            table,
            "  /** {} */\n  \"{}\": [{request}, {answer}];",
            command.about, command.name
        );
    }
    (declarations, table)
}

/// Returns the text of `ui/src/generated/api.ts`.
pub fn typescript() -> String {
    let (declarations, table) = collected();
    let mut text = HEAD.to_owned();
    for declaration in declarations.found.values() {
        let _ = write!(text, "\n{}\n", declaration.trim_end());
    }
    let _ = write!(
        text,
        "\n/** Every command: its request and its answer. */\nexport interface Commands {{\n{table}}}\n"
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_types_share_a_name() {
        assert_eq!(collected().0.shared, BTreeSet::new(), "one of each two would be lost");
    }
}
