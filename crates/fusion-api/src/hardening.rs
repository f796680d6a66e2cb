//! Keeping what a program holds in memory out of dumps and out of what it gives back: the same for every host.
//!
//! A host names [`WIPING`] as its allocator and calls [`forbid_dumps`] before anything else.

use std::alloc::System;

use zeroizing_alloc::ZeroAlloc;

/// An allocator that wipes whatever memory is given back, so that neither keys nor evidence outlive their use.
pub type Wiping = ZeroAlloc<System>;

/// The one allocator of a program.
pub const WIPING: Wiping = ZeroAlloc(System);

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
