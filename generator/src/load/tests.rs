//! Tests what loads, and what is reported for each kind of bad input.

use super::*;

struct Loaded {
    files: Files,
    diagnostics: Diagnostics,
    root: Option<Node>,
}

impl Loaded {
    fn json(&self) -> String {
        self.root.as_ref().map(|root| root.to_json().to_string()).unwrap_or_default()
    }

    /// Code, line, column and message of each diagnostic.
    fn said(&self) -> Vec<String> {
        self.diagnostics.items().iter().map(|item| self.line(item)).collect()
    }

    fn line(&self, item: &Diagnostic) -> String {
        let (line, column) = match item.place {
            Some(Place::Position { line, column, .. }) => (line, column),
            Some(Place::Node(id)) => self.files.locate(id).map_or((0, 0), |at| (at.line, at.column)),
            Some(Place::Key(id)) => self.files.locate(id.key()).map_or((0, 0), |at| (at.line, at.column)),
            _ => (0, 0),
        };
        format!("{} {line}:{column} {}", item.code.id(), item.message)
    }
}

fn load(path: &str, text: &str) -> Loaded {
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    let root = parse(&mut files, &mut diagnostics, path.to_owned(), text.to_owned());
    Loaded { files, diagnostics, root }
}

fn load_file(name: &str, bytes: &[u8]) -> Loaded {
    let folder = std::env::temp_dir().join(format!("cratewright-load-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the temporary folder is ours");
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("the temporary folder is ours");
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    let root = read(&mut files, &mut diagnostics, &path);
    std::fs::remove_dir_all(&folder).expect("the temporary folder is ours");
    Loaded { files, diagnostics, root }
}

#[test]
fn scalars_read_as_json_and_yaml_1_2_have_them() {
    let yaml =
        load("a.yaml", "a: ~\nb: yes\nc: 0x10\nd: 1.5\ne: .inf\nf: 2020-01-01\ng: '1'\nh: -.inf\ni:\n");
    let json =
        r#"{"a":null,"b":"yes","c":16,"d":1.5,"e":".inf","f":"2020-01-01","g":"1","h":"-.inf","i":null}"#;
    assert_eq!(yaml.json(), json);
    assert_eq!(load("a.json", json).json(), json);
}

#[test]
fn any_scalar_key_is_its_text() {
    let yaml = load("a.yaml", "200: a\n0404: b\ntrue: c\n1.10: d\n~: e\n'x': f\n");
    assert_eq!(yaml.json(), r#"{"0404":"b","1.10":"d","200":"a","true":"c","x":"f","~":"e"}"#);
}

#[test]
fn tags_leave_the_value_alone() {
    assert_eq!(
        load("a.yaml", "a: !x 1\nb: !y [2]\nc: !z {d: 3}\ne: !!str 4\n").json(),
        r#"{"a":1,"b":[2],"c":{"d":3},"e":"4"}"#
    );
}

#[test]
fn explicit_entries_and_earlier_mappings_win_a_merge() {
    let yaml =
        load("a.yaml", "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 3\nd: {<<: *b}\n");
    let at = |pointer: &str| {
        let pointer = crate::source::Pointer::parse(pointer).expect("a pointer");
        let node = pointer.find(yaml.root.as_ref().expect("it loads")).expect("it is there");
        assert_eq!(yaml.files.find(node.id.file, &pointer), Some(node.id), "{pointer}");
        node.to_json().to_string()
    };
    assert_eq!(at("/c"), r#"{"x":3,"y":1,"z":2}"#);
    assert_eq!(at("/d"), r#"{"y":2,"z":2}"#);
    assert_eq!((at("/c/y"), at("/c/x"), at("/d/z")), ("1".to_owned(), "3".to_owned(), "2".to_owned()));
}

#[test]
fn a_merge_of_something_else_stays_an_entry() {
    assert_eq!(load("a.yaml", "a: {<<: 1, b: 2}\n").json(), r#"{"a":{"<<":1,"b":2}}"#);
    assert_eq!(load("a.json", r#"{"<<": {"a": 1}}"#).json(), r#"{"<<":{"a":1}}"#);
}

#[test]
fn the_last_of_equal_keys_counts() {
    let json = load("a.json", "{\"a\": 1,\n \"b\": 2, \"a\": 3}");
    assert_eq!(json.json(), r#"{"a":3,"b":2}"#);
    assert_eq!(json.said(), ["CW0007 2:10 the key `a` was there before; the earlier entry is ignored"]);
    let yaml = load("a.yaml", "a: 1\na: 2\n");
    assert_eq!(yaml.said(), ["CW0007 2:1 the key `a` was there before; the earlier entry is ignored"]);
}

#[test]
fn what_stands_under_a_key_twice_is_one_mapping_if_it_does_not_meet() {
    let joined = load("a.yaml", "a: {b: 1}\na: {c: 2}\n");
    assert_eq!(joined.json(), r#"{"a":{"b":1,"c":2}}"#);
    assert_eq!(joined.said(), ["CW0007 2:1 the key `a` was there before; what both entries say is read"]);
    let replaced = load("a.yaml", "a: {b: 1, c: 2}\na: {c: 3}\n");
    assert_eq!(replaced.json(), r#"{"a":{"c":3}}"#);
}

#[test]
fn a_path_twice_has_the_operations_of_both() {
    let paths = load("a.yaml", "/a: {get: 1, put: 2}\n/a: {put: 3, post: 4}\n");
    assert_eq!(paths.json(), r#"{"/a":{"get":1,"post":4,"put":3}}"#);
    let said = "CW0007 2:1 the key `/a` was there before; what the later entry does not say itself is read from the earlier one";
    assert_eq!(paths.said(), [said]);
}

#[test]
fn a_byte_order_mark_does_not_count() {
    let yaml = load_file("mark.yaml", "\u{feff}a: 1\na: 2\n".as_bytes());
    assert_eq!(yaml.json(), r#"{"a":2}"#);
    assert!(yaml.said()[0].starts_with("CW0007 2:1 "));
}

#[test]
fn flow_yaml_with_comments_is_no_failure() {
    let flow = load("a.json", "{a: 1, # one\n b: [2,],\n}");
    assert_eq!((flow.json().as_str(), flow.said().len()), (r#"{"a":1,"b":[2]}"#, 0));
    assert_eq!(flow.files.get(FileId(0)).map(|file| file.format), Some(Format::Yaml));
}

#[test]
fn syntax_errors_are_located() {
    assert_eq!(load("a.json", "{\"ä\": 1,\n \"ü\" 2}").said(), ["CW0002 2:6 expected `:`"]);
    assert_eq!(load("a.json", "[1, 2").said(), ["CW0002 1:5 the file ends within an array"]);
    assert_eq!(
        load("a.yaml", "a: b: c\n").said(),
        ["CW0002 1:5 mapping values are not allowed in this context"]
    );
    assert_eq!(load("a.yaml", "a: *b\n").said(), ["CW0002 1:4 unknown anchor"]);
    assert_eq!(
        load("a.yaml", "? {a: b}\n: c\n").said(),
        ["CW0002 1:3 expected a scalar as the key of a mapping, found a mapping"]
    );
}

#[test]
fn tabs_that_indent_are_read_as_spaces() {
    let yaml = load("a.yaml", "a:\n\tb: 1\n\tc:\n\t\t- d\n");
    assert_eq!(yaml.json(), r#"{"a":{"b":1,"c":["d"]}}"#);
    assert_eq!(yaml.said(), ["CW0008 2:1 a tab indents this line; every such tab is read as one space"]);
    let root = yaml.root.as_ref().and_then(|root| root.get("a")?.get("c")).expect("it loads");
    assert_eq!(yaml.files.locate(root.id).map(|at| at.line), Some(4));
}

#[test]
fn only_the_first_document_is_read() {
    let yaml = load("a.yaml", "---\na: 1\n---\nb: 2\n");
    assert_eq!(yaml.json(), r#"{"a":1}"#);
    assert_eq!(yaml.said(), ["CW0009 2:1 the file holds several documents; only the first is read"]);
    assert!(load("a.yaml", "a: 1\n---\n").said().is_empty());
    assert!(load("a.yaml", "a: 1\n...\n").said().is_empty());
}

#[test]
fn empty_files_hold_no_document() {
    for text in ["", " \n", "# only a comment\n", "---\n", "null"] {
        assert_eq!(load("a.yaml", text).said().len(), 1, "{text:?}");
        assert!(load("a.yaml", text).said()[0].starts_with("CW0003"), "{text:?}");
    }
}

#[test]
fn depth_is_limited() {
    let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(load("a.json", &deep(127)).root.is_some());
    assert!(load("a.yaml", &format!("a: {}", deep(127))).root.is_some());
    let message = "CW0006 1:128 values nest more than 128 levels deep here";
    assert_eq!(load("a.json", &deep(5000)).said(), [message]);
    let yaml = load("a.yaml", &format!("a: {}", deep(500))).said();
    assert_eq!(yaml, ["CW0006 1:131 values nest more than 128 levels deep here"]);
}

#[test]
fn aliases_do_not_expand_without_bound() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb += &format!("a{level}: &a{level} [{aliases}]\n");
    }
    let said = load("a.yaml", &bomb).said();
    assert_eq!(said.len(), 1);
    assert!(said[0].starts_with("CW0006 ") && said[0].ends_with("meant to hold"), "{said:?}");
    let cycle = load("a.yaml", "a: &a [*a]\n").said();
    assert!(cycle.len() == 1 && cycle[0].starts_with("CW0006 1:"), "{cycle:?}");
}

#[test]
fn what_cannot_be_opened_is_named() {
    let latin = load_file("latin.yaml", b"a: 1\nb: caf\xe9\n");
    assert_eq!(latin.said(), ["CW0001 0:0 the file is not UTF-8: byte 0xe9 on line 2"]);
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    assert!(read(&mut files, &mut diagnostics, Path::new("src")).is_none());
    assert!(read(&mut files, &mut diagnostics, Path::new("Cargo.tmol")).is_none());
    let [folder, missing] = diagnostics.items() else { unreachable!("each is reported once") };
    assert_eq!(folder.message, "this is a folder, not a file");
    assert_eq!(
        (missing.message.as_str(), missing.help.as_deref()),
        ("there is no such file", Some("there is `Cargo.toml`"))
    );
}

#[test]
fn paths_show_with_slashes_relative_to_here() {
    let here = std::env::current_dir().expect("tests run somewhere");
    assert_eq!(display(&here.join("a").join("b.yaml")), "a/b.yaml");
    assert_eq!(display(Path::new("./a/b.yaml")), "a/b.yaml");
    assert_eq!(display(Path::new("../b.yaml")), "../b.yaml");
}
