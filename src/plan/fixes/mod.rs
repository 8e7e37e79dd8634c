//! Changes that would help, found by evaluating the model with each of them.
//!
//! They are numbers and names: `say::fix` has the words.

mod change;
mod control_plane;
mod effect;
mod holds;
mod platform;
mod price;
mod provider;
mod seen;
mod trial;

pub(super) use change::weight_edits;
pub use change::{Change, Connections, Fix, UpSteps};
pub use effect::{Effect, Holder, Holds};

use super::{Chapters, Finding, FindingKind};
use crate::model::limit::holds as is_held;
use crate::scenario::Scenario;

/// Adds to each finding the changes that would help.
pub(super) fn add(scenario: &Scenario, chapters: &Chapters, findings: &mut [Finding]) {
    let standing = chapters.standing();
    // Load is shifted only at the provider that is full first.
    let mut is_first = true;
    for finding in &mut *findings {
        finding.fixes = match &finding.kind {
            FindingKind::ProviderLimit(limit) => {
                let is_first = std::mem::take(&mut is_first);
                let by_pods = platform::for_counted_by_pods(scenario, chapters, limit);
                let others =
                    provider::for_limit(scenario, chapters, &standing, limit.row, is_first);
                by_pods.into_iter().chain(others).collect()
            }
            FindingKind::TooLarge(refused) => {
                let fix = provider::for_too_large(scenario, chapters, &standing, refused.row);
                fix.into_iter().collect()
            }
            FindingKind::ProviderLoss(loss) => {
                let fix = provider::for_loss(scenario, chapters, loss.lost_row, loss.row);
                fix.into_iter().collect()
            }
            FindingKind::Reserve(offer) => vec![provider::reserve(scenario, chapters, offer)],
            FindingKind::CheaperSplit { .. } => {
                let fix = provider::cheapest_weights(scenario, chapters);
                fix.into_iter().collect()
            }
            FindingKind::Autoscaler(_) => platform::for_autoscaler(scenario, chapters),
            FindingKind::Stuck(stuck) => platform::for_stuck(scenario, chapters, stuck),
            FindingKind::Disk(_) => control_plane::for_disk(scenario, chapters),
            FindingKind::Connections { database, .. } => control_plane::for_connections(database)
                .into_iter()
                .collect(),
            FindingKind::ConnectionsAtFullScale { most, .. } => {
                control_plane::for_server(*most).into_iter().collect()
            }
            FindingKind::ZoneLoss(drill) if finding.scale.is_some_and(|scale| !is_held(scale)) => {
                platform::for_zone(scenario, chapters, drill)
                    .into_iter()
                    .collect()
            }
            FindingKind::SlotsLoss(loss) => platform::for_slots(scenario, chapters, loss)
                .into_iter()
                .collect(),
            FindingKind::Unserved(unserved) => platform::for_unserved(scenario, chapters, unserved)
                .into_iter()
                .collect(),
            FindingKind::LateAnswers(_) => platform::for_answers(scenario, chapters)
                .into_iter()
                .collect(),
            FindingKind::Failures(failures) => platform::for_failures(scenario, chapters, failures)
                .into_iter()
                .collect(),
            FindingKind::PriceChange(change) => price::for_price(change).into_iter().collect(),
            FindingKind::Queue { .. } => platform::for_queue(scenario, &chapters.queue),
            _ => Vec::new(),
        };
        let saves = matches!(finding.kind, FindingKind::CheaperSplit { .. });
        seen::keep_true(scenario, chapters, saves, &mut finding.fixes);
        // Insufficient changes go behind sufficient ones.
        finding.fixes.sort_by_key(|fix| !fix.effect.is_enough());
    }
    platform::agree(scenario, chapters, findings);
}
