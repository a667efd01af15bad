//! Runs a driver, and reads what `divan` prints.

use std::{path::PathBuf, process::Command};

use super::driver;
use crate::workspace;

/// What something costs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cost {
    /// The median, in nanoseconds.
    pub nanoseconds: f64,
    /// How often memory is allocated.
    pub allocations: f64,
}

/// What a body costs, on both sides.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// Reading, by the crate and by hand.
    pub read: [Cost; 2],
    /// Writing, by the crate and by hand.
    pub write: [Cost; 2],
}

/// Where the program of a package is.
pub fn program(package: &str) -> PathBuf {
    let name = format!("{package}{}", std::env::consts::EXE_SUFFIX);
    workspace::target().join("generated-target/release").join(name)
}

/// For each body what is wrong with it; empty if nothing is.
///
/// # Errors
///
/// When the driver does not run to its end.
pub fn check(package: &str) -> Result<Vec<String>, String> {
    let said = output(package, &["--check"])?;
    Ok(said.lines().map(str::to_owned).collect())
}

/// What a body costs.
///
/// # Errors
///
/// When the driver does not run to its end, or what it prints has another form than this version of `divan` gives it.
pub fn measure(package: &str, number: usize) -> Result<Figures, String> {
    let said = output(package, &["--bench", &driver::module(number)])?;
    let cost = |name: &str| {
        cost(&said, name).ok_or_else(|| format!("what divan prints has no figures for {name}: {said}"))
    };
    Ok(Figures {
        read: [cost("read_ours")?, cost("read_by_hand")?],
        write: [cost("write_ours")?, cost("write_by_hand")?],
    })
}

fn output(package: &str, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(program(package)).args(arguments).output();
    let output = output.map_err(|error| format!("{}: {error}", program(package).display()))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("{package}: {}", String::from_utf8_lossy(&output.stderr)))
    }
}

/// The medians of one benchmark, in the tree that is printed.
fn cost(said: &str, name: &str) -> Option<Cost> {
    let mut lines = said.lines().map(cells).skip_while(|cells| first_word(cells) != Some(name));
    let nanoseconds = duration(lines.next()?.get(MEDIAN)?)?;
    // Up to the next benchmark. One that allocates nothing says nothing.
    let mut own = lines.take_while(|cells| cells.get(MEDIAN).is_none_or(|cell| duration(cell).is_none()));
    let allocations = own.find(|cells| first_word(cells) == Some("alloc:")).and_then(|_| own.next());
    let allocations = allocations.and_then(|cells| cells.get(MEDIAN)?.parse().ok()).unwrap_or(0.0);
    Some(Cost { nanoseconds, allocations })
}

/// The column of the median: after the fastest, which stands beside the name, and the slowest.
const MEDIAN: usize = 2;

/// The cells of a line, without the branches before them.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim_start_matches(|char: char| char == ' ' || "│├─╰".contains(char));
    line.split('│').map(|cell| cell.trim().to_owned()).collect()
}

fn first_word(cells: &[String]) -> Option<&str> {
    cells.first()?.split_whitespace().next()
}

/// `12.5 µs`
fn duration(text: &str) -> Option<f64> {
    let (number, unit) = text.split_once(' ')?;
    let nanoseconds = match unit {
        "ns" => 1.0,
        "µs" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * nanoseconds)
}

#[cfg(test)]
mod tests {
    use super::{Cost, cost};

    const SAID: &str = "\
program           fastest       │ slowest       │ median        │ mean          │ samples │ iters
╰─ body_00                      │               │               │               │         │
   ├─ read_ours   1.2 µs        │ 9.9 µs        │ 1.5 µs        │ 1.6 µs        │ 200     │ 200
   │              max alloc:    │               │               │               │         │
   │                7           │ 7             │ 7             │ 7             │         │
   │                1 KB        │ 1 KB          │ 1 KB          │ 1 KB          │         │
   │              alloc:        │               │               │               │         │
   │                12          │ 12            │ 12            │ 12            │         │
   │                1 KB        │ 1 KB          │ 1 KB          │ 1 KB          │         │
   ╰─ write_ours  812 ns        │ 9.9 µs        │ 900.5 ns      │ 1.6 µs        │ 200     │ 200
";

    #[test]
    fn medians_are_read_from_the_tree() {
        assert_eq!(cost(SAID, "read_ours"), Some(Cost { nanoseconds: 1_500.0, allocations: 12.0 }));
        assert_eq!(cost(SAID, "write_ours"), Some(Cost { nanoseconds: 900.5, allocations: 0.0 }));
        assert_eq!(cost(SAID, "read_by_hand"), None);
    }
}
