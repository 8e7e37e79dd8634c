//! A capacity calculator for an AI gateway: workload in; provider limits, fleet,
//! queue, storage, database, cost and ready files out.
//!
//! # Where things live
//!
//! | layer | holds |
//! |---|---|
//! | [`model`] | numbers in, numbers out; one file per formula family |
//! | [`traffic`] | observed requests: readers of usage exports, their sums, a fit |
//! | [`simulation`] | the same over time, stepped by the caller: who takes which request when |
//! | [`catalog`] | dated facts with source: the guide's tables, profiles, providers, prices |
//! | [`scenario`] | the question: the document a reader edits, its ranges, presets and link |
//! | [`plan`] | the answer: [`plan::evaluate`] turns a scenario into a [`plan::Plan`] |
//! | [`lived`] | what a day that was lived shows: its story, findings and strips |
//! | [`say`] | the words: every sentence and label, also of the page; plan and schema as JSON |
//! | [`export`] | the files an engineer applies, and the rules of their targets |
//! | [`import`] | such files, also those of others, read back into a scenario |
//! | [`compare`] | scenarios side by side: inputs, results and files that differ |
//! | [`replay`] | the day that the exported files would live |
//! | `first` | the first part of the page (feature `page`): no framework; question, answers, link |
//! | `ui` | the rest of the page (feature `ui`): Leptos over one store; it computes nothing |
//! | `bin/prerender` | the page and its design language, drawn when it is built (feature `ssr`) |
//! | `bin/day` | the simulated day in a worker of the page (feature `day`) |
//! | `bin/usage` | the readers of `traffic` in a worker of the page (feature `usage`) |
//! | `bin/kt-capacity` | the same plan as a command (feature `cli`) |
//! | `bin/timing` | how long a plan takes, natively and in a browser (feature `timing`) |
//!
//! Dependencies run downward only:
//!
//! ```text
//! model ← simulation, traffic
//! catalog ← scenario
//! model, catalog, scenario, traffic ← plan ← say ← export ← import, compare ← replay ← ui, bin
//!                 simulation, plan ← lived ← say
//!                                  say ← first ← ui
//! ```
//!
//! Everything but `first` and `ui` compiles without a browser crate, so the fast tests are
//! native and the compiler keeps the fence: `cargo test --no-default-features`.
//!
//! # The page is one program in parts
//!
//! `.ci/build.mjs` links it once and cuts it at the functions that are marked `wasm_split`, in
//! `first::kept`, `ui::part`, `ui::day` and `ui::other`; the parts share their memory.
//! `public/boot.js` asks for four of them one after another: the first part answers in the page
//! that was drawn when it was built, the part that keeps the question reads and writes links (and
//! comes before that answer where the question is a link), the page part takes that page over, the
//! later part brings the other answers. The reader of files and the comparison (`ui::other`) and
//! the simulated day (`ui::day`) come once they are wanted, by `ui::wanted`. A keystroke passes
//! each room once:
//!
//! 1. `ui::field` (before the page part is there: `first::form` and `first::kept`) reads the text
//!    by the table of numbers, `scenario::property`;
//! 2. `ui::store` puts the number into the scenario and the old scenario into the history;
//! 3. `first::answer` asks `plan::outline`, has `say` word verdict and figures, and writes them;
//! 4. once that is painted, `ui::store` lets everything else follow: `plan::evaluate`, then the
//!    charts, findings, files and tables that are on the page;
//! 5. `first::kept` writes link and draft when the keys have paused.
//!
//! # Invariants, and the test that guards each
//!
//! | invariant | test |
//! |---|---|
//! | layers look down only; colors live in the token file | `tests/tidy.rs` |
//! | a sentence stands in `say` or in a room that is listed there | `tests/tidy/sentences.rs` |
//! | every equation and table of the guide is reproduced | `tests/guide.rs` |
//! | a plan has no NaN; more load never needs fewer gateways | `tests/properties.rs` |
//! | each figure's formula comes to the figure | `plan::explain`, `say::figure` |
//! | what the page shows first is the whole plan's | `tests/properties.rs` |
//! | a link keeps its meaning | `tests/links.rs`, `tests/golden/links.txt` (only grows) |
//! | every key, word and reading of a link was published | `tests/links.rs` |
//! | a key pressed just before a reload is kept | `tests/page` |
//! | a comparison is its link, and what is kept is never overwritten | `tests/page` |
//! | a bad value never erases the last good one | `tests/page`, `tests/browser` |
//! | a name cannot break out of an exported file | `tests/golden.rs`, `tests/tools.rs` |
//! | a manifest passes the API server's rules | `export::check`, `tests/vectors` |
//! | a file of ours read back gives its scenario | `tests/properties.rs` |
//! | answers agree with each other where facts are missing | `tests/answers.rs` |
//! | a foreign file fills what it says, names what it does not | `tests/import.rs` |
//! | small public files have the values that a person reads off them | `tests/files.rs` |
//! | a foreign file is read for whom it counts, and gives no secret away | `tests/foreign.rs` |
//! | each line of another gateway's file is listed, unknown keys as left | `tests/foreign.rs` |
//! | a fix mends its finding, or says that it does not | `tests/fixes.rs` |
//! | verdict, brief, manifests and sentences agree with the numbers | `tests/said.rs` |
//! | the verdict knows the simulated day, near or not | `tests/command.rs`, `tests/page` |
//! | losses, waits and shared limits are those of a calculation by hand | `tests/losses.rs` |
//! | findings, verdict, checklist and drills tell one loss alike | `tests/drills.rs` |
//! | keys share their organization's limits; a month's limits are limits | `tests/quotas.rs` |
//! | every field of a schema is read or told | `tests/fields.rs` |
//! | our manifest types are the API's | `tests/kubernetes.rs` |
//! | each file passes its target's own tools, each alert fires and is silent | `tests/tools.rs` |
//! | usage exports have the facts that others worked out, and give nobody away | `tests/usage.rs` |
//! | usage exports joined, cut or stripped keep their facts | `tests/exports.rs` |
//! | what was measured is marked until it is edited, and only then | `tests/page` |
//! | an edit leaves readers of other properties quiet | `tests/reactive.rs` |
//! | a folded section says its answer, and stays as its reader left it | `tests/page` |
//! | no request leaves for another host | `tests/page` |
//! | the page drawn ahead is the program's own; nothing moves or is lost | `tests/page` |
//! | a page only gets files of the release it came from | `tests/page` |
//! | a frame and the page around hear only each other, and nothing is kept there | `tests/page` |
//! | autoscaler and day have the integers that others found | `tests/vectors` |
//! | every simulated day keeps its laws, and is the same again | `tests/simulation.rs` |
//! | the day that is lived is the exported files' | `tests/replay.rs` |
//! | a measured day has 24 hours, and says which its file covers | `tests/measured_day.rs` |
//! | what gateways hold back, chance and blind targets are told apart | `tests/day_findings.rs` |
//! | a fleet that may not grow and metrics that are lost are told | `tests/day_causes.rs` |
//! | KEDA and a fleet of no pods do what their sources say | `tests/keda.rs` |
//! | exported alerts sleep on a day that keeps its goals, and wake on others | `tests/watched.rs` |
//! | few requests, small limits and false causes are as by hand | `tests/edges.rs` |
//! | a day's limits, bindings and order of providers are those of the plan | `tests/spill.rs` |
//! | an order of providers sends batches, refusals and keys as by hand | `tests/places.rs` |
//! | what lies beyond the guide gives figures worked out by hand | `tests/depth.rs` |
//! | ranges agree with closed forms; a seed gives its futures | `tests/uncertainty.rs` |
//! | the pages for programs say what form and parser do | `tests/programs.rs` |
//! | links, files and flags are checked alike | `tests/command.rs` |
//!
//! # Words
//!
//! One word per concept. *Limit*: a quota a provider enforces. *Peak*: the busiest
//! moment, mean × peak multiplier. *Headroom*: spare capacity over the peak.
//! *Utilization*: load over limit. *Scale*: a multiple of today's load. *Instance*,
//! *gateway* and *pod* are the same machine seen by the plan, the reader and
//! Kubernetes. *Gap*: what a kind of file cannot say. *Slots*: requests one gateway
//! holds at once. *Share*: a provider's part of the requests. *Drill*: the loss of
//! one provider. *Point*: the number that stands for a range. *Future*: a draw of every
//! range, planned.

pub mod catalog;
pub mod compare;
pub mod export;
#[cfg(feature = "page")]
pub mod first;
pub mod import;
pub mod lived;
pub mod model;
pub mod plan;
pub mod replay;
pub mod say;
pub mod scenario;
pub mod simulation;
pub mod traffic;
#[cfg(feature = "ui")]
pub mod ui;
