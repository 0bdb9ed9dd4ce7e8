//! `[annotate.kinds.…]`: the limits of each kind of work.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kind::Kind;

/// `[annotate.kinds]`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Kinds {
    /// Spoken captions.
    pub cap: KindSettings,
    /// Points.
    pub points: KindSettings,
    /// What is absent.
    pub not_present: KindSettings,
    /// Others' points.
    pub verify_points: KindSettings,
    /// Others' counts.
    pub verify_count: KindSettings,
}

impl Kinds {
    /// The settings of one kind as the file has them.
    #[must_use]
    pub fn of(&self, kind: Kind) -> &KindSettings {
        match kind {
            Kind::Cap => &self.cap,
            Kind::Points => &self.points,
            Kind::NotPresent => &self.not_present,
            Kind::VerifyPoints => &self.verify_points,
            Kind::VerifyCount => &self.verify_count,
        }
    }
}

/// One kind of work as the file has it; [`KindLimits`] has the defaults filled in.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct KindSettings {
    /// How many people do each task.
    pub overlap: Option<u32>,
    /// The most tasks a person does in a day, UTC.
    pub quota_per_day: Option<u32>,
    /// How long a task stays somebody's without a sign of life.
    pub lease_secs: Option<u32>,
    /// Seconds without any action after which time does not count as active.
    pub idle_secs_max: Option<u32>,
    /// The fewest seconds of voice.
    pub voiced_secs_min: Option<f64>,
    /// The longest recording.
    pub duration_secs_max: Option<f64>,
    /// How often a take may be made anew.
    pub retakes_max: Option<u32>,
    /// Whether the speaker corrects the transcript.
    pub correction: Option<Correction>,
    /// The model whose transcripts are wanted, by the name of its file; whichever comes if it is not given.
    pub transcription_model: Option<String>,
    /// The share of submitted work that a reviewer looks at.
    pub review_share: Option<f64>,
    /// The share of tasks whose answer is known and that nobody can tell from others.
    pub gold_share: Option<f64>,
    /// The share of submitted points that another person verifies.
    pub verify_share: Option<f64>,
    /// The most labels in an image.
    pub labels_max: Option<u32>,
    /// The most points of a label.
    pub points_max: Option<u32>,
    /// Points closer than this, in per cent of the diagonal, have to be confirmed.
    pub close_percent: Option<f64>,
    /// The most characters of a label.
    pub label_chars_max: Option<u32>,
    /// What is paid.
    pub pay: Option<Pay>,
}

/// What is paid for a kind of work, in the smallest unit of the currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Pay {
    /// For a task.
    pub per_task_minor: u32,
    /// For a minute of active time.
    pub per_minute_minor: u32,
    /// On top, for a task of somebody whose quality is at least `bonus_quality_min`.
    pub bonus_minor: u32,
    /// The quality from which the bonus is paid, 0 to 1.
    pub bonus_quality_min: f64,
    /// The longest active time that is paid for one task, in minutes; 0 for no such limit.
    pub minutes_max: u32,
    /// When it is paid.
    pub when: PayWhen,
}

/// When work is paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum PayWhen {
    /// When it is approved; what no reviewer looks at is approved at once.
    #[default]
    Approved,
    /// When it is submitted.
    Submitted,
}

/// Whether the speaker corrects the transcript.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Correction {
    /// Nobody is shown it.
    Off,
    /// Whoever wants to.
    #[default]
    Optional,
    /// Always.
    Required,
}

/// The limits of a kind of work, as the server holds people to them and the page shows them.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct KindLimits {
    /// How many people do each task.
    #[serde(skip)]
    pub overlap: u32,
    /// The most tasks a person does in a day.
    pub quota_per_day: Option<u32>,
    /// How long a task stays somebody's without a sign of life.
    pub lease_secs: u32,
    /// Seconds without action after which time does not count.
    pub idle_secs_max: u32,
    /// The fewest seconds of voice.
    pub voiced_secs_min: f64,
    /// The longest recording, in seconds.
    pub duration_secs_max: f64,
    /// How often a take may be made anew.
    pub retakes_max: u32,
    /// Whether the speaker corrects the transcript.
    pub correction: Correction,
    /// The model whose transcripts are wanted.
    #[serde(skip)]
    pub transcription_model: Option<String>,
    /// The share that a reviewer looks at.
    #[serde(skip)]
    pub review_share: f64,
    /// The share of gold tasks.
    #[serde(skip)]
    pub gold_share: f64,
    /// The share that another person verifies.
    #[serde(skip)]
    pub verify_share: f64,
    /// The most labels in an image.
    pub labels_max: u32,
    /// The most points of a label.
    pub points_max: u32,
    /// Points closer than this, in per cent of the diagonal, have to be confirmed.
    pub close_percent: f64,
    /// The most characters of a label.
    pub label_chars_max: u32,
    /// What is paid.
    pub pay: Pay,
}

impl KindSettings {
    /// The defaults of a kind filled in.
    #[must_use]
    pub fn limits(&self, kind: Kind) -> KindLimits {
        let is_cap = kind == Kind::Cap;
        KindLimits {
            overlap: self.overlap.unwrap_or(1),
            quota_per_day: self.quota_per_day,
            lease_secs: self.lease_secs.unwrap_or(if is_cap { 1800 } else { 900 }),
            idle_secs_max: self.idle_secs_max.unwrap_or(60),
            voiced_secs_min: self.voiced_secs_min.unwrap_or(60.0),
            duration_secs_max: self.duration_secs_max.unwrap_or(300.0),
            retakes_max: self.retakes_max.unwrap_or(1),
            correction: self.correction.unwrap_or_default(),
            transcription_model: self.transcription_model.clone(),
            review_share: self.review_share.unwrap_or(1.0),
            gold_share: self.gold_share.unwrap_or(0.05),
            verify_share: self.verify_share.unwrap_or(if kind == Kind::Points { 0.1 } else { 0.0 }),
            labels_max: self.labels_max.unwrap_or(20),
            points_max: self.points_max.unwrap_or(500),
            close_percent: self.close_percent.unwrap_or(0.3),
            label_chars_max: self.label_chars_max.unwrap_or(120),
            pay: self.pay.unwrap_or_default(),
        }
    }
}
