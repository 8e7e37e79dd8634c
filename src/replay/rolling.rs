//! Rollout strategy of a workload.

use serde_json::Value;

use super::count::count;
use crate::simulation::Room;

/// Default surge and unavailability of a Deployment.
const ROLLING: Room = Room::Percent(25);
/// The whole fleet, and no pods.
const ALL: Room = Room::Percent(100);
const NONE: Room = Room::Pods(0);

/// Surge and unavailability of a rollout.
pub(super) fn rolling(workload: &Value) -> (Room, Room) {
    let strategy = &workload["spec"]["strategy"];
    if workload["kind"] == "StatefulSet" {
        // By default pod by pod, each stopped before its successor starts.
        let update = &workload["spec"]["updateStrategy"]["rollingUpdate"];
        return (NONE, room(&update["maxUnavailable"]).unwrap_or(NONE));
    }
    if strategy["type"] == "Recreate" {
        return (NONE, ALL);
    }
    if strategy["blueGreen"].is_object() {
        return (ALL, NONE);
    }
    let canary = &strategy["canary"];
    let update = if canary.is_object() {
        canary
    } else {
        &strategy["rollingUpdate"]
    };
    let room = |key: &str| room(&update[key]).unwrap_or(ROLLING);
    (room("maxSurge"), room("maxUnavailable"))
}

/// Sentence about the parts of a gradual rollout that are not simulated.
pub(super) fn steps(workload: &Value) -> Option<String> {
    let steps = workload["spec"]["strategy"]["canary"]["steps"].as_array()?;
    (!steps.is_empty()).then(|| {
        "the steps of the canary are not simulated: a rollout replaces all pods without a pause"
            .to_owned()
    })
}

/// A number of pods or a percentage; `None` if it is neither.
fn room(value: &Value) -> Option<Room> {
    let text = value.as_str().unwrap_or_default().trim();
    match text.strip_suffix('%') {
        Some(percent) => percent.trim().parse().ok().map(Room::Percent),
        None => count(value).map(Room::Pods),
    }
}
