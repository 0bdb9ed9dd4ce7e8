//! A cluster of PostgreSQL of the test's own, from the programs that Debian installs. It ends with the process of the test.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A cluster of our own that runs.
#[derive(Clone, Debug)]
pub(crate) struct Cluster {
    /// The address of a database in which others may be made.
    pub(crate) address: String,
    data: PathBuf,
    programs: PathBuf,
    is_root: bool,
}

/// Where the newest PostgreSQL of Debian has its programs.
fn programs() -> Result<PathBuf, String> {
    let none = || "PostgreSQL is not installed; tests/setup.sh installs it".to_owned();
    let versions = std::fs::read_dir("/usr/lib/postgresql").map_err(|_| none())?;
    let folders = versions.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    folders.filter(|folder| folder.join("initdb").is_file()).max().ok_or_else(none)
}

/// A program of PostgreSQL. It does not run as root; then it runs as the user that its package made.
fn command(programs: &Path, program: &str, is_root: bool) -> Command {
    let program = programs.join(program);
    if !is_root {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]).arg(program);
    command
}

impl Cluster {
    /// Makes a cluster in a temporary folder and starts it. It ends with this process.
    ///
    /// # Errors
    /// Why there is none: PostgreSQL is not installed, or does not start.
    pub(crate) fn start() -> Result<Cluster, String> {
        let programs = &programs()?;
        let folder = tempfile::Builder::new().prefix("pixmo-postgres-").tempdir();
        let folder = folder.map_err(|error| error.to_string())?.keep();
        let data = folder.join("data");
        let is_root =
            Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"));
        if is_root {
            run(Command::new("chown").arg("postgres").arg(&folder))?;
        }
        let mut make = command(programs, "initdb", is_root);
        run(make.arg("-D").arg(&data).args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]))?;
        let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = free.map_err(|error| error.to_string())?.port();
        let settings = format!(
            "port = {port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nmax_connections = 300\n"
        );
        std::fs::OpenOptions::new()
            .append(true)
            .open(data.join("postgresql.conf"))
            .and_then(|mut file| std::io::Write::write_all(&mut file, settings.as_bytes()))
            .map_err(|error| error.to_string())?;
        let address = format!("postgres://postgres@127.0.0.1:{port}/postgres");
        let cluster = Cluster { address, data, programs: programs.to_owned(), is_root };
        cluster.control("start")?;
        // The watcher holds the other end of a pipe: when this process is gone, however, it ends the cluster.
        let mut stop = command(programs, "pg_ctl", is_root);
        stop.arg("stop").args(["-m", "immediate", "-D"]).arg(&cluster.data);
        let words: Vec<String> = std::iter::once(stop.get_program())
            .chain(stop.get_args())
            .map(|word| format!("'{}'", word.to_string_lossy()))
            .collect();
        let script = format!("cat >/dev/null; {}; rm -rf '{}'", words.join(" "), folder.display());
        let mut watcher = Command::new("sh");
        watcher.arg("-c").arg(script).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = watcher.spawn().map_err(|error| error.to_string())?;
        // Its end of the pipe is kept until the process ends.
        std::mem::forget(child);
        Ok(cluster)
    }

    /// Ends all connections without ceremony and starts again.
    pub(crate) fn restart(&self) {
        self.control("restart").expect("PostgreSQL starts again");
    }

    fn control(&self, what: &str) -> Result<(), String> {
        let mut control = command(&self.programs, "pg_ctl", self.is_root);
        control.arg(what).arg("-w").arg("-D").arg(&self.data).arg("-l").arg(self.data.join("server.log"));
        if what == "restart" {
            control.args(["-m", "immediate"]);
        }
        run(&mut control)
    }
}

/// Runs a program to its end; what it starts in the background keeps none of our pipes.
fn run(command: &mut Command) -> Result<(), String> {
    let said = tempfile::tempfile().map_err(|error| error.to_string())?;
    let to = || said.try_clone().map_err(|error| error.to_string());
    let status = command.stdin(Stdio::null()).stdout(to()?).stderr(to()?).status();
    let status = status.map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() {
        return Ok(());
    }
    let mut text = String::new();
    let mut said = said;
    let _unread =
        std::io::Seek::rewind(&mut said).and_then(|()| std::io::Read::read_to_string(&mut said, &mut text));
    Err(format!("{command:?} failed: {text}"))
}
