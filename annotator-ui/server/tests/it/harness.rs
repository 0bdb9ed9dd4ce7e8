//! A campaign that runs in this process on loopback, with a clock and dice of the test's, and clients of it.
//!
//! ```ignore
//! both!(a_task_is_given_once, campaign, {
//!     let anna = campaign.annotator("anna").await;
//!     let next = anna.post("/work/next", json!({})).await.ok();
//! });
//! ```
//! A test made with `both!` runs on SQLite and on PostgreSQL; the latter says `skipped, because …` where there is none.

mod client;
mod cluster;
mod postgres;

use std::path::{Path, PathBuf};
use std::time::Duration;

use pixmo_annotator::context::{Context, Dice};
use pixmo_annotator::settings::Settings;
use pixmo_annotator::{App, Server, people};
use pixmo_console::Clock;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

pub(crate) use client::{Client, Reply};
pub(crate) use postgres::Postgres;

/// The beginning of the tests' time: 2026-11-30T12:00:00Z.
const BEGIN: Duration = Duration::from_secs(1_796_040_000);

/// A password that is long enough.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A test on both databases.
macro_rules! both {
    ($(#[$attribute:meta])* $name:ident, $campaign:ident, $body:block) => {
        $crate::harness::both!($(#[$attribute])* $name, |_settings| {}, $campaign, $body);
    };
    ($(#[$attribute:meta])* $name:ident, |$settings:ident| $change:block, $campaign:ident, $body:block) => {
        mod $name {
            #[allow(unused_imports, reason = "a test may need nothing of its module")]
            use super::*;

            #[allow(unused_mut, reason = "not every test changes its campaign")]
            async fn run(mut $campaign: $crate::harness::Campaign) {
                $body
                $campaign.end().await;
            }

            fn change($settings: &mut pixmo_annotator::settings::Settings) $change

            $(#[$attribute])*
            #[tokio::test(flavor = "multi_thread")]
            async fn sqlite() {
                run($crate::harness::Campaign::on_sqlite(change).await).await;
            }

            $(#[$attribute])*
            #[tokio::test(flavor = "multi_thread")]
            async fn postgres() {
                if let Some(campaign) = $crate::harness::Campaign::on_postgres(change).await {
                    run(campaign).await;
                }
            }
        }
    };
}
pub(crate) use both;

/// A campaign that runs.
pub(crate) struct Campaign {
    server: Option<Server>,
    settings: Settings,
    clock: Clock,
    seed: u64,
    folder: TempDir,
    _postgres: Option<Postgres>,
    operator: Option<Client>,
}

impl Campaign {
    /// On a fresh SQLite.
    pub(crate) async fn on_sqlite(change: impl FnOnce(&mut Settings)) -> Campaign {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = format!("sqlite:{}", folder.path().join("campaign.db").display());
        Campaign::on(database, folder, None, change).await
    }

    /// On a fresh database of a PostgreSQL; `None`, with the reason said, where there is none.
    pub(crate) async fn on_postgres(change: impl FnOnce(&mut Settings)) -> Option<Campaign> {
        let postgres = Postgres::fresh().await?;
        let folder = tempfile::tempdir().expect("a temporary folder");
        Some(Campaign::on(postgres.url().to_owned(), folder, Some(postgres), change).await)
    }

    /// On a PostgreSQL of its own, which can be started again; `None` as [`Campaign::on_postgres`].
    pub(crate) async fn on_own_postgres() -> Option<(Campaign, cluster::Cluster)> {
        let (postgres, cluster) = Postgres::apart().await?;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let campaign = Campaign::on(postgres.url().to_owned(), folder, Some(postgres), |_| {}).await;
        Some((campaign, cluster))
    }

    async fn on(
        database: String,
        folder: TempDir,
        postgres: Option<Postgres>,
        change: impl FnOnce(&mut Settings),
    ) -> Campaign {
        let below = |name: &str| folder.path().join(name).display().to_string();
        let mut settings = Settings {
            address: ([127, 0, 0, 1], 0).into(),
            database,
            store: below("store"),
            folder: below("server"),
            receipts_key: below("receipts.pem"),
            ..Settings::default()
        };
        // Tests that want gold say so.
        settings.kinds.cap.gold_share = Some(0.0);
        settings.kinds.points.gold_share = Some(0.0);
        settings.kinds.not_present.gold_share = Some(0.0);
        settings.kinds.verify_points.gold_share = Some(0.0);
        settings.kinds.verify_count.gold_share = Some(0.0);
        change(&mut settings);
        let clock = Clock::by_hand();
        clock.advance(BEGIN);
        let mut campaign =
            Campaign { server: None, settings, clock, seed: 1, folder, _postgres: postgres, operator: None };
        campaign.start().await;
        campaign
    }

    /// Starts the server, again after [`Campaign::stop`].
    pub(crate) async fn start(&mut self) {
        self.seed += 1;
        let context = Context::new(self.clock.clone(), Dice::seeded(self.seed));
        let app = App::open("test", self.settings.clone(), context).await.expect("the campaign opens");
        self.server = Some(Server::start(app).await.expect("the server starts"));
        let address = self.address();
        if let Some(operator) = &mut self.operator {
            operator.moved_to(&address);
        }
    }

    /// Stops the server.
    pub(crate) async fn stop(&mut self) {
        if let Some(server) = self.server.take() {
            server.stop().await.expect("the server stops");
        }
    }

    /// Stops the server and deletes everything.
    pub(crate) async fn end(mut self) {
        self.stop().await;
    }

    fn server(&self) -> &Server {
        self.server.as_ref().expect("the server runs")
    }

    pub(crate) fn app(&self) -> &App {
        self.server().app()
    }

    pub(crate) fn address(&self) -> String {
        format!("http://{}", self.server().address())
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The settings, for a change before [`Campaign::start`].
    pub(crate) fn settings(&mut self) -> &mut Settings {
        &mut self.settings
    }

    /// Lets time pass.
    pub(crate) fn pass(&self, secs: u64) {
        self.clock.advance(Duration::from_secs(secs));
    }

    /// Somebody who is not signed in.
    pub(crate) fn stranger(&self) -> Client {
        Client::new(&self.address())
    }

    /// The operator, made by the first link.
    pub(crate) async fn operator(&mut self) -> Client {
        if let Some(operator) = &self.operator {
            return operator.clone();
        }
        let link = people::first_operator_link(self.app(), "http://x").await.expect("a link");
        let secret = link.expect("no operator yet").rsplit('/').next().expect("a secret").to_owned();
        let operator = self.accept(&secret, "operator").await;
        self.operator = Some(operator.clone());
        operator
    }

    /// Accepts an invitation.
    pub(crate) async fn accept(&self, secret: &str, login: &str) -> Client {
        let mut client = self.stranger();
        let wish = json!({ "login": login, "password": PASSWORD, "language": "en" });
        let reply = client.post(&format!("/invitations/{secret}/accept"), wish).await;
        client.sign_in(&reply);
        client
    }

    /// Somebody new with a role; annotators have agreed to the text.
    pub(crate) async fn person(&mut self, role: &str, login: &str) -> Client {
        let operator = self.operator().await;
        let invitation = json!({ "role": role, "expires_hours": 24 });
        let made = operator.post("/admin/invitations", invitation).await.ok();
        let link = made["link"].as_str().expect("a link").to_owned();
        let client = self.accept(link.rsplit('/').next().expect("a secret"), login).await;
        if role == "annotator" {
            client
                .post(
                    "/consent",
                    json!({ "version": "1", "scopes": ["work", "publish_transcript", "publish_audio"] }),
                )
                .await
                .ok();
        }
        client
    }

    pub(crate) async fn annotator(&mut self, login: &str) -> Client {
        self.person("annotator", login).await
    }

    pub(crate) async fn reviewer(&mut self, login: &str) -> Client {
        self.person("reviewer", login).await
    }

    /// A token of a scope.
    pub(crate) async fn token(&mut self, scope: &str) -> String {
        let operator = self.operator().await;
        let made = operator.post("/admin/tokens", json!({ "name": scope, "scope": scope })).await.ok();
        made["token"].as_str().expect("a token").to_owned()
    }

    /// Puts a picture into the store and into the database; its hash. Each number is another picture.
    pub(crate) async fn image(&self, number: u32) -> String {
        let bytes = picture(number);
        let hash: [u8; 32] = Sha256::digest(&bytes).into();
        self.app().images.put(&hash, "png", &bytes).expect("the store takes a picture");
        let sha256 = hex::encode(hash);
        let (id, length) = (sha256.clone(), bytes.len() as i64);
        self.app()
            .db
            .write("test.image", async move |tx| {
                sqlx::query(
                    "INSERT INTO image (sha256, width, height, media_type, extension, bytes, added_ms) \
                     VALUES ($1, 8, 6, 'image/png', 'png', $2, 0) ON CONFLICT (sha256) DO NOTHING",
                )
                .bind(&id)
                .bind(length)
                .execute(&mut *tx)
                .await?;
                Ok(())
            })
            .await
            .expect("the image is written");
        sha256
    }

    /// Imports tasks, each a JSON object.
    pub(crate) async fn tasks(&mut self, tasks: &[Value]) -> Value {
        let lines: Vec<String> = tasks.iter().map(ToString::to_string).collect();
        self.operator()
            .await
            .send("POST", "/admin/tasks", Some(("application/x-ndjson", lines.join("\n").into())))
            .await
            .ok()
    }

    /// So many `verify-count` tasks, whose answers are the simplest.
    pub(crate) async fn counting_tasks(&mut self, number: u32) -> Value {
        let image = self.image(0).await;
        let task = |number| {
            json!({
                "kind": "verify-count", "image": image, "payload": { "label": format!("cup {number}") }
            })
        };
        self.tasks(&(0..number).map(task).collect::<Vec<_>>()).await
    }

    /// Ends the leases that ran out, as the server does every few seconds of its own.
    pub(crate) async fn sweep(&self) {
        self.app().sweep_leases().await.expect("leases are swept");
    }

    /// One number of the database.
    pub(crate) async fn number(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(self.app().db.reads()).await.expect("a number")
    }

    /// Where a shared file lies.
    pub(crate) fn shared(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(name)
    }
}

/// A PNG of 8 by 6 pixels, written by hand: stored, not compressed.
pub(crate) fn picture(number: u32) -> Vec<u8> {
    let mut raw = Vec::new();
    for row in 0..6u8 {
        raw.push(0);
        for column in 0..8u8 {
            let [a, b, c, _] = number.to_le_bytes();
            raw.extend([a ^ (row << 4), b ^ (column << 4), c]);
        }
    }
    let mut zlib = vec![0x78, 1, 1];
    let length = raw.len() as u16;
    zlib.extend(length.to_le_bytes());
    zlib.extend((!length).to_le_bytes());
    zlib.extend(&raw);
    let (mut low, mut high) = (1u32, 0u32);
    for byte in &raw {
        low = (low + u32::from(*byte)) % 65521;
        high = (high + low) % 65521;
    }
    zlib.extend((high << 16 | low).to_be_bytes());
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |name: &[u8; 4], data: &[u8]| {
        png.extend((data.len() as u32).to_be_bytes());
        let from = png.len();
        png.extend(name);
        png.extend(data);
        let sum = !png[from..].iter().fold(!0u32, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 * (sum & 1)))
        });
        png.extend(sum.to_be_bytes());
    };
    chunk(b"IHDR", &[0, 0, 0, 8, 0, 0, 0, 6, 8, 2, 0, 0, 0]);
    chunk(b"IDAT", &zlib);
    chunk(b"IEND", &[]);
    png
}
