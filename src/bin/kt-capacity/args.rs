//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Sizes an AI gateway: workload in; limits, fleet, storage, cost and files out.
#[derive(Parser)]
#[command(name = "kt-capacity", version)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Say whether a workload fits and what it needs
    Estimate(Estimate),
    /// Write the files to apply
    Export(Export),
    /// Live a day under the exported files, request by request
    Simulate(Simulate),
    /// Say what differs between two files or links; status 1 if anything does
    Diff(Diff),
    /// Say what a usage export holds, and the link of a scenario with its values
    Fit(Fit),
    /// Print the JSON Schemas of a scenario file and of the plan that `estimate --json` prints
    Schema {
        /// Only this one
        of: Option<SchemaOf>,
    },
}

#[derive(Args)]
pub(crate) struct Estimate {
    #[command(flatten)]
    pub(crate) input: Input,
    /// Print the whole plan as JSON
    #[arg(long, conflicts_with = "link_only")]
    pub(crate) json: bool,
    /// Print only the link that opens this scenario in the page
    #[arg(long)]
    pub(crate) link_only: bool,
    /// Print the brief as Markdown, with a line on the simulated day
    #[arg(long, conflicts_with_all = ["json", "link_only"])]
    pub(crate) brief: bool,
    /// Exit with status 1 if there is a finding at least this severe
    #[arg(long, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,
}

#[derive(Args)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) input: Input,
    /// Folder for the files; made if it is missing
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Write also the files that their own check refuses
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Args)]
pub(crate) struct Simulate {
    #[command(flatten)]
    pub(crate) input: Input,
    /// Seed of the day's chance; the scenario's, 1 if it says none
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u32>,
    /// The month whose load the exported files meet, at the scenario's growth from today on; up to
    /// 18 months ahead
    #[arg(long, value_name = "YYYY-MM")]
    pub(crate) on: Option<String>,
    /// A file to run instead of the exported ones: an autoscaler, a Deployment, or both
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest: Vec<PathBuf>,
    /// The gateway's object, where the files hold several of a kind
    #[arg(long, value_name = "NAME", requires = "manifest")]
    pub(crate) object: Vec<String>,
    /// Something that happens: zone-loss@12:00, rollout@14:00, spike@10:00-10:30:3,
    /// provider-fails@10:00-11:00:ID, provider-hangs, provider-slow (…:ID:TIMES), limit-cut
    /// (…:ID:PERCENT), metrics-out@09:00-10:00
    #[arg(long, value_name = "KIND@FROM[-TO][:WHAT]")]
    pub(crate) event: Vec<String>,
    /// Leave the providers' limits out, to see the fleet alone
    #[arg(long)]
    pub(crate) ignore_limits: bool,
    /// Let clients leave when they have waited for their timeout, as --set leaving=leave does;
    /// else they count as late. --set sends=3 lets them send a question again
    #[arg(long)]
    pub(crate) clients_leave: bool,
    /// Exit with status 1 if the day breaks its goals, or with warning if anything goes wrong
    #[arg(long, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,
    #[command(flatten)]
    pub(crate) print: Print,
}

/// How a day is printed; for people if neither is asked for.
#[derive(Args)]
pub(crate) struct Print {
    /// Print everything as JSON
    #[arg(long, conflicts_with = "csv")]
    pub(crate) json: bool,
    /// Print the hours as CSV
    #[arg(long)]
    pub(crate) csv: bool,
}

#[derive(Args)]
pub(crate) struct Diff {
    /// A scenario file, a pack, a manifest, another gateway's configuration, or a link; - for
    /// standard input
    pub(crate) before: String,
    /// The other; what it leaves open is as in the first
    pub(crate) after: String,
    /// The gateway's object, where a file holds several of a kind
    #[arg(long, value_name = "NAME")]
    pub(crate) object: Vec<String>,
    /// Print where each value went, and the differences, as JSON
    #[arg(long, conflicts_with = "patch")]
    pub(crate) json: bool,
    /// Print a patch of the generated files instead, for git apply
    #[arg(long)]
    pub(crate) patch: bool,
    /// Address of the page, for links
    #[arg(long, value_name = "URL", default_value = "")]
    pub(crate) page: String,
    /// The day to plan for, YYYY-MM-DD; today if not given
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<String>,
}

/// Files of one source are read together, as pages of one export.
#[derive(Args)]
pub(crate) struct Fit {
    /// Usage exports of one source; they may be packed; - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Print facts, values and link as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// The moment to plan for
    #[arg(long, value_enum, default_value = "p999")]
    pub(crate) peak: PeakBy,
    /// Take single numbers, without their ranges over the coming days
    #[arg(long)]
    pub(crate) points: bool,
    /// Give each model, key or tag, or what is live and what is in batches, a workload of its own;
    /// texts of keys and tags are dropped
    #[arg(long, value_enum)]
    pub(crate) by: Option<GroupBy>,
    /// Make one workload, NAME, of several models, keys or tags of the file; may be given again.
    /// PART is a name that is listed without it, or * for all that no other names; without NAME=
    /// it is named after its parts
    #[arg(long, value_name = "[NAME=]PART,PART")]
    pub(crate) merge: Vec<String>,
    /// The same as `--by model`
    #[arg(long, hide = true, conflicts_with = "by")]
    pub(crate) by_model: bool,
    #[command(flatten)]
    pub(crate) answers: Answers,
    /// Address of the page, for the link
    #[arg(long, value_name = "URL", default_value = "")]
    pub(crate) page: String,
}

/// Answers to what a usage export leaves open.
#[derive(Args)]
pub(crate) struct Answers {
    /// The export begins at this time
    #[arg(long, value_name = "TIME", requires = "to")]
    pub(crate) from: Option<String>,
    /// The export ends before this time
    #[arg(long, value_name = "TIME", requires = "from")]
    pub(crate) to: Option<String>,
    /// Offset of the time zone that the export's days are cut in from UTC, as +02:00
    #[arg(
        long,
        value_name = "OFFSET",
        default_value = "+00:00",
        allow_hyphen_values = true
    )]
    pub(crate) zone: String,
    /// The mark before decimals
    #[arg(long, value_name = "point|comma")]
    pub(crate) decimal_mark: Option<String>,
    /// The order of dates with slashes
    #[arg(long, value_name = "month_first|day_first")]
    pub(crate) date_order: Option<String>,
    /// A column of a table, as `NAME=input_tokens`; of a panel, as `NAME=input:per_second`
    #[arg(long = "column", value_name = "NAME=MEANING")]
    pub(crate) columns: Vec<String>,
    /// The times of a panel end their buckets
    #[arg(long)]
    pub(crate) time_ends: bool,
    /// Series of Prometheus by their labels, as `route=llm:requests:per_second`
    #[arg(long = "series", value_name = "LABEL=VALUE:MEANING:UNIT")]
    pub(crate) series: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum PeakBy {
    /// The busiest minute of all
    Busiest,
    /// The minute that one in a thousand exceeds
    P999,
    /// The busiest minute of the median day
    TypicalDay,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum GroupBy {
    /// The model
    Model,
    /// The key of the caller, or its identity
    Key,
    /// The tag, project or application
    Tag,
    /// Whether it is sent in a batch
    Batch,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum SchemaOf {
    Scenario,
    Plan,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum FailOn {
    Warning,
    Critical,
}

/// The scenario: a file or a link first, then single values over it.
///
/// Values are texts here: the reader of links checks them, so that flags, links
/// and the page give the same messages.
#[derive(Args)]
pub(crate) struct Input {
    /// A scenario file (JSON), or - for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "link")]
    pub(crate) scenario: Option<String>,
    /// A link made by the page
    #[arg(long, value_name = "URL")]
    pub(crate) link: Option<String>,
    /// A usage export, or - for standard input: its values over the scenario, its minutes against
    /// the limits
    #[arg(long, value_name = "FILE")]
    pub(crate) trace: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) answers: Answers,
    /// Requests of a day
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub(crate) requests_per_day: Option<String>,
    /// Mean input tokens of a request
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub(crate) avg_input_tokens: Option<String>,
    /// Mean output tokens of a request
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub(crate) avg_output_tokens: Option<String>,
    /// Rate of the busiest moment over the mean of the day
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub(crate) peak_multiplier: Option<String>,
    /// Send everything to this provider
    #[arg(long, value_name = "ID")]
    pub(crate) provider: Option<String>,
    /// Model of the first provider
    #[arg(long)]
    pub(crate) model: Option<String>,
    /// Tier of the first provider
    #[arg(long)]
    pub(crate) tier: Option<String>,
    /// Any other value by its key in links, for example growth=15
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub(crate) set: Vec<String>,
    /// Address of the page, for links
    #[arg(long, value_name = "URL", default_value = "")]
    pub(crate) page: String,
    /// The day to plan for, YYYY-MM-DD; today if not given
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<String>,
}
