//! Rules of the house that a compiler does not check, as plain tests.
//!
//! Each module holds one family of rules: a pure function from text to violations, a test that runs it over the
//! checkout, and a test that shows it finding a planted violation, so that no rule can pass by looking at nothing.
//! A failure lists every violation as `path:line: what and why`.

#![allow(clippy::unwrap_used, reason = "a tidy test that cannot read the checkout has failed")]

mod catalogues;
mod dependencies;
mod documents;
mod icons;
mod interface;
mod shell;
mod sources;
mod tree;

/// Fails with every violation on its own line.
fn assert_tidy(rule: &str, violations: &[String]) {
    assert!(
        violations.is_empty(),
        "{rule}: {} violation(s)\n  {}\n",
        violations.len(),
        violations.join("\n  ")
    );
}
