//! What the server and the client say of each scenario, and both in a table.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What the server says of a scenario.
#[derive(Clone, Debug, Deserialize)]
pub struct Coverage {
    /// The folder that the scenario is in.
    pub folder: String,
    /// `pass` if each of its requests came and was as it should be.
    pub status: String,
}

/// What the server says, by scenario.
pub type Served = BTreeMap<String, Coverage>;

/// What the client says, by scenario: nothing, or what went wrong.
pub type Called = BTreeMap<String, String>;

/// How a scenario went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// No call is written for it.
    NotTried,
    /// Client and server are content.
    Passed,
    /// One of them is not, and says this.
    Failed(String),
}

/// The outcomes, by scenario.
pub type Outcomes = BTreeMap<String, Outcome>;

/// Reads what the client wrote: a line for each scenario, with what went wrong after a tab.
pub fn called(text: &str) -> Called {
    let lines = text.lines().map(|line| line.split_once('\t').expect("a name and a tab are in each line"));
    lines.map(|(name, problem)| (name.to_owned(), problem.to_owned())).collect()
}

/// How each scenario went.
pub fn outcomes(served: &Served, called: &Called) -> Outcomes {
    for name in called.keys() {
        assert!(served.contains_key(name), "{name} is called, and is no scenario of the server");
    }
    let outcome = |name: &str, coverage: &Coverage| match called.get(name) {
        None => Outcome::NotTried,
        Some(problem) if !problem.is_empty() => Outcome::Failed(problem.clone()),
        Some(_) if coverage.status == "pass" => Outcome::Passed,
        Some(_) => Outcome::Failed(format!("the server says `{}`", coverage.status)),
    };
    served.iter().map(|(name, coverage)| (name.clone(), outcome(name, coverage))).collect()
}

/// The counts by group of scenarios, and of all.
pub fn table(served: &Served, outcomes: &Outcomes) -> String {
    let mut groups: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    let mut all = [0; 4];
    for (name, outcome) in outcomes {
        let counted = match outcome {
            Outcome::NotTried => [1, 0, 0, 0],
            Outcome::Passed => [1, 1, 1, 0],
            Outcome::Failed(_) => [1, 1, 0, 1],
        };
        let of_group = groups.entry(group(&served[name].folder)).or_default();
        for (index, count) in counted.into_iter().enumerate() {
            of_group[index] += count;
            all[index] += count;
        }
    }
    let mut lines =
        format!("{:<36}{:>10}{:>8}{:>8}{:>8}\n", "group", "scenarios", "tried", "passed", "failed");
    for (group, [scenarios, tried, passed, failed]) in groups.into_iter().chain([("all".to_owned(), all)]) {
        lines += &format!("{group:<36}{scenarios:>10}{tried:>8}{passed:>8}{failed:>8}\n");
    }
    lines
}

/// The group of a folder: its first part, and as many more as keep groups of one kind together.
fn group(folder: &str) -> String {
    let parts = match folder {
        _ if folder.starts_with("type/property/") => 3,
        _ if folder.starts_with("type/") || folder.starts_with("payload/") => 2,
        _ => 1,
    };
    folder.split('/').take(parts).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::{Coverage, Outcome, Served, called, outcomes, table};

    fn served() -> Served {
        let scenarios =
            [("Get", "type/array", "pass"), ("Put", "type/array", "fail"), ("Post", "routes", "pass")];
        let coverage = |folder: &str, status: &str| Coverage { folder: folder.into(), status: status.into() };
        scenarios.map(|(name, folder, status)| (name.to_owned(), coverage(folder, status))).into()
    }

    #[test]
    fn a_scenario_passes_if_both_sides_say_so() {
        let outcomes = outcomes(&served(), &called("Get\t\nPut\t\n"));
        assert_eq!(outcomes["Get"], Outcome::Passed);
        assert_eq!(outcomes["Put"], Outcome::Failed("the server says `fail`".to_owned()));
        assert_eq!(outcomes["Post"], Outcome::NotTried);
        let problem = super::outcomes(&served(), &called("Get\tit is 2\n"));
        assert_eq!(problem["Get"], Outcome::Failed("it is 2".to_owned()));
    }

    #[test]
    fn the_table_counts_by_group() {
        let served = served();
        let table = table(&served, &outcomes(&served, &called("Get\t\nPut\t\n")));
        let lines: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[1], ["routes", "1", "0", "0", "0"]);
        assert_eq!(lines[2], ["type/array", "2", "2", "1", "1"]);
        assert_eq!(lines[3], ["all", "3", "2", "1", "1"]);
    }
}
