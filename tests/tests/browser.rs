//! The Gcore client in a browser: Chromium loads a page whose program, compiled to WebAssembly, calls an API of another
//! origin and writes down how each call went. Runs with `CRATEWRIGHT_LIVE=1` where Chromium, a toolchain for
//! `wasm32-unknown-unknown` and `wasm-bindgen` are installed.
//!
//! The program is `tests/live/browser/consumer`, the page `tests/live/browser/page.html`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    sync::{
        Condvar, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use acceptance::{
    golden,
    ignorable::{self, Missing, Ran},
    page,
    server::{Answer, Received, Server},
    wasm,
    workspace::{self, Generated, copy},
};
use cratewright::pipeline::{Request, run};

/// How long the page may take to make its calls.
const PATIENCE: Duration = Duration::from_secs(60);

fn main() -> ExitCode {
    ignorable::main(&[("a_browser_makes_calls", a_browser_makes_calls)])
}

fn a_browser_makes_calls() -> Ran {
    ignorable::live()?;
    let browser = page::browser()?;
    wasm::build()?;
    find_bindgen()?;
    let folder = workspace::target().join("live/browser");
    bind(&compile()?, &folder.join("site"));
    let api = api();
    let site = site(folder.join("site"), api.url());
    let page = page::load(browser, &site.url(), &folder.join("run"));
    let lines: Vec<_> =
        page.split("<li>").skip(1).filter_map(|rest| Some(rest.split_once("</li>")?.0)).collect();
    println!("{}", lines.join("\n"));
    assert_eq!(
        lines,
        [
            "value: 1 ada@example.com",
            "error: 404 There is no such user.",
            "retry: 503 after 2",
            "upload: 256 bytes",
            "timeout: true the server took too long",
        ],
        "{page}"
    );
    holds(&api.received());
    Ok(())
}

/// What the API saw of the calls.
fn holds(received: &[Received]) {
    let sent = |method: &str, path: &str| {
        let asked = |request: &&Received| request.method == method && request.path == path;
        received.iter().filter(asked).collect::<Vec<_>>()
    };
    assert_eq!(sent("GET", "/iam/users/503").len(), 2, "a call is repeated once");
    let user = sent("GET", "/iam/users/1")[0];
    assert_eq!(user.headers["authorization"], "APIKey 1234$abcdef");
    assert_eq!(user.headers["accept"], "application/json");
    let file = sent("POST", "/files")[0];
    assert_eq!(file.headers["content-type"], "application/octet-stream");
    assert_eq!(file.body, (0..=255).collect::<Vec<u8>>());
    // the browser asks first whether the page may send a credential to another origin
    assert_eq!(sent("OPTIONS", "/iam/users/1")[0].headers["access-control-request-headers"], "authorization");
}

/// The API that the page calls.
fn api() -> Server {
    let asked = AtomicUsize::new(0);
    Server::start(move |request| {
        let answer = match (request.method.as_str(), request.path.as_str()) {
            ("OPTIONS", _) => Answer::empty(204),
            ("POST", "/files") => Answer::json(200, format!("{} bytes", request.body.len())),
            (_, "/iam/users/503") if asked.fetch_add(1, Ordering::SeqCst) == 0 => Answer::empty(503),
            (_, "/iam/users/2") => Answer { delay: Duration::from_secs(5), ..Answer::json(200, user(2)) },
            (_, path) => match path.strip_prefix("/iam/users/").and_then(|id| id.parse().ok()) {
                Some(404) | None => Answer::json(404, NO_USER),
                Some(id) => Answer::json(200, user(id)),
            },
        };
        allowed(request, answer)
    })
}

/// The body of an error, as the document describes it.
const NO_USER: &str =
    r#"{"exception_class": "NotFound", "message": "There is no such user.", "request_id": "7"}"#;

/// A user with what the document requires.
fn user(id: u64) -> String {
    format!(
        r#"{{"id": {id}, "email": "ada@example.com", "name": null, "lang": "de", "phone": null, "company": "",
        "reseller": 0, "client": 1, "deleted": false, "groups": [], "activated": true, "sso_auth": false,
        "two_fa": false, "auth_types": ["password"], "is_active": true, "user_type": "common"}}"#
    )
}

/// An answer that pages of other origins may read.
fn allowed(request: &Received, answer: Answer) -> Answer {
    let headers = request.headers.get("access-control-request-headers").map_or("", |headers| headers);
    let answer =
        answer.header("Access-Control-Allow-Origin", "*").header("Access-Control-Allow-Methods", "*");
    answer.header("Access-Control-Allow-Headers", headers).header("Access-Control-Expose-Headers", "*")
}

/// The server of the page, which counts as loaded once its program says that it is done.
fn site(folder: PathBuf, api: String) -> Server {
    let page = fs::read_to_string(ours().join("page.html")).expect("the page is checked in");
    let page = page.replace("data-api=\"API\"", &format!("data-api=\"{api}\""));
    let (done, told) = (Mutex::new(false), Condvar::new());
    Server::start(move |request| {
        let file = |name: &str, kind: &str| file(&folder.join(name), kind);
        match request.path.as_str() {
            "/" => {
                Answer { body: page.clone().into(), ..Answer::empty(200) }.header("Content-Type", "text/html")
            }
            "/consumer.js" => file("consumer.js", "text/javascript"),
            "/consumer_bg.wasm" => file("consumer_bg.wasm", "application/wasm"),
            "/done" => {
                *done.lock().expect("nothing panics with it") = true;
                told.notify_all();
                Answer::empty(204)
            }
            "/held" => {
                let done = done.lock().expect("nothing panics with it");
                let _ = told.wait_timeout_while(done, PATIENCE, |done| !*done);
                Answer::empty(404)
            }
            _ => Answer::empty(404),
        }
    })
}

fn file(path: &Path, content_type: &str) -> Answer {
    let body = fs::read(path).expect("wasm-bindgen wrote it");
    Answer { body, ..Answer::empty(200) }.header("Content-Type", content_type)
}

/// Our files for this test.
fn ours() -> PathBuf {
    workspace::root().join("tests/live/browser")
}

/// Generates the client, and compiles the program of the page, which is returned.
fn compile() -> Result<PathBuf, Missing> {
    let config = Some(workspace::root().join("spec/gcore-iam.toml"));
    let run = run(&Request { config, ..Request::default() });
    let crates = Generated::kept("browser");
    let package = run.output.expect("the document has no errors").package;
    let client = crates.member("gcore-iam");
    cratewright::write::apply(&client, &package, |_| {}).expect("the target folder can be written");
    let (consumer, member) = (ours().join("consumer"), crates.member("browser-consumer"));
    for file in golden::read(&consumer).keys() {
        copy(&consumer.join(file), &member.join(file));
    }
    let output = wasm::build()?.current_dir(&member).output().expect("cargo is there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(workspace::target().join("wasm").join(wasm::TARGET).join("debug/browser_consumer.wasm"))
}

/// The command that makes the JavaScript of a program.
const BINDGEN: &str = "wasm-bindgen";

/// Looks for the command that makes the JavaScript of a program, which must be of the version of the library.
fn find_bindgen() -> Ran {
    let lock = fs::read_to_string(workspace::root().join("Cargo.lock")).expect("the lock file is checked in");
    let library = lock.split("name = \"wasm-bindgen\"\nversion = \"").nth(1);
    let version = library.and_then(|rest| rest.split('"').next()).expect("the client needs it in a browser");
    let said = workspace::run(Command::new(BINDGEN).arg("--version")).unwrap_or_default();
    if said.trim().ends_with(&format!(" {version}")) {
        return Ok(());
    }
    let install = format!("cargo install wasm-bindgen-cli --version {version}");
    Err(Missing(format!("wasm-bindgen {version} is not installed: {install}")))
}

/// Makes the JavaScript that loads a program.
fn bind(program: &Path, folder: &Path) {
    let mut command = Command::new(BINDGEN);
    command.args(["--target", "web", "--no-typescript", "--out-name", "consumer", "--out-dir"]);
    workspace::run(command.arg(folder).arg(program))
        .unwrap_or_else(|problem| panic!("wasm-bindgen: {problem}"));
}
