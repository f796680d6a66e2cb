//! Keeping what the program holds in memory out of dumps. The allocator in `main.rs` does the rest: it wipes what is
//! given back.

/// Forbids core dumps and, to other programs of the same user, looking into this one.
///
/// Best effort: a system that refuses leaves the program as it was, which is no reason not to work. An administrator
/// can look all the same.
#[cfg(target_os = "linux")]
pub fn forbid_dumps() {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    let _ = setrlimit(Resource::Core, none);
}

/// Forbids core dumps; not known how here.
#[cfg(not(target_os = "linux"))]
pub fn forbid_dumps() {}
