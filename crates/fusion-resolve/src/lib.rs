//! Which records are one: blocking, comparing, scoring and clustering over plain values.

mod agreement;
pub mod block;
mod cluster;
mod compare;
mod decide;
mod digest;
mod feature;
mod ground;
mod guard;
mod judge;
mod learn;
mod marks;
mod model;
pub mod odds;
mod parallel;
mod population;
mod records;
mod run;
mod score;
pub mod table;
mod value;
mod words;

pub use agreement::{Agreement, Strength};
pub use compare::compare;
pub use decide::Decision;
pub use feature::{Family, Feature};
pub use ground::Ground;
pub use guard::{Bridge, Crowd, Findings, Hub, MixedScript};
pub use judge::{Judge, Verdicts};
pub use learn::{Lesson, Lessons, learn};
pub use marks::{Conflict, conflict};
pub use model::Model;
pub use records::{Held, Records, Through};
pub use run::{Grounds, Losses, Merge, Outcome, OverBudget, Pair, losses, resolve, resolve_judged};
pub use score::{Muted, Part, Scored};
pub use value::{ValueId, Values};
