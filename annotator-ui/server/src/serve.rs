//! The server itself: it binds, serves, and stops without losing what is under way.

use std::net::SocketAddr;
use std::time::Duration;

use pixmo_console::{Console, Ending, Failure};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::App;
use crate::http::assemble;

/// How long requests that are under way may take to end after the server was told to stop.
const DRAIN_MAX: Duration = Duration::from_secs(30);

/// How often it is asked whether the server is to stop.
const ASKED_EVERY: Duration = Duration::from_millis(50);

/// A server that could not be started, as people are told it.
pub(crate) fn failure(error: &std::io::Error) -> Failure {
    Failure::world("cannot start the server")
        .cause(error)
        .hint("another server may be running there; `--address 127.0.0.1:0` takes any free port")
}

/// Serves until interrupted, then stops without losing anything.
pub(crate) async fn until_interrupted(console: &Console, server: Server) -> Result<Ending, Failure> {
    console.log_to(&server.app().folder.join("logs"))?;
    tracing::info!(address = %server.address(), engine = ?server.app().db.engine(), "serving");
    let interrupt = console.interrupt();
    while !interrupt.is_requested() {
        tokio::time::sleep(ASKED_EVERY).await;
    }
    server.stop().await.map_err(|error| Failure::world("the server ended badly").cause(&error))?;
    console.say("stopped; nothing that was acknowledged is lost");
    Ok(Ending::Good)
}

/// A server that runs.
#[derive(Debug)]
pub struct Server {
    app: App,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    serving: tokio::task::JoinHandle<std::io::Result<()>>,
}

impl Server {
    /// Binds the address of the settings and serves; port 0 takes any that is free.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub async fn start(app: App) -> std::io::Result<Server> {
        let listener = TcpListener::bind(app.settings.address).await?;
        app.open_desks().await.map_err(std::io::Error::other)?;
        let address = listener.local_addr()?;
        // The first server of an app is the one that links name.
        let _first = app.listening.set(address);
        let (stop, mut stopped) = watch::channel(false);
        let service = assemble(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let until_stopped = async move {
            // An error says that the server was dropped.
            let _stopped = stopped.wait_for(|stop| *stop).await;
        };
        let serving = tokio::spawn(async move {
            axum::serve(listener, service).with_graceful_shutdown(until_stopped).await
        });
        app.start_chores();
        Ok(Server { app, address, stop, serving })
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

    /// Takes no new connection, lets what is under way end, and closes the database.
    ///
    /// # Errors
    /// When serving had failed.
    pub async fn stop(self) -> std::io::Result<()> {
        self.app.stop();
        // Nobody listens any more if serving has ended by itself.
        let _told = self.stop.send(true);
        let drained = tokio::time::timeout(DRAIN_MAX, self.serving).await;
        let app = self.app.clone();
        // What waits there is finished first, and writes into the database.
        let closed = tokio::task::spawn_blocking(move || app.close_desks()).await;
        if let Err(error) = closed {
            tracing::error!(%error, "cannot close spool and log");
        }
        self.app.db.clone().close().await;
        match drained {
            Ok(Ok(ended)) => ended,
            Ok(Err(error)) => Err(std::io::Error::other(error)),
            Err(_) => {
                tracing::warn!(secs = DRAIN_MAX.as_secs(), "requests under way were cut off");
                Ok(())
            }
        }
    }
}
