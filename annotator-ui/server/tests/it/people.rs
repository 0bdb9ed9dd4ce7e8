//! How people come in, stay and leave.

use serde_json::{Value, json};

use crate::harness::{Campaign, PASSWORD, both};

both!(the_first_link_makes_an_operator_once, campaign, {
    let operator = campaign.operator().await;
    let me = operator.get("/me").await.ok();
    assert_eq!(me["roles"], json!(["operator"]));
    assert!(me["person"].as_str().expect("a pseudonym").starts_with("p-"));
    let again =
        pixmo_annotator::people::first_operator_link(campaign.app(), "http://x").await.expect("asked");
    assert_eq!(again, None);
});

both!(an_invitation_is_used_once_and_ends, campaign, {
    let operator = campaign.operator().await;
    let made =
        operator.post("/admin/invitations", json!({ "role": "annotator", "expires_hours": 1 })).await.ok();
    let secret = made["link"].as_str().expect("a link").rsplit('/').next().expect("a secret").to_owned();
    let stranger = campaign.stranger();
    assert_eq!(stranger.get(&format!("/invitations/{secret}")).await.ok()["role"], "annotator");
    let path = format!("/invitations/{secret}/accept");
    let wish =
        |login: &str, password: &str| json!({ "login": login, "password": password, "language": "de" });
    // What is wrong uses nothing up.
    assert_eq!(stranger.post(&path, wish("anna", "short")).await.refused(422), "invalid");
    assert_eq!(stranger.post(&path, wish("a b", PASSWORD)).await.refused(422), "invalid");
    assert_eq!(stranger.post(&path, wish("operator", PASSWORD)).await.refused(422), "invalid");
    stranger.post(&path, wish("Anna", PASSWORD)).await.ok();
    assert_eq!(stranger.post(&path, wish("berta", PASSWORD)).await.refused(410), "invitation_gone");
    assert_eq!(stranger.get(&format!("/invitations/{secret}")).await.refused(410), "invitation_gone");
    assert_eq!(stranger.get("/invitations/never-there").await.refused(404), "missing");
    // One that expired, one that was taken back.
    for ends in ["expires", "revoked"] {
        let made =
            operator.post("/admin/invitations", json!({ "role": "reviewer", "expires_hours": 1 })).await.ok();
        let secret = made["link"].as_str().expect("a link").rsplit('/').next().expect("a secret").to_owned();
        match ends {
            "expires" => campaign.pass(3601),
            _ => assert_eq!(
                operator
                    .delete(&format!("/admin/invitations/{}", made["id"].as_str().expect("an id")))
                    .await
                    .status,
                204
            ),
        }
        let path = format!("/invitations/{secret}/accept");
        assert_eq!(
            stranger.post(&path, wish("carla", PASSWORD)).await.refused(410),
            "invitation_gone",
            "{ends}"
        );
    }
    assert_eq!(campaign.number("SELECT COUNT(*) FROM person").await, 2);
});

both!(a_change_needs_the_token_and_the_own_page, campaign, {
    let anna = campaign.annotator("anna").await;
    let change = json!({ "language": "de" });
    assert_eq!(anna.clone().without_csrf().patch("/me", change.clone()).await.refused(403), "csrf");
    let body = || Some(("application/json", change.to_string().into_bytes()));
    let forged = [("x-csrf-token", "x".repeat(43))];
    let forged = [(forged[0].0, forged[0].1.as_str())];
    assert_eq!(anna.send_with("PATCH", "/me", body(), &forged).await.refused(403), "csrf");
    let elsewhere = [("origin", "http://evil.example")];
    assert_eq!(anna.send_with("PATCH", "/me", body(), &elsewhere).await.refused(403), "origin");
    let nowhere = [("origin", "null")];
    assert_eq!(anna.send_with("PATCH", "/me", body(), &nowhere).await.refused(403), "origin");
    assert_eq!(anna.get("/me").await.ok()["language"], "en");
    assert_eq!(anna.patch("/me", change.clone()).await.ok()["language"], "de");
    // The token of somebody else does not do.
    let berta = campaign.annotator("berta").await;
    let stolen = [("x-csrf-token", berta.csrf())];
    assert_eq!(anna.send_with("PATCH", "/me", body(), &stolen).await.refused(403), "csrf");
    // A sign-in from another page is refused as well.
    let login = json!({ "login": "anna", "password": PASSWORD }).to_string().into_bytes();
    let reply =
        campaign.stranger().send_with("POST", "/login", Some(("application/json", login)), &elsewhere).await;
    assert_eq!(reply.refused(403), "origin");
});

both!(failed_sign_ins_wait_longer_and_longer, campaign, {
    campaign.annotator("anna").await;
    let stranger = campaign.stranger();
    let try_with = async |password: &str| {
        stranger.post("/login", json!({ "login": "Anna", "password": password })).await
    };
    for _ in 0..4 {
        assert_eq!(try_with("wrong wrong wrong").await.refused(401), "login_wrong");
    }
    // The right one forgets what was wrong.
    try_with(PASSWORD).await.ok();
    for _ in 0..5 {
        assert_eq!(try_with("wrong wrong wrong").await.refused(401), "login_wrong");
    }
    let reply = try_with(PASSWORD).await;
    assert_eq!(reply.refused(429), "too_often");
    assert_eq!(reply.headers["retry-after"], "2");
    campaign.pass(2);
    assert_eq!(try_with("wrong wrong wrong").await.refused(401), "login_wrong");
    campaign.pass(1);
    assert_eq!(try_with(PASSWORD).await.refused(429), "too_often");
    campaign.pass(2);
    try_with(PASSWORD).await.ok();
    // A login that nobody has is throttled the same, so that nobody learns which there are.
    for _ in 0..5 {
        let reply = stranger.post("/login", json!({ "login": "nobody", "password": PASSWORD })).await;
        assert_eq!(reply.refused(401), "login_wrong");
    }
    let reply = stranger.post("/login", json!({ "login": "nobody", "password": PASSWORD })).await;
    assert_eq!(reply.refused(429), "too_often");
});

both!(sessions_end, campaign, {
    let mut anna = campaign.annotator("anna").await;
    let login = json!({ "login": "anna", "password": PASSWORD });
    let mut second = campaign.stranger();
    second.sign_in(&second.post("/login", login.clone()).await);
    let cookie =
        second.post("/login", login.clone()).await.headers["set-cookie"].to_str().expect("text").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    // Here.
    assert_eq!(second.post("/logout", Value::Null).await.status, 204);
    assert_eq!(second.get("/me").await.refused(401), "signed_out");
    anna.get("/me").await.ok();
    // Everywhere.
    second.sign_in(&second.post("/login", login.clone()).await);
    assert_eq!(anna.post("/logout-everywhere", Value::Null).await.status, 204);
    assert_eq!(second.get("/me").await.refused(401), "signed_out");
    assert_eq!(anna.get("/me").await.refused(401), "signed_out");
    // By a new password, but for the one who changed it.
    anna.sign_in(&anna.post("/login", login.clone()).await);
    second.sign_in(&second.post("/login", login.clone()).await);
    let change = |old: &str| json!({ "old_password": old, "new_password": "another horse battery" });
    assert_eq!(anna.patch("/me", change("not the old one")).await.refused(422), "invalid");
    anna.patch("/me", change(PASSWORD)).await.ok();
    assert_eq!(second.get("/me").await.refused(401), "signed_out");
    assert_eq!(second.post("/login", login).await.refused(401), "login_wrong");
    // By not being used.
    anna.get("/me").await.ok();
    campaign.pass(14 * 24 * 3600 + 1);
    assert_eq!(anna.get("/me").await.refused(401), "signed_out");
});

both!(tokens_do_what_their_scope_says_until_they_are_revoked, campaign, {
    let (worker, operator) = (campaign.token("worker").await, campaign.token("operator").await);
    let with = |token: &str| campaign.stranger().with_bearer(token);
    assert_eq!(with(&worker).get("/admin/tokens").await.refused(403), "forbidden");
    assert_eq!(with("pixmo_never").get("/admin/tokens").await.refused(401), "signed_out");
    let tokens = with(&operator).get("/admin/tokens").await.ok();
    let list = tokens["tokens"].as_array().expect("a list").clone();
    assert_eq!(list.len(), 2);
    assert!(!tokens.to_string().contains(&operator), "secrets are not shown again");
    let own = list.iter().find(|token| token["scope"] == "operator").expect("the operator's own");
    assert_eq!(
        with(&operator).delete(&format!("/admin/tokens/{}", own["id"].as_str().expect("an id"))).await.status,
        204
    );
    assert_eq!(with(&operator).get("/admin/tokens").await.refused(401), "signed_out");
});

both!(nobody_works_without_consent, campaign, {
    campaign.counting_tasks(3).await;
    let anna = campaign.annotator("anna").await;
    let text = anna.get("/consent").await.ok();
    assert_eq!(text["given"]["scopes"], json!(["publish_audio", "publish_transcript", "work"]));
    let given = anna.post("/work/next", json!({})).await.ok();
    let id = given["assignment"]["id"].as_str().expect("a task").to_owned();
    let me = anna.post("/consent/withdraw", json!({ "scopes": ["publish_audio"] })).await.ok();
    assert_eq!(me["consent"]["scopes"], json!(["publish_transcript", "work"]));
    assert_eq!(me["consent_wanted"], false);
    let me = anna.post("/consent/withdraw", json!({ "scopes": ["work"] })).await.ok();
    assert_eq!(me["consent_wanted"], true);
    assert_eq!(anna.post("/work/next", json!({})).await.ok()["why"], "consent");
    let answer = json!({ "key": "12345678", "answer": { "count": 1, "tally": [{ "x": 1.0, "y": 1.0 }] } });
    assert_eq!(
        anna.post(&format!("/assignments/{id}/submit"), answer.clone()).await.refused(409),
        "consent_wanted"
    );
    assert_eq!(anna.post("/consent", json!({ "version": "1", "scopes": [] })).await.refused(422), "invalid");
    assert_eq!(
        anna.post("/consent", json!({ "version": "0", "scopes": ["work"] })).await.refused(409),
        "consent_changed"
    );
    anna.post("/consent", json!({ "version": "1", "scopes": ["work"] })).await.ok();
    anna.post(&format!("/assignments/{id}/submit"), answer).await.ok();
    // A new text asks everybody again; a text that changed under its version does not start.
    campaign.stop().await;
    campaign.settings().consent.text.insert("en".to_owned(), "another text".to_owned());
    let context = pixmo_annotator::context::Context::machine();
    let refused = pixmo_annotator::App::open("test", campaign.settings().clone(), context).await;
    assert!(refused.is_err_and(|error| error.to_string().contains("new `version`")));
    campaign.settings().consent.version = "2".to_owned();
    campaign.start().await;
    let mut anna = anna;
    anna.moved_to(&campaign.address());
    assert_eq!(anna.get("/me").await.ok()["consent_wanted"], true);
    assert_eq!(anna.get("/consent").await.ok()["text"], "another text");
});

/// A campaign is opened from nothing and again, on whichever database, and its tables stay.
#[tokio::test(flavor = "multi_thread")]
async fn migrations_run_from_nothing_and_twice() {
    let mut campaign = Campaign::on_sqlite(|_| {}).await;
    campaign.annotator("anna").await;
    for _ in 0..2 {
        campaign.stop().await;
        campaign.start().await;
    }
    assert_eq!(campaign.number("SELECT COUNT(*) FROM person").await, 2);
    assert_eq!(campaign.number("SELECT COUNT(*) FROM kind").await, 5);
    campaign.end().await;
}
