//! What the server counts, for Prometheus.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use super::App;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    method: String,
    route: String,
    status: u16,
}

/// How requests to the model ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct End {
    end: &'static str,
}

/// The registry and what stands in it.
#[derive(Debug)]
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<Route, Counter>,
    ended: Family<End, Counter>,
    prompt_tokens: Counter<u64, AtomicU64>,
    tokens: Counter<u64, AtomicU64>,
    places: Gauge<i64, AtomicI64>,
    places_taken: Gauge<i64, AtomicI64>,
    working: Gauge<i64, AtomicI64>,
}

impl Default for Metrics {
    fn default() -> Metrics {
        let mut registry = Registry::with_prefix("pixmo_captioner");
        let (requests, ended) = (Family::default(), Family::default());
        let (prompt_tokens, tokens) = (Counter::default(), Counter::default());
        let (places, places_taken, working) = (Gauge::default(), Gauge::default(), Gauge::default());
        registry.register("requests", "Requests by route and status", requests.clone());
        registry.register("answers", "Requests to the model by how they ended", ended.clone());
        registry.register("prompt_tokens", "Tokens that were read", prompt_tokens.clone());
        registry.register("answer_tokens", "Tokens that were written", tokens.clone());
        registry.register("places", "Requests that there may be at once", places.clone());
        registry.register("places_taken", "Requests that there are", places_taken.clone());
        registry.register("working", "Requests that the model answers now", working.clone());
        Metrics { registry, requests, ended, prompt_tokens, tokens, places, places_taken, working }
    }
}

impl Metrics {
    /// All figures, in the text form of OpenMetrics.
    pub(super) fn text(&self, app: &App) -> String {
        let figures = app.desk.figures();
        let read = |figure: &AtomicU64| figure.load(Ordering::Relaxed);
        for (end, figure) in
            [("answered", &figures.answered), ("left", &figures.left), ("refused", &figures.refused)]
        {
            self.ended.get_or_create(&End { end }).inner().store(read(figure), Ordering::Relaxed);
        }
        self.prompt_tokens.inner().store(read(&figures.prompt_tokens), Ordering::Relaxed);
        self.tokens.inner().store(read(&figures.tokens), Ordering::Relaxed);
        let signed = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        self.places.set(signed(app.desk.places()));
        self.places_taken.set(signed(app.desk.places_taken()));
        self.working.set(i64::try_from(read(&figures.working)).unwrap_or(i64::MAX));
        let mut text = String::new();
        match encode(&mut text, &self.registry) {
            Ok(()) => text,
            Err(_) => String::new(),
        }
    }
}

/// Counts a request.
pub(super) async fn measure(State(app): State<App>, request: Request, next: Next) -> Response {
    let method = request.method().as_str().to_owned();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    tracing::debug!(method, route, status, "request");
    app.metrics.requests.get_or_create(&Route { method, route, status }).inc();
    response
}
