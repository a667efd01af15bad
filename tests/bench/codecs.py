#!/usr/bin/env python3
"""Measures what the code that reads and writes JSON costs whoever compiles a generated crate.

    codecs.py DOCUMENT.json --out DIR [--limit N] [--forms a,b,..] [--release]

Reads the component schemas of an OpenAPI document (objects with properties and enums of strings), writes one crate
per form below with the *same* structs, and prints CPU seconds (user + system) of the `rustc` of that crate alone: its
dependencies are built before, CARGO_INCREMENTAL=0, one job, the median of three runs for check and dev, one for
release. A third of the structs are entry points, read from and written to bytes. An optional nullable field counts as
optional; formats are not looked at.

    none, debug, eq, clone   the structs with no derive, or with one
    plain                    the structs with Clone, Debug and PartialEq, as in every form below
    derive                   serde's Serialize and Deserialize derived
    visit_map                both written by hand: visit_map and serialize_struct
    functions                a decode and an encode function for each struct over a small reader and writer
    slots                    a table of keys and one array of `&mut dyn Codec`; the loop stands once in the runtime
    record                   `slots` written by a macro_rules from the list of fields
    index                    as `slots`, one slot at a time by `match index`
    visitor                  as `slots`, the fields shown one after the other
    runtime                  `record` by the real files of `generator/runtime/`

The emitters stand in `codecs/emit*.py`, the Rust that the prototypes share in `codecs/*.rs`.
"""

import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "codecs"))

MANIFEST = """[package]
name = "{name}"
version = "0.0.0"
edition = "2024"

[dependencies]
jiter = {{ version = "0.19", default-features = false }}
serde = {{ version = "1", features = ["derive"] }}
serde_json = "1"
"""

CODEC_FILES = (
    "codec decode_error deviation enumeration extra fit json_path kind list number object reader record serde_bridge"
    " value writer"
)

THROUGHPUT = """use std::time::Instant;
fn main() {
    let json = std::fs::read(std::env::args().nth(1).unwrap()).unwrap();
    let (start, mut bytes, mut sent) = (Instant::now(), 0, 0);
    while start.elapsed().as_secs_f64() < 2.0 {
        let value = CRATE::read_sample(&json);
        sent = CRATE::write_sample(&value).len();
        bytes += json.len();
    }
    println!("{:.0} {}", bytes as f64 / 1e6 / start.elapsed().as_secs_f64(), sent);
}
"""


def wrap():
    """As cargo's wrapper of rustc: runs it and leaves the CPU seconds it took in the file named by CODECS_TIME."""
    code = subprocess.run(sys.argv[1:], close_fds=False).returncode
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    if "--crate-name" in sys.argv and "lib" in sys.argv:
        pathlib.Path(os.environ["CODECS_TIME"]).write_text(str(used.ru_utime + used.ru_stime))
    sys.exit(code)


class Bench:
    """A workspace with a crate per form, and the cargo commands run in it."""

    def __init__(self, out, target):
        self.out, self.time = out, out / "time"
        self.env = os.environ | {
            "CARGO_TARGET_DIR": str(target),
            "CARGO_INCREMENTAL": "0",
            "RUSTC_WORKSPACE_WRAPPER": str(HERE / "codecs.py"),
            "CODECS_TIME": str(self.time),
            "RUSTFLAGS": "-Awarnings",
        }
        self.target = target

    def write(self, form, models):
        """Writes the crate of a form and returns the lines of its models."""
        crate = self.out / form
        (crate / "src").mkdir(parents=True, exist_ok=True)
        (crate / "examples").mkdir(exist_ok=True)
        (crate / "Cargo.toml").write_text(MANIFEST.format(name=form))
        modules = ["models"]
        if form in ("functions", "slots", "record", "index", "visitor"):
            modules += ["json", "slots"]
            for name in ("json", "slots"):
                (crate / "src" / f"{name}.rs").write_text((HERE / "codecs" / f"{name}.rs").read_text())
        if form == "runtime":
            modules.append("runtime")
            self.runtime(crate / "src/runtime")
        lib = "".join(f"pub mod {name};\n" for name in modules) + "pub use models::*;\n"
        (crate / "src/lib.rs").write_text(lib)
        (crate / "src/models.rs").write_text(models)
        (crate / "examples/throughput.rs").write_text(THROUGHPUT.replace("CRATE", form))
        return models.count("\n")

    def runtime(self, folder):
        """Copies the runtime's files as the generator does."""
        folder.mkdir(exist_ok=True)
        names = CODEC_FILES.split()
        for name in names:
            text = (HERE.parents[1] / "generator/runtime" / f"{name}.rs").read_text()
            (folder / f"{name}.rs").write_text(text)
        (folder / "mod.rs").write_text("".join(f"pub mod {name};\n" for name in names))

    def cargo(self, form, *arguments):
        """Runs cargo for a form; returns what it printed."""
        (self.out / form / "src/lib.rs").touch()
        command = ["cargo", *arguments, "--quiet", "--jobs", "1", "-p", form]
        run = subprocess.run(command, cwd=self.out, env=self.env, capture_output=True, text=True)
        if run.returncode:
            sys.exit(f"{' '.join(command)}\n{run.stderr[:4000]}")
        return run.stdout

    def seconds(self, form, times, *arguments):
        """The median CPU seconds of building the library."""
        taken = []
        for _ in range(times):
            self.cargo(form, *arguments, "--lib")
            taken.append(float(self.time.read_text()))
        return statistics.median(taken)

    def rlib(self, form, profile):
        """The size of the library in KiB."""
        return round((self.target / profile / f"lib{form}.rlib").stat().st_size / 1024)


def main():
    import emit
    import schema

    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("document")
    arguments.add_argument("--out", required=True, type=pathlib.Path)
    arguments.add_argument("--limit", type=int, default=400, help="component schemas to take, in order")
    arguments.add_argument("--forms", default=",".join(emit.FORMS))
    arguments.add_argument("--release", action="store_true", help="also the release build and the throughput")
    arguments = arguments.parse_args()

    document = json.loads(pathlib.Path(arguments.document).read_text())
    models = schema.read(document["components"]["schemas"], arguments.limit)
    forms = arguments.forms.split(",")
    arguments.out.mkdir(parents=True, exist_ok=True)
    members = ", ".join(f'"{form}"' for form in forms)
    (arguments.out / "Cargo.toml").write_text(f'[workspace]\nresolver = "3"\nmembers = [{members}]\n')
    sample = arguments.out / "sample.json"
    sample.write_text(json.dumps([models.sample(models.root)] * 20))
    bench = Bench(arguments.out.resolve(), arguments.out.resolve() / "target")
    lines = {form: bench.write(form, emit.crate(form, models)) for form in forms}

    structs = len(models.records)
    fields = sum(len(record.fields) for record in models.records)
    print(f"{structs} structs, {fields} fields, {len(models.enums)} enums; sample: {models.root}")
    print("| form | lines | check | dev | release | rlib dev KiB | rlib release KiB | MB/s |\n|---|---|---|---|---|---|---|---|")
    for form in forms:
        bench.cargo(form, "check", "--lib")
        check = bench.seconds(form, 3, "check")
        bench.cargo(form, "build", "--lib")
        dev = bench.seconds(form, 3, "build")
        row = [form, lines[form], f"{check:.2f}", f"{dev:.2f}", "", bench.rlib(form, "debug"), "", ""]
        if arguments.release:
            row[4] = f"{bench.seconds(form, 1, 'build', '--release'):.1f}"
            row[6] = bench.rlib(form, "release")
            if form in emit.CODECS:
                bench.cargo(form, "build", "--release", "--example", "throughput")
                example = bench.target / "release/examples/throughput"
                run = subprocess.run([example, sample], capture_output=True, text=True)
                row[7] = run.stdout.split(" ")[0] or run.stderr[:200]
        print("| " + " | ".join(map(str, row)) + " |", flush=True)


if __name__ == "__main__":
    wrap() if "CODECS_TIME" in os.environ else main()
