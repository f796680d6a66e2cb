//! Importers over files: golden fixtures, the shared samples, detection, damage.
#![allow(clippy::unwrap_used)]

mod damage;
mod detection;
mod fixtures;
mod samples;
mod shapes;
mod support;
