//! How time and memory of generating grow with a document: documents of several shapes, each doubled twice.
//!
//! ```text
//! cargo run --release -p acceptance --bin growth [SHAPE]
//! ```

use std::{
    env,
    fmt::Write,
    fs,
    path::Path,
    process::{Command, ExitCode},
    time::Instant,
};

use acceptance::workspace;
use cratewright::pipeline::{Request, run};

/// How often each size is measured; the median counts.
const ROUNDS: usize = 3;

/// A kind of document that is made in any size.
struct Shape {
    name: &'static str,
    /// The smallest size: so many of what repeats.
    least: usize,
    document: fn(usize) -> String,
}

const SHAPES: &[Shape] = &[
    Shape { name: "kinds", least: 400, document: kinds },
    Shape { name: "nested tags", least: 500, document: nested_tags },
    Shape { name: "segments of a path", least: 1000, document: one_path },
    Shape { name: "parts of an operationId", least: 1000, document: one_id },
    Shape { name: "dotted operationIds", least: 1000, document: dotted_ids },
    Shape { name: "operations in each other", least: 500, document: nested_ids },
    Shape { name: "paths without ids", least: 1000, document: no_ids },
    Shape { name: "paths without ids below each other", least: 500, document: nested_paths },
    Shape { name: "YAML data", least: 25_000, document: yaml_data },
    Shape { name: "JSON data", least: 100_000, document: json_data },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [flag, path] = arguments.as_slice()
        && flag == "--one"
    {
        let seconds = measure(Path::new(path));
        println!("{seconds} {}", peak());
        return ExitCode::SUCCESS;
    }
    let folder = workspace::target().join("tmp");
    fs::create_dir_all(&folder).expect("the target folder can be written");
    println!(
        "| shape | size | KiB | seconds | to half the size | MiB | to the document |\n|---|---|---|---|---|---|---|"
    );
    for shape in SHAPES.iter().filter(|shape| arguments.first().is_none_or(|name| name == shape.name)) {
        let mut before = None;
        for size in [shape.least, shape.least * 2, shape.least * 4] {
            let text = (shape.document)(size);
            let path = folder.join("growth.yaml");
            fs::write(&path, &text).expect("the target folder can be written");
            let mut rounds: Vec<(f64, f64)> = (0..ROUNDS).map(|_| apart(&path)).collect();
            rounds.sort_by(|a, b| a.0.total_cmp(&b.0));
            let (seconds, peak) = rounds[ROUNDS / 2];
            let growth =
                before.map_or_else(|| "-".to_owned(), |before: f64| format!("{:.2}", seconds / before));
            let kib = text.len() as f64 / 1024.0;
            println!(
                "| {} | {size} | {kib:.0} | {seconds:.3} | {growth} | {:.0} | {:.1} |",
                shape.name,
                peak / 1024.0,
                peak / kib
            );
            before = Some(seconds);
        }
    }
    ExitCode::SUCCESS
}

/// Seconds and KiB of generating in a process of its own, whose peak of memory is that of the document.
fn apart(path: &Path) -> (f64, f64) {
    let mut command = Command::new(env::current_exe().expect("a program has a path"));
    let output = command.arg("--one").arg(path).output().expect("it runs again");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let read = |text: &str| text.trim().parse().ok();
    let pair = text.split_once(' ').and_then(|(seconds, peak)| Some((read(seconds)?, read(peak)?)));
    pair.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

fn measure(path: &Path) -> f64 {
    let started = Instant::now();
    let run = run(&Request { spec: Some(path.to_owned()), ..Request::default() });
    assert!(run.output.is_some(), "the synthetic document generates");
    started.elapsed().as_secs_f64()
}

/// The most memory that this process had, in KiB, where the system tells.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

const HEAD: &str = "openapi: 3.2.0\ninfo: { title: Growth, version: 1.0.0 }\n";

const DONE: &str = "responses: { '204': { description: Done. } }";

/// Tags each of which is within the one before, with an operation each.
fn nested_tags(depth: usize) -> String {
    let mut text = format!("{HEAD}tags:\n  - {{ name: tag0 }}\n");
    for tag in 1..depth {
        let _ = writeln!(text, "  - {{ name: tag{tag}, parent: tag{} }}", tag - 1);
    }
    text.push_str("paths:\n");
    for tag in 0..depth {
        let _ =
            writeln!(text, "  /path{tag}: {{ get: {{ tags: [tag{tag}], operationId: get{tag}, {DONE} }} }}");
    }
    text
}

/// A path of many segments.
fn one_path(segments: usize) -> String {
    let path: String = (0..segments).map(|segment| format!("/part{segment}")).collect();
    json_paths(&[format!("\"{path}\": {{ \"get\": {JSON_DONE} }}")])
}

/// An `operationId` of many parts.
fn one_id(parts: usize) -> String {
    let id: String = (0..parts).map(|part| format!("part{part}.")).collect();
    format!("{HEAD}paths:\n  /path: {{ get: {{ operationId: {id}get, {DONE} }} }}\n")
}

/// Operations whose ids name one of many resources.
fn dotted_ids(count: usize) -> String {
    let mut text = format!("{HEAD}paths:\n");
    for one in 0..count {
        let _ = writeln!(
            text,
            "  /path{one}: {{ get: {{ operationId: group{}.kind{one}.get, {DONE} }} }}",
            one % 50
        );
    }
    text
}

/// Operations each of which is one level deeper than the one before, fifty levels down.
fn nested_ids(count: usize) -> String {
    let mut text = format!("{HEAD}paths:\n");
    let mut id = String::new();
    for one in 0..count {
        if one % 50 == 0 {
            id.clear();
        }
        let _ = write!(id, "p{one}.");
        let _ = writeln!(text, "  /path{one}: {{ get: {{ operationId: {id}get, {DONE} }} }}");
    }
    text
}

/// Operations without ids, each on a path of its own.
fn no_ids(count: usize) -> String {
    let mut text = format!("{HEAD}paths:\n");
    for one in 0..count {
        let _ = writeln!(text, "  /path{one}/{{id}}: {{ get: {{ {DONE} }}, delete: {{ {DONE} }} }}");
    }
    text
}

/// Operations without ids, each on a path below the one before, fifty levels down.
fn nested_paths(count: usize) -> String {
    let mut path = String::new();
    let paths: Vec<String> = (0..count)
        .map(|one| {
            if one % 50 == 0 {
                path.clear();
            }
            let _ = write!(path, "/p{one}");
            format!("\"{path}\": {{ \"get\": {JSON_DONE} }}")
        })
        .collect();
    json_paths(&paths)
}

const JSON_DONE: &str = r#"{ "responses": { "204": { "description": "Done." } } }"#;

/// A document of these paths. A key of YAML has at most 1,024 characters.
fn json_paths(paths: &[String]) -> String {
    let paths = paths.join(",");
    format!(r#"{{"openapi":"3.2.0","info":{{"title":"Growth","version":"1"}},"paths":{{{paths}}}}}"#)
}

/// Data that nothing is made of.
fn yaml_data(entries: usize) -> String {
    let mut text = format!("{HEAD}paths: {{}}\nx-data:\n");
    for entry in 0..entries {
        let _ = writeln!(text, "  - name: entry {entry}\n    list: [1, 2.5, true]");
    }
    text
}

/// The same in JSON.
fn json_data(entries: usize) -> String {
    let entries: Vec<String> =
        (0..entries).map(|entry| format!("{{\"name\":\"entry {entry}\",\"list\":[1,2.5,true]}}")).collect();
    format!(
        "{{\"openapi\":\"3.2.0\",\"info\":{{\"title\":\"Growth\",\"version\":\"1\"}},\"paths\":{{}},\"x-data\":[{}]}}",
        entries.join(",")
    )
}

/// A document of so many kinds of things, each with three operations and types that refer to other kinds.
fn kinds(kinds: usize) -> String {
    let mut text = String::from("openapi: 3.1.0\ninfo: { title: Growth, version: 1.0.0 }\npaths:\n");
    for kind in 0..kinds {
        let _ = write!(
            text,
            "  /kind{kind}:
    get:
      operationId: kind{kind}.list
      parameters:
        - {{ name: limit, in: query, schema: {{ type: integer }} }}
        - {{ name: order, in: query, schema: {{ type: string, enum: [up, down] }} }}
      responses:
        '200': {{ description: All., content: {{ application/json: {{ schema: {{ type: array, items: {{ $ref: '#/components/schemas/Kind{kind}' }} }} }} }} }}
    post:
      operationId: kind{kind}.create
      requestBody: {{ content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Kind{kind}' }} }} }} }}
      responses: {{ '204': {{ description: Done. }} }}
  /kind{kind}/{{id}}:
    parameters: [{{ name: id, in: path, required: true, schema: {{ type: string }} }}]
    get:
      operationId: kind{kind}.get
      responses:
        '200': {{ description: One., content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Kind{kind}' }} }} }} }}
        '404': {{ description: None., content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Problem' }} }} }} }}
"
        );
    }
    text.push_str(
        "components:\n  schemas:\n    Problem: { type: object, properties: { title: { type: string } } }\n",
    );
    for kind in 0..kinds {
        let (next, far) = ((kind + 1) % kinds, (kind * 7 + 3) % kinds);
        let _ = write!(
            text,
            "    Base{kind}: {{ type: object, required: [id], properties: {{ id: {{ type: string }} }} }}
    Kind{kind}:
      description: A kind of thing, with a reference to the next and to one far away.
      allOf: [{{ $ref: '#/components/schemas/Base{kind}' }}]
      properties:
        name: {{ type: [string, 'null'] }}
        state: {{ type: string, enum: [on, off, 'kind {kind}'] }}
        next: {{ $ref: '#/components/schemas/Kind{next}' }}
        far: {{ type: array, items: {{ $ref: '#/components/schemas/Kind{far}' }} }}
        either: {{ oneOf: [{{ type: string }}, {{ type: object, required: [n{kind}], properties: {{ n{kind}: {{ type: integer }} }} }}] }}
"
        );
    }
    text
}
