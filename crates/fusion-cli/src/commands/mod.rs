//! One file an area; each function is one command of the contract.

mod case;
mod custody;
mod erase;
mod evidence;
mod explain;
mod graph;
mod history;
mod keys;
mod list;
mod measure;
mod output;
mod profile;
mod resolve;
mod rules;
mod transfer;

use fusion_api::commands::backup::Rehearsal;

use fusion_api::commands::annotate::EditRequest;
use fusion_api::commands::log::LogPageRequest;
use fusion_api::plain_table::TableOrder;

use crate::arguments::{Arguments, Command};
use crate::exit::Exit;
use crate::output::Output;
use crate::session;

/// Runs the command that was asked for.
pub fn run(arguments: Arguments, output: &Output) -> anyhow::Result<Exit> {
    let secret = arguments.passphrase_file.as_deref();
    session::open_by(arguments.recovery_file, arguments.identity_file);
    if let Some(reason) = arguments.anyway {
        session::write_anyway(reason);
    }
    if let Some(operation) = arguments.as_of {
        session::look_back_to(operation);
    }
    match arguments.command {
        Command::New {
            case,
            name,
            region,
            sample,
        } => case::new(output, secret, &case, name, region, sample.into()),
        Command::Import {
            case,
            paths,
            kind,
            format,
            mapping,
            subject,
            grade,
            keep_secrets,
            again,
            plan,
        } => {
            let wishes = evidence::Wishes {
                kind,
                format,
                mapping,
                subject,
                grade,
                secrets: keep_secrets.then(|| "keep".to_owned()),
                again,
            };
            if plan {
                evidence::plan(output, secret, &case, &paths, &wishes)
            } else {
                evidence::import(output, secret, &case, &paths, &wishes)
            }
        }
        Command::Erase {
            case,
            targets,
            reason,
            plan,
        } => {
            if plan {
                erase::plan(output, secret, &case, &targets)
            } else {
                erase::erase(output, secret, &case, &targets, &reason.unwrap_or_default())
            }
        }
        Command::Reveal {
            case,
            statement,
            reason,
        } => erase::reveal(output, secret, &case, &statement, &reason),
        Command::Withdraw { case, source, reason } => evidence::withdraw(output, secret, &case, &source, &reason),
        Command::Fuse { case, rules, full } => evidence::fuse(output, secret, &case, rules.as_deref(), full.into()),
        Command::List {
            case,
            what,
            id,
            kind,
            limit,
            after,
        } => {
            let page = list::Page {
                ids: id,
                kind,
                limit,
                after: after.unwrap_or_default(),
            };
            list::list(output, secret, &case, what, &page)
        }
        Command::Search { case, query, limit } => list::search(output, secret, &case, query, limit),
        Command::Profile { case, targets } => profile::profile(output, secret, &case, &targets),
        Command::Explain { case, a, b } => explain::explain(output, secret, &case, &a, &b),
        Command::Why { case, entity, number } => profile::why(output, secret, &case, &entity, number),
        Command::Review {
            case, measure: true, ..
        } => measure::measure(output, secret, &case),
        Command::Review {
            case,
            limit,
            sample: Some(stratum),
            ..
        } => measure::sample(output, secret, &case, &stratum, limit),
        Command::Review { case, limit, .. } => explain::review(output, secret, &case, limit),
        Command::Judge {
            case,
            a,
            b,
            verdict,
            reason,
        } => explain::judge(output, secret, &case, (&a, &b), verdict, reason),
        Command::Path {
            case,
            a,
            b,
            k,
            max_depth,
        } => graph::path(output, secret, &case, (&a, &b), k, max_depth),
        Command::Graph { case, what, targets } => graph::graph(output, secret, &case, what, &targets),
        Command::Timeline {
            case,
            target,
            output: file,
        } => output::timeline(output, secret, &case, target.as_deref(), &file),
        Command::Report {
            case,
            targets,
            whole_case: _,
            output: file,
            tlp,
        } => output::report(output, secret, &case, &targets, &file, tlp),
        Command::Export {
            case,
            output: file,
            format,
            entity,
            tlp,
        } => output::export(output, secret, &case, &file, format, entity, tlp),
        Command::Undo { case, operation } => history::undo(output, secret, &case, operation),
        Command::Redo { case, operation } => history::redo(output, secret, &case, operation),
        Command::Log {
            case,
            limit,
            kind,
            text,
            custody: true,
        } => custody::log(output, secret, &case, custody::page(limit, kind, text)),
        Command::Log {
            case,
            limit,
            kind,
            text,
            custody: false,
        } => {
            let request = LogPageRequest {
                offset: 0,
                limit,
                kind,
                text,
            };
            history::log(output, secret, &case, request)
        }
        Command::Note { case, target, text } => history::note(output, secret, &case, &target, text),
        Command::Tag { case, target, tag, off } => {
            let state = if off { "off" } else { "on" };
            history::tag(output, secret, &case, &target, (tag, state))
        }
        Command::Edit {
            case,
            statement,
            text,
            reason,
        } => {
            let request = EditRequest {
                statement,
                text,
                reason,
            };
            history::edit(output, secret, &case, request)
        }
        Command::Split {
            case,
            target,
            records,
            reason,
        } => history::split(output, secret, &case, &target, records, reason),
        Command::Verify {
            case,
            receipt: Some(receipt),
            ..
        } => custody::receipt(output, secret, case.as_deref(), &receipt),
        Command::Verify {
            case: Some(case),
            acknowledge: Some(reason),
            ..
        } => custody::acknowledge(output, secret, &case, reason),
        Command::Verify {
            case: Some(case),
            code: Some(code),
            ..
        } => custody::compare(output, secret, &case, code),
        Command::Verify { case, .. } => custody::verify(output, secret, &case.unwrap_or_default()),
        Command::Keys { case, reason, action } => keys::keys(output, secret, &case, action, reason),
        Command::Backup {
            case,
            output: folder,
            test,
        } => {
            let rehearsal = if test { Rehearsal::Now } else { Rehearsal::Later };
            transfer::backup(output, secret, &case, &folder, rehearsal)
        }
        Command::Restore { backup, output: case } => transfer::restore(output, secret, &backup, &case),
        Command::Pack {
            case,
            output: file,
            to,
            package_passphrase_file,
            package_identity_file,
            entity,
            reason,
            inspect: _,
        } => match file {
            Some(file) => {
                let packing = transfer::Packing {
                    recipients: to,
                    package_passphrase_file,
                    entities: entity,
                    reason,
                };
                transfer::pack(output, secret, &case, &file, packing)
            }
            None => {
                let opening = transfer::Opening {
                    package_passphrase_file,
                    identity_file: package_identity_file,
                };
                transfer::inspect(output, secret, &case, &opening)
            }
        },
        Command::Unpack {
            package,
            output: case,
            package_passphrase_file,
            package_identity_file,
        } => {
            let opening = transfer::Opening {
                package_passphrase_file,
                identity_file: package_identity_file,
            };
            transfer::unpack(output, secret, &package, &case, &opening)
        }
        Command::Merge {
            case,
            package,
            package_passphrase_file,
            package_identity_file,
            plan,
        } => {
            let opening = transfer::Opening {
                package_passphrase_file,
                identity_file: package_identity_file,
            };
            if plan {
                transfer::merge_plan(output, secret, &case, &package, &opening)
            } else {
                transfer::merge(output, secret, &case, &package, &opening)
            }
        }
        Command::Identity => transfer::identity(output),
        Command::Rules { what, file } => rules::rules(output, what, file.as_deref()),
        Command::Resolve {
            table,
            output: clusters,
            pairs,
            rules,
            mapping,
            learn,
        } => {
            let order = TableOrder {
                table,
                clusters,
                pairs,
                mapping,
                learn,
            };
            resolve::resolve(output, &order, rules.as_deref())
        }
        Command::Doctor { case } => case::doctor(output, secret, case.as_deref()),
    }
}
