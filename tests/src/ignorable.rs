//! Tests that need what is not on every machine. Where it is missing they are reported as ignored, with the reason. It is
//! looked for when the tests run, so that what is installed in between counts.

use std::process::ExitCode;

use libtest_mimic::{Arguments, Completion, Trial};

/// What a test needs and does not find here, in words for the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing(pub String);

/// Whether a test could run. One that fails panics, as tests do.
pub type Ran = Result<(), Missing>;

/// A test and its name.
pub type Test<'t> = (&'t str, fn() -> Ran);

/// Runs tests, with the arguments that `cargo test` passes on: the `main` of a test file without the built-in
/// harness.
pub fn main(tests: &[Test]) -> ExitCode {
    let trials = tests.iter().map(|(name, test)| {
        let test = *test;
        Trial::ignorable_test(*name, move || Ok(completion(test())))
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn completion(ran: Ran) -> Completion {
    ran.map_or_else(|Missing(why)| Completion::ignored_with(why), |()| Completion::Completed)
}

/// Whether tests against servers that others wrote are asked for, as they install what they need.
pub fn live() -> Ran {
    let asked = std::env::var_os("CRATEWRIGHT_LIVE");
    asked.map(drop).ok_or_else(|| Missing("CRATEWRIGHT_LIVE is not set".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_that_cannot_run_is_ignored_for_a_reason() {
        assert!(matches!(completion(Ok(())), Completion::Completed));
        let ignored = completion(Err(Missing("there is no sea here".to_owned())));
        assert!(
            matches!(ignored, Completion::Ignored { reason: Some(why) } if why == "there is no sea here")
        );
    }
}
