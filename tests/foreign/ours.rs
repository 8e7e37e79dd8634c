//! Recognition of our own files: a comment's link replaces nothing, and common words do not make a
//! scenario.

use kt_capacity::import::{Unreadable, read};
use kt_capacity::scenario::Scenario;
use kt_capacity::scenario::link::from_fragment;

use super::{TODAY, refused};

const HPA: &str = "# #v=2&growth=3\nkind: HorizontalPodAutoscaler\nspec: {minReplicas: 4, \
                   maxReplicas: 9}\n";

#[test]
fn the_link_of_a_comment_replaces_nothing_of_the_readers() {
    let (mine, _) = from_fragment("v=2&requests-per-day=200000&growth=15");
    let read = read(HPA, &mine, TODAY).unwrap();
    assert_eq!(read.scenario.workloads, mine.workloads);
    assert_eq!(read.scenario.providers, mine.providers);
    assert_eq!(read.scenario.traffic, mine.traffic);
    assert_eq!(read.scenario.gateway.hpa.replicas_max, Some(9));
    let mut left = read.left.iter();
    let link = left.find(|left| left.place == "#v=2&growth=3").unwrap();
    assert_eq!(link.line, Some(1));
}

#[test]
fn a_link_that_is_taken_lists_what_it_changes() {
    let read_over = |text: &str| read(text, &Scenario::default(), TODAY).unwrap();
    let command = "kt-capacity estimate --link 'https://a.example/#v=2&growth=3'";
    for text in [HPA, command] {
        let read = read_over(text);
        let mut taken = read.taken.iter();
        let growth = taken.find(|taken| taken.label == "Growth").unwrap();
        assert!(growth.value.starts_with('3'), "{}", growth.value);
    }
}

#[test]
fn words_of_everybody_are_no_scenario() {
    for text in [
        "name: my-service\nmemory: 512\ntimeout: 60\n",
        "name: ci\ntimeout: 15\nshape: VM.Standard\n",
        "{\"name\":\"web\",\"processes\":4,\"memory\":256,\"zones\":2}",
        "timeout: 120\n",
    ] {
        assert!(matches!(refused(text), Unreadable::Unknown(_)), "{text}");
    }
}
