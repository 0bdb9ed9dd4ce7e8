//! A filled campaign to try everything in one command.
//!
//! It makes a folder with a campaign file, pictures and tasks of every kind, and serves it. The same folder again goes on
//! where it was; `pixmo-annotate serve --campaign FOLDER/campaign.toml` does too.

use std::fs;
use std::path::{Path, PathBuf};

use axum::body::Body;
use clap::Args;
use pixmo_campaign::Campaign;
use pixmo_console::{Console, Ending, Failure};
use serde_json::{Value, json};

use crate::images::import_folder;
use crate::people::{Role, invite, link_of};
use crate::program::{open, runtime};
use crate::settings::{Settings, failure_of};
use crate::tasks::import;
use crate::{App, Server, serve};

/// Try everything: make a small filled campaign and serve it
///
/// Example: pixmo-annotate demo
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// The folder of the campaign; it is made if it is not there
    #[arg(value_name = "DIR", default_value = "pixmo-demo")]
    folder: PathBuf,
    /// Pictures of your own, instead of the six that come with the program
    #[arg(long, value_name = "DIR")]
    images: Option<PathBuf>,
    /// Where to listen, instead of the address in the campaign file
    #[arg(long, value_name = "HOST:PORT")]
    address: Option<std::net::SocketAddr>,
}

/// The pictures that come with the program.
const PICTURES: [(&str, &[u8]); 6] = [
    ("balloons.jpg", include_bytes!("../assets/demo/balloons.jpg")),
    ("birds.jpg", include_bytes!("../assets/demo/birds.jpg")),
    ("fruit.jpg", include_bytes!("../assets/demo/fruit.jpg")),
    ("harbour.jpg", include_bytes!("../assets/demo/harbour.jpg")),
    ("street.jpg", include_bytes!("../assets/demo/street.jpg")),
    ("table.jpg", include_bytes!("../assets/demo/table.jpg")),
];

/// What is in each: something to count, how many there are, and something that is not there.
const KNOWN: [(&str, &str, u32, &str); 6] = [
    ("balloons.jpg", "hot air balloon", 7, "kite"),
    ("birds.jpg", "bird", 11, "squirrel"),
    ("fruit.jpg", "green apple", 3, "orange"),
    ("harbour.jpg", "sailing boat", 5, "fishing rod"),
    ("street.jpg", "car", 3, "bicycle"),
    ("table.jpg", "cup", 5, "fork"),
];

/// Where the boats are, in per cent of the picture; one is missing and one is none, for whoever verifies.
const BOATS: [(f64, f64); 5] = [(14.6, 66.0), (36.5, 60.0), (58.3, 73.0), (31.3, 88.0), (93.5, 40.0)];

/// Runs the verb.
pub(crate) fn run(console: &Console, args: &DemoArgs) -> Result<Ending, Failure> {
    let file = args.folder.join("campaign.toml");
    let is_new = !file.exists();
    if is_new {
        lay_out(args)?;
    }
    let campaign = Campaign::read(&file).map_err(failure_of)?;
    let mut settings = Settings::of(&campaign)?;
    if let Some(address) = args.address {
        settings.address = address;
    }
    runtime()?.block_on(async {
        let app = open(campaign.name().unwrap_or("demo"), settings).await?;
        fill(console, &app, args).await?;
        let server = Server::start(app).await.map_err(|error| serve::failure(&error))?;
        let public = server.app().public_address();
        console.say(format!("demo in `{}`, served at {public}", args.folder.display()));
        let mut links = vec![("annotator", Role::Annotator), ("reviewer", Role::Reviewer)];
        let operators: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM person WHERE roles LIKE '%operator%'")
            .fetch_one(server.app().db.reads())
            .await
            .map_err(|error| Failure::world("cannot look for an operator").cause(&error))?;
        if operators == 0 {
            links.insert(0, ("operator", Role::Operator));
        }
        for (name, role) in links {
            let made = invite(server.app(), "server", role, 48).await;
            let (_, secret) = made.map_err(|problem| Failure::world(problem.log_text().to_owned()))?;
            console.say(format!("a link that makes one {name}, once:\n  {}", link_of(&public, &secret)));
        }
        serve::until_interrupted(console, server).await
    })
}

/// Makes the folder: the pictures first, the campaign file last.
fn lay_out(args: &DemoArgs) -> Result<(), Failure> {
    let folder = &args.folder;
    let failed = |error: std::io::Error| {
        Failure::world("cannot make the demo").cause(&error).at(folder.display().to_string())
    };
    let pictures = folder.join("pictures");
    fs::create_dir_all(&pictures).map_err(failed)?;
    if args.images.is_none() {
        for (name, bytes) in PICTURES {
            fs::write(pictures.join(name), bytes).map_err(failed)?;
        }
    }
    let text = campaign_file(folder)?;
    let temp = folder.join("campaign.toml.tmp");
    fs::write(&temp, text).map_err(failed)?;
    fs::rename(&temp, folder.join("campaign.toml")).map_err(failed)
}

/// The campaign file of the demo. Paths are whole, so that it can be used from anywhere.
fn campaign_file(folder: &Path) -> Result<String, Failure> {
    let whole = std::path::absolute(folder)
        .map_err(|error| Failure::world("cannot find the folder of the demo").cause(&error))?;
    let path = |name: &str| Value::from(whole.join(name).display().to_string()).to_string();
    let database = Value::from(format!("sqlite:{}", whole.join("annotate/campaign.db").display()));
    Ok(format!(
        r#"[campaign]
name = "demo"
data = {data}

[annotate]
title = "pixmo demo"
database = {database}
store = {data}
folder = {folder}
receipts_key = {key}
languages = ["en", "de"]
currency = "EUR"

[annotate.kinds.cap]
voiced_secs_min = 10
pay = {{ per_task_minor = 50, per_minute_minor = 25 }}

[annotate.kinds.points]
verify_share = 0.5
pay = {{ per_task_minor = 20, per_minute_minor = 20 }}

[annotate.kinds.not-present]
pay = {{ per_task_minor = 5 }}

[annotate.kinds.verify-points]
pay = {{ per_task_minor = 8 }}

[annotate.kinds.verify-count]
pay = {{ per_task_minor = 8 }}
"#,
        data = path("data"),
        folder = path("annotate"),
        key = path("annotate/receipts.pem"),
    ))
}

/// Pictures and tasks; what is there is passed over.
async fn fill(console: &Console, app: &App, args: &DemoArgs) -> Result<(), Failure> {
    let shipped = args.folder.join("pictures");
    let pictures = args.images.as_deref().unwrap_or(&shipped);
    let imported = import_folder(app, "server", pictures).await?;
    for (file, why) in &imported.refused {
        console.warn(format!("`{}` is no picture: {why}", file.display()), None);
    }
    let mut tasks = Vec::new();
    for image in &imported.images {
        tasks.push(json!({ "kind": "cap", "image": image }));
        tasks.push(json!({ "kind": "points", "image": image, "payload": { "method": "pointing" } }));
    }
    if args.images.is_none() {
        // The files are read in the order of their names, as the table has them.
        for ((_, label, count, absent), image) in KNOWN.iter().zip(&imported.images) {
            tasks.extend(known_tasks(image, label, *count, absent));
        }
        if let Some(harbour) = imported.images.get(3) {
            let points: Vec<Value> = BOATS.iter().map(|(x, y)| json!({ "x": x, "y": y })).collect();
            let payload = json!({ "label": "sailing boat", "points": points });
            tasks.push(json!({ "kind": "verify-points", "image": harbour, "payload": payload }));
        }
    }
    let lines: Vec<String> = tasks.iter().map(Value::to_string).collect();
    let taken = import(app, "server", Body::from(lines.join("\n"))).await;
    let taken =
        taken.map_err(|problem| Failure::world("cannot make the tasks").because(problem.log_text()))?;
    if let Some(refused) = taken.refusals.first() {
        return Err(Failure::bug(format!(
            "a task of the demo was refused: {} {}",
            refused.field, refused.message
        )));
    }
    console.say(format!("{} pictures, {} new tasks", imported.images.len(), taken.imported));
    Ok(())
}

fn known_tasks(image: &str, label: &str, count: u32, absent: &str) -> [Value; 4] {
    let counting = json!({ "method": "counting", "label": label });
    let source = json!({ "label": absent, "source": "co_occurring" });
    [
        json!({ "kind": "points", "image": image, "payload": counting }),
        json!({ "kind": "not-present", "image": image, "payload": source }),
        json!({ "kind": "verify-count", "image": image, "payload": { "label": label } }),
        json!({
            "kind": "verify-count", "image": image, "payload": { "label": label }, "priority": -1,
            "gold": { "count": count, "tally": [] }
        }),
    ]
}
