//! path, graph.

use std::path::Path;

use fusion_api::commands::entities::{self, EntityGetRequest};
use fusion_api::commands::graph::{self as api, CommunitiesRequest, GraphPathsRequest};
use fusion_api::view::{EntityRefView, NetworkView};
use serde::Serialize;

use crate::arguments::GraphQuestion;
use crate::exit::Exit;
use crate::output::{Output, columns};
use crate::session;
use crate::target;

pub fn path(
    output: &Output,
    secret: Option<&Path>,
    case: &Path,
    (a, b): (&str, &str),
    k: u32,
    max_depth: u32,
) -> anyhow::Result<Exit> {
    let bench = session::reading(case, secret)?;
    let case = bench.case()?;
    let request = GraphPathsRequest {
        from: target::one(output, &case, a)?,
        to: target::one(output, &case, b)?,
        k,
        max_depth,
    };
    let view = api::paths(&bench, request)?;
    output.show(&view, |view| {
        if view.paths.is_empty() {
            return vec![format!("There is no way of at most {max_depth} steps.")];
        }
        view.paths
            .iter()
            .map(|path| {
                let mut line = format!("{:.0}  ", path.score);
                for (position, entity) in path.entities.iter().enumerate() {
                    if let Some(relation) = position.checked_sub(1).and_then(|before| path.relations.get(before)) {
                        line.push_str(&format!(" -{}- ", relation.kind));
                    }
                    line.push_str(&entity.label);
                }
                line
            })
            .collect()
    })?;
    Ok(Exit::Done)
}

#[derive(Serialize)]
struct Measured {
    entity: EntityRefView,
    network: NetworkView,
}

pub fn graph(
    output: &Output,
    secret: Option<&Path>,
    case: &Path,
    what: GraphQuestion,
    targets: &[String],
) -> anyhow::Result<Exit> {
    let bench = session::reading(case, secret)?;
    let case = bench.case()?;
    match what {
        GraphQuestion::Communities => {
            let view = api::communities(&bench, CommunitiesRequest {})?;
            output.show(&view, |view| {
                let row = |community: &api::CommunityView| {
                    let names: Vec<&str> = community.members.iter().map(|member| member.label.as_str()).collect();
                    vec![
                        community.number.to_string(),
                        community.members.len().to_string(),
                        names.join(", "),
                    ]
                };
                columns(&view.communities.iter().map(row).collect::<Vec<_>>())
            })?;
        }
        GraphQuestion::Metrics => {
            let ids = if targets.is_empty() {
                case.picture()?
                    .snapshot
                    .entities
                    .iter()
                    .map(|entity| entity.id.to_string())
                    .collect()
            } else {
                targets
                    .iter()
                    .map(|target| target::one(output, &case, target))
                    .collect::<anyhow::Result<Vec<_>>>()?
            };
            let mut measured = Vec::new();
            for id in ids {
                let view = entities::get(&bench, EntityGetRequest { id })?;
                measured.push(Measured {
                    entity: view.entity,
                    network: view.network,
                });
            }
            measured.sort_by(|left, right| right.network.influence.total_cmp(&left.network.influence));
            output.show(&measured, |measured| {
                let row = |one: &Measured| {
                    vec![
                        format!("{:.1}", one.network.influence),
                        format!("degree {}", one.network.degree),
                        format!("betweenness {:.4}", one.network.betweenness),
                        one.entity.label.clone(),
                    ]
                };
                columns(&measured.iter().map(row).collect::<Vec<_>>())
            })?;
        }
        GraphQuestion::Ego => {
            let ids: Vec<String> = targets
                .iter()
                .map(|target| target::one(output, &case, target))
                .collect::<anyhow::Result<_>>()?;
            let mut egos = Vec::new();
            for id in ids {
                egos.push(entities::get(&bench, EntityGetRequest { id })?);
            }
            let relations: Vec<_> = egos.iter().flat_map(|ego| &ego.relations).collect();
            output.show(&relations, |relations| {
                relations
                    .iter()
                    .map(|relation| format!("{} -{}- {}", relation.from.label, relation.kind, relation.other.label))
                    .collect()
            })?;
        }
    }
    Ok(Exit::Done)
}
