//! Dialogs to share and embed a scenario, and copy buttons.

use crate::scenario::{Answer, View};

pub(crate) const CLOSE: &str = "Close";
pub(crate) const FULL_LINK: &str = "Open the full calculator";

pub(crate) const REFUSED: &str = "Copying was refused. Press Ctrl+C or ⌘C";
pub(crate) const TEXT_TO_COPY: &str = "Text to copy";

pub(crate) const TITLE: &str = "Share this scenario";
pub(crate) const LINK: &str = "The whole scenario is in the link";
pub(crate) const COPY_LINK: &str = "Copy the link";
pub(crate) const LINK_COPIED: &str = "Link copied";
pub(crate) const COPY_MARKDOWN: &str = "Copy as Markdown";
pub(crate) const MARKDOWN_COPIED: &str = "Copied for a ticket or a wiki";
pub(crate) const EMBED: &str = "Embed…";
pub(crate) const CODE: &str = "Code of the link, for a camera";
pub(crate) const TOO_LONG: &str = "The link is too long for a code.";

/// Button for links that are too long to share.
pub(crate) const SAVE_FILE: &str = "Download scenario.json";

/// Length of the link, and its consequence.
pub(crate) fn long(characters: &str, is_cut_here: bool) -> String {
    let cut = if is_cut_here {
        "This page reads only its first part"
    } else {
        "Mail and chat programs cut long ones"
    };
    format!("The link has {characters} characters. {cut}: share the file instead.")
}

/// The device's share sheet, and the title in it.
pub(crate) const WITH_APP: &str = "Share with an app…";
pub(crate) const PLAN: &str = "Capacity plan";

pub(crate) const EMBED_TITLE: &str = "Embed in a page";
pub(crate) const TAG: &str = "Tag";
pub(crate) const COPY_TAG: &str = "Copy tag";
pub(crate) const ABOUT_LINK: &str =
    "The link inside is for readers without script; write there what you like";
pub(crate) const SHOWS: &str = "Shows";
pub(crate) const THEME: &str = "Theme";
/// In the order of [`crate::scenario::Theme::ALL`].
pub(crate) const THEMES: [&str; 3] = ["As the page", "Light", "Dark"];
pub(crate) const PREVIEW: &str = "Preview";

/// A view in a list of choices.
pub(crate) const fn view(view: View) -> &'static str {
    match view {
        View::Full => "Full calculator",
        View::Brief => "One-page brief",
        View::Alone(Answer::Tokens) => "Token throughput",
        View::Alone(Answer::Fleet) => "Gateways",
        View::Alone(Answer::Storage) => "Stored events",
        View::Alone(Answer::Cost) => "Cost per month",
        View::Alone(Answer::Day) => "The simulated day",
        View::Compare => "Comparison",
    }
}

/// Link inside the frame tag.
pub(crate) fn in_calculator(shown: View) -> String {
    format!("{} in the capacity calculator", view(shown))
}
