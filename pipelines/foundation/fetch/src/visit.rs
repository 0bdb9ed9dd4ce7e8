//! One attempt at one address: over its redirects, with leave asked at each (`leave.rs`), to the body or the reason why
//! not.

use reqwest::header::{CONTENT_TYPE, ETAG, HeaderMap, HeaderName, LAST_MODIFIED, LINK, LOCATION};
use reqwest::{Method, Response, Url};

use crate::address;
use crate::backoff::retry_after;
use crate::body::{self, Body, Take, content_length};
use crate::budget::Budget;
use crate::class::Class;
use crate::consent::{Consent, Decision};
use crate::links;
use crate::pace::{Gate, Pass};
use crate::policy::{Policy, secs};
use crate::sites::Sites;
use crate::trouble::Trouble;
use crate::wire::Wire;

/// Who visits addresses: the settings, and what is shared by all visits.
pub(crate) struct Visitor {
    pub(crate) policy: Policy,
    pub(crate) wire: Wire,
    pub(crate) gate: Gate,
    pub(crate) sites: Sites,
}

/// What a visit is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The body.
    Take,
    /// To see whether it is there.
    Look,
    /// The body from this byte on, as far as the server has a mind to give parts.
    Part(u64),
}

/// What remains of a visit, however it ends.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    /// The last address that was asked.
    pub(crate) address: Option<String>,
    pub(crate) consent: Consent,
}

/// What a visit gave.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) content_type: Option<String>,
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
    pub(crate) licence_link: Option<String>,
    /// `Content-Length`.
    pub(crate) declared: Option<u64>,
    /// There if it was to be taken.
    pub(crate) body: Option<Body>,
}

/// An answer of which only the head was read.
pub(crate) struct Reached {
    pub(crate) here: Url,
    pub(crate) response: Response,
    pub(crate) pass: Pass,
}

impl Visitor {
    /// Visits `start`.
    pub(crate) async fn visit(
        &self,
        start: &Url,
        purpose: Purpose,
        budget: &mut Budget,
        trail: &mut Trail,
    ) -> Result<Page, Trouble> {
        let Reached { here, response, pass } = self.reach(start, purpose, budget, trail).await?;
        self.take(&here, response, pass, purpose, budget).await
    }

    /// Goes to `start` and on over its redirects, up to the head of a good answer.
    pub(crate) async fn reach(
        &self,
        start: &Url,
        purpose: Purpose,
        budget: &mut Budget,
        trail: &mut Trail,
    ) -> Result<Reached, Trouble> {
        trail.consent = Consent::default();
        let from = match purpose {
            Purpose::Part(from) => Some(from),
            Purpose::Take | Purpose::Look => None,
        };
        let mut here = start.clone();
        let mut been = Vec::new();
        let mut method = if purpose == Purpose::Look { Method::HEAD } else { Method::GET };
        let mut leave = None;
        loop {
            let spacing = match leave {
                Some(spacing) => spacing,
                None => {
                    self.wire.check_host(&here, budget).await?;
                    self.ask_leave(&here, &mut trail.consent).await?
                }
            };
            trail.address = Some(here.to_string());
            let pass = self.gate.enter(here.host_str().unwrap_or_default(), spacing).await?;
            let answer = self.wire.send(method.clone(), &here, from, budget).await;
            let response = answer.inspect_err(|trouble| pass.failed(trouble))?;
            let status = response.status().as_u16();
            let is_good = match purpose {
                Purpose::Look => (200..=299).contains(&status),
                Purpose::Take => matches!(status, 200 | 203),
                // That there is no such part tells how long the whole is.
                Purpose::Part(_) => matches!(status, 200 | 203 | 206 | 416),
            };
            let is_redirect = matches!(status, 301 | 302 | 303 | 307 | 308);
            if is_good || is_redirect {
                pass.succeeded();
                self.read_head(&here, response.headers(), &mut trail.consent)?;
            }
            if is_good {
                trail.consent.decision = Decision::Allowed;
                return Ok(Reached { here, response, pass });
            }
            if is_redirect {
                let next = self.next(&here, &response, &been)?;
                been.push(here);
                here = next;
                leave = None;
                continue;
            }
            // Many servers know no HEAD, and say so in many ways.
            if method == Method::HEAD && status >= 400 && status != 429 {
                method = Method::GET;
                leave = Some(spacing);
                continue;
            }
            let longest = secs(self.policy.retry.retry_after_secs_max);
            let wait = retry_after(response.headers(), longest).filter(|_| matches!(status, 429 | 503));
            let trouble = Trouble { wait, ..Trouble::of_status(status) };
            pass.failed(&trouble);
            return Err(trouble);
        }
    }

    /// The body and what the head says of it.
    async fn take(
        &self,
        here: &Url,
        response: Response,
        pass: Pass,
        purpose: Purpose,
        budget: &mut Budget,
    ) -> Result<Page, Trouble> {
        let headers = response.headers();
        let mut page = Page {
            status: response.status().as_u16(),
            content_type: text(headers, &CONTENT_TYPE),
            etag: text(headers, &ETAG),
            last_modified: text(headers, &LAST_MODIFIED),
            licence_link: headers
                .get_all(LINK)
                .iter()
                .find_map(|value| links::licence(&String::from_utf8_lossy(value.as_bytes()), here)),
            declared: content_length(headers),
            body: None,
        };
        if purpose == Purpose::Take {
            let status = page.status;
            let take = Take { bytes_max: self.policy.limits.bytes_max, cut: false };
            let body = body::read(response, take, secs(self.policy.timeouts.read_secs), budget).await;
            page.body = Some(body.map_err(|trouble| {
                pass.failed(&trouble);
                Trouble { status: Some(status), ..trouble }
            })?);
        }
        Ok(page)
    }

    /// Where a redirect leads.
    fn next(&self, here: &Url, response: &Response, been: &[Url]) -> Result<Url, Trouble> {
        let status = response.status().as_u16();
        let wrong =
            |detail: String| Trouble { status: Some(status), ..Trouble::new(Class::Redirects, detail) };
        if been.len() >= usize::try_from(self.policy.limits.redirects_max).unwrap_or(usize::MAX) {
            return Err(wrong(format!("more than {} redirects", self.policy.limits.redirects_max)));
        }
        let Some(location) = response.headers().get(LOCATION) else {
            return Err(wrong("a redirect to nowhere".to_owned()));
        };
        let location = String::from_utf8_lossy(location.as_bytes());
        let next = address::join(here, &location)
            .map_err(|why| wrong(format!("a redirect to no address: {why}")))?;
        if next == *here || been.contains(&next) {
            return Err(wrong("the redirects go in a circle".to_owned()));
        }
        Ok(next)
    }
}

/// A header as text.
pub(crate) fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}
