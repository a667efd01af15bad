#!/usr/bin/env python3
"""Compares how fast replies are read by crates of two revisions of the generator, in one run.

    tests/bench/reading.py SPEC MODEL JSON --base REVISION --out DIR

Generates the client of SPEC with the generator of this checkout and with that of REVISION, compiles both in release, and
lets one program read JSON, a file that holds a value of MODEL, with each in turn: `strict` by `from_json`, `lenient` by
`read_json`, as replies are read. Prints megabytes a second: the median, and the least and the most of the rounds. The
revision must have `read_json`, or only its `strict` row is measured.
"""

import argparse
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]

PROGRAM = """use std::hint::black_box;
use std::time::Instant;

fn rate(bytes: usize, mut run: impl FnMut()) -> f64 {
    let (start, mut read) = (Instant::now(), 0);
    while start.elapsed().as_secs_f64() < 0.5 {
        run();
        read += bytes;
    }
    read as f64 / 1e6 / start.elapsed().as_secs_f64()
}

fn main() {
    let json = std::fs::read(std::env::args().nth(1).expect("a file")).expect("it can be read");
    let rows: &[(&str, &dyn Fn())] = &[ROWS];
    let mut rates = vec![Vec::new(); rows.len()];
    for _ in 0..ROUNDS {
        for ((_, run), rates) in rows.iter().zip(&mut rates) {
            rates.push(rate(json.len(), run));
        }
    }
    for ((name, _), rates) in rows.iter().zip(&mut rates) {
        rates.sort_by(f64::total_cmp);
        println!("{name:15} {:6.0} MB/s ({:.0} to {:.0})", rates[ROUNDS / 2], rates[0], rates[ROUNDS - 1]);
    }
}
"""


def run(*command, cwd=ROOT):
    subprocess.run([str(part) for part in command], cwd=cwd, check=True)


def generate(checkout, spec, name, out):
    """Generates a crate with the generator of a checkout; whether it reads leniently."""
    run("cargo", "run", "--quiet", "--release", "-p", "cratewright", "--", "generate", spec.resolve(), "--output",
        out / name, "--name", name, "--quiet", cwd=checkout)
    return "pub fn read_json" in (out / name / "src/runtime/codec.rs").read_text()


def row(name, model, lenient):
    read = f"{name}::json::{'read_json' if lenient else 'from_json'}::<{name}::models::{model}>(&json)"
    return f'("{name} {"lenient" if lenient else "strict"}", &|| drop(black_box({read}.expect("it is a value"))))'


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spec", type=pathlib.Path)
    parser.add_argument("model")
    parser.add_argument("json", type=pathlib.Path)
    parser.add_argument("--base", required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    out = options.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    checkout = out / "checkout"
    if not checkout.exists():
        run("git", "worktree", "add", "--detach", checkout, options.base)
    lenient = {"base": generate(checkout, options.spec, "base", out), "here": generate(ROOT, options.spec, "here", out)}
    rows = [row(name, options.model, kind) for name in lenient for kind in [False, True] if lenient[name] or not kind]
    (out / "drive/src").mkdir(parents=True, exist_ok=True)
    program = PROGRAM.replace("[ROWS]", f"[{', '.join(rows)}]").replace("ROUNDS", str(options.rounds))
    (out / "drive/src/main.rs").write_text(program)
    crates = "".join(f'{name} = {{ path = "../{name}", default-features = false }}\n' for name in lenient)
    (out / "drive/Cargo.toml").write_text(
        f'[package]\nname = "drive"\nversion = "0.0.0"\nedition = "2024"\n\n[dependencies]\n{crates}')
    (out / "Cargo.toml").write_text('[workspace]\nresolver = "3"\nmembers = ["base", "here", "drive"]\n')
    run("cargo", "build", "--release", "--quiet", "-p", "drive", cwd=out)
    subprocess.run([out / "target/release/drive", options.json.resolve()], check=True, env=os.environ)


if __name__ == "__main__":
    main()
