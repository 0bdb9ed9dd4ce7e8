//! The verb `serve`, and the server itself: it binds, answers, and stops without breaking off what is under way.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use pixmo_console::{Console, Ending, Failure, env};
use pixmo_molmo::Captioner;
use pixmo_pictures::Limits as PictureLimits;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::desk::{Desk, Limits};
use crate::http::{App, AppSettings, assemble};
use crate::open::{ModelArgs, SamplingArgs};

/// How often it is asked whether the server is to stop.
const ASKED_EVERY: Duration = Duration::from_millis(50);
/// How long connections may take to end after the last answer.
const CLOSING_MAX: Duration = Duration::from_secs(5);

/// Answer over HTTP, as OpenAI's clients ask
///
/// Pictures travel within requests, as data URLs; addresses are never fetched. `/lineage` says which weights answer, and what
/// they were trained on. Ctrl-C once lets answers under way end.
///
/// Example: `pixmo captioner serve --model data/models/molmo-7b-d`
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct ServeArgs {
    /// Listen here; port 0 takes any that is free
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:8093")]
    pub(crate) address: SocketAddr,
    /// Call the model so; by default as its folder is called
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Want a bearer token of every request: that in this variable of the environment
    #[arg(long, value_name = "VARIABLE")]
    pub(crate) token_env: Option<String>,
    /// Answer so many requests side by side
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) batch: u16,
    /// Let so many requests wait; more are refused with status 429
    #[arg(long, value_name = "N", default_value_t = 16)]
    pub(crate) queue: u16,
    /// Take bodies of so many MiB
    #[arg(long, value_name = "MIB", default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) body_mib_max: u16,
    /// Wait so many seconds for answers under way before they are broken off
    #[arg(long, value_name = "SECS", default_value_t = 30)]
    pub(crate) drain_secs: u16,
    /// How words are chosen where a request does not say.
    #[command(flatten)]
    pub(crate) sampling: SamplingArgs,
    /// The model.
    #[command(flatten)]
    pub(crate) model: ModelArgs,
}

/// How a server works, beside what its handlers share.
#[derive(Clone, Debug)]
pub struct ServeSettings {
    /// Where it listens.
    pub address: SocketAddr,
    /// The folder of the model, for its lineage.
    pub folder: PathBuf,
    /// How long answers under way are waited for.
    pub drain: Duration,
}

/// Runs the verb.
///
/// # Errors
/// A request failure for flags or a model that cannot be used, a world failure if the address cannot be bound.
pub(crate) fn run(args: &ServeArgs, console: &Console) -> Result<Ending, Failure> {
    let sampling = args.sampling.sampling()?;
    let token = args.token_env.as_deref().map(secret).transpose()?;
    if token.is_none() && !args.address.ip().is_loopback() {
        console.warn(
            format!("everybody who reaches {} can ask this server", args.address),
            Some("`--token-env VARIABLE` asks for a token; 127.0.0.1 is reached from this machine alone"),
        );
    }
    let folder = args.model.folder.model.clone();
    let opened = args.model.open(console)?;
    let name = args.name.clone().or_else(|| {
        let canonical = folder.canonicalize().ok()?;
        Some(canonical.file_name()?.to_string_lossy().into_owned())
    });
    let settings = AppSettings {
        name: name.unwrap_or_else(|| "molmo".to_owned()),
        recipe: opened.recipe,
        sampling,
        token,
        body_bytes_max: usize::from(args.body_mib_max) << 20,
        pictures: PictureLimits::default(),
    };
    let limits = Limits {
        batch: usize::from(args.batch),
        waiting: usize::from(args.queue),
        tokens_max: opened.captioner.tokens_max().max(1),
    };
    let desk = desk(opened.captioner, limits)
        .map_err(|error| Failure::world("cannot start the thread of the model").cause(&error))?;
    let app = App::new(settings, desk, console.clock().clone());
    let drain = Duration::from_secs(u64::from(args.drain_secs));
    let serving = ServeSettings { address: args.address, folder, drain };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .thread_name("pixmo-serve")
        .build()
        .map_err(|error| Failure::world("cannot start the threads of the server").cause(&error))?;
    runtime.block_on(until_interrupted(console, app, serving))
}

/// A desk at which a model answers.
///
/// # Errors
/// When the system gives no thread.
fn desk(captioner: Captioner, limits: Limits) -> std::io::Result<Desk> {
    Desk::open(Box::new(move |requests, on_token| captioner.generate(requests, on_token)), limits)
}

fn secret(variable: &str) -> Result<String, Failure> {
    env::secret(variable).ok_or_else(|| {
        Failure::request(format!(
            "`--token-env` names `{variable}`, and the environment has nothing under it"
        ))
    })
}

async fn until_interrupted(console: &Console, app: App, settings: ServeSettings) -> Result<Ending, Failure> {
    let server = Server::start(app, settings).await.map_err(|error| {
        Failure::world("cannot start the server")
            .cause(&error)
            .hint("another server may be running there; `--address 127.0.0.1:0` takes any free port")
    })?;
    let name = server.app().settings.name.clone();
    console.say(format!("serving `{name}` at http://{}/v1", server.address()));
    let interrupt = console.interrupt();
    while !interrupt.is_requested() {
        tokio::time::sleep(ASKED_EVERY).await;
    }
    let all_ended =
        server.stop().await.map_err(|error| Failure::world("the server ended badly").cause(&error))?;
    console.say(if all_ended { "stopped" } else { "stopped; answers under way were broken off" });
    Ok(Ending::Good)
}

/// A server that runs.
#[derive(Debug)]
pub struct Server {
    app: App,
    address: SocketAddr,
    drain: Duration,
    stop: watch::Sender<bool>,
    serving: tokio::task::JoinHandle<std::io::Result<()>>,
}

impl Server {
    /// Binds the address and serves; begins to hash the weights.
    ///
    /// # Errors
    /// When the address cannot be bound, or the system gives no thread.
    pub async fn start(app: App, settings: ServeSettings) -> std::io::Result<Server> {
        let listener = TcpListener::bind(settings.address).await?;
        let address = listener.local_addr()?;
        app.begin_lineage(&settings.folder)?;
        let (stop, mut stopped) = watch::channel(false);
        let service = assemble(app.clone()).into_make_service();
        let until_stopped = async move {
            // An error says that the server was dropped.
            let _stopped = stopped.wait_for(|stop| *stop).await;
        };
        let serving = tokio::spawn(async move {
            axum::serve(listener, service).with_graceful_shutdown(until_stopped).await
        });
        Ok(Server { app, address, drain: settings.drain, stop, serving })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it serves.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Takes no new request, lets answers under way end, breaks off those that take too long, and closes. Whether all
    /// ended by themselves.
    ///
    /// # Errors
    /// When serving had failed.
    pub async fn stop(self) -> std::io::Result<bool> {
        self.app.desk.close();
        // Nobody listens any more if serving has ended by itself.
        let _told = self.stop.send(true);
        let mut serving = self.serving;
        let drained = tokio::time::timeout(self.drain, &mut serving).await;
        let app = self.app.clone();
        let cut = tokio::task::spawn_blocking(move || app.desk.cut_off()).await;
        if let Err(error) = cut {
            tracing::error!(%error, "the thread of the model ended badly");
        }
        match drained {
            Ok(ended) => ended.map_err(std::io::Error::other)?.map(|()| true),
            Err(_) => {
                // Streams now hear that they are cut off, and end.
                let closed = tokio::time::timeout(CLOSING_MAX, serving).await;
                if closed.is_err() {
                    tracing::warn!("connections were cut off");
                }
                Ok(false)
            }
        }
    }
}
