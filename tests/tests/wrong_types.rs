//! Descriptions of which one value is something else: whatever it is, in whichever version, reading them ends without
//! a panic, and with calls where there is a description left.

use cratewright::{
    config::Config,
    diagnostic::Diagnostics,
    document, load, lower, normalise, resolve,
    source::{Files, Node, Object, Value},
};

const VERSIONS: [&str; 4] = [
    include_str!("../versions/swagger2.yaml"),
    include_str!("../versions/openapi30.yaml"),
    include_str!("../versions/openapi31.yaml"),
    include_str!("../versions/openapi32.yaml"),
];

/// What is put in: each kind of value, and references to the whole and to what is not a schema.
fn pieces() -> Vec<Value> {
    let text = |text: &str| Value::String(text.to_owned());
    let at = |value| Node::at(cratewright::source::NodeId::root(cratewright::source::FileId(0)), value);
    let reference = |to: &str| Value::Object(Object::from_iter([("$ref".to_owned(), at(text(to)))]));
    vec![
        Value::Null,
        Value::Bool(true),
        Value::Number(7.into()),
        text("x"),
        Value::Array(vec![at(text("x")), at(Value::Null)].into()),
        Value::Object(Object::default()),
        reference("#"),
        reference("#/paths/~1users"),
        reference("#/info"),
    ]
}

/// Puts a value in place of the node with this number, counted in document order.
fn replaced(node: &mut Node, count: &mut usize, value: &Value) -> bool {
    if *count == 0 {
        node.value = value.clone();
        return true;
    }
    *count -= 1;
    match &mut node.value {
        Value::Array(items) => items.iter_mut().any(|item| replaced(item, count, value)),
        Value::Object(entries) => entries.values_mut().any(|child| replaced(child, count, value)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

#[test]
fn one_wrong_value_is_survived() {
    for (version, text) in VERSIONS.iter().enumerate() {
        let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
        let root = load::parse(&mut files, &mut diagnostics, format!("{version}.yaml"), (*text).to_owned());
        let root = root.expect("the document is well-formed");
        for (index, piece) in (1..).zip(pieces().iter().cycle()) {
            let mut root = root.clone();
            if !replaced(&mut root, &mut index.clone(), piece) {
                break;
            }
            read(root, &files);
        }
    }
}

/// Everything up to the meaning of the document.
fn read(root: Node, files: &Files) {
    let mut diagnostics = Diagnostics::new();
    let Some(root) = normalise::run(root, files, &Config::default().types.overrides, &mut diagnostics) else {
        assert!(diagnostics.failed());
        return;
    };
    let document = resolve::Document::new(document::build(root, &mut diagnostics));
    lower::run(&document, &Config::default(), &mut diagnostics);
}
