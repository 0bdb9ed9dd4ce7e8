//! A model for whoever works on threads and waits.

use std::sync::Arc;

use pixmo_engines::chat::{Answer, Chat, ChatFailed, ChatRequest};

/// Asks and waits. Any number of threads may ask at once; the questions share one thread of the network and its
/// connections.
#[derive(Debug)]
pub struct Blocking {
    runtime: Option<tokio::runtime::Runtime>,
}

impl Blocking {
    /// Begins the thread of the network.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn new() -> std::io::Result<Blocking> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .thread_name("pixmo-chat")
            .build()?;
        Ok(Blocking { runtime: Some(runtime) })
    }

    /// Asks `chat`, and waits for the whole answer. Not to be called within a runtime of `tokio`.
    ///
    /// # Errors
    /// As [`Chat::ask`].
    pub fn ask(&self, chat: &Arc<dyn Chat>, request: &ChatRequest) -> Result<Answer, ChatFailed> {
        self.wait(chat.ask(request))
    }

    /// Waits for anything that has to do with the network. Not to be called within a runtime of `tokio`.
    pub fn wait<F: Future>(&self, work: F) -> F::Output {
        match &self.runtime {
            Some(runtime) => runtime.block_on(work),
            None => unreachable!("the runtime is there until it is dropped"),
        }
    }
}

impl Drop for Blocking {
    fn drop(&mut self) {
        // Questions that nobody waits for any longer end with the runtime.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
