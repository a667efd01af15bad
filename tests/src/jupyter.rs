//! A Jupyter Server in a virtual environment of its own.

use std::{
    collections::hash_map::RandomState,
    fs,
    hash::BuildHasher,
    io::ErrorKind,
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{ignorable::Missing, workspace};

/// How long the server may take to answer, or to end.
const PATIENCE: Duration = Duration::from_secs(60);

/// The virtual environment that the server is installed in.
pub struct Environment {
    folder: PathBuf,
}

impl Environment {
    /// The one below the target folder, made if it is not there or holds other versions than
    /// `tests/live/jupyter/requirements.txt` asks for.
    pub fn prepare() -> Result<Self, Missing> {
        let requirements = workspace::root().join("tests/live/jupyter/requirements.txt");
        let asked = fs::read_to_string(&requirements).expect("the requirements are checked in");
        let folder = workspace::target().join("live/jupyter-venv");
        let environment = Self { folder };
        let installed = environment.folder.join("installed.txt");
        if fs::read_to_string(&installed).is_ok_and(|text| text == asked) {
            return Ok(environment);
        }
        let mut make = Command::new("python3");
        make.args(["-m", "venv", "--clear"]).arg(&environment.folder);
        let mut install = environment.python();
        install.args(["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]);
        install.args(["--only-binary", ":all:", "--requirement"]).arg(&requirements);
        for mut command in [make, install] {
            workspace::run(&mut command)
                .map_err(|problem| Missing(format!("Jupyter Server cannot be installed: {problem}")))?;
        }
        fs::write(installed, asked).expect("the target folder can be written");
        Ok(environment)
    }

    /// The document of the server, as it is published with it.
    pub fn document(&self) -> PathBuf {
        let versions = fs::read_dir(self.folder.join("lib")).expect("the environment has a library folder");
        let paths = versions.map(|entry| entry.expect("a folder lists its entries").path());
        paths
            .map(|path| path.join("site-packages/jupyter_server/services/api/api.yaml"))
            .find(|path| path.is_file())
            .expect("the package brings its document along")
    }

    fn python(&self) -> Command {
        Command::new(self.folder.join("bin/python"))
    }
}

/// A running server; it ends when it is dropped.
pub struct Server {
    child: Child,
    /// Its base URL.
    pub url: String,
    /// The token that it asks for.
    pub token: String,
}

impl Server {
    /// Starts one in a fresh folder, with an empty folder of notebooks and no configuration but this.
    pub fn start(environment: &Environment, folder: &Path) -> Self {
        let _ = fs::remove_dir_all(folder);
        let (notebooks, home) = (folder.join("notebooks"), folder.join("home"));
        for path in [&notebooks, &home] {
            fs::create_dir_all(path).expect("the target folder can be written");
        }
        let log = folder.join("server.log");
        let token = format!("{:016x}", RandomState::new().hash_one("token"));
        // another process may take the port before the server does
        for _ in 0..3 {
            let address = free_address();
            let out = fs::File::create(&log).expect("the target folder can be written");
            let mut child = environment
                .python()
                .args(["-m", "jupyter_server", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1"])
                .arg(format!("--ServerApp.port={}", address.port()))
                .arg("--ServerApp.port_retries=0")
                .arg(format!("--ServerApp.root_dir={}", notebooks.display()))
                .env_clear()
                .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
                .env("HOME", &home)
                .env("JUPYTER_TOKEN", &token)
                .stdin(Stdio::null())
                .stdout(out.try_clone().expect("a file can be shared"))
                .stderr(out)
                .spawn()
                .expect("the environment has Python");
            if answers(&mut child, address) {
                return Self { child, url: format!("http://{address}"), token };
            }
        }
        panic!("the server does not start: {}", fs::read_to_string(log).unwrap_or_default());
    }
}

/// Asks the server to end, for it ends its kernels first; it is ended if it does not.
impl Drop for Server {
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
                thread::sleep(Duration::from_millis(50))
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
