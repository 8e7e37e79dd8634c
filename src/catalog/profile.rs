//! Workload profiles of the guide.

/// Typical workload from the guide's table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Profile {
    /// Key in links.
    pub key: &'static str,
    /// Display name.
    pub name: &'static str,
    /// Mean input tokens per request.
    pub input_tokens: f64,
    /// Mean output tokens per request.
    pub output_tokens: f64,
    /// Requests per minute.
    pub requests_rpm: f64,
}

/// Table "Workload Profiles" of the guide.
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

/// Profile with this key.
pub fn profile_by_key(key: &str) -> Option<&'static Profile> {
    PROFILES.iter().find(|profile| profile.key == key)
}
