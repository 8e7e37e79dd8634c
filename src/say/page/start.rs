//! First view: the introduction, the mark of the example, and starting scenarios.

/// Introduction: parts before, between and after the links to guide and gateway.
pub(crate) const INTRO: [&str; 3] = [
    "Enter the load of an AI gateway; see its first limit, the date and the cost. Based on the ",
    " of the ",
    ".",
];
pub(crate) const GUIDE: (&str, &str) = (
    "capacity guide",
    "https://docs.keeptrusts.com/docs/guides/engineer/capacity-planning",
);
pub(crate) const GATEWAY: (&str, &str) = ("Keeptrusts gateway", "https://docs.keeptrusts.com");

/// Mark next to the name until a change.
pub(crate) const EXAMPLE: &str = "Example";

/// Label of the starting scenarios.
pub(crate) const START: &str = "Start from";

/// Starting scenarios: name and link. Tokens and names are those of the guide's profiles; requests
/// are round numbers to replace.
pub(crate) const STARTERS: [(&str, &str); 4] = [
    (
        "Support chat",
        "#v=2&name=Support+chat&w=Chat,50000/day,200,150,from:chat&growth=5",
    ),
    (
        "RAG assistant",
        "#v=2&name=RAG+assistant&w=Questions,10000/day,4000,1000,from:chat-long,cached:30\
         &growth=5",
    ),
    (
        "Coding agents",
        "#v=2&name=Coding+agents&w=Tasks,2000/day,1500,2000,from:code,calls:20,cached:60&growth=10",
    ),
    (
        "Nightly batch",
        "#v=2&name=Nightly+batch&w=Documents,20000/day,8000,500,from:summarization\
         &peak-multiplier=4&shape=1,1,1,1,1,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::date::date;
    use crate::catalog::profile::profile_by_key;
    use crate::plan::evaluate;
    use crate::scenario::link::from_fragment;

    #[test]
    fn each_start_is_read_whole_fits_today_and_has_the_tokens_of_its_profile() {
        for (name, link) in STARTERS {
            let (scenario, notices) = from_fragment(link.trim_start_matches('#'));
            assert_eq!(notices, [], "{name}");
            assert_eq!(scenario.name, name);
            let [workload] = scenario.workloads.as_slice() else {
                panic!("{name}: one workload");
            };
            let profile = workload.profile.as_deref().and_then(profile_by_key);
            let profile = profile.expect("a profile");
            let tokens = [profile.input_tokens, profile.output_tokens].map(f64::to_bits);
            let own = [workload.input_tokens, workload.output_tokens].map(f64::to_bits);
            assert_eq!(tokens, own, "{name}");
            let plan = evaluate(&scenario, date(2026, 11, 28));
            assert!(plan.verdict.state.fits(), "{name}: {:?}", plan.verdict);
        }
    }
}
