//! The program beside a generated crate that reads each sample into its type and writes it again.
//!
//! ```text
//! driver sizes                              a line for each model: its size in bytes
//! driver SAMPLES OUTCOMES FROM STACK        a line for each sample from this byte on, on a thread with such a stack
//! ```
//!
//! An outcome is written as soon as it is known, so that their number says which sample ended the process.

use std::collections::BTreeMap;

/// The name of the driver's package.
pub fn package(of: &str) -> String {
    format!("{of}-driver")
}

/// Its files: `types` are those of the samples, `models` those whose size it knows.
pub fn files(of: &str, manifest: &str, types: &[&str], models: &[String]) -> BTreeMap<String, String> {
    let list = |macro_name: &str, types: &mut dyn Iterator<Item = &str>| -> String {
        types.map(|ty| format!("    {macro_name}::<{ty}>,\n")).collect()
    };
    let rounds = list("round", &mut types.iter().copied());
    let sizes = list("size_of", &mut models.iter().map(String::as_str));
    let program = PROGRAM.replace("LIBRARY", &of.replace('-', "_"));
    let program = program.replace("// rounds\n", &rounds).replace("// sizes\n", &sizes);
    [("Cargo.toml".to_owned(), self::manifest(of, manifest)), ("src/main.rs".to_owned(), program)].into()
}

/// The driver names types of the crates that the generated one depends on.
fn manifest(of: &str, generated: &str) -> String {
    format!(
        "[package]\nname = {:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{}",
        package(of),
        dependencies(of, generated)
    )
}

/// What a program has to depend on to name types of a crate beside it: that, without what calls a server but with webhooks,
/// and the crates of formats among what its manifest has.
pub fn dependencies(of: &str, manifest: &str) -> String {
    let known = ["time = ", "uuid = "];
    let further = manifest.lines().filter(|line| known.iter().any(|name| line.starts_with(name)));
    let further: String = further.map(|line| format!("{line}\n")).collect();
    let features = if manifest.contains("\nwebhooks = []\n") { ", features = [\"webhooks\"]" } else { "" };
    format!("{of} = {{ path = \"../{of}\", default-features = false{features} }}\n{further}")
}

const PROGRAM: &str = r#"//! Reads each sample into its type and writes it again.

use std::{
    fs::File,
    io::{BufRead, BufReader, Seek, SeekFrom, Write},
    thread,
};

use LIBRARY::json::{Codec, from_json, to_json};

type Round = fn(&[u8]) -> Result<Vec<u8>, String>;

fn round<T: Codec>(json: &[u8]) -> Result<Vec<u8>, String> {
    let value: T = from_json(json).map_err(|error| error.to_string())?;
    to_json(&value).map_err(|error| error.to_string())
}

fn size_of<T>() -> usize {
    std::mem::size_of::<T>()
}

static ROUNDS: &[Round] = &[
// rounds
];

static SIZES: &[fn() -> usize] = &[
// sizes
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [samples, outcomes, from, stack] => {
            let mut samples = File::open(samples).expect("the samples can be read");
            samples.seek(SeekFrom::Start(from.parse().expect("a number"))).expect("a file has places");
            let outcomes = File::create(outcomes).expect("a file can be written");
            let stack = stack.parse().expect("a number");
            let run = move || run(BufReader::new(samples), outcomes);
            let thread = thread::Builder::new().stack_size(stack).spawn(run).expect("a thread starts");
            if thread.join().is_err() {
                std::process::exit(101);
            }
        }
        _ => SIZES.iter().for_each(|size| println!("{}", size())),
    }
}

fn run(samples: BufReader<File>, mut outcomes: File) {
    for line in samples.lines() {
        let line = line.expect("the samples are text");
        let (number, json) = line.split_once('\t').expect("a number, a tab and JSON");
        let round = ROUNDS[number.parse::<usize>().expect("a number")];
        let outcome = match round(json.as_bytes()) {
            Ok(json) => [b"=".as_slice(), &json, b"\n"].concat(),
            Err(message) => format!("!{message:?}\n").into_bytes(),
        };
        outcomes.write_all(&outcome).expect("a file can be written");
    }
}
"#;

#[cfg(test)]
mod tests {
    use super::files;

    #[test]
    fn the_driver_depends_on_what_its_types_are_of() {
        let manifest = "[dependencies]\nbytes = \"1\"\ntime = { version = \"0.3\" }\n";
        let files = files("my-api", manifest, &["my_api::models::User"], &[]);
        assert!(files["Cargo.toml"].ends_with("default-features = false }\ntime = { version = \"0.3\" }\n"));
        let program = &files["src/main.rs"];
        assert!(program.contains("use my_api::json") && program.contains("round::<my_api::models::User>,"));
    }
}
