//! A page in a browser, Chromium, without a window.

use std::{
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::ignorable::Missing;

/// What Chromium is called, by those who package it.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// How long a page may take to load.
const PATIENCE: Duration = Duration::from_secs(120);

/// The name of the browser that is installed.
pub fn browser() -> Result<&'static str, Missing> {
    let is_installed = |name: &&str| {
        let mut version = Command::new(name);
        version.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        version.status().is_ok_and(|status| status.success())
    };
    NAMES.into_iter().find(is_installed).ok_or_else(|| Missing("Chromium is not installed".to_owned()))
}

/// Opens a page, and returns its HTML once it has loaded. What the browser keeps goes to a fresh folder.
pub fn load(browser: &str, url: &str, folder: &Path) -> String {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).expect("the target folder can be written");
    let file = |name: &str| fs::File::create(folder.join(name)).expect("the target folder can be written");
    let mut child = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        // a proxy of the environment does not lead to loopback
        .arg("--no-proxy-server")
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .args(["--dump-dom", url])
        .stdin(Stdio::null())
        .stdout(file("page.html"))
        .stderr(file("browser.log"))
        .spawn()
        .expect("it is installed");
    let said = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
    assert!(is_done(&mut child), "the page does not load: {}", said("browser.log"));
    said("page.html")
}

/// Waits until the browser ends, and ends it if it does not.
fn is_done(child: &mut Child) -> bool {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        if let Some(status) = child.try_wait().expect("a child can be waited for") {
            return status.success();
        }
        thread::sleep(Duration::from_millis(50));
    }
    let _ = child.kill();
    let _ = child.wait();
    false
}
