//! Output of a model: text for a chat, or something else.

/// Kind of a model's output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModelKind {
    /// Text, as in a chat.
    Text,
    /// Embedding vectors of texts.
    Embeddings,
    /// Ranking of documents.
    Ranks,
    /// Speech, or its transcription.
    Speech,
    /// Pictures.
    Images,
}

impl ModelKind {
    /// Kind guessed from the name of a model missing from the catalogue.
    pub fn of_name(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let has = |part: &str| name.contains(part);
        let has_word = |word| {
            name.split(|c: char| !c.is_ascii_alphabetic())
                .any(|it| it == word)
        };
        if has("embed") {
            Self::Embeddings
        } else if has("rerank") {
            Self::Ranks
        } else if has("whisper") || has("transcribe") || has_word("tts") {
            Self::Speech
        } else if has("dall-e") || has("gpt-image") || has_word("imagen") {
            Self::Images
        } else {
            Self::Text
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ModelKind::{Embeddings, Images, Ranks, Speech, Text};
    use super::*;

    #[test]
    fn a_name_tells_the_kind() {
        for (name, kind) in [
            ("text-embedding-ada-002", Embeddings),
            ("embed-v4.0", Embeddings),
            ("rerank-v3.5", Ranks),
            ("gpt-4o-mini-tts", Speech),
            ("whisper-1", Speech),
            ("gpt-image-1", Images),
            ("gpt-4o", Text),
            ("claude-haiku-4-5", Text),
            ("", Text),
        ] {
            assert_eq!(ModelKind::of_name(name), kind, "{name}");
        }
    }
}
