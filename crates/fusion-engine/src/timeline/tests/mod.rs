//! Tests of the timeline: how tellings become events, and the patterns that events make.

mod patterns;
mod tellings;
