//! JSON with the line of every value, read in a stream.
//!
//! A library parser tells neither the line of a value nor the text of a number, and wants the whole document in
//! memory; evidence needs the first two and must not pay the third. So this is a small reader of its own: it
//! walks arrays and objects one element at a time, keeps numbers as they are written, and builds a tree only of
//! the element that is asked for. What it accepts is checked against `serde_json` in the tests; the one
//! difference is that a lone surrogate becomes U+FFFD instead of an error.

mod node;
mod reader;
#[cfg(test)]
mod tests;

pub(crate) use node::{Node, Value, pointer_step};
pub(crate) use reader::{JsonReader, glimpse};
