//! Small pieces of markup: notes, cells, tables, lists.

use fusion_model::Level;

use crate::encode::html::text;
use crate::report::{Cited, Notes};

/// Renders the footnote numbers of a figure.
pub(super) fn notes(notes: &Notes) -> String {
    if notes.numbers.is_empty() {
        return String::new();
    }
    let links: Vec<String> = notes
        .numbers
        .iter()
        .map(|number| format!("<a href=\"#n{number}\">{number}</a>"))
        .collect();
    let more = if notes.more > 0 {
        format!("+{}", notes.more)
    } else {
        String::new()
    };
    format!("<sup class=\"notes\">{}{more}</sup>", links.join(""))
}

/// Renders a text with its footnotes.
pub(super) fn cited(cited: &Cited) -> String {
    format!("{}{}", text(&cited.text), notes(&cited.notes))
}

/// Renders a risk level.
pub(super) fn level(level: Level) -> String {
    format!(
        "<span class=\"level level-{}\">{}</span>",
        level.id().to_ascii_lowercase(),
        level.id()
    )
}

/// Says how many rows are not shown; empty when all are.
pub(super) fn left_out(number: usize, what: &str) -> String {
    if number == 0 {
        return String::new();
    }
    format!(
        "<p class=\"soft\">{number} further {what} are not shown here; the JSON export of this revision holds them all.</p>\n"
    )
}

/// Renders a table from heads with their cell class and from rows of cells that are markup already.
pub(super) fn table(heads: &[(&str, &str)], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    format!(
        "{}<tbody>\n{}</tbody>\n</table></div>\n",
        opening(heads),
        body(heads, rows)
    )
}

/// Renders a table whose rows stand in titled groups.
pub(super) fn grouped_table(
    heads: &[(&str, &str)],
    groups: impl IntoIterator<Item = (String, Vec<Vec<String>>)>,
) -> String {
    let mut out = opening(heads);
    for (title, rows) in groups {
        out.push_str(&format!(
            "<tbody>\n<tr class=\"group-row\"><th class=\"group\" scope=\"rowgroup\" colspan=\"{}\">{}</th></tr>\n{}</tbody>\n",
            heads.len(),
            text(&title),
            body(heads, rows)
        ));
    }
    out + "</table></div>\n"
}

fn opening(heads: &[(&str, &str)]) -> String {
    let cells: String = heads
        .iter()
        .map(|(head, class)| format!("<th scope=\"col\"{}>{head}</th>", class_of(class)))
        .collect();
    format!("<div class=\"scroll\"><table>\n<thead><tr>{cells}</tr></thead>\n")
}

fn body(heads: &[(&str, &str)], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut out = String::new();
    for row in rows {
        out.push_str("<tr>");
        for (cell, (_, class)) in row.iter().zip(heads) {
            out.push_str(&format!("<td{}>{cell}</td>", class_of(class)));
        }
        out.push_str("</tr>\n");
    }
    out
}

/// Renders a list of items that are markup already; empty when there are none.
pub(super) fn list(items: &[String]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let items: Vec<String> = items.iter().map(|item| format!("<li>{item}</li>\n")).collect();
    format!("<ul>\n{}</ul>\n", items.join(""))
}

fn class_of(class: &str) -> String {
    if class.is_empty() {
        String::new()
    } else {
        format!(" class=\"{class}\"")
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Notes;

    #[test]
    fn notes_are_links() {
        let rendered = super::notes(&Notes {
            numbers: vec![1, 12],
            more: 3,
        });
        assert_eq!(
            rendered,
            "<sup class=\"notes\"><a href=\"#n1\">1</a><a href=\"#n12\">12</a>+3</sup>"
        );
        assert_eq!(super::notes(&Notes::default()), "");
    }
}
