//! A server that others wrote, started on a free port of loopback.

use std::{
    fs,
    io::ErrorKind,
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// How long a server may take to answer, or to end.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server; it ends when it is dropped.
pub struct Started {
    child: Child,
    /// Where it takes connections.
    pub address: SocketAddr,
}

impl Started {
    /// Starts the command that a function makes for an address, and waits until it takes connections there. What it says
    /// goes to a file.
    ///
    /// # Panics
    ///
    /// If it does not start.
    pub fn new(log: &Path, command: impl Fn(SocketAddr) -> Command) -> Self {
        // another process may take the port before the server does
        for _ in 0..3 {
            let address = free_address();
            let out = fs::File::create(log).expect("the target folder can be written");
            let mut child = command(address)
                .stdin(Stdio::null())
                .stdout(out.try_clone().expect("a file can be shared"))
                .stderr(out)
                .spawn()
                .expect("the command is installed");
            if answers(&mut child, address) {
                return Self { child, address };
            }
        }
        panic!("the server does not start: {}", fs::read_to_string(log).unwrap_or_default());
    }

    /// Its base URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// Asks the server to end, for it may have to end others first; it is ended if it does not.
impl Drop for Started {
    fn drop(&mut self) {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status();
        let until = Instant::now() + PATIENCE;
        while asked.as_ref().is_ok_and(|status| status.success()) && Instant::now() < until {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        end(&mut self.child);
    }
}

/// Waits until the server takes connections; `false` if it has ended instead.
fn answers(child: &mut Child, address: SocketAddr) -> bool {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        if child.try_wait().expect("a child can be waited for").is_some() {
            return false;
        }
        match TcpStream::connect(address) {
            Ok(_) => return true,
            Err(error) if error.kind() == ErrorKind::ConnectionRefused => {
                thread::sleep(Duration::from_millis(50));
            }
            Err(error) => panic!("loopback can be reached: {error}"),
        }
    }
    end(child);
    false
}

fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

fn free_address() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a free port");
    listener.local_addr().expect("a bound socket has an address")
}
