//! HTML for embedding the calculator in another page.

use super::super::view::View;
use crate::say::page::share as say;
use crate::scenario::Theme;
use crate::scenario::link::Fragment;

/// Contents of a tag.
pub(super) struct Tag<'a> {
    /// Address of the calculator, without fragment.
    pub(super) base: &'a str,
    /// Link of the scenario.
    pub(super) scenario: &'a Fragment,
    /// View to show.
    pub(super) view: View,
    /// Light or dark theme.
    pub(super) theme: Theme,
}

impl Tag<'_> {
    /// Script, and the element with a link for use without scripts.
    pub(super) fn html(&self) -> String {
        let script = format!("{}embed.js", folder(self.base));
        let link = format!("{}#{}", self.base, self.scenario.shown(self.view, &[]));
        format!(
            "<script async src=\"{}\"></script>\n<kt-capacity view=\"{}\"{} theme=\"{}\">\n  \
             <a href=\"{}\">{}</a>\n</kt-capacity>\n",
            escaped(&script),
            self.view.word(),
            self.attributes(),
            self.theme.word(),
            escaped(&link),
            say::in_calculator(self.view),
        )
    }

    /// Scenario as readable attributes; one with rows, whose keys repeat, as its link.
    fn attributes(&self) -> String {
        let pairs = self.scenario.pairs();
        let pairs: Vec<(&str, String)> = pairs
            .filter(|(key, value)| (*key, &**value) != ("v", "1"))
            .collect();
        if pairs.iter().any(|(key, _)| matches!(*key, "w" | "p" | "v")) {
            return format!(" scenario=\"{}\"", escaped(self.scenario.as_str()));
        }
        let attribute = |(key, value): &(&str, String)| format!(" {key}=\"{}\"", escaped(value));
        pairs.iter().map(attribute).collect()
    }
}

/// Folder of an address, up to the last slash.
fn folder(address: &str) -> &str {
    let end = address.rfind('/').map_or(0, |slash| slash + 1);
    address.get(..end).unwrap_or(address)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::super::super::view::Answer;
    use super::*;

    fn check(base: &str, scenario: &str, expected: &str) {
        let tag = Tag {
            base,
            scenario: &Fragment::found(scenario),
            view: View::Alone(Answer::Tokens),
            theme: Theme::Auto,
        };
        assert_eq!(tag.html(), expected);
    }

    #[test]
    fn a_plain_scenario_becomes_attributes() {
        check(
            "https://docs.example/tools/capacity/index.html",
            "v=1&name=Q1+%22fast%22&requests-per-day=60000",
            "<script async src=\"https://docs.example/tools/capacity/embed.js\"></script>\n\
             <kt-capacity view=\"tokens\" name=\"Q1 &quot;fast&quot;\" \
             requests-per-day=\"60000\" theme=\"auto\">\n  \
             <a href=\"https://docs.example/tools/capacity/index.html#v=1&amp;name=Q1+%22fast%22&amp;\
             requests-per-day=60000&amp;view=tokens\">Token throughput in the capacity \
             calculator</a>\n</kt-capacity>\n",
        );
    }

    #[test]
    fn a_scenario_with_rows_stays_a_link() {
        check(
            "http://localhost:8080/",
            "v=1&w=Chat,9/min,1,2&w=RAG,5,5,5",
            "<script async src=\"http://localhost:8080/embed.js\"></script>\n\
             <kt-capacity view=\"tokens\" scenario=\"v=1&amp;w=Chat,9/min,1,2&amp;w=RAG,5,5,5\" \
             theme=\"auto\">\n  <a href=\"http://localhost:8080/#v=1&amp;w=Chat,9/min,1,2&amp;\
             w=RAG,5,5,5&amp;view=tokens\">Token throughput in the capacity calculator</a>\n\
             </kt-capacity>\n",
        );
    }
}
