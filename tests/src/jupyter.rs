//! A Jupyter Server in a virtual environment of its own.

use std::{
    collections::hash_map::RandomState,
    fs,
    hash::BuildHasher,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{ignorable::Missing, started::Started, workspace};

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
    /// Where it is.
    pub started: Started,
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
        let token = format!("{:016x}", RandomState::new().hash_one("token"));
        let started = Started::new(&folder.join("server.log"), |address| {
            let mut command = environment.python();
            command
                .args(["-m", "jupyter_server", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1"])
                .arg(format!("--ServerApp.port={}", address.port()))
                .arg("--ServerApp.port_retries=0")
                .arg(format!("--ServerApp.root_dir={}", notebooks.display()))
                .env_clear()
                .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
                .env("HOME", &home)
                .env("JUPYTER_TOKEN", &token);
            command
        });
        Self { started, token }
    }
}
