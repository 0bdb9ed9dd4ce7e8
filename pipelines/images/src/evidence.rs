//! What is said of an image by whoever listed, served or made it: licences, opt-outs, and what a C2PA manifest claims;
//! in the form in which it stands in a row.

use pixmo_fetch::{Consent, Says};
use pixmo_pictures::{About, Claim, Notes};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// One thing that was said of the licence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Who says it.
    pub source: Witness,
    /// Where: a column, a header, a field of the file.
    pub field: String,
    /// What was said.
    pub value: String,
}

/// Who says something of the licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Witness {
    /// The list of addresses.
    List,
    /// The file itself, by naming a licence.
    File,
    /// The server, in a header `Link` with `rel="license"`.
    Header,
    /// The file itself, by naming its author or terms in words; this names no licence.
    Words,
}

/// All evidence, the strongest first, and the licence that it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Licence {
    /// What was said, the strongest first.
    pub evidence: Vec<Evidence>,
}

impl Licence {
    /// What list, server and file say.
    #[must_use]
    pub fn of(list: Option<&str>, header: Option<&str>, file: &[Evidence]) -> Licence {
        let said = |source, field: &str, value: &str| Evidence {
            source,
            field: field.to_owned(),
            value: value.to_owned(),
        };
        let list = list.filter(|text| !text.trim().is_empty());
        let list = list.map(|text| said(Witness::List, "licence", text));
        let header = header.map(|text| said(Witness::Header, "link", text));
        let mut evidence: Vec<Evidence> =
            list.into_iter().chain(header).chain(file.iter().cloned()).collect();
        evidence.sort_by_key(|evidence| evidence.source);
        Licence { evidence }
    }

    /// The same image in another row: what the list says there takes the place of what it says here.
    #[must_use]
    pub fn in_row(&self, list: Option<&str>) -> Licence {
        let others: Vec<Evidence> =
            self.evidence.iter().filter(|evidence| evidence.source != Witness::List).cloned().collect();
        let mut licence = Licence::of(list, None, &[]);
        licence.evidence.extend(others);
        licence
    }

    /// The licence, as the strongest evidence names it.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        let names = |evidence: &&Evidence| evidence.source != Witness::Words;
        self.evidence.iter().find(names).map(|evidence| evidence.value.clone())
    }

    /// As it stands in a row.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(&self.evidence).expect("only text")
    }

    /// As it stood in a row; nothing that cannot be understood.
    #[must_use]
    pub fn from_json(text: &str) -> Licence {
        Licence { evidence: serde_json::from_str(text).unwrap_or_default() }
    }
}

/// What the file says of author, terms and licence.
#[must_use]
pub fn of_file(notes: &Notes) -> Vec<Evidence> {
    let said = |about: About, source| {
        notes.statements.iter().filter(move |statement| statement.about == about).map(move |statement| {
            Evidence { source, field: statement.place.clone(), value: statement.words.clone() }
        })
    };
    // The one that the file means comes first, whatever the order in which they stand.
    let best = notes.licence().map(|statement| Evidence {
        source: Witness::File,
        field: statement.place.clone(),
        value: statement.words.clone(),
    });
    let mut evidence: Vec<Evidence> = best.into_iter().collect();
    for found in said(About::LicenceAddress, Witness::File)
        .chain(said(About::Copyright, Witness::Words))
        .chain(said(About::Credit, Witness::Words))
        .chain(said(About::Terms, Witness::Words))
    {
        if !evidence.contains(&found) {
            evidence.push(found);
        }
    }
    evidence
}

/// One signal about consent, as it stands in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signal {
    /// Where such signals stand: `robots_txt`, `x_robots_tag`, `tdm_header`, `tdm_file`, `file`.
    pub source: String,
    /// The address, or the field of the file.
    pub at: String,
    /// What stood there.
    pub found: String,
    /// What it means for us: `nothing`, `allows`, `refuses`.
    pub says: String,
}

/// What was found at the host and in the answer.
#[must_use]
pub fn of_consent(consent: &Consent) -> Vec<Signal> {
    let signal = |signal: &pixmo_fetch::Signal| Signal {
        source: signal.source.name().to_owned(),
        at: signal.at.clone(),
        found: signal.found.clone(),
        says: signal.says.name().to_owned(),
    };
    consent.signals.iter().map(signal).collect()
}

/// What the file says of learning from it, and the words that forbid it, if any do.
#[must_use]
pub fn of_mining(notes: &Notes) -> (Vec<Signal>, Option<String>) {
    let forbidding: Vec<_> = notes.against_training().collect();
    let mining = notes.statements.iter().filter(|statement| statement.about == About::Mining);
    let signal = |statement: &pixmo_pictures::Statement| {
        let says = if forbidding.contains(&statement) { Says::Refuses } else { Says::Nothing };
        Signal {
            source: "file".to_owned(),
            at: statement.place.clone(),
            found: statement.words.clone(),
            says: says.name().to_owned(),
        }
    };
    let first = forbidding.first().map(|statement| format!("`{}` at {}", statement.words, statement.place));
    (mining.map(signal).collect(), first)
}

/// Signals as they stand in a row.
#[must_use]
pub fn to_json(signals: &[Signal]) -> String {
    serde_json::to_string(signals).expect("only text")
}

/// A claim as it stands in a row. Its signature is not checked, and the row says so.
#[must_use]
pub fn claim_to_json(claim: &Claim) -> String {
    let actions: Vec<_> = claim
        .actions
        .iter()
        .map(|action| {
            json!({
                "action": action.action,
                "digital_source": action.digital_source,
                "software": action.software,
                "when": action.when,
            })
        })
        .collect();
    let mining: Vec<_> = claim
        .mining
        .iter()
        .map(|mining| json!({ "usage": mining.usage, "permission": mining.permission }))
        .collect();
    json!({
        "label": claim.label,
        "manifests": claim.manifests,
        "generator": claim.generator,
        "title": claim.title,
        "format": claim.format,
        "instance": claim.instance,
        "is_generated": claim.is_generated(),
        "actions": actions,
        "mining": mining,
        "assertions": claim.assertions,
        "is_signed": claim.is_signed,
        "is_signature_checked": false,
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_evidence_names_the_licence() {
        let words = Evidence {
            source: Witness::Words,
            field: "exif:Copyright".to_owned(),
            value: "A. Photographer".to_owned(),
        };
        let file = Evidence {
            source: Witness::File,
            field: "xmp:cc:license".to_owned(),
            value: "https://creativecommons.org/licenses/by/4.0/".to_owned(),
        };
        let licence =
            Licence::of(Some("CC-BY-SA-4.0"), Some("https://l.example/"), &[words.clone(), file.clone()]);
        let sources: Vec<Witness> = licence.evidence.iter().map(|evidence| evidence.source).collect();
        assert_eq!(sources, [Witness::List, Witness::File, Witness::Header, Witness::Words]);
        assert_eq!(licence.name().as_deref(), Some("CC-BY-SA-4.0"));
        assert_eq!(licence.in_row(None).name(), Some(file.value.clone()));
        assert_eq!(licence.in_row(Some("PD")).name().as_deref(), Some("PD"));
        assert_eq!(Licence::from_json(&licence.to_json()), licence);
        assert_eq!(Licence::of(Some(" "), None, &[words]).name(), None);
    }
}
