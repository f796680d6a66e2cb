//! Pictures of a report as values with integer coordinates, and their SVG.
//!
//! Layout uses only floating-point operations that IEEE 754 fixes exactly (add, subtract, multiply, divide, square
//! root) in a fixed order, and rounds to integers at the end, so every machine draws the same picture.

mod layout;
mod network;
pub(crate) mod svg;
mod timeline;

pub use network::{NetworkPicture, PictureEdge, PictureNode};
pub(crate) use timeline::WIDTH as TIMELINE_WIDTH;
pub use timeline::{TimelineMark, TimelinePicture};
