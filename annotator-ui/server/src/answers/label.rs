//! Labels: what people call what they point at.

use std::collections::BTreeSet;

use pixmo_answers::label::key_of;
use pixmo_schemas::annotation_points::LabelledPoints;

use super::PointsAnswer;
use crate::db::Tx;
use crate::http::Problem;
use crate::label;
use crate::settings::KindLimits;
use crate::work::Submission;

/// Tidies the labels of an answer and holds them to the rules: those of every label, none twice, the one that was asked for,
/// if one was.
pub(super) fn check_all(
    labels: &mut [LabelledPoints],
    asked: Option<&str>,
    limits: &KindLimits,
) -> Result<(), Problem> {
    if labels.is_empty() {
        return Err(Problem::invalid("labels", "nothing is marked")
            .hint("mark something, or pass the task by with a reason"));
    }
    if labels.len() > limits.labels_max as usize {
        return Err(Problem::invalid("labels", format!("at most {} labels are taken", limits.labels_max)));
    }
    let mut seen = BTreeSet::new();
    for (index, labelled) in labels.iter_mut().enumerate() {
        let field = format!("labels[{index}].label");
        labelled.label = label::tidy(&labelled.label);
        let label = &labelled.label;
        if let Some(fault) = label::fault_of(label, limits.label_chars_max as usize) {
            return Err(Problem::invalid(field, fault));
        }
        if !seen.insert(key_of(label)) {
            return Err(Problem::invalid(field, format!("`{label}` is there twice"))
                .hint("put all its points under one label"));
        }
    }
    match asked {
        Some(asked) if labels.len() != 1 || key_of(&labels[0].label) != key_of(asked) => {
            Err(Problem::invalid("labels", format!("this task asks for `{asked}` alone")))
        }
        _ => Ok(()),
    }
}

/// Remembers which labels somebody uses, and which stand in an image.
pub(super) async fn remember(
    tx: &mut Tx,
    submission: &Submission,
    answer: &PointsAnswer,
) -> Result<(), Problem> {
    for labelled in &answer.labels {
        let label = key_of(&labelled.label);
        sqlx::query(
            "INSERT INTO label_used (person, label, times, last_ms) VALUES ($1, $2, 1, $3) \
             ON CONFLICT (person, label) DO UPDATE SET times = label_used.times + 1, last_ms = $3",
        )
        .bind(&submission.person)
        .bind(&label)
        .bind(submission.now_ms)
        .execute(&mut *tx)
        .await?;
        if !labelled.points.is_empty() {
            sqlx::query(
                "INSERT INTO label_of_image (image, label, times) VALUES ($1, $2, 1) \
                 ON CONFLICT (image, label) DO UPDATE SET times = label_of_image.times + 1",
            )
            .bind(&submission.image)
            .bind(&label)
            .execute(&mut *tx)
            .await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Kind;
    use crate::settings::KindSettings;

    fn checked(labels: &[&str], asked: Option<&str>) -> Result<Vec<String>, String> {
        let mut labels: Vec<LabelledPoints> = labels
            .iter()
            .map(|label| LabelledPoints {
                label: (*label).to_owned(),
                points: Vec::new(),
                all_marked: true,
                close_confirmed: false,
            })
            .collect();
        check_all(&mut labels, asked, &KindSettings::default().limits(Kind::Points))
            .map(|()| labels.into_iter().map(|labelled| labelled.label).collect())
            .map_err(|problem| problem.body.message)
    }

    #[test]
    fn labels_are_tidied_and_held_to_the_rules() {
        assert_eq!(checked(&["  Red \t cup "], None), Ok(vec!["Red cup".to_owned()]));
        assert_eq!(checked(&["cup", "CUP"], None), Err("`CUP` is there twice".to_owned()));
        assert!(checked(&["a \"cup\""], None).unwrap_err().starts_with("`\\\"` cannot stand in a label"));
        assert!(checked(&["<b>"], None).unwrap_err().starts_with("`<` cannot stand in a label"));
        assert_eq!(checked(&[" "], None), Err("a label has 1 to 120 characters, this has 0".to_owned()));
        assert!(checked(&["x".repeat(120).as_str()], None).is_ok());
        assert!(checked(&["x".repeat(121).as_str()], None).is_err());
        assert!(checked(&["Red cup"], Some("red  cup")).is_ok());
        assert_eq!(checked(&["dog"], Some("cat")), Err("this task asks for `cat` alone".to_owned()));
        assert_eq!(checked(&[], None), Err("nothing is marked".to_owned()));
    }
}
