//! A row of clocks and the row of its picture: label, time and hands must agree, and the picture be whole and of its size.
//! The angles are worked out here from the time alone, without the code that drew them.

use pixmo_console::Failure;
use pixmo_schemas::records::{ClocksImagesRecord, ClocksRecord};
use pixmo_schemas::row_id;

use crate::verify::rows::Checking;

/// How far an angle may be from what the time says, in degrees.
const ANGLE_OFF_MAX: f64 = 1e-6;

impl Checking<'_> {
    /// Looks at a part of `clocks`.
    pub(super) fn clocks(&mut self) -> Result<(), Failure> {
        let part = self.part;
        let main = self.open::<ClocksRecord>(&part.main)?;
        let Some(file) = part.images() else { return Ok(()) };
        let images = self.open::<ClocksImagesRecord>(file)?;
        // A file that is missing or damaged was told; nothing can be compared then.
        let (Some(main), Some(images)) = (main, images) else { return Ok(()) };
        self.walk((main, images), |checking, (row, seen)| {
            let (number, id) = (checking.out.rows, row.example_id.as_str());
            checking.identify(id);
            for what in differences(row, seen) {
                checking.wrong(file, number, Some(id), what);
            }
            checking.picture(file, id, &seen.image.bytes, (seen.width, seen.height), "the row");
        })
    }
}

/// What does not agree, in words.
fn differences(row: &ClocksRecord, seen: &ClocksImagesRecord) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, ours, theirs) in [
        ("example_id", &row.example_id, &seen.example_id),
        ("watchface_id", &row.watchface_id, &seen.watchface_id),
        ("watchface_name", &row.watchface_name, &seen.body),
        ("text", &row.text, &seen.text),
    ] {
        if ours != theirs {
            wrong.push(format!("it says `{theirs}`, `{name}` of the same row of `default` is `{ours}`"));
        }
    }
    if !row.watch_time.ends_with(&seen.time) {
        wrong.push(format!("`time` is `{}`, `watch_time` is `{}`", seen.time, row.watch_time));
    }
    match row_id(row) {
        Ok(found) if found == seen.row_id => {}
        Ok(found) => {
            wrong.push(format!("`row_id` is `{}`, the row in `default` gives `{found}`", seen.row_id));
        }
        Err(error) => wrong.push(error.to_string()),
    }
    let Some([hour, minute, second]) = parts(&seen.time) else {
        wrong.push(format!("`time` is `{}`, which is no time", seen.time));
        return wrong;
    };
    if seen.shows_time {
        let visible = [row.hour_visible, row.minute_visible].map(i64::from);
        let shown = if seen.shows_am_pm { hour } else { hour % 12 };
        if visible != [shown, minute] {
            wrong.push(format!("{visible:?} are the visible hour and minute of {}", seen.time));
        }
    }
    // In a minute the second hand covers a circle, in an hour the minute hand, in twelve hours the hour hand.
    let within = if seen.movement == "jumping_minute" { 0 } else { second };
    let minutes = minute as f64 + within as f64 / 60.0;
    let hours = (hour % 12) as f64 + if seen.movement == "jumping_hour" { 0.0 } else { minutes / 60.0 };
    for (name, found, expected) in [
        ("hour_angle", seen.hour_angle, hours * 30.0),
        ("minute_angle", seen.minute_angle, minutes * 6.0),
        ("second_angle", seen.second_angle, second as f64 * 6.0),
    ] {
        if found >= 0.0 && (found - expected).abs() > ANGLE_OFF_MAX {
            wrong.push(format!("`{name}` is {found}, at {} the hand stands at {expected}", seen.time));
        }
    }
    wrong
}

/// Hour, minute and second of `2021-05-17T13:45:10`.
fn parts(time: &str) -> Option<[i64; 3]> {
    let mut numbers = time.split_once('T')?.1.split(':').map(|part| part.parse::<i64>().ok());
    let parts = [numbers.next()??, numbers.next()??, numbers.next()??];
    let is_time = parts[0] < 24 && parts[1] < 60 && parts[2] < 60 && parts.iter().all(|part| *part >= 0);
    (is_time && numbers.next().is_none()).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn times_are_read_or_refused() {
        assert_eq!(parts("2021-05-17T13:45:10"), Some([13, 45, 10]));
        for wrong in ["2021-05-17", "2021-05-17T24:00:00", "2021-05-17T1:60:00", "2021-05-17T1:2", "T1:2:3:4"]
        {
            assert_eq!(parts(wrong), None, "{wrong}");
        }
    }
}
