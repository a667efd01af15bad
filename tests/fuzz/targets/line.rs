//! A document, and what random changes make of it, through the whole line: a package that is Rust, the same twice, and
//! no file outside its folder; or an error.

#![no_main]

use std::{cell::RefCell, fs, path::PathBuf};

use cratewright::{
    diagnostic::{Code, human},
    pipeline::{Request, Run, run},
};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

thread_local! {
    static FILE: RefCell<Option<PathBuf>> = const { RefCell::new(None) };
}

/// The file that holds the document, in memory where the system has a folder for that.
fn file() -> PathBuf {
    FILE.with_borrow_mut(|file| {
        file.get_or_insert_with(|| {
            let memory = PathBuf::from("/dev/shm");
            let folder = if memory.is_dir() { memory } else { std::env::temp_dir() };
            let folder = folder.join(format!("cratewright-fuzz-{}", std::process::id()));
            fs::create_dir_all(&folder).expect("the folder for temporary files can be written");
            folder.join("openapi.yaml")
        })
        .clone()
    })
}

fn generate(data: &[u8]) -> Run {
    let path = file();
    fs::write(&path, data).expect("the folder for temporary files can be written");
    run(&Request { spec: Some(path), name: Some("fuzz".to_owned()), ..Request::default() })
}

fuzz_target!(|data: &[u8]| {
    let run = generate(data);
    assert!(run.output.is_some() != run.diagnostics.failed(), "a crate comes out, or an error says why not");
    let text = human::render(&run.diagnostics, &run.files, false);
    let is_defect = run.diagnostics.items().iter().any(|item| item.code == Code::Internal);
    assert!(!is_defect, "{text}");
    let Some(output) = run.output else { return };
    for path in output.package.files.keys() {
        let is_plain = path.split('/').all(|part| !part.is_empty() && !part.starts_with("..") && !part.contains('\\'));
        assert!(is_plain, "{path} is outside of the package");
    }
    // every so often, since it doubles the cost
    if data.len().is_multiple_of(8) {
        let again = generate(data).output.expect("what was generated is generated again");
        assert!(output.package.files == again.package.files, "twice the same");
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    match fuzz::changed(&data[..size], seed).filter(|text| text.len() <= max_size) {
        Some(text) => {
            data[..text.len()].copy_from_slice(text.as_bytes());
            text.len()
        }
        None => libfuzzer_sys::fuzzer_mutate(data, size, max_size),
    }
});
