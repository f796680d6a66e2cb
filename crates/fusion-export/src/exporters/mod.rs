//! One exporter per file; the list of them is [`crate::EXPORTERS`].

pub(crate) mod csv;
pub(crate) mod gexf;
mod graph_rows;
pub(crate) mod graphml;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod markdown;
pub(crate) mod timeline_csv;
pub(crate) mod timeline_html;
pub(crate) mod timeline_json;
pub(crate) mod timeline_svg;
