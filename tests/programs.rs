//! Documents for programs, generated from the tables of form and parser: `llms.txt`, "How to build
//! a link" and the schemas.
//!
//! `UPDATE=1 cargo test --no-default-features --features cli --test programs` regenerates them;
//! without it an outdated file fails.
#![cfg(feature = "cli")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use kt_capacity::say::schema::schema;
use kt_capacity::say::{input, wire};
use kt_capacity::scenario::link::{VERSION, from_fragment};
use kt_capacity::scenario::number::grouped;
use kt_capacity::scenario::property::{self, Choice, Number, help};
use kt_capacity::scenario::{Provider, Scenario, Theme, View, WhatIf};
use serde_json::Value;

/// Keys that are not in the tables: key, what it takes, what it means.
const WORDS: [(&str, &str, &str); 17] = [
    (
        "v",
        "a version",
        "Version of the link’s format. Begin with it.",
    ),
    ("name", "text", "Name of the scenario."),
    (
        "view",
        "views",
        "All answers, one page for leaders, one answer alone with the inputs for it, or \
         scenarios side by side.",
    ),
    (
        "lost",
        "losses",
        "Draws the charts as if this part were lost: a provider by the id it has in the files, or \
         one of the zones. Verdict, findings and files stay those of the scenario.",
    ),
    (
        "month",
        "months",
        "Draws the charts for the load of so many months from today, at the growth of the \
         scenario.",
    ),
    (
        "with",
        "a fragment",
        "For view=compare: another scenario to put beside this one, its whole fragment \
         percent-encoded. May be given twice; differences are against this one.",
    ),
    (
        "theme",
        "themes",
        "Light or dark while the link is open; auto is the system’s.",
    ),
    (
        "embed",
        "an origin",
        "In a frame only: the origin of the page around, which is told the height and may send \
         light or dark. Without it the frame talks to nobody. embed.js writes it.",
    ),
    (
        "requests-per-day",
        "requests",
        "Requests a day of the first workload.",
    ),
    ("requests-per-hour", "requests", "The same for an hour."),
    ("requests-per-minute", "requests", "The same for a minute."),
    ("workload", "text", "Name of the first workload."),
    (
        "w",
        "a row",
        "A workload; may be repeated, and then replaces the first one.",
    ),
    ("provider", "an id", "One provider that takes all requests."),
    ("model", "text", "Model of the first provider."),
    (
        "tier",
        "text",
        "Tier of the first provider; a model begins with its lowest.",
    ),
    ("p", "a row", "A provider; may be repeated."),
];

/// Links that show how it is done, and what each says.
const EXAMPLES: [(&str, &str); 5] = [
    ("v=2", "the guide’s example"),
    (
        "v=2&requests-per-day=200000&avg-input-tokens=900&avg-output-tokens=350&growth=15",
        "one workload that grows",
    ),
    (
        "v=2&w=Chat,960000/day,900,350,from:chat&w=RAG,25/min,4500,500,cached:20,max:700",
        "two workloads",
    ),
    (
        "v=2&p=openai,gpt-4o,Build,60&p=anthropic,,,40,tpm:800000,rpm:none&view=brief",
        "two providers, one with limits of its own, as a brief",
    ),
    (
        "v=2&view=compare&with=v%3D2%26name%3DGrown%26requests-per-day%3D200000",
        "the guide’s example, and beside it one named Grown with more requests",
    ),
];

/// How a page of another site shows an answer.
const EMBED: &str = r#"<script async src="https://…/embed.js"></script>
<kt-capacity view="tokens" requests-per-day="50000" theme="auto">
  <a href="https://…/#v=2&amp;requests-per-day=50000&amp;view=tokens">Token throughput</a>
</kt-capacity>"#;
const ABOUT_EMBED: &str = "The script beside the calculator defines the element. Every key of a \
    link is an attribute of it; a scenario whose keys repeat is given as scenario=\"…\", a link \
    or what stands after its #. The theme auto follows the site’s own switch between light and \
    dark. What stands inside is shown without script and until the calculator answers.";

/// A key as the page lists it.
struct Row {
    key: String,
    takes: String,
    default: String,
    about: String,
}

fn number_rows<S>(table: &[&Number<S>], default: &S) -> Vec<Row> {
    let row = |number: &&Number<S>| Row {
        key: number.key.to_owned(),
        takes: input::allowed(number.spec().bounds()).replace(", or leave it empty", ", or none"),
        default: (number.get)(default).map_or_else(|| "none".to_owned(), grouped),
        about: help(number.key).to_owned(),
    };
    table.iter().map(row).collect()
}

fn choice_rows<S>(table: &[&Choice<S>], default: &S) -> Vec<Row> {
    let row = |choice: &&Choice<S>| Row {
        key: choice.link_key.to_owned(),
        takes: input::options(&choice.options()).replace(" or 24 numbers", ", or 24 numbers"),
        default: (choice.get)(default).unwrap_or_else(|| "none".to_owned()),
        about: help(choice.key).to_owned(),
    };
    table.iter().map(row).collect()
}

fn word_rows() -> Vec<Row> {
    let scenario = Scenario::default();
    let first = &scenario.workloads[0];
    let requests = (property::REQUESTS.get)(first).map_or_else(String::new, grouped);
    let fixed = WORDS.map(|(key, takes, about)| Row {
        key: key.to_owned(),
        takes: match takes {
            "requests" => input::allowed(property::REQUESTS.spec().bounds()),
            "views" => View::ALL.map(View::word).join(", "),
            "losses" => WhatIf::losses(&scenario).join(", "),
            "months" => format!("0 to {}", WhatIf::MONTHS),
            "themes" => Theme::ALL.map(Theme::word).join(", "),
            takes => takes.to_owned(),
        },
        // What has none, or begins with another key's, stays empty.
        default: match key {
            "requests-per-day" => requests.clone(),
            "workload" => first.name.clone(),
            "view" => View::default().word().to_owned(),
            "theme" => Theme::default().word().to_owned(),
            _ => String::new(),
        },
        about: about.to_owned(),
    });
    let chosen = choice_rows(property::SCENARIO_CHOICES, &scenario);
    // How the requests are counted is in the two keys above.
    let of_workload = choice_rows(&property::WORKLOAD_CHOICES[1..], first);
    fixed.into_iter().chain(chosen).chain(of_workload).collect()
}

/// Title, what to know, and rows of each table.
fn chapters() -> [(&'static str, String, Vec<Row>); 5] {
    let default = Scenario::default();
    let schema = schema();
    let vendors = schema["properties"]["providers"]["items"]["properties"]["provider"]["enum"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(Value::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    [
        (
            "Words and rows",
            "A key that is left out has its default. Values are percent-encoded; a comma inside a \
             value of a row is %2C."
                .to_owned(),
            word_rows(),
        ),
        (
            "The scenario’s numbers",
            "Suffixes k and M are understood: 50k.".to_owned(),
            number_rows(property::SCENARIO, &default),
        ),
        (
            "A workload’s numbers",
            "w=NAME,REQUESTS/day,INPUT,OUTPUT or w=NAME,REQUESTS/min,INPUT,OUTPUT, then any of \
             these as key:value (max-output-tokens is max there). Without w the keys are about the \
             first workload, and the defaults are its."
                .to_owned(),
            number_rows(&property::WORKLOAD[1..], &default.workloads[0]),
        ),
        (
            "A provider’s numbers",
            format!(
                "p=ID,MODEL,TIER,WEIGHT, then any of these as key:value. Model and tier may be \
                 empty. Limits and prices begin with those of the tier; the defaults below are \
                 those of custom. Ids: {vendors}."
            ),
            number_rows(property::PROVIDER, &Provider::first_of(0, "custom", 100.0)),
        ),
        (
            "A provider’s words",
            "Behind p as the numbers above, as key:value.".to_owned(),
            choice_rows(
                property::PROVIDER_CHOICES,
                &Provider::first_of(0, "custom", 100.0),
            ),
        ),
    ]
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn page() -> String {
    let mut out = String::from(
        "<!doctype html>\n<!-- Made by tests/programs.rs; do not edit. -->\n<html lang=\"en\">\n\
         <head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>How to build a link</title>\n<link rel=\"icon\" href=\"icon.svg\">\n\
         <link rel=\"stylesheet\" href=\"links.css\">\n\
         </head>\n<body>\n<main>\n<h1>How to build a link</h1>\n\
         <p>A scenario of the <a href=\"./\">capacity calculator</a> is the fragment of its \
         address: <code>./#key=value&amp;key=value</code>. Nothing is sent to a server. What \
         cannot be used is named on the page, and the rest is kept.</p>\n\
         <p>For programs: <a href=\"scenario.schema.json\">schema of a scenario file</a>, \
         <a href=\"plan.schema.json\">schema of the plan that <code>kt-capacity estimate \
         --json</code> prints</a>, <a href=\"llms.txt\">this page as text</a>.</p>\n\
         <h2>Examples</h2>\n<ul>\n",
    );
    for (link, about) in EXAMPLES {
        let link = escaped(link);
        writeln!(
            out,
            "<li><a href=\"./#{link}\"><code>#{link}</code></a>: {about}</li>"
        )
        .expect("a string takes all");
    }
    let (embed, about) = (escaped(EMBED), escaped(ABOUT_EMBED));
    write!(
        out,
        "</ul>\n<h2>In a page of another site</h2>\n<p>{about}</p>\n\
         <div tabindex=\"0\" role=\"region\" aria-label=\"Tag\">\
         <pre><code>{embed}</code></pre></div>\n"
    )
    .expect("a string takes all");
    for (title, about, rows) in chapters() {
        let about = escaped(&about);
        write!(
            out,
            "<h2>{title}</h2>\n<p>{about}</p>\n<div tabindex=\"0\" role=\"region\" "
        )
        .expect("a string takes all");
        writeln!(
            out,
            "aria-label=\"{title}\">\n<table>\n<thead><tr><th scope=\"col\">Key</th>"
        )
        .expect("a string takes all");
        out.push_str("<th scope=\"col\">Takes</th><th scope=\"col\">Default</th>");
        out.push_str("<th scope=\"col\">Meaning</th></tr></thead>\n<tbody>\n");
        for row in rows {
            let [takes, default, about] =
                [&row.takes, &row.default, &row.about].map(|t| escaped(t));
            write!(
                out,
                "<tr><th scope=\"row\"><code>{}</code></th><td>{takes}</td>",
                row.key
            )
            .expect("a string takes all");
            writeln!(out, "<td>{default}</td><td>{about}</td></tr>").expect("a string takes all");
        }
        out.push_str("</tbody>\n</table>\n</div>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn llms() -> String {
    let mut out = String::from(
        "# Capacity calculator for an AI gateway\n\n\
         > Workload in; rate limits, fleet, storage, cost and configuration files out. It runs in \
         the browser, and a scenario is a link: the page’s address, #, then key=value pairs \
         divided by &.\n\n\
         - [How to build a link](links.html): this text with tables\n\
         - [Schema of a scenario file](scenario.schema.json)\n\
         - [Schema of a plan](plan.schema.json): what `kt-capacity estimate --json` prints; \
         `--link '#…'` takes a link\n\n## Examples\n\n",
    );
    for (link, about) in EXAMPLES {
        writeln!(out, "- `./#{link}`: {about}").expect("a string takes all");
    }
    write!(
        out,
        "\n## In a page of another site\n\n{ABOUT_EMBED}\n\n```html\n{EMBED}\n```\n"
    )
    .expect("a string takes all");
    for (title, about, rows) in chapters() {
        write!(out, "\n## {title}\n\n{about}\n\n").expect("a string takes all");
        for row in rows {
            let default = match row.default.as_str() {
                "" => String::new(),
                default => format!("; default {default}"),
            };
            writeln!(
                out,
                "- `{}`: {}{default}. {}",
                row.key, row.takes, row.about
            )
            .expect("a string takes all");
        }
    }
    out
}

fn pretty(schema: &Value) -> String {
    format!("{schema:#}\n")
}

#[test]
fn what_programs_are_told_is_what_the_tables_say() {
    let plan = schemars::schema_for!(wire::Plan<'_>).to_value();
    let files = [
        ("links.html", page()),
        ("llms.txt", llms()),
        ("scenario.schema.json", pretty(&schema())),
        ("plan.schema.json", pretty(&plan)),
    ];
    let mut drifted = Vec::new();
    for (name, text) in files {
        let path = Path::new("public").join(name);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &text).expect("public is writable");
        }
        if fs::read_to_string(&path).ok().as_ref() != Some(&text) {
            drifted.push(name);
        }
    }
    assert_eq!(drifted, Vec::<&str>::new(), "write them anew with UPDATE=1");
}

/// Keys of a chapter as the served text lists them, not as the tables do.
fn listed(chapter: &str) -> Vec<String> {
    let text = fs::read_to_string("public/llms.txt").expect("the file");
    let (_, rest) = text
        .split_once(&format!("## {chapter}\n"))
        .expect("the chapter");
    let rest = rest.split("\n## ").next().unwrap_or("");
    let keys = rest.lines().filter_map(|line| line.strip_prefix("- `"));
    keys.filter_map(|line| Some(line.split_once('`')?.0.to_owned()))
        .collect()
}

#[test]
fn every_listed_key_is_read_and_holds_its_bounds() {
    let schema = schema();
    let (rows, provider) = (&schema["properties"], &schema["properties"]["providers"]);
    let workload = &rows["workloads"]["items"]["properties"];
    let chapters = [
        ("The scenario’s numbers", rows, "v=1&", "="),
        ("A workload’s numbers", workload, "v=1&w=a,1,1,1,", ":"),
        (
            "A provider’s numbers",
            &provider["items"]["properties"],
            "v=1&p=custom,,,1,",
            ":",
        ),
    ];
    for (chapter, fields, before, sign) in chapters {
        let keys = listed(chapter);
        assert!(7 <= keys.len(), "{chapter}");
        for key in keys {
            let bound = |name: &str| fields[&key][name].as_f64().expect("a bound");
            let (low, high) = (bound("minimum"), bound("maximum"));
            let notices = |value: f64| from_fragment(&format!("{before}{key}{sign}{value}")).1;
            // A whole number has no bound between two.
            assert_eq!(notices(low), vec![], "{key} at {low}");
            assert_eq!(notices(high), vec![], "{key} at {high}");
            assert_eq!(notices(high * 2.0).len(), 1, "{key} above {high}");
            assert_eq!(notices(low - 1.0).len(), 1, "{key} below {low}");
        }
    }
}

#[test]
fn every_word_and_every_example_is_read() {
    let notices = |link: &str| from_fragment(link).1;
    let cases = [
        ("v", "1"),
        ("name", "a"),
        ("view", ""),
        ("lost", "zone"),
        ("month", "18"),
        ("with", "v%3D1%26growth%3D5"),
        ("theme", ""),
        ("embed", "https%3A%2F%2Fdocs.example"),
        ("requests-per-day", "5"),
        ("requests-per-hour", "5"),
        ("requests-per-minute", "5"),
        ("workload", "a"),
        ("w", "a,5/day,1,1"),
        ("provider", "openai"),
        ("model", "gpt-4o"),
        ("tier", "Build"),
        ("p", "openai,,,1"),
        ("shape", "flat"),
        ("chain", ""),
        ("overflow", "drop_oldest"),
        ("events", ""),
        ("pod-routing", "best-of-two"),
        ("cleanup", "partitions"),
        ("size", ""),
        ("hpa-up-select", ""),
        ("hpa-down-select", ""),
        ("hpa-up-more", "pods:4:15,percent:200:60"),
        ("hpa-down-more", "percent:10:60"),
        ("hpa-metrics", "external-average/rps/100/1"),
        ("hpa-schedule", "08:00-19:00:12"),
        ("kubernetes", "1.33"),
        ("happens", "spike/10:00-10:30:3,rollout/14:00"),
        ("leaving", "unnoticed"),
        ("profile", ""),
        ("to", "openai"),
    ];
    let keys: Vec<&str> = cases.iter().map(|(key, _)| *key).collect();
    assert_eq!(listed("Words and rows"), keys);
    let rows = word_rows();
    for (key, value) in cases {
        let row = rows.iter().find(|row| row.key == key).expect("a row");
        let value = if value.is_empty() {
            row.takes.split(", ").last().expect("a word")
        } else {
            value
        };
        assert_eq!(notices(&format!("{key}={value}")), vec![], "{key}={value}");
    }
    for (link, about) in EXAMPLES {
        assert_eq!(notices(link), vec![], "{about}");
        let is_versioned = (1..=VERSION).any(|version| link.starts_with(&format!("v={version}&")));
        assert!(is_versioned || link == format!("v={VERSION}"), "{about}");
    }
}
