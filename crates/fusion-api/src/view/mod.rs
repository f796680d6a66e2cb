//! Wire types that several commands share. Ids travel as hexadecimal text, scores as percent with two decimals.

mod basics;
pub(crate) mod draw;
mod entity;
mod event;
mod pair;

pub use basics::{
    ConfidencePartView, ConfidenceView, CorrectionView, EntityRefView, FindingView, GradeView, SourceView, SpanView,
    StatementView,
};
pub use entity::{
    AliasView, EntityRowView, EntityView, FactView, FollowedPartView, FollowedView, FormerView, NetworkView,
    RelationView, RiskFactorView, RiskFlipView, RiskView,
};
pub use event::{EventView, ParticipantView};
pub use pair::{ContributionView, PairView, RecordView, feature_words};
