//! `pixmo-annotate admin`, the program itself, against a server that runs; and lists in pages.

use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::harness::{Campaign, both};

/// Runs the program, with `arguments` behind `admin`, as a script with the token.
async fn admin(address: &str, token: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pixmo-annotate"));
    command.arg("admin").args(arguments).args(["--server", address]);
    command.env("PIXMO_ANNOTATE_TOKEN", token);
    tokio::task::spawn_blocking(move || command.output()).await.expect("no panic").expect("the program runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

/// The objects that `--json` wrote, without the one that says how it ended.
fn objects(output: &Output) -> Vec<Value> {
    let lines = out(output);
    let objects = lines.lines().map(|line| serde_json::from_str(line).expect("JSON"));
    objects.filter(|object: &Value| object["event"] != "ended").collect()
}

/// One counting task of somebody's, handed in; the assignment.
async fn handed_in(campaign: &mut Campaign, login: &str) -> (String, String) {
    let person = campaign.annotator(login).await;
    let given = person.post("/work/next", json!({})).await.ok();
    let id = given["assignment"]["id"].as_str().expect("a task").to_owned();
    let answer = json!({ "key": "12345678", "answer": { "count": 0, "tally": [] } });
    person.post(&format!("/assignments/{id}/submit"), answer).await.ok();
    (person.person, id)
}

both!(an_operator_runs_a_campaign_from_a_terminal, campaign, {
    campaign.counting_tasks(3).await;
    let (anna, first) = handed_in(&mut campaign, "anna").await;
    let (berta, second) = handed_in(&mut campaign, "berta").await;
    let (token, address) = (campaign.token("operator").await, campaign.address());
    let run = async |arguments: &[&str]| admin(&address, &token, arguments).await;

    let progress = run(&["progress"]).await;
    assert_eq!((code(&progress), err(&progress).as_str()), (0, ""), "{progress:?}");
    let line =
        out(&progress).lines().find(|line| line.starts_with("verify-count")).expect("a kind").to_owned();
    assert!(line.split_whitespace().nth(1) == Some("3"), "{line}");

    let waiting = objects(&run(&["answers", "--json"]).await);
    assert_eq!(
        waiting.iter().map(|answer| &answer["assignment"]).collect::<Vec<_>>(),
        [&json!(first), &json!(second)]
    );
    assert_eq!(code(&run(&["approve", &first]).await), 0);
    let no_reason = run(&["return", &second]).await;
    assert_eq!(code(&no_reason), 2);
    assert!(err(&no_reason).contains("at least one reason"), "{}", err(&no_reason));
    let back = ["return", &second, "--reason", "count_wrong", "--comment", "look behind the door"];
    assert_eq!(code(&run(&back).await), 0);
    let twice = run(&["approve", &first]).await;
    assert_eq!(code(&twice), 2);
    assert!(err(&twice).contains("it is approved"), "{}", err(&twice));
    assert_eq!(objects(&run(&["answers", "--json", "--status", "returned"]).await).len(), 1);
    assert!(out(&run(&["answer", &second]).await).contains("look behind the door"));

    // A task is found by what belongs to it, and its history names the program that decided.
    let found = objects(&run(&["tasks", &first, "--json"]).await);
    let task = found[0]["task"].to_string();
    let history = out(&run(&["task", &task]).await);
    assert!(history.contains("token:operator") && history.contains("assignment.review"), "{history}");

    assert_eq!(code(&run(&["pause", "verify-count"]).await), 0);
    assert!(objects(&run(&["events", "--json"]).await).iter().any(|event| event["action"] == "kind.pause"));
    assert_eq!(code(&run(&["resume", "verify-count"]).await), 0);
    assert_eq!(code(&run(&["pause", "nothing"]).await), 2);

    let people = out(&run(&["people"]).await);
    assert!(people.contains(&anna) && people.contains("berta"), "{people}");
    assert_eq!(code(&run(&["set", &berta, "--status", "held", "--note", "asked to pause"]).await), 0);
    assert!(out(&run(&["person", &berta]).await).contains("asked to pause"));
    assert_eq!(code(&run(&["set", &berta]).await), 2);

    let invited = objects(&run(&["invite", "annotator", "--hours", "2", "--json"]).await);
    assert!(invited[0]["link"].as_str().expect("a link").contains("/#/invitation/"));
    let id = invited[0]["id"].as_str().expect("an id");
    assert_eq!(code(&run(&["revoke", id]).await), 0);
    assert_eq!(code(&run(&["revoke", id]).await), 2);

    assert_eq!(code(&run(&["adjust", &anna, "-5", "--reason", "paid twice"]).await), 0);
    let csv = out(&run(&["pay", "--csv"]).await);
    assert!(csv.starts_with("period,person,login") && csv.contains(&format!("2026-11,{anna}")), "{csv}");
    let exported = objects(&run(&["export", "--json"]).await);
    let lines = exported[0]["kinds"]
        .as_array()
        .expect("kinds")
        .iter()
        .map(|kind| kind["lines"].as_u64().unwrap_or(0));
    assert_eq!(lines.sum::<u64>(), 1);
    assert!(out(&run(&["disk"]).await).contains("images"));

    let unsure = run(&["erase", &berta]).await;
    assert_eq!(code(&unsure), 2);
    assert!(err(&unsure).contains("--yes"), "{}", err(&unsure));
    let erased = run(&["erase", &berta, "--yes"]).await;
    assert_eq!(code(&erased), 0, "{erased:?}");
    assert!(out(&erased).contains("what was paid"), "{erased:?}");
    assert!(!out(&run(&["people"]).await).contains("berta"));
});

#[tokio::test(flavor = "multi_thread")]
async fn tasks_are_sent_from_a_file_and_what_is_wrong_is_told_by_line() {
    let mut campaign = Campaign::on_sqlite(|_| {}).await;
    let image = campaign.image(1).await;
    let file = campaign.folder().join("tasks.jsonl");
    let task = json!({ "kind": "verify-count", "image": image, "payload": { "label": "cup" } });
    std::fs::write(&file, format!("{task}\n{{\"kind\": \"cup\"}}\n")).expect("a file");
    let (token, address) = (campaign.token("operator").await, campaign.address());
    let imported = admin(&address, &token, &["import", file.to_str().expect("text")]).await;
    assert_eq!(code(&imported), 1, "{imported:?}");
    assert_eq!(objects(&imported)[0]["imported"], 1);
    assert!(err(&imported).contains("tasks.jsonl:2"), "{}", err(&imported));
    campaign.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_token_or_no_server_is_told_what_to_do() {
    let mut campaign = Campaign::on_sqlite(|_| {}).await;
    let address = campaign.address();
    let none = admin(&address, "", &["progress"]).await;
    assert_eq!(code(&none), 2);
    assert!(err(&none).contains("pixmo annotate token"), "{}", err(&none));
    assert_eq!(code(&admin(&address, "pixmo_wrong", &["progress"]).await), 2);
    let worker = campaign.token("worker").await;
    let forbidden = admin(&address, &worker, &["progress"]).await;
    assert_eq!(code(&forbidden), 2);
    assert!(err(&forbidden).contains("scope `operator`"), "{}", err(&forbidden));
    let plain = admin("http://speak.example", &worker, &["progress"]).await;
    assert_eq!(code(&plain), 2);
    assert!(err(&plain).contains("without TLS"), "{}", err(&plain));
    let token = campaign.token("operator").await;
    campaign.end().await;
    let away = admin(&address, &token, &["progress"]).await;
    assert_eq!(code(&away), 3, "{away:?}");
    assert!(!err(&away).contains(&token), "{}", err(&away));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_token_is_made_where_the_server_does_not_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("campaign.toml");
    let below = |name: &str| json!(folder.path().join(name).display().to_string());
    let text = format!(
        "[annotate]\ndatabase = {}\nstore = {}\nfolder = {}\nreceipts_key = {}\n",
        json!(format!("sqlite:{}", folder.path().join("campaign.db").display())),
        below("store"),
        below("server"),
        below("receipts.pem"),
    );
    std::fs::write(&file, text).expect("a campaign file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_pixmo-annotate"));
    command.args(["token", "laptop", "--campaign"]).arg(&file);
    let made = command.output().expect("the program runs");
    assert_eq!(code(&made), 0, "{made:?}");
    assert!(out(&made).starts_with("pixmo_"), "{made:?}");
}

both!(lists_are_given_in_pages, campaign, {
    campaign.counting_tasks(120).await;
    let operator = campaign.operator().await;
    let (mut seen, mut cursor, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let page = operator.get(&format!("/admin/tasks{cursor}")).await.ok();
        seen.extend(page["items"].as_array().expect("items").iter().map(|task| task["task"].as_i64()));
        pages += 1;
        match page["cursor"].as_str() {
            Some(next) => cursor = format!("?cursor={next}"),
            None => break,
        }
    }
    assert_eq!((pages, seen), (3, (1..=120).map(Some).collect::<Vec<_>>()));
    assert_eq!(operator.get("/admin/tasks?cursor=nonsense").await.refused(422), "invalid");
    let (token, address) = (campaign.token("operator").await, campaign.address());
    let all = admin(&address, &token, &["tasks", "--all", "--json"]).await;
    assert_eq!(objects(&all).len(), 120);
    let some = admin(&address, &token, &["tasks"]).await;
    assert_eq!((out(&some).lines().count(), err(&some).as_str()), (51, "there is more: add --all\n"));
});
