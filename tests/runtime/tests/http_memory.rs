//! What a gibibyte takes of memory, each way and over both transports. A program of its own, whose peak it is.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "it shows what it measured")]

mod http_server;

use std::fs::{File as DiskFile, read_to_string};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;

use bytes::Bytes;
use http::Method;
use http_server::{API, direct};
use runtime::runtime::blocking::{Block as _, BlockEach as _};
use runtime::runtime::builder::ClientBuilder;
use runtime::runtime::client::Client;
use runtime::runtime::multipart::{File, FillForm as _, Form, Head, Parts};
use runtime::runtime::transport_ureq::UreqTransport;
use runtime::runtime::upload::Upload;
use ureq::Agent;

const SIZE: u64 = 1 << 30;

/// Takes a body to its end, or sends one. Nothing of either is kept.
fn serve(mut stream: TcpStream) {
    let mut buffer = vec![0; 1 << 16];
    let mut head = Vec::new();
    let end = loop {
        let count = stream.read(&mut buffer).unwrap();
        if count == 0 {
            return;
        }
        head.extend_from_slice(&buffer[..count]);
        if let Some(end) = head.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let text = String::from_utf8_lossy(&head[..end]).to_ascii_lowercase();
    let length = text.split("content-length: ").nth(1).map_or(0, |rest| rest.lines().next().unwrap().parse().unwrap());
    let mut left: u64 = length - (head.len() - end) as u64;
    while left > 0 {
        left -= stream.read(&mut buffer).unwrap() as u64;
    }
    let (sent, body) = if length == 0 { (SIZE, String::new()) } else { (0, length.to_string()) };
    let total = sent + body.len() as u64;
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {total}\r\nConnection: close\r\n\r\n{body}").unwrap();
    (0..sent / buffer.len() as u64).for_each(|_| stream.write_all(&buffer).unwrap());
}

fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || listener.incoming().for_each(|stream| serve(stream.unwrap())));
    url
}

/// The most memory that this program had at once, in KiB.
fn peak() -> u64 {
    let status = read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// A file without content, which takes no room on the disk.
struct Sparse(PathBuf);

impl Sparse {
    fn new() -> Self {
        let path = std::env::temp_dir().join(format!("gibibyte-{}", std::process::id()));
        DiskFile::create(&path).unwrap().set_len(SIZE).unwrap();
        Self(path)
    }
}

impl Drop for Sparse {
    fn drop(&mut self) { std::fs::remove_file(&self.0).unwrap(); }
}

struct Scan(File);

impl Parts for Scan {
    fn add_to(&self, form: &mut Form) { form.file(Head::new("scan"), &self.0); }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gibibyte_takes_little_memory() {
    let (url, file) = (start(), Sparse::new());
    let awaited =
        direct(ClientBuilder::new(&API).base_url(url.as_str()).secret("Key", "k")).timeout(None).build().unwrap();
    let transport = UreqTransport::from(Agent::config_builder().proxy(None));
    let builder = ClientBuilder::new(&API).base_url(url.as_str()).secret("Key", "k").transport(transport);
    let waited = builder.timeout(None).build().unwrap();
    let put =
        |client: &Client| client.request(Method::PUT, "/a").body("text/plain", Upload::from_path(&file.0).unwrap());
    let get = |client: &Client| client.request(Method::GET, "/a");

    assert_eq!(put(&awaited).await.unwrap(), SIZE.to_string());
    println!("upload: {} KiB", peak());
    let form = Scan(File::from_path(&file.0).unwrap());
    let sent = awaited.request(Method::POST, "/a").with_multipart(&form).text().await.unwrap();
    assert!(sent.parse::<u64>().unwrap() > SIZE);
    println!("upload as a form: {} KiB", peak());
    let mut body = get(&awaited).stream().await.unwrap().into_value();
    let mut read = 0;
    while let Some(chunk) = body.next().await {
        read += chunk.unwrap().len() as u64;
    }
    assert_eq!(read, SIZE);
    println!("download: {} KiB", peak());

    let (put, get) = (put(&waited), get(&waited));
    let blocking = std::thread::spawn(move || {
        assert_eq!(put.block().unwrap(), SIZE.to_string());
        let body = get.stream().block().unwrap().into_value();
        let sizes = body.block_each().map(|chunk: Result<Bytes, _>| chunk.unwrap().len() as u64);
        assert_eq!(sizes.sum::<u64>(), SIZE);
    });
    blocking.join().unwrap();
    println!("both, blocking: {} KiB", peak());
    assert!(peak() < 64 << 10, "{} KiB", peak());
}
