//! How the time of generating grows with the document: a synthetic one at 1, 4, 16 and 64 times its size.
//!
//! ```text
//! cargo run --release -p acceptance --bin growth
//! ```

use std::{fmt::Write, fs, time::Instant};

use acceptance::workspace;
use cratewright::pipeline::{Request, run};

/// How often each size is measured; the median counts.
const ROUNDS: usize = 5;

fn main() {
    let folder = workspace::target().join("tmp");
    fs::create_dir_all(&folder).expect("the target folder can be written");
    println!("| times | document in KiB | operations | seconds | seconds per MiB |\n|---|---|---|---|---|");
    for times in [1, 4, 16, 64] {
        let text = document(times * 25);
        let path = folder.join("growth.yaml");
        fs::write(&path, &text).expect("the target folder can be written");
        let mut seconds: Vec<f64> = (0..ROUNDS).map(|_| measure(&path)).collect();
        seconds.sort_by(f64::total_cmp);
        let median = seconds[ROUNDS / 2];
        let kib = text.len() as f64 / 1024.0;
        println!("| {times} | {kib:.0} | {} | {median:.3} | {:.3} |", times * 75, median / kib * 1024.0);
    }
}

fn measure(path: &std::path::Path) -> f64 {
    let started = Instant::now();
    let run = run(&Request { spec: Some(path.to_owned()), ..Request::default() });
    assert!(run.output.is_some(), "the synthetic document generates");
    started.elapsed().as_secs_f64()
}

/// A document of so many kinds of things, each with three operations and types that refer to other kinds.
fn document(kinds: usize) -> String {
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
