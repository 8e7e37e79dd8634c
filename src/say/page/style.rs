//! The design language page: names and usage of the components.

pub(crate) const TITLE: &str = "Design language";
/// Introduction; the two themes and the calculator are links.
pub(crate) const ABOUT: [&str; 4] = [
    "Every token and every component in its states, drawn by those of the ",
    ". In the system’s theme, or in ",
    " or ",
    ".",
];
pub(crate) const CALCULATOR: &str = "calculator";
pub(crate) const LIGHT_LINK: &str = "light";
pub(crate) const DARK_LINK: &str = "dark";

/// Design tokens.
pub(crate) const COLORS: &str = "Colors";
pub(crate) const COLORS_NOTE: &str = "Roles, never hues; light and dark side by side.";
pub(crate) const COLORS_HEAD: [&str; 4] = ["Role", "Light", "Dark", "Value"];
pub(crate) const TYPE: &str = "Type";
pub(crate) const TYPE_NOTE: &str =
    "System fonts, six sizes, tabular numerals, line heights in steps of 4 px.";
pub(crate) const TYPE_SAMPLE: &str = "1,736 rps fits until March";
pub(crate) const SPACE: &str = "Space";
pub(crate) const SPACE_NOTE: &str = "A grid of 4 px.";

/// Buttons, fields and rows.
pub(crate) const INPUTS: &str = "Inputs";
pub(crate) const BUTTONS: &str = "Buttons";
pub(crate) const BUTTONS_ABOUT: &str =
    "One primary action at most; quiet ones in bars; a named icon.";
pub(crate) const PRIMARY: &str = "Primary";
pub(crate) const BUTTON: &str = "Button";
pub(crate) const DISABLED: &str = "Disabled";
pub(crate) const SMALL: &str = "Small";
pub(crate) const QUIET: &str = "Quiet";
pub(crate) const UNDO: &str = "Undo";
pub(crate) const COPY: &str = "Copy";
pub(crate) const CHIPS: &str = "Chips and segments";
pub(crate) const CHIPS_ABOUT: &str = "Chips add a preset; segments choose one of a few.";
pub(crate) const CHIP: &str = "+ Chat";
pub(crate) const CHIP_DISABLED: &str = "Remove provider";
pub(crate) const DAY: &str = "Shape of the day";
pub(crate) const FLAT: &str = "Flat";
pub(crate) const OFFICE: &str = "Office";
pub(crate) const GLOBAL: &str = "Global";
pub(crate) const GROUPS: &str = "Groups and rows";
pub(crate) const GROUPS_ABOUT: &str = "A group sums itself up in a line, open or closed.";
pub(crate) const OPEN: &str = "Open";
pub(crate) const OPEN_SUM: &str = "50 K a day";
pub(crate) const CLOSED: &str = "Closed";
pub(crate) const CLOSED_SUM: &str = "90 days · small";
pub(crate) const NOTHING: &str = "Nothing here";
pub(crate) const FIELDS: &str = "Fields";
pub(crate) const FIELDS_ABOUT: &str = "Unit inside; 50k and 1.5M are understood; arrows step by \
                                       round values. What one plays with has a slider too, which \
                                       rests at its end beyond it. An empty optional field shows \
                                       what is used; a wrong one says what is allowed, and the \
                                       last valid value stays in use.";
pub(crate) const PLANNED: &str = "2, planned";
pub(crate) const FULL_QUEUE: &str = "A full queue";
pub(crate) const REFUSE: &str = "refuse";
pub(crate) const NAME: &str = "Name";
pub(crate) const UNTITLED: &str = "Untitled";
pub(crate) const NAME_IN_PLACE: &str = "A name, edited in place";

/// Verdicts, figures, findings, charts and messages.
pub(crate) const ANSWERS: &str = "Answers";
pub(crate) const VERDICT: &str = "Verdict";
pub(crate) const VERDICT_ABOUT: &str = "One sentence: fits, does not fit, nothing to plan.";
pub(crate) const FIGURES: &str = "Key figures";
pub(crate) const FIGURES_ABOUT: &str = "Three digits, all of them on hover; opens to its reason.";
pub(crate) const STALE: &str = "Stale";
pub(crate) const STALE_ABOUT: &str = "A field cannot be used: the last valid values answer.";
pub(crate) const FINDINGS: &str = "Findings";
pub(crate) const FINDINGS_ABOUT: &str = "By load at which each is reached; status, reason, fixes.";
pub(crate) const STATUS: &str = "Status";
pub(crate) const STATUS_ABOUT: &str = "Color only with words.";
pub(crate) const WITHIN: &str = "within its limits";
pub(crate) const TO_KNOW: &str = "to know";
pub(crate) const USED: &str = "82 % used";
pub(crate) const OVER: &str = "over by 40 %";
pub(crate) const CHART: &str = "Chart";
pub(crate) const CHART_ABOUT: &str = "Title, drawing, sentence, table; here before it is drawn.";
pub(crate) const DRAWINGS: &str = "Drawings";
pub(crate) const DRAWINGS_ABOUT: &str = "Band width is requests per second; red is over a limit.";
pub(crate) const MESSAGES: &str = "Messages";
pub(crate) const MESSAGES_ABOUT: &str = "Part of a link could not be used; a fix was applied.";
pub(crate) const UNREAD: &str = "Part of the link could not be used; the rest is here.";
pub(crate) const UNREAD_LINE: &str = "growth: “-5” cannot be used. Enter 0 to 1,000 %";
pub(crate) const DISMISS: &str = "Dismiss";
pub(crate) const APPLIED: &str = "Applied: lower the weight of OpenAI to 40";

/// Comparison and kept scenarios.
pub(crate) const COMPARED: &str = "Side by side";
pub(crate) const HEADS: &str = "Heads";
pub(crate) const HEADS_ABOUT: &str = "Name, verdict and first finding of each; the first is \
                                      edited, the others open or go.";
pub(crate) const DIFFERENCES: &str = "Differences";
pub(crate) const DIFFERENCES_ABOUT: &str = "Figures with their difference against the first in \
                                            words; of the inputs those that differ.";
pub(crate) const KEPT: &str = "Kept scenarios";
pub(crate) const KEPT_ABOUT: &str = "One that is whole, one of which a part cannot be read, one \
                                     that is none; what was removed comes back.";
pub(crate) const KEPT_WHOLE: &str = "Next year";
pub(crate) const KEPT_NEWER: &str = "Of a newer release";
pub(crate) const KEPT_NONE: &str = "Not ours";
pub(crate) const KEPT_REMOVED: &str = "Last year";
pub(crate) const KEPT_DONE: &str = "Kept as “Next year”";
pub(crate) const KEPT_FAILED: &str = "The browser’s storage took nothing";
