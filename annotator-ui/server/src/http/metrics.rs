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
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::App;

/// Bounds of the times of requests, in seconds.
const BOUNDS: [f64; 12] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    method: String,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteOnly {
    route: String,
}

/// A counter that modules raise by name: `metrics.count("takes_finished")`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct What {
    what: String,
}

/// The registry and what stands in it.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<Route, Counter>,
    seconds: Family<RouteOnly, Histogram, fn() -> Histogram>,
    happened: Family<What, Counter>,
    in_flight: Gauge<i64, AtomicI64>,
    commits: Counter<u64, AtomicU64>,
    writes: Counter<u64, AtomicU64>,
    waiting: Gauge<i64, AtomicI64>,
    takes_live: Gauge<i64, AtomicI64>,
    spool_bytes: Gauge<i64, AtomicI64>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("pixmo");
        let requests = Family::default();
        let seconds: Family<RouteOnly, Histogram, fn() -> Histogram> =
            Family::new_with_constructor(|| Histogram::new(BOUNDS));
        let happened = Family::default();
        let (in_flight, waiting) = (Gauge::default(), Gauge::default());
        let (commits, writes) = (Counter::default(), Counter::default());
        registry.register("requests", "Requests by route and status", requests.clone());
        registry.register_with_unit("request", "Time of requests", Unit::Seconds, seconds.clone());
        registry.register("happened", "What people did", happened.clone());
        registry.register("requests_in_flight", "Requests under way", in_flight.clone());
        registry.register("database_commits", "Transactions committed", commits.clone());
        registry.register("database_changes", "Changes committed", writes.clone());
        registry.register("database_waiting", "Changes that wait to be written", waiting.clone());
        let (takes_live, spool_bytes) = (Gauge::default(), Gauge::default());
        registry.register("takes_live", "Takes that are being spoken", takes_live.clone());
        registry.register("spool_bytes", "Bytes of the spool of live takes", spool_bytes.clone());
        Metrics {
            registry,
            requests,
            seconds,
            happened,
            in_flight,
            commits,
            writes,
            waiting,
            takes_live,
            spool_bytes,
        }
    }
}

impl Metrics {
    /// Counts that something happened.
    pub fn count(&self, what: &str) {
        self.happened.get_or_create(&What { what: what.to_owned() }).inc();
    }

    /// All figures, in the text form of OpenMetrics.
    pub(super) fn text(&self, app: &App) -> String {
        let counts = app.db.counts();
        self.commits.inner().store(counts.commits.load(Ordering::Relaxed), Ordering::Relaxed);
        self.writes.inner().store(counts.jobs.load(Ordering::Relaxed), Ordering::Relaxed);
        self.waiting.set(i64::try_from(app.db.waiting()).unwrap_or(i64::MAX));
        if let Ok(desk) = app.takes_desk() {
            self.takes_live.set(i64::try_from(desk.seated()).unwrap_or(i64::MAX));
            self.spool_bytes.set(i64::try_from(desk.spool.size().bytes).unwrap_or(i64::MAX));
        }
        let mut text = String::new();
        match encode(&mut text, &self.registry) {
            Ok(()) => text,
            Err(_) => String::new(),
        }
    }
}

pub(super) async fn measure(State(app): State<App>, request: Request, next: Next) -> Response {
    let method = request.method().as_str().to_owned();
    let route = request.extensions().get::<MatchedPath>().map_or("page", MatchedPath::as_str).to_owned();
    let metrics = &app.metrics;
    metrics.in_flight.inc();
    let begun = app.context.clock().now();
    let response = next.run(request).await;
    let elapsed = app.context.clock().now().saturating_sub(begun);
    metrics.in_flight.dec();
    let status = response.status().as_u16();
    tracing::debug!(
        method,
        route,
        status,
        elapsed_ms = u64::try_from(elapsed.as_millis()).unwrap_or(0),
        "request"
    );
    metrics.seconds.get_or_create(&RouteOnly { route: route.clone() }).observe(elapsed.as_secs_f64());
    metrics.requests.get_or_create(&Route { method, route, status }).inc();
    response
}
