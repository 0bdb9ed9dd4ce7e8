//! The two files of consent of an origin, asked for once and remembered.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::LOCATION;
use reqwest::{Method, Url};
use tokio::time::sleep;

use crate::address;
use crate::backoff::{pause, retry_after};
use crate::body::{self, Take};
use crate::budget::Budget;
use crate::policy::{Checks, Limits, secs};
use crate::robots::{FILE_BYTES_MAX, Robots};
use crate::shelf::{Kept, Shelf};
use crate::tdm::{self, Rules};
use crate::trouble::Trouble;
use crate::visit::Visitor;

/// Most redirects of a file of consent (RFC 9309, 2.3.1.2: at least five); more are as good as no file.
const REDIRECTS_MAX: u32 = 5;

/// What is remembered of origins.
pub(crate) struct Sites {
    robots: Shelf<Arc<Site<Robots>>>,
    tdm: Shelf<Arc<Site<Rules>>>,
}

/// What one file of an origin says.
pub(crate) enum Site<T> {
    /// Its rules.
    Rules(T),
    /// Nothing, because there is none; why.
    None(String),
    /// It could not be had, and so nothing is allowed for the time being.
    Unknown(Trouble),
}

/// A file as it came.
enum File {
    Text(Vec<u8>),
    None(String),
}

impl Sites {
    pub(crate) fn new(limits: &Limits) -> Sites {
        let entries = usize::try_from(limits.sites_max).unwrap_or(usize::MAX);
        let bytes = limits.rules_bytes_max / 2;
        Sites { robots: Shelf::new(entries, bytes), tdm: Shelf::new(entries, bytes) }
    }
}

impl Visitor {
    /// The rules of `robots.txt` of the origin of `url`.
    pub(crate) async fn robots_of(&self, url: &Url) -> Arc<Site<Robots>> {
        let make = || async {
            let file = self.file(url, "/robots.txt", FILE_BYTES_MAX).await;
            let site = Site::of(file, |text| Ok(Robots::parse(&text, &self.policy.agent)));
            site.kept(Robots::bytes, &self.policy.consent)
        };
        self.sites.robots.get(&address::origin(url), make).await
    }

    /// The reservations of text and data mining of the origin of `url`.
    pub(crate) async fn tdm_of(&self, url: &Url) -> Arc<Site<Rules>> {
        let make = || async {
            let file = self.file(url, tdm::FILE_PATH, FILE_BYTES_MAX).await;
            let site =
                Site::of(file, |text| Rules::parse(&text).ok_or("no file: what is there is none".to_owned()));
            site.kept(Rules::bytes, &self.policy.consent)
        };
        self.sites.tdm.get(&address::origin(url), make).await
    }

    /// One file of the origin of `url`, with attempts as for an address, in a time of its own.
    async fn file(&self, url: &Url, path: &str, bytes_max: u64) -> Result<File, Trouble> {
        let mut place = url.clone();
        place.set_path(path);
        place.set_query(None);
        let mut budget = Budget::new(secs(self.policy.consent.file_secs_max));
        let mut attempt = 1;
        loop {
            let trouble = match self.file_once(&place, bytes_max, &mut budget).await {
                Ok(file) => return Ok(file),
                Err(trouble) => trouble,
            };
            let Some(pause) = pause(&self.policy.retry, place.as_str(), attempt, &trouble, &budget) else {
                return Err(trouble);
            };
            budget.spend(Duration::MAX, "end of the pause", sleep(pause)).await?;
            attempt += 1;
        }
    }

    async fn file_once(&self, place: &Url, bytes_max: u64, budget: &mut Budget) -> Result<File, Trouble> {
        let mut here = place.clone();
        for _ in 0..=REDIRECTS_MAX {
            let pass = self.gate.enter(here.host_str().unwrap_or_default(), None).await?;
            let answer = self.wire.send(Method::GET, &here, None, budget).await;
            let response = answer.inspect_err(|trouble| pass.failed(trouble))?;
            let status = response.status().as_u16();
            match status {
                200..=299 => {
                    pass.succeeded();
                    let take = Take { bytes_max, cut: true };
                    let body = body::read(response, take, secs(self.policy.timeouts.read_secs), budget).await;
                    return Ok(File::Text(body.inspect_err(|trouble| pass.failed(trouble))?.bytes.into()));
                }
                300..=399 => {
                    pass.succeeded();
                    let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
                    match location.map(|location| address::join(&here, location)) {
                        Some(Ok(next)) => here = next,
                        _ => return Ok(File::None(format!("no file: status {status} that leads nowhere"))),
                    }
                }
                // RFC 9309 lets 429 pass for "no file" as any 4xx; whoever is asked too much is not asked to be read.
                429 | 500.. => {
                    let longest = secs(self.policy.retry.retry_after_secs_max);
                    let wait = retry_after(response.headers(), longest);
                    let trouble = Trouble { wait, ..Trouble::of_status(status) };
                    pass.failed(&trouble);
                    return Err(trouble);
                }
                _ => {
                    pass.succeeded();
                    return Ok(File::None(format!("no file: status {status}")));
                }
            }
        }
        Ok(File::None(format!("no file: more than {REDIRECTS_MAX} redirects")))
    }
}

impl<T> Site<T> {
    fn of(file: Result<File, Trouble>, parse: impl FnOnce(Vec<u8>) -> Result<T, String>) -> Site<T> {
        match file {
            Ok(File::Text(text)) => parse(text).map_or_else(Site::None, Site::Rules),
            Ok(File::None(why)) => Site::None(why),
            Err(trouble) => Site::Unknown(Trouble { again: false, wait: None, ..trouble }),
        }
    }

    fn kept(self, bytes: impl Fn(&T) -> u64, checks: &Checks) -> Kept<Arc<Site<T>>> {
        let (bytes, lasts) = match &self {
            Site::Rules(rules) => (bytes(rules), checks.file_kept_secs),
            Site::None(_) => (256, checks.file_kept_secs),
            Site::Unknown(_) => (256, checks.failure_kept_secs),
        };
        Kept { value: Arc::new(self), bytes, lasts: secs(lasts) }
    }
}
