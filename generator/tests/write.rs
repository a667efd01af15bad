//! Writing packages to disk, and comparing them with it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use cratewright::{
    diagnostic::{Code, Diagnostic},
    pack::Package,
    write::{self, Difference, Report, compare},
};

/// A folder that is gone when the test is over.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("tests have a temporary folder"))
    }

    fn output(&self) -> PathBuf {
        self.0.path().join("output")
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.output().join(name);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("the temporary folder is ours");
        fs::write(path, text).expect("the temporary folder is ours");
    }

    /// Every file below the output folder, with its text.
    fn holds(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        collect(&self.output(), &self.output(), &mut found);
        found.sort();
        found
    }
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<(String, String)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(root, &path, found);
        } else if !path.ends_with(".cratewright") {
            let name = path.strip_prefix(root).expect("it is below").to_string_lossy().replace('\\', "/");
            found.push((name, fs::read_to_string(&path).expect("it is text")));
        }
    }
}

fn package(files: &[(&str, &str)]) -> Package {
    Package { files: owned(files).into_iter().collect(), states_version: false }
}

fn owned(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn apply(folder: &Path, package: &Package) -> Result<Report, Diagnostic> {
    write::apply(folder, package, |_| ())
}

fn refused(result: Result<Report, Diagnostic>) -> Code {
    result.expect_err("it is refused").code
}

#[test]
fn only_what_differs_is_touched() {
    let folder = Folder::new();
    let first = package(&[("Cargo.toml", "a = 1\n"), ("src/lib.rs", "b"), ("src/old/x.rs", "c")]);
    assert_eq!(apply(&folder.output(), &first), Ok(Report { written: 3, unchanged: 0, removed: 0 }));
    let written =
        || fs::metadata(folder.output().join("Cargo.toml")).and_then(|file| file.modified()).expect("a time");
    let before = written();
    folder.put("examples/mine.rs", "mine");
    let second = package(&[("Cargo.toml", "a = 1\n"), ("src/lib.rs", "B"), ("src/new.rs", "d")]);
    assert_eq!(apply(&folder.output(), &second), Ok(Report { written: 2, unchanged: 1, removed: 1 }));
    assert_eq!(written(), before);
    let expected =
        [("Cargo.toml", "a = 1\n"), ("examples/mine.rs", "mine"), ("src/lib.rs", "B"), ("src/new.rs", "d")];
    assert_eq!(folder.holds(), owned(&expected));
    assert!(!folder.output().join("src/old").exists());
    assert_eq!(apply(&folder.output(), &second), Ok(Report { written: 0, unchanged: 3, removed: 0 }));
}

#[test]
fn what_others_wrote_is_left_alone() {
    let folder = Folder::new();
    folder.put("src/lib.rs", "mine");
    assert_eq!(refused(apply(&folder.output(), &package(&[("a.rs", "a")]))), Code::OutputNotOurs);
    assert_eq!(folder.holds(), owned(&[("src/lib.rs", "mine")]));
}

#[test]
fn a_file_of_others_among_ours_is_left_alone() {
    let folder = Folder::new();
    apply(&folder.output(), &package(&[("a.rs", "a")])).expect("it is empty");
    folder.put("b.rs", "mine");
    let more = package(&[("a.rs", "A"), ("b.rs", "b")]);
    assert_eq!(refused(apply(&folder.output(), &more)), Code::OutputNotOurs);
    assert_eq!(folder.holds(), owned(&[("a.rs", "a"), ("b.rs", "mine")]));
    folder.put("c.rs/d.rs", "mine");
    assert_eq!(refused(apply(&folder.output(), &package(&[("c.rs", "c")]))), Code::OutputNotOurs);
}

/// What a run leaves that is killed after it has written the first of these files.
const JOURNAL: &str = "\
    ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb a.rs\n\
    3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d b.rs\n";

#[test]
fn a_run_that_was_killed_can_be_repeated() {
    let folder = Folder::new();
    folder.put(".cratewright-staging/journal", JOURNAL);
    folder.put(".cratewright-staging/lock", "");
    folder.put(".cratewright-staging/new-1", "half");
    folder.put("a.rs", "a");
    let changed = package(&[("a.rs", "A"), ("b.rs", "b")]);
    apply(&folder.output(), &changed).expect("the journal says whose they are");
    assert_eq!(folder.holds(), owned(&[("a.rs", "A"), ("b.rs", "b")]));
}

/// A run that fails behind a killed one forgets nothing either.
#[test]
fn a_run_that_was_killed_can_be_repeated_after_one_that_failed() {
    let folder = Folder::new();
    folder.put(".cratewright-staging/journal", JOURNAL);
    folder.put(".cratewright-staging/lock", "");
    folder.put("a.rs", "a");
    // `b.rs` is a file of that run, and cannot be a folder.
    folder.put("b.rs", "b");
    refused(apply(&folder.output(), &package(&[("a.rs", "A"), ("b.rs/c.rs", "c")])));
    assert_eq!(fs::read_to_string(folder.output().join("a.rs")).expect("it is there"), "a");
    let changed = package(&[("a.rs", "A"), ("b.rs", "B")]);
    apply(&folder.output(), &changed).expect("the journal says whose they are");
    assert_eq!(folder.holds(), owned(&[("a.rs", "A"), ("b.rs", "B")]));
}

/// Who formats a crate by himself goes on doing so.
#[test]
fn settings_of_a_formatter_are_the_users() {
    let folder = Folder::new();
    let made = package(&[("rustfmt.toml", "ours"), ("src/lib.rs", "a")]);
    apply(&folder.output(), &package(&[("src/lib.rs", "a")])).expect("it is empty");
    folder.put("rustfmt.toml", "mine");
    apply(&folder.output(), &made).expect("the file of the user stays");
    assert_eq!(folder.holds(), owned(&[("rustfmt.toml", "mine"), ("src/lib.rs", "a")]));
    assert!(write::compare(&folder.output(), &made).expect("it can be read").is_none());
    fs::remove_file(folder.output().join("rustfmt.toml")).expect("the folder is ours");
    apply(&folder.output(), &made).expect("there is none");
    assert_eq!(folder.holds(), owned(&[("rustfmt.toml", "ours"), ("src/lib.rs", "a")]));
}

#[test]
fn a_run_that_was_killed_gives_no_right_to_files_of_others() {
    let folder = Folder::new();
    folder.put("Cargo.toml", "mine");
    folder.put(".cratewright-staging/new-0", "half");
    assert_eq!(refused(apply(&folder.output(), &package(&[("Cargo.toml", "a = 1\n")]))), Code::OutputNotOurs);
    folder.put(".cratewright-staging/journal", JOURNAL);
    folder.put("a.rs", "mine");
    assert_eq!(refused(apply(&folder.output(), &package(&[("a.rs", "A")]))), Code::OutputNotOurs);
    assert!(
        ["Cargo.toml", "a.rs"]
            .iter()
            .all(|name| { fs::read_to_string(folder.output().join(name)).is_ok_and(|text| text == "mine") })
    );
}

#[test]
fn runs_at_once_take_turns() {
    let folder = Folder::new();
    let packages = ["a", "b"].map(|text| {
        let files: Vec<_> = (0..20).map(|n| (format!("src/{n}.rs"), text.to_owned())).collect();
        Package { files: files.into_iter().collect(), states_version: false }
    });
    std::thread::scope(|scope| {
        for turn in 0..40 {
            let (output, package) = (folder.output(), &packages[turn % 2]);
            scope.spawn(move || apply(&output, package).expect("each has its turn"));
        }
    });
    let is_there = |package: &Package| folder.holds().into_iter().eq(package.files.clone());
    assert!(packages.iter().any(is_there), "{:?}", folder.holds());
}

#[test]
fn who_waits_is_told() {
    let folder = Folder::new();
    folder.put(".cratewright-staging/lock", "");
    let lock = fs::File::open(folder.output().join(".cratewright-staging/lock")).expect("it is there");
    lock.lock().expect("nobody else has it");
    let waits = std::cell::Cell::new(false);
    let lock = std::cell::Cell::new(Some(lock));
    let package = package(&[("a.rs", "a")]);
    let report = write::apply(&folder.output(), &package, |_| {
        waits.set(true);
        drop(lock.take());
    });
    assert!(report.is_ok() && waits.get(), "{report:?}");
    assert_eq!(folder.holds(), owned(&[("a.rs", "a")]));
}

#[test]
fn names_do_not_lead_out_of_the_folder() {
    let folder = Folder::new();
    for name in
        ["../a", "/a", "a/../../b", "", "a//b", "./a", "a\\b", "a\0", "c:a", "a/", ".cratewright", "a\nb"]
    {
        assert_eq!(refused(apply(&folder.output(), &package(&[(name, "x")]))), Code::Internal, "{name:?}");
    }
    assert!(folder.holds().is_empty());
}

#[test]
fn a_list_that_someone_edited_is_not_followed_outside() {
    let folder = Folder::new();
    fs::write(folder.0.path().join("precious"), "x").expect("the temporary folder is ours");
    folder.put(".cratewright", "../precious\n");
    apply(&folder.output(), &package(&[("a.rs", "a")])).expect("the folder is ours");
    assert!(folder.0.path().join("precious").exists());
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let folder = Folder::new();
    let outside = folder.0.path().join("outside");
    fs::create_dir(&outside).expect("the temporary folder is ours");
    fs::write(outside.join("target"), "x").expect("the temporary folder is ours");
    apply(&folder.output(), &package(&[("a.rs", "a")])).expect("it is empty");
    std::os::unix::fs::symlink(&outside, folder.output().join("src")).expect("the temporary folder is ours");
    assert_eq!(refused(apply(&folder.output(), &package(&[("src/lib.rs", "b")]))), Code::OutputNotWritable);
    fs::remove_file(folder.output().join("a.rs")).expect("it was written");
    std::os::unix::fs::symlink(outside.join("target"), folder.output().join("a.rs"))
        .expect("the folder is ours");
    apply(&folder.output(), &package(&[("a.rs", "a")])).expect("the link itself is replaced");
    assert_eq!(fs::read_to_string(outside.join("target")).expect("it is there"), "x");
    assert!(!folder.output().join("a.rs").is_symlink());
    for link in ["output", "output/.cratewright", "output/.cratewright-staging"] {
        let folder = Folder::new();
        let link = folder.0.path().join(link);
        fs::create_dir_all(link.parent().expect("it has a folder")).expect("the temporary folder is ours");
        std::os::unix::fs::symlink(&outside, &link).expect("the temporary folder is ours");
        let result = apply(&folder.output(), &package(&[("a.rs", "a")]));
        assert_eq!(refused(result), Code::OutputNotWritable, "{}", link.display());
    }
    assert_eq!(fs::read_dir(&outside).expect("it is there").count(), 1);
}

#[cfg(unix)]
#[test]
fn one_file_is_written_through_no_link() {
    let folder = Folder::new();
    folder.put("outside", "x");
    let link = folder.output().join("link.rs");
    std::os::unix::fs::symlink(folder.output().join("outside"), &link).expect("the temporary folder is ours");
    assert!(write::file(&link, "y").is_err_and(|error| error.code == Code::OutputNotWritable));
    assert!(folder.holds().contains(&("outside".to_owned(), "x".to_owned())));
}

#[test]
fn an_output_that_cannot_be_written_says_so() {
    let folder = Folder::new();
    folder.put("file", "mine");
    let below_a_file = folder.output().join("file/output");
    assert_eq!(refused(apply(&below_a_file, &package(&[("a.rs", "a")]))), Code::OutputNotWritable);
    assert_eq!(folder.holds(), owned(&[("file", "mine")]));
}

#[test]
fn drift_is_what_differs_is_missing_or_is_too_much() {
    let folder = Folder::new();
    let all = package(&[("a.rs", "1\n2\n"), ("b.rs", "b\n"), ("c.rs", "c\n"), ("d.rs", "d\n")]);
    apply(&folder.output(), &all).expect("it is empty");
    assert!(compare(&folder.output(), &all).is_ok_and(|drift| drift.is_none()));
    folder.put("a.rs", "1\n3\n");
    fs::remove_file(folder.output().join("b.rs")).expect("it was written");
    folder.put("d.rs", "d\r\n");
    folder.put("mine.rs", "mine");
    let drift = compare(&folder.output(), &package(&[("a.rs", "1\n2\n"), ("b.rs", "b\n"), ("d.rs", "d\n")]));
    let drift = drift.expect("the folder can be read");
    let kinds: Vec<_> = drift.files.iter().map(|file| (file.path.as_str(), file.kind)).collect();
    assert_eq!(
        kinds,
        [("a.rs", Difference::Changed), ("b.rs", Difference::Missing), ("c.rs", Difference::Extra)]
    );
    let diff = &drift.files[0].diff;
    assert!(diff.ends_with("@@ -1,2 +1,2 @@\n 1\n-3\n+2\n"), "{diff}");
    assert_eq!(drift.only(), None);
}

#[test]
fn drift_of_one_cause_is_told_as_that() {
    let folder = Folder::new();
    let text = "// Generated by cratewright 0.1.0. Edits are lost.\nuse a::{B, C};\nfn f(a: i64) {}\n";
    let all = package(&[("a.rs", text), ("b.rs", text)]);
    assert!(compare(&folder.output(), &all).is_ok_and(|drift| drift.absent && !drift.unlisted));
    apply(&folder.output(), &all).expect("it is empty");
    for (other, kind) in [
        (text.replace("0.1.0", "0.0.9"), Difference::Version),
        (text.replace("(a: i64)", "(\n    a: i64,\n)"), Difference::Layout),
        (text.replace("i64", "i32"), Difference::Changed),
    ] {
        folder.put("a.rs", &other);
        folder.put("b.rs", &other);
        let drift = compare(&folder.output(), &all).expect("the folder can be read");
        assert_eq!((drift.only(), drift.files.len()), (Some(kind), 2));
    }
    folder.put("a.rs", text);
    folder.put("b.rs", text);
    fs::remove_file(folder.output().join(".cratewright")).expect("it was written");
    let drift = compare(&folder.output(), &all).expect("the folder can be read");
    assert!(drift.unlisted && !drift.is_none() && drift.files.is_empty());
}

#[test]
fn what_a_user_adds_stays_and_is_no_drift() {
    let folder = Folder::new();
    let manifest = "[package]\nname = \"a\"\nversion = \"0.1.0\"\n\n[dependencies]\nbytes = \"1\"\n";
    let root = "// 1\n\nmod client;\npub mod models;\n";
    let first = package(&[("Cargo.toml", manifest), ("src/lib.rs", root)]);
    apply(&folder.output(), &first).expect("it is empty");
    let own = manifest.replace("0.1.0", "0.3.0") + "mine = \"1\"\n\n[lints.rust]\nunsafe_code = \"forbid\"\n";
    let own_root = root.replace("mod client;", "mod client;\nmod mine;");
    folder.put("Cargo.toml", &own);
    folder.put("src/lib.rs", &own_root);
    folder.put("src/mine.rs", "// mine");
    assert!(compare(&folder.output(), &first).is_ok_and(|drift| drift.is_none()));
    assert_eq!(apply(&folder.output(), &first).expect("it is ours").written, 0);
    let second = package(&[
        ("Cargo.toml", &manifest.replace("bytes = \"1\"", "http = \"1\"")),
        ("src/lib.rs", "// 1\n\nmod client;\n"),
    ]);
    apply(&folder.output(), &second).expect("it is ours");
    let holds = folder.holds();
    assert_eq!(holds[0].1, own.replace("bytes = \"1\"", "http = \"1\""));
    assert_eq!(holds[1].1, "// 1\n\nmod client;\n\nmod mine;\n");
    assert_eq!(holds[2].1, "// mine");
    assert!(compare(&folder.output(), &second).is_ok_and(|drift| drift.is_none()));
}
