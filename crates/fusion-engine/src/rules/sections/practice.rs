//! Sections `retention`, `export`, `performance` and `logging`: practice around the engine. No result depends on
//! them, so they stay outside the digest.

use fusion_model::Tlp;

use crate::rules::schema::section;

section! {
    /// Says how long material may be held before somebody must decide.
    Retention {
        /// Days after acquisition at which a source comes up for review; 0 never.
        source_days: count in 0 to 36_500 = 1_825 / 1_095;
        /// Days after acquisition at which a source that holds secrets comes up for review; 0 never.
        secret_days: count in 0 to 36_500 = 365 / 180;
        /// Days before the end at which a warning is given.
        warn_days: count in 0 to 3_650 = 30;
    }
}

section! {
    /// Sets defaults of exports and reports.
    Export {
        /// TLP mark of a report when none is chosen.
        default_tlp: choice(tlp_marks) = "AMBER";
        /// Whether pictures of graph and timeline are drawn into reports.
        pictures: flag = true;
        /// Events listed in a report at most, with a notice when there are more.
        report_events: count in 1 to 1_000_000 = 500;
    }
}

section! {
    /// Sets how much of the machine is used; results never depend on it.
    Performance {
        /// Threads; 0 takes as many as the machine has.
        worker_threads: count in 0 to 256 = 0;
        /// Rows of a table page.
        page_size: count in 10 to 10_000 = 200;
        /// Entities drawn in a graph view at once.
        graph_nodes: count in 10 to 100_000 = 2_000;
        /// Buckets of a timeline strip.
        timeline_buckets: count in 10 to 10_000 = 240;
    }
}

section! {
    /// Sets what is written to the log.
    Logging {
        /// Least grave message that is written.
        level: choice(log_levels) = "info";
    }
}

fn tlp_marks() -> Vec<&'static str> {
    Tlp::ALL.iter().map(|mark| mark.id()).collect()
}

fn log_levels() -> Vec<&'static str> {
    vec!["error", "warn", "info", "debug", "trace"]
}
