//! Leave: what the files of an origin and the head of an answer say, noted as evidence and followed as the settings
//! say.

use std::time::Duration;

use reqwest::Url;
use reqwest::header::{HeaderMap, HeaderName};

use crate::class::Class;
use crate::consent::{Consent, Decision, Says, Source};
use crate::pattern::NormalPath;
use crate::policy::{Check, secs};
use crate::sites::Site;
use crate::tags;
use crate::tdm::{self, is_reservation};
use crate::trouble::Trouble;
use crate::usage;
use crate::visit::{Visitor, text};

impl Visitor {
    /// Asks the files of the origin whether `here` may be visited; gives back the pace that they wish.
    pub(crate) async fn ask_leave(
        &self,
        here: &Url,
        consent: &mut Consent,
    ) -> Result<Option<Duration>, Trouble> {
        let path = NormalPath::of(here);
        let checks = &self.policy.consent;
        let mut spacing = None;
        // The file itself may always be read (RFC 9309, 2.2.2).
        let asks = checks.robots != Check::Skip || checks.content_usage != Check::Skip;
        if asks && here.path() != "/robots.txt" {
            spacing = self.ask_robots(here, &path, consent).await?;
        }
        if checks.tdm_file != Check::Skip {
            self.ask_tdm_file(here, &path, consent).await?;
        }
        Ok(spacing)
    }

    async fn ask_robots(
        &self,
        here: &Url,
        path: &NormalPath,
        consent: &mut Consent,
    ) -> Result<Option<Duration>, Trouble> {
        let checks = &self.policy.consent;
        let heeds = checks.robots == Check::Heed;
        let at = here.join("/robots.txt").map(String::from).unwrap_or_default();
        match &*self.robots_of(here).await {
            Site::Rules(robots) => {
                let rule = robots.rule_for(path).filter(|_| checks.robots != Check::Skip);
                let found = rule.map_or_else(|| "no rule for it".to_owned(), |rule| rule.written());
                if rule.is_some_and(|rule| !rule.allows) {
                    consent.note(Source::RobotsTxt, &at, &found, Says::Refuses);
                    if heeds {
                        consent.decision = Decision::Robots;
                        return Err(Trouble::new(Class::Robots, format!("robots.txt: {found}")));
                    }
                } else if checks.robots != Check::Skip {
                    consent.note(Source::RobotsTxt, &at, &found, Says::Allows);
                }
                if let Some(usage) = robots.usage_for(path).filter(|_| checks.content_usage != Check::Skip) {
                    self.hear_usage(&at, &usage.written, usage.refuses, consent)?;
                }
                let longest = secs(self.policy.pace.crawl_delay_secs_max);
                Ok(robots.crawl_delay.filter(|_| heeds).map(|delay| delay.min(longest)))
            }
            Site::None(why) => {
                consent.note(Source::RobotsTxt, &at, why, Says::Allows);
                Ok(None)
            }
            Site::Unknown(trouble) => {
                let heeds = heeds || checks.content_usage == Check::Heed;
                unknown(Source::RobotsTxt, &at, trouble, heeds, consent)?;
                Ok(None)
            }
        }
    }

    /// Notes what was said about training, and follows it if it is to be heeded.
    fn hear_usage(&self, at: &str, found: &str, refuses: bool, consent: &mut Consent) -> Result<(), Trouble> {
        consent.note(Source::ContentUsage, at, found, if refuses { Says::Refuses } else { Says::Allows });
        if refuses && self.policy.consent.content_usage == Check::Heed {
            consent.decision = Decision::OptedOut;
            return Err(Trouble::new(Class::OptedOut, found.chars().take(300).collect::<String>()));
        }
        Ok(())
    }

    async fn ask_tdm_file(
        &self,
        here: &Url,
        path: &NormalPath,
        consent: &mut Consent,
    ) -> Result<(), Trouble> {
        let heeds = self.policy.consent.tdm_file == Check::Heed;
        let at = here.join(tdm::FILE_PATH).map(String::from).unwrap_or_default();
        match &*self.tdm_of(here).await {
            Site::Rules(rules) => match rules.rule_for(path) {
                // A header could still lift it; what is reserved is not asked for in order to find out.
                Some(rule) if rule.reserves => {
                    consent.note(Source::TdmFile, &at, &rule.written(), Says::Refuses);
                    if heeds {
                        consent.decision = Decision::OptedOut;
                        return Err(Trouble::new(
                            Class::OptedOut,
                            format!("tdmrep.json: {}", rule.written()),
                        ));
                    }
                }
                Some(rule) => consent.note(Source::TdmFile, &at, &rule.written(), Says::Allows),
                None => consent.note(Source::TdmFile, &at, "no rule for it", Says::Nothing),
            },
            Site::None(why) => consent.note(Source::TdmFile, &at, why, Says::Nothing),
            Site::Unknown(trouble) => unknown(Source::TdmFile, &at, trouble, heeds, consent)?,
        }
        Ok(())
    }

    /// Reads what the head of an answer says. This is before the body is read.
    pub(crate) fn read_head(
        &self,
        here: &Url,
        headers: &HeaderMap,
        consent: &mut Consent,
    ) -> Result<(), Trouble> {
        let checks = &self.policy.consent;
        let mut refused = None;
        for value in headers.get_all("x-robots-tag") {
            let value = String::from_utf8_lossy(value.as_bytes());
            let tags = tags::read(&value);
            let refuses = tags.iter().any(|tag| tag.refuses(&self.policy.agent, &checks.robots_tag_words));
            let says = if refuses { Says::Refuses } else { Says::Nothing };
            consent.note(Source::XRobotsTag, here.as_str(), &value, says);
            if refuses && checks.robots_tag == Check::Heed {
                refused = refused.or(Some(format!("x-robots-tag: {value}")));
            }
        }
        let policy = text(headers, &HeaderName::from_static("tdm-policy"));
        let policy = policy.map(|policy| format!(", tdm-policy: {policy}")).unwrap_or_default();
        for value in headers.get_all("tdm-reservation") {
            let value = String::from_utf8_lossy(value.as_bytes());
            let refuses = is_reservation(&value);
            let found = format!("tdm-reservation: {value}{policy}");
            let says = if refuses { Says::Refuses } else { Says::Allows };
            consent.note(Source::TdmHeader, here.as_str(), &found, says);
            if refuses && checks.tdm_header == Check::Heed {
                refused = refused.or(Some(found));
            }
        }
        for name in ["content-signal", "content-usage"] {
            for value in headers.get_all(name) {
                let value = String::from_utf8_lossy(value.as_bytes());
                if let Some(refuses) = usage::refuses(&value) {
                    self.hear_usage(here.as_str(), &format!("{name}: {value}"), refuses, consent)?;
                }
            }
        }
        match refused {
            Some(found) => {
                consent.decision = Decision::OptedOut;
                Err(Trouble::new(Class::OptedOut, found.chars().take(300).collect::<String>()))
            }
            None => Ok(()),
        }
    }
}

/// A file of consent that could not be had refuses all, for the time being.
fn unknown(
    source: Source,
    at: &str,
    trouble: &Trouble,
    heeds: bool,
    consent: &mut Consent,
) -> Result<(), Trouble> {
    let name = at.rsplit('/').next().unwrap_or_default();
    let detail = format!("{name}, without which nothing is allowed: {}", trouble.detail);
    consent.note(source, at, &detail, Says::Refuses);
    if heeds { Err(Trouble { detail, ..trouble.clone() }) } else { Ok(()) }
}
