//! Catalogue vendors by the names and addresses in other files.

use crate::catalog::provider as catalog;

/// Names of the catalogue's vendors in other files.
const NAMES: [(&str, &[&str]); 10] = [
    (
        "openai",
        &["openai", "text-completion-openai", "azure_text"],
    ),
    (
        "azure-openai",
        &[
            "azure",
            "azure-openai",
            "azureopenai",
            "azure_ai",
            "azure-ai",
        ],
    ),
    ("anthropic", &["anthropic", "anthropic_text", "claude"]),
    (
        "aws-bedrock",
        &[
            "bedrock",
            "aws-bedrock",
            "awsbedrock",
            "bedrock_converse",
            "amazon-bedrock",
            "awsanthropic",
        ],
    ),
    (
        "google-vertex",
        &[
            "vertex_ai",
            "vertex",
            "vertex-ai",
            "google-vertex",
            "gcpvertexai",
            "gcp-vertex",
            "vertex_ai_beta",
            "gcpanthropic",
        ],
    ),
    (
        "google-gemini-api",
        &[
            "gemini",
            "google",
            "google-gemini-api",
            "google-gemini",
            "palm",
        ],
    ),
    ("groq", &["groq"]),
    (
        "mistral",
        &["mistral", "mistralai", "mistral-ai", "codestral"],
    ),
    ("cohere", &["cohere", "cohere_chat"]),
    ("deepseek", &["deepseek"]),
];

/// Catalogue id of a vendor, by any of its names.
pub(super) fn known(vendor: &str) -> Option<&'static str> {
    let name = vendor.trim().to_ascii_lowercase();
    let other = NAMES
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()));
    let id = other.map_or(name.as_str(), |(id, _)| id);
    catalog::vendor(id).map(|row| row.id)
}

/// Vendor at the start of a user-defined name, such as `@openai-prod`.
pub(super) fn slug(name: &str) -> Option<&'static str> {
    let name = name.trim_start_matches('@').to_ascii_lowercase();
    let mut starts: Vec<usize> = name
        .match_indices(['-', '_', '/'])
        .map(|(at, _)| at)
        .collect();
    starts.push(name.len());
    starts.into_iter().rev().find_map(|end| known(&name[..end]))
}

/// Vendor of a provider with an address of its own: a server that speaks a vendor's dialect is not
/// that vendor.
pub(super) fn served_at(vendor: Option<&str>, address: Option<&str>) -> Option<String> {
    let speaks = matches!(vendor, None | Some("openai" | "openai-compatible"));
    let own = address.filter(|_| speaks);
    let own = own.map(|address| by_address(address).unwrap_or("self-hosted"));
    own.or(vendor).map(str::to_owned)
}

/// Vendor with this host in its address.
pub(super) fn by_address(address: &str) -> Option<&'static str> {
    let host = |address: &str| {
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        rest.split(['/', ':']).next().unwrap_or_default().to_owned()
    };
    let wanted = host(address);
    let azure = [".openai.azure.com", ".cognitiveservices.azure.com"];
    if azure.iter().any(|end| wanted.ends_with(end)) {
        return Some("azure-openai");
    }
    // Regions have addresses of their own.
    if wanted.ends_with(".api.openai.com") {
        return Some("openai");
    }
    if wanted.starts_with("bedrock-runtime.") {
        return Some("aws-bedrock");
    }
    if wanted.ends_with("aiplatform.googleapis.com") {
        return Some("google-vertex");
    }
    let mut vendors = catalog::vendors().iter();
    let row = vendors.find(|row| !row.base_url.is_empty() && host(row.base_url) == wanted)?;
    Some(row.id)
}
