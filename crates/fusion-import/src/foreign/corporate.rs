//! Registers of companies and their owners.

use super::Foreign;
use super::Signature::{Columns, Items, Object};

pub(super) const FORMATS: &[Foreign] = &[
    Foreign::new(
        "Beneficial Ownership Data (BODS)",
        &[
            Items(&["statementId", "recordType"]),
            Items(&["statementId", "recordDetails"]),
            Items(&["statementID", "statementType"]),
        ],
    ),
    Foreign::new(
        "ICIJ offshore leaks nodes",
        &[Columns(&["node_id", "sourceID", "valid_until"])],
    ),
    Foreign::new(
        "ICIJ offshore leaks relationships",
        &[Columns(&["node_id_start", "node_id_end", "rel_type"])],
    ),
    Foreign::new(
        "Companies House company data",
        &[Columns(&["CompanyName", "CompanyNumber", "RegAddress.PostTown"])],
    ),
    Foreign::new(
        "Companies House company profile",
        &[Object(&["company_name", "company_number", "registered_office_address"])],
    ),
    Foreign::new(
        "Companies House persons with significant control",
        &[Items(&["company_number", "data.kind"])],
    ),
    Foreign::new(
        "GLEIF golden copy",
        &[
            Columns(&["LEI", "Entity.LegalName"]),
            Columns(&["Relationship.StartNode.NodeID", "Relationship.EndNode.NodeID"]),
        ],
    ),
    Foreign::new(
        "OpenCorporates search",
        &[
            Object(&["api_version", "results.companies"]),
            Object(&["api_version", "results.company"]),
        ],
    ),
];
