//! What a model makes: text for a chat, or something that answers no chat.

/// What a model makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModelKind {
    /// Text: it answers a chat.
    Text,
    /// Vectors of numbers for texts.
    Embeddings,
    /// An order of documents.
    Ranks,
    /// Speech, or the text of it.
    Speech,
    /// Pictures.
    Images,
}

impl ModelKind {
    /// The kind that the name of a model tells, which the catalogue does not know.
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
