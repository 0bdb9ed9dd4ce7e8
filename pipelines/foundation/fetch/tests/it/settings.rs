//! Settings: their text form, their defaults, and what is wrong with wrong ones.

use pixmo_fetch::{Check, Class, Client, Policy, PolicyError};

#[test]
fn from_text_and_back() {
    let policy: Policy = toml::from_str(
        r#"
        proxy = "http://proxy.example:3128"
        [agent]
        contact = "https://pixmo.example/crawler"
        [timeouts]
        total_secs = 30
        [pace]
        host_per_sec = 2.5
        [consent]
        robots = "note"
        robots_tag_words = ["noai", "noindex"]
        [egress]
        allow = ["10.0.0.0/8"]
        [tls]
        roots_files = ["company.pem"]
        "#,
    )
    .unwrap();
    assert!((policy.timeouts.total_secs - 30.0).abs() < 1e-9);
    assert_eq!(policy.consent.robots, Check::Note);
    assert_eq!(policy.consent.tdm_file, Check::Heed);
    assert_eq!(toml::from_str::<Policy>(&toml::to_string(&policy).unwrap()).unwrap(), policy);
    policy.check().unwrap();
    for wrong in ["agents = {}", "[timeouts]\ntotal = 3", "[consent]\nrobots = \"maybe\""] {
        assert!(toml::from_str::<Policy>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_contact_is_required_and_must_reach_someone() {
    assert!(matches!(Client::new(Policy::default()), Err(PolicyError::ContactMissing)));
    for (contact, header) in [
        ("me@lab.example", Some("pixmo/1.2 (+mailto:me@lab.example)")),
        ("mailto:me@lab.example", Some("pixmo/1.2 (+mailto:me@lab.example)")),
        ("https://lab.example/bot", Some("pixmo/1.2 (+https://lab.example/bot)")),
        ("me", None),
        ("me@lab", None),
        ("@lab.example", None),
        ("me@@lab.example", None),
        ("ftp://lab.example/", None),
        ("https://", None),
        ("me@lab.example\r\nX-Evil: 1", None),
        ("me (at) lab.example", None),
    ] {
        let mut policy = Policy::default();
        policy.agent.version = "1.2".to_owned();
        policy.agent.contact = contact.to_owned();
        match (policy.check(), header) {
            (Ok(()), Some(header)) => assert_eq!(policy.agent.header(), header),
            (Err(PolicyError::Agent { name: "contact", .. }), None) => {}
            (found, _) => panic!("{contact}: {found:?}"),
        }
    }
}

#[test]
fn numbers_out_of_range() {
    fn check(name: &str, change: impl Fn(&mut Policy)) {
        let mut policy = Policy::default();
        policy.agent.contact = "me@lab.example".to_owned();
        policy.check().unwrap();
        change(&mut policy);
        match policy.check() {
            Err(PolicyError::Range { name: found, .. }) => assert_eq!(found, name),
            other => panic!("{name}: {other:?}"),
        }
    }
    for wrong in [f64::NAN, f64::INFINITY, -1.0, 0.0, 1e9] {
        check("timeouts.total_secs", |policy| policy.timeouts.total_secs = wrong);
        check("timeouts.connect_secs", |policy| policy.timeouts.connect_secs = wrong);
        check("consent.file_secs_max", |policy| policy.consent.file_secs_max = wrong);
        check("pace.host_per_sec", |policy| policy.pace.host_per_sec = wrong);
    }
    check("retry.backoff_secs_max", |policy| policy.retry.backoff_secs_max = f64::NAN);
    check("pace.requests_max", |policy| policy.pace.requests_max = 0);
    check("pace.host_requests_max", |policy| policy.pace.host_requests_max = 0);
    check("pace.host_burst", |policy| policy.pace.host_burst = 0);
    check("retry.attempts_max", |policy| policy.retry.attempts_max = 0);
    check("limits.bytes_max", |policy| policy.limits.bytes_max = 0);
    let mut policy = Policy::default();
    policy.agent.contact = "me@lab.example".to_owned();
    for name in ["", "pix mo", "pixmo/1", "pïxmo", "pixmo2"] {
        policy.agent.name = name.to_owned();
        assert!(matches!(policy.check(), Err(PolicyError::Agent { name: "name", .. })), "{name}");
    }
    policy.agent.name = "pixmo-lab".to_owned();
    policy.proxy = Some("no proxy".to_owned());
    assert!(matches!(Client::new(policy), Err(PolicyError::Proxy { .. })));
}

#[test]
fn classes_have_names_that_lead_back() {
    for class in Class::ALL {
        assert_eq!(Class::from_name(class.name()), Some(class));
        assert_eq!(class.to_string(), class.name());
        assert_eq!(serde_json::to_string(&class).unwrap(), format!("\"{}\"", class.name()));
    }
    assert_eq!(Class::from_name("sunspots"), None);
    let mut sorted = Class::ALL;
    sorted.sort();
    assert_eq!(sorted, Class::ALL);
}
