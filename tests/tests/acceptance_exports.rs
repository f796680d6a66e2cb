//! Other people's readers take what we write: the official GEXF schema, networkx, igraph and an HTML validator.
//!
//! The case is a real one, imported and fused; a reader that is not installed is named and skipped.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod invented;
mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use invented::PERSON;
use support::{TestCase, shared};

fn case() -> TestCase {
    let case = TestCase::new("Harbour & <Lights>");
    for (name, text) in invented::FILES {
        case.import_text(name, text, None);
    }
    // Names that would break a careless writer of XML or HTML.
    case.import_text("odd.csv", "name,email\n\"<script>alert(1)</script> & \"\"Co\"\"\",odd@mail.example\n\"]]> --> </svg>\",odder@mail.example\n", None);
    case.fuse();
    case
}

fn write(case: &TestCase, format: &str) -> PathBuf {
    let file = case.folder.path().join(format!("case.{format}"));
    std::fs::write(&file, case.export(format)).unwrap();
    file
}

fn is_installed(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    if !found {
        println!("skipped: {program} is not installed");
    }
    found
}

fn python() -> Option<PathBuf> {
    let named = std::env::var_os("FUSION_PYTHON")
        .filter(|value| !value.is_empty())
        .map(PathBuf::from);
    if named.is_none() {
        println!("skipped: FUSION_PYTHON names no Python with networkx and igraph (cargo xtask test sets it)");
    }
    named
}

/// Runs a script over a file and returns what it printed.
fn read_by_python(python: &Path, script: &str, file: &Path) -> String {
    let run = Command::new(python).args(["-c", script]).arg(file).output().unwrap();
    assert!(
        run.status.success(),
        "{script}\n{}",
        String::from_utf8_lossy(&run.stderr)
    );
    String::from_utf8(run.stdout).unwrap().trim().to_owned()
}

/// How many nodes and edges the case has, as our own reader of our own JSON would say.
fn counts(case: &TestCase) -> (usize, usize) {
    let picture = case.bench.case().unwrap().picture().unwrap();
    (picture.snapshot.entities.len(), picture.snapshot.relations.len())
}

#[test]
fn gexf_is_valid_by_the_official_schema() {
    let Some(schema) = shared("validators/gexf/1.3/gexf.xsd") else {
        return;
    };
    if !is_installed("xmllint") {
        return;
    }
    let case = case();
    let run = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(schema)
        .arg(write(&case, "gexf"))
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn graph_files_load_with_every_node_and_edge() {
    let Some(python) = python() else { return };
    let case = case();
    let (nodes, edges) = counts(&case);
    let networkx = |reader: &str| {
        format!(
            "import networkx, sys; g = networkx.{reader}(sys.argv[1]); print(g.number_of_nodes(), g.number_of_edges(), any(d.get('label') == '{PERSON}' for _, d in g.nodes(data=True)))"
        )
    };
    let igraph = format!(
        "import igraph, sys; g = igraph.Graph.Read_GraphML(sys.argv[1]); print(g.vcount(), g.ecount(), '{PERSON}' in g.vs['label'])"
    );
    let rows = [
        ("gexf", networkx("read_gexf")),
        ("graphml", networkx("read_graphml")),
        ("graphml", igraph),
    ];
    for (format, script) in rows {
        assert_eq!(
            read_by_python(&python, &script, &write(&case, format)),
            format!("{nodes} {edges} True"),
            "{script}"
        );
    }
}

#[test]
fn the_html_report_is_valid_and_asks_nobody_for_anything() {
    let case = case();
    let file = write(&case, "html");
    let html = std::fs::read_to_string(&file).unwrap();
    assert!(
        html.contains(PERSON) && html.contains("<svg"),
        "the report shows neither person nor picture"
    );
    assert_eq!(loads(&html), Vec::<String>::new());
    assert!(!html.contains("<script"), "the report runs a script");
    if is_installed("tidy") {
        let run = Command::new("tidy").args(["-q", "-e"]).arg(&file).output().unwrap();
        let told = String::from_utf8_lossy(&run.stderr);
        assert!(
            run.status.code().is_some_and(|code| code < 2) && !told.contains("Error:"),
            "{told}"
        );
    }
}

/// Everything in a page that a reader would fetch from elsewhere.
fn loads(html: &str) -> Vec<String> {
    const MARKS: [&str; 11] = [
        "src=",
        "srcset=",
        "href=",
        "action=",
        "data=",
        "poster=",
        "url(",
        "@import",
        "xlink:href=",
        "ping=",
        "background=",
    ];
    let lower = html.to_lowercase();
    let mut found = Vec::new();
    for mark in MARKS {
        for (at, _) in lower.match_indices(mark) {
            let rest: String = lower[at + mark.len()..].chars().take(40).collect();
            let target = rest.trim_start_matches(['"', '\'', ' ']);
            // A link that waits for a click loads nothing; those are `<a href`, and reports have none either.
            if ["http:", "https:", "//", "ftp:", "file:"]
                .iter()
                .any(|scheme| target.starts_with(scheme))
            {
                found.push(format!("{mark}{rest}"));
            }
        }
    }
    found
}

#[test]
fn planted_loads_are_found() {
    assert_eq!(
        loads("<img src='http://a.example/x'><style>a{background:url(//b.example)}</style>").len(),
        2
    );
    assert_eq!(
        loads("<p>http://a.example/x</p><use href='#mark'/>"),
        Vec::<String>::new()
    );
}
