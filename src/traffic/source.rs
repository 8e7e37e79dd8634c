//! Sources of usage exports.

/// Declares an enum whose values have keys for files and programs.
macro_rules! keyed {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $value:ident = $key:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $value,)* }

        impl $name {
            /// All values.
            pub const ALL: &[Self] = &[$(Self::$value,)*];

            /// Key in files and for programs.
            pub fn key(self) -> &'static str {
                match self { $(Self::$value => $key,)* }
            }

            /// The value with this key.
            pub fn of_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|each| each.key() == key)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let key = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(from)?;
                Self::of_key(&key).ok_or_else(|| serde::de::Error::custom(key))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.key())
            }
        }
    };
}
pub(crate) use keyed;

keyed! {
    /// A supported kind of file, recognized by its content, never by its name.
    Format {
        /// `GET /organization/usage/completions` of `OpenAI`.
        OpenAiUsageApi = "openai-usage-api",
        /// `completions_usage_*.csv` of `OpenAI`'s console.
        OpenAiConsole = "openai-console-csv",
        /// The usage CSV of Anthropic's console.
        AnthropicConsole = "anthropic-console-csv",
        /// `GET /v1/organizations/usage_report/messages` of Anthropic.
        AnthropicUsageApi = "anthropic-usage-api",
        /// Rows of `LiteLLM_SpendLogs`, as CSV or JSON.
        LiteLlmSpend = "litellm-spend-logs",
        /// `/user/daily/activity` of `LiteLLM`.
        LiteLlmDailyApi = "litellm-daily-api",
        /// The daily CSV of `LiteLLM`'s interface.
        LiteLlmDailyCsv = "litellm-daily-csv",
        /// Metrics of Azure Monitor for `Microsoft.CognitiveServices/accounts`.
        AzureMonitor = "azure-monitor",
        /// Metrics of AWS `CloudWatch`, namespace `AWS/Bedrock`.
        CloudWatch = "cloudwatch",
        /// The invocation log of Amazon Bedrock.
        BedrockLog = "bedrock-invocation-log",
        /// Time series of Google Cloud Monitoring for Vertex AI.
        CloudMonitoring = "cloud-monitoring",
        /// A range query's answer from Prometheus.
        Prometheus = "prometheus-range",
        /// The CSV of a Grafana panel.
        Grafana = "grafana-csv",
        /// An export of Langfuse observations.
        Langfuse = "langfuse",
        /// An export of Helicone requests.
        Helicone = "helicone",
        /// The activity CSV of `OpenRouter`.
        OpenRouter = "openrouter",
        /// The usage archive of `DeepSeek`, or its `amount-*.csv`.
        DeepSeek = "deepseek",
        /// A log export of Portkey.
        Portkey = "portkey",
        /// Events of Keeptrusts, from the console or `kt events`.
        Keeptrusts = "keeptrusts-events",
        /// A trace of times, input and output tokens.
        PlainTrace = "plain-trace",
        /// A table of times, requests and their tokens.
        PlainSums = "plain-sums",
        /// The usage CSV of Microsoft's Dev Proxy.
        DevProxy = "dev-proxy-csv",
        /// Rates of windows, in the format `window_start_s,rps`.
        RateTable = "rate-table",
    }
}

/// Meaning of a bucket that a file does not mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Absent {
    /// The source omits only empty buckets.
    Zero,
    /// The source omits quiet buckets, which are indistinguishable from lost ones.
    Quiet,
    /// The source writes every bucket, so it is lost.
    Lost,
}

impl Format {
    /// Meaning of a bucket that a file of this source does not mention.
    pub(crate) fn absent(self) -> Absent {
        match self {
            Self::OpenAiUsageApi
            | Self::OpenAiConsole
            | Self::AnthropicUsageApi
            | Self::Prometheus
            | Self::Grafana
            | Self::RateTable => Absent::Lost,
            Self::AzureMonitor | Self::CloudWatch | Self::CloudMonitoring | Self::PlainSums => {
                Absent::Quiet
            }
            _ => Absent::Zero,
        }
    }

    /// Whether buckets exist through numbers in a series, rather than through rows or objects.
    pub(crate) fn is_metrics(self) -> bool {
        matches!(
            self,
            Self::AzureMonitor
                | Self::CloudWatch
                | Self::CloudMonitoring
                | Self::Prometheus
                | Self::Grafana
                | Self::RateTable
        )
    }

    /// Whether the zone of times without one is a guess, not defined by the source.
    pub(crate) fn has_no_zone_of_its_own(self) -> bool {
        matches!(self, Self::PlainTrace | Self::DevProxy)
    }
}
