//! Who may do what: every address of the server, asked by everybody.

use std::collections::BTreeMap;

use pixmo_annotator::http::api_document;
use serde_json::{Value, json};

use crate::harness::{Client, both};

/// An address as the OpenAPI document has it.
#[derive(Debug)]
struct Route {
    method: String,
    path: String,
    tag: String,
}

fn routes() -> Vec<Route> {
    let document = serde_json::to_value(api_document()).expect("JSON");
    let mut routes = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("methods") {
            let tag = operation["tags"][0].as_str().unwrap_or_default().to_owned();
            routes.push(Route { method: method.to_uppercase(), path: path.clone(), tag });
        }
    }
    routes
}

#[test]
fn every_address_says_who_may_use_it_and_what_it_answers() {
    let document = serde_json::to_value(api_document()).expect("JSON");
    for Route { method, path, tag } in routes() {
        let known = ["everybody", "person", "annotator", "reviewer", "operator", "worker"];
        assert!(known.contains(&tag.as_str()), "{method} {path} has the tag `{tag}`");
        let operation = &document["paths"][&path][method.to_lowercase()];
        assert!(
            operation["summary"].as_str().is_some_and(|text| !text.is_empty()),
            "{method} {path} says nothing"
        );
        assert!(operation["responses"].as_object().is_some_and(|all| !all.is_empty()), "{method} {path}");
        for name in path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
            let is_described = operation["parameters"]
                .as_array()
                .is_some_and(|all| all.iter().any(|parameter| parameter["name"] == name));
            assert!(is_described, "{method} {path} does not describe `{name}`");
        }
    }
    assert!(routes().len() > 20, "{} addresses", routes().len());
}

both!(every_address_refuses_whom_it_is_not_for, campaign, {
    let annotator = campaign.annotator("anna").await;
    let reviewer = campaign.reviewer("rita").await;
    let operator = campaign.operator().await;
    let stranger = campaign.stranger();
    let worker = campaign.stranger().with_bearer(&campaign.token("worker").await);
    let script = campaign.stranger().with_bearer(&campaign.token("operator").await);
    let people: [(&str, &Client); 6] = [
        ("stranger", &stranger),
        ("annotator", &annotator),
        ("reviewer", &reviewer),
        ("operator", &operator),
        ("worker", &worker),
        ("script", &script),
    ];
    let may: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("everybody", ["stranger", "annotator", "reviewer", "operator", "worker", "script"].as_slice()),
        ("person", &["annotator", "reviewer", "operator"]),
        ("annotator", &["annotator"]),
        ("reviewer", &["reviewer", "operator", "script"]),
        ("operator", &["operator", "script"]),
        ("worker", &["worker"]),
    ]);
    let mut wrong = Vec::new();
    // What ends sessions is looked at elsewhere.
    for Route { method, path, tag } in routes().iter().filter(|route| !route.path.contains("logout")) {
        // Ids that nobody has: whoever may ask is told that there is none, or that the body is wrong.
        let mut address = path.clone();
        for name in path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
            let value = if name == "sha256" { "0".repeat(64) } else { "1".to_owned() };
            address = address.replace(&format!("{{{name}}}"), &value);
        }
        let address = match address.strip_prefix("/api/v1") {
            Some(rest) => rest.to_owned(),
            None => format!("/{address}"),
        };
        for (name, client) in people {
            // Nothing is done here that would change who may do what.
            let body = (method != "GET").then(|| ("application/json", b"[]".to_vec()));
            let reply = client.send(method, &address, body).await;
            let is_let_in = !matches!(reply.status, 401 | 403) || code_is_of_the_matter(&reply.json());
            if is_let_in != may[tag.as_str()].contains(&name) {
                wrong.push(format!("{method} {path} ({tag}) answered {} to {name}", reply.status));
            }
            if reply.status >= 500 && reply.status != 503 {
                wrong.push(format!("{method} {path} answered {} to {name}", reply.status));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
    for path in ["/logout", "/logout-everywhere"] {
        assert_eq!(stranger.post(path, Value::Null).await.refused(401), "signed_out");
    }
});

/// A refusal that is not about who asks.
fn code_is_of_the_matter(reply: &Value) -> bool {
    reply["code"] == "login_wrong"
}

both!(what_is_of_others_is_missing, campaign, {
    campaign.counting_tasks(2).await;
    let (anna, berta) = (campaign.annotator("anna").await, campaign.annotator("berta").await);
    let given = anna.post("/work/next", json!({})).await.ok();
    let id = given["assignment"]["id"].as_str().expect("a task").to_owned();
    let image = given["assignment"]["image"]["url"].as_str().expect("an image").replace("/api/v1", "");
    let asks = [
        ("POST", "heartbeat", json!({ "active": true })),
        ("PUT", "draft", json!({ "revision": 0, "answer": {} })),
        ("POST", "submit", json!({ "key": "12345678", "answer": { "count": 0, "tally": [] } })),
        ("POST", "skip", json!({ "reason": "ambiguous" })),
        ("POST", "release", Value::Null),
    ];
    for (method, what, body) in asks {
        let reply = berta.send_json(method, &format!("/assignments/{id}/{what}"), body).await;
        assert_eq!(reply.refused(404), "missing", "{what}");
    }
    // The image is shown to whoever has a task with it.
    let carla = campaign.annotator("carla").await;
    anna.get(&image).await.ok();
    assert_eq!(carla.get(&image).await.refused(404), "missing");
    let reply = anna.get(&image).await;
    assert_eq!(reply.headers["content-type"], "image/png");
    assert!(reply.headers["cache-control"].to_str().expect("text").contains("immutable"));
    assert_eq!(anna.get("/work/current").await.ok()["assignments"][0]["id"], id);
    assert_eq!(berta.get("/work/current").await.ok()["assignments"], json!([]));
});

both!(the_page_may_do_nothing_that_it_does_not_need, campaign, {
    let stranger = campaign.stranger();
    for path in ["///", "//api/v1/hello", "//api/v1/nowhere", "//healthz"] {
        let reply = stranger.get(path).await;
        let policy = reply.headers["content-security-policy"].to_str().expect("text").to_owned();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(reply.headers["x-content-type-options"], "nosniff", "{path}");
    }
    assert_eq!(stranger.get("//api/v1/nowhere").await.refused(404), "missing");
    assert_eq!(stranger.get("//..%2f..%2fetc%2fpasswd.txt").await.refused(404), "missing");
    assert_eq!(stranger.send("PUT", "/hello", None).await.refused(405), "method");
    // Just over the limit: of more the server would hang up while it is still being sent.
    let large = Some(("application/json", vec![b' '; (1 << 20) + 1]));
    assert_eq!(stranger.send("POST", "/login", large).await.refused(413), "too_large");
    let text = Some(("text/plain", b"{}".to_vec()));
    assert_eq!(stranger.send("POST", "/login", text).await.refused(415), "not_json");
    let metrics = String::from_utf8(stranger.get("//metrics").await.bytes).expect("text");
    assert!(metrics.contains("pixmo_requests_total{") && metrics.ends_with("# EOF\n"), "{metrics}");
    stranger.get("//readyz").await;
    let document = stranger.get("//api/openapi.json").await.json();
    assert_eq!(document, serde_json::to_value(api_document()).expect("JSON"));
});
