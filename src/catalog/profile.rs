//! The guide's workload profiles.

/// A typical workload, as the guide's table gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Profile {
    /// Key in links.
    pub key: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// Mean input tokens of a request.
    pub input_tokens: f64,
    /// Mean output tokens of a request.
    pub output_tokens: f64,
    /// Requests per minute.
    pub requests_rpm: f64,
}

/// The guide's table "Workload Profiles".
pub static PROFILES: [Profile; 5] = [
    profile("chat", "Chat (short)", 200.0, 150.0, 100.0),
    profile("chat-long", "Chat (long context)", 4_000.0, 1_000.0, 20.0),
    profile("summarization", "Summarization", 8_000.0, 500.0, 10.0),
    profile("embeddings", "Embeddings", 500.0, 0.0, 500.0),
    profile("code", "Code generation", 1_500.0, 2_000.0, 30.0),
];

const fn profile(
    key: &'static str,
    name: &'static str,
    input_tokens: f64,
    output_tokens: f64,
    requests_rpm: f64,
) -> Profile {
    Profile {
        key,
        name,
        input_tokens,
        output_tokens,
        requests_rpm,
    }
}

/// The profile with this key.
pub fn profile_by_key(key: &str) -> Option<&'static Profile> {
    PROFILES.iter().find(|profile| profile.key == key)
}
