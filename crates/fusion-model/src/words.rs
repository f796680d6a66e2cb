//! Words for likelihood, from one table, shared by screen and report.
