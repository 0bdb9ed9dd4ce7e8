//! What must hold between settings, before anything is opened.

use pixmo_campaign::CampaignError;
use pixmo_console::{Failure, Kind};

use super::{KindSettings, Settings};
use crate::kind::KINDS;

/// A fault of the campaign file as people are told it.
pub(crate) fn failure_of(error: CampaignError) -> Failure {
    let kind = if error.is_world { Kind::World } else { Kind::Request };
    let failure = Failure::from_error(kind, &error);
    let failure = match error.at {
        Some(at) => failure.at(at),
        None => failure,
    };
    error.hints.into_iter().fold(failure, Failure::hint)
}

pub(super) fn check(settings: &Settings) -> Result<(), Failure> {
    let wrong = |what: &str, expected: &str| {
        Err(Failure::request(format!("[annotate] has {what}"))
            .because(format!("expected {expected}"))
            .hint("correct it in the campaign file"))
    };
    let is_database = ["sqlite:", "postgres://", "postgresql://", "secret:"];
    if !is_database.iter().any(|beginning| settings.database.starts_with(beginning)) {
        return wrong("a `database` of an unknown kind", "`sqlite:FILE`, `postgres://…` or `secret:NAME`");
    }
    if let Some(address) = &settings.public_address {
        let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
        if host.is_none_or(|host| {
            host.trim_end_matches('/').is_empty() || host.trim_end_matches('/').contains('/')
        }) {
            return wrong(
                "a `public_address` with a path or no host",
                "`https://HOST` or `http://HOST:PORT`",
            );
        }
    }
    if settings.languages.is_empty() {
        return wrong("no `languages`", "one at least");
    }
    if settings.currency.len() != 3 || !settings.currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return wrong("a `currency` that is none", "three capital letters, such as `EUR`");
    }
    for language in &settings.languages {
        if settings.consent.text_in(language).is_none() {
            return wrong(
                &format!("no consent text in `{language}`"),
                "a text in [annotate.consent.text] for each of `languages`",
            );
        }
    }
    if !settings.consent.scopes.iter().any(|scope| scope == "work") {
        return wrong("no consent scope `work`", "`work` among `scopes` of [annotate.consent]");
    }
    if let Some((what, expected)) = settings.absent.fault() {
        return wrong(what, expected);
    }
    let quality = &settings.quality;
    if !(0.0..=1.0).contains(&quality.hold_below) || quality.window == 0 {
        return wrong("a `quality` that cannot be", "`hold_below` from 0 to 1 and a `window` of 1 or more");
    }
    KINDS.into_iter().try_for_each(|kind| {
        let KindSettings { review_share, gold_share, verify_share, .. } = settings.kinds.of(kind);
        let shares =
            [("review_share", review_share), ("gold_share", gold_share), ("verify_share", verify_share)];
        for (name, share) in shares {
            if share.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
                return wrong(&format!("a `{name}` for `{kind}` that is no share"), "a number from 0 to 1");
            }
        }
        let limits = settings.limits(kind);
        if limits.overlap == 0 || limits.lease_secs < 30 {
            return wrong(
                &format!("limits for `{kind}` with which nobody can work"),
                "an `overlap` of 1 or more and `lease_secs` of 30 or more",
            );
        }
        Ok(())
    })
}
