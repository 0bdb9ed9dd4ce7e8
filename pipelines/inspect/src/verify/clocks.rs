//! A row of clocks and the row of its picture: label, time and hands must agree, also those of the other clocks of the
//! picture, and the picture be whole and of its size. The angles are worked out here from the time alone, places from angles
//! and homography, and answers from all of that, without the code that drew and asked.

mod answers;

use pixmo_console::Failure;
use pixmo_schemas::records::{ClocksImagesRecord, ClocksRecord, HandPlace, OtherClock};
use pixmo_schemas::row_id;

use self::answers::Asked;
use crate::verify::rows::Checking;

/// How far an angle may be from what the time says, in degrees.
const ANGLE_OFF_MAX: f64 = 1e-6;
/// How far the tip of a hand may be from the ray of its angle, and a centre from its place, in pixels.
const PLACE_OFF_MAX: f64 = 0.05;

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
            let clocks = OtherClock::list(&seen.others).unwrap_or_default();
            let clocks = asked(seen, &clocks);
            for asked in &seen.questions {
                let Some(found) = answers::check(asked, &clocks) else { continue };
                checking.out.answers += 1;
                if let Err(what) = found {
                    checking.wrong(file, number, Some(id), what);
                }
            }
            checking.picture(file, id, &seen.image.bytes, (seen.width, seen.height), "the row");
        })
    }
}

/// The clocks of a picture as far as questions are about them, the one of the row first. One whose time is none is left out:
/// that was told.
fn asked<'a>(seen: &'a ClocksImagesRecord, others: &'a [OtherClock]) -> Vec<Asked<'a>> {
    let day = |time: &str| time.get(8..10).and_then(|day| day.parse().ok()).unwrap_or(0);
    let hand = |angle: f64| (angle >= 0.0).then_some(angle);
    let own = parts(&seen.time).map(|time| Asked {
        called: &seen.called,
        text: &seen.text,
        time,
        day: day(&seen.time),
        shows: [seen.shows_time, seen.shows_seconds, seen.shows_am_pm],
        hands: [seen.hour_angle, seen.minute_angle, seen.second_angle].map(hand),
    });
    let others = others.iter().filter_map(|other| {
        Some(Asked {
            called: &other.called,
            text: &other.text,
            time: parts(&other.time)?,
            day: day(&other.time),
            shows: [other.shows_time, other.shows_seconds, other.shows_am_pm],
            hands: [other.hour, other.minute, other.second].map(|hand| hand.map(|hand| hand.angle)),
        })
    });
    own.into_iter().chain(others).collect()
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
    let Some([hour, minute, _]) = parts(&seen.time) else {
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
    let hand = |angle: f64, x: f32, y: f32| (angle >= 0.0).then_some(HandPlace { angle, x, y });
    let drawn = Drawn {
        time: &seen.time,
        movement: &seen.movement,
        hands: [
            hand(seen.hour_angle, seen.hour_x, seen.hour_y),
            hand(seen.minute_angle, seen.minute_x, seen.minute_y),
            hand(seen.second_angle, seen.second_x, seen.second_y),
        ],
        centre: [seen.centre_x, seen.centre_y],
        homography: &seen.homography,
    };
    wrong.extend(drawn.differences());
    if !seen.questions.first().is_some_and(|asked| asked.question.contains(&seen.called)) {
        wrong.push(format!("the first question does not name `{}`", seen.called));
    }
    wrong.extend(of_others(&seen.others));
    wrong
}

/// What does not agree in the other clocks of a picture.
fn of_others(others: &str) -> Vec<String> {
    let others = match OtherClock::list(others) {
        Ok(others) => others,
        Err(error) => return vec![error.to_string()],
    };
    let of_one = |other: &OtherClock| {
        let drawn = Drawn {
            time: &other.time,
            movement: &other.movement,
            hands: [other.hour, other.minute, other.second],
            centre: other.centre,
            homography: &other.homography,
        };
        let called = other.called.clone();
        drawn.differences().into_iter().map(move |what| format!("`{called}` of `others`: {what}"))
    };
    others.iter().flat_map(of_one).collect()
}

/// Where a clock is said to stand, and how.
struct Drawn<'a> {
    time: &'a str,
    movement: &'a str,
    /// Hour, minute and second hand.
    hands: [Option<HandPlace>; 3],
    centre: [f32; 2],
    homography: &'a [f64],
}

impl Drawn<'_> {
    fn differences(&self) -> Vec<String> {
        let Some([hour, minute, second]) = parts(self.time) else {
            return vec![format!("`time` is `{}`, which is no time", self.time)];
        };
        let mut wrong = Vec::new();
        // In a minute the second hand covers a circle, in an hour the minute hand, in twelve hours the hour hand.
        let within = if self.movement == "jumping_minute" { 0 } else { second };
        let minutes = minute as f64 + within as f64 / 60.0;
        let hours = (hour % 12) as f64 + minutes / 60.0;
        let expected = [hours * 30.0, minutes * 6.0, second as f64 * 6.0];
        for ((name, hand), expected) in ["hour", "minute", "second"].iter().zip(self.hands).zip(expected) {
            if let Some(HandPlace { angle, .. }) = hand
                && (angle - expected).abs() > ANGLE_OFF_MAX
            {
                wrong.push(format!(
                    "`{name}_angle` is {angle}, at {} the hand stands at {expected}",
                    self.time
                ));
            }
        }
        let Some(centre) = self.mapped(0.0, 0.0) else {
            wrong.push("`homography` takes the centre nowhere".to_owned());
            return wrong;
        };
        let [x, y] = self.centre.map(f64::from);
        if libm::hypot(centre.0 - x, centre.1 - y) > PLACE_OFF_MAX {
            wrong.push(format!(
                "the centre is at {x}, {y}, `homography` takes it to {}, {}",
                centre.0, centre.1
            ));
        }
        // Straight lines stay straight: the tip lies on the ray from the centre through the edge of the dial. The second
        // hand may turn elsewhere.
        for (name, hand) in ["hour", "minute"].iter().zip(self.hands) {
            let Some(HandPlace { angle, x, y }) = hand else { continue };
            let (sin, cos) = (libm::sin(angle.to_radians()), libm::cos(angle.to_radians()));
            let Some(edge) = self.mapped(100.0 * sin, -100.0 * cos) else { continue };
            let (along, tip) =
                ((edge.0 - centre.0, edge.1 - centre.1), (f64::from(x) - centre.0, f64::from(y) - centre.1));
            let long = libm::hypot(along.0, along.1);
            let beside = (along.0 * tip.1 - along.1 * tip.0) / long;
            if !(beside.abs() <= PLACE_OFF_MAX && along.0 * tip.0 + along.1 * tip.1 > 0.0) {
                wrong.push(format!(
                    "the tip of the {name} hand at {x}, {y} does not lie where its angle of {angle} points"
                ));
            }
        }
        wrong
    }

    /// Where a place of the dial lies in pixels; `None` behind the camera.
    fn mapped(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let [a, b, c, d, e, f, g, h, i] = *self.homography.first_chunk::<9>()?;
        let w = g * x + h * y + i;
        (w > 0.0).then(|| ((a * x + b * y + c) / w, (d * x + e * y + f) / w))
    }
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
    use super::*;

    /// A clock at half past four, seen straight from the front.
    fn drawn(tip: (f32, f32), centre: [f32; 2]) -> Vec<String> {
        let hand = |angle, (x, y): (f32, f32)| Some(HandPlace { angle, x, y });
        Drawn {
            time: "2021-05-17T16:30:00",
            movement: "sweeping",
            hands: [hand(135.0, tip), hand(180.0, (50.0, 80.0)), None],
            centre,
            homography: &[0.5, 0.0, 50.0, 0.0, 0.5, 40.0, 0.0, 0.0, 1.0],
        }
        .differences()
    }

    #[test]
    fn places_follow_from_angles_and_homography() {
        assert_eq!(drawn((65.0, 55.0), [50.0, 40.0]), [""; 0]);
        assert_eq!(
            drawn((65.2, 55.0), [50.0, 40.0]),
            ["the tip of the hour hand at 65.2, 55 does not lie where its angle of 135 points"]
        );
        // The opposite direction lies on the same line.
        assert_eq!(drawn((35.0, 25.0), [50.0, 40.0]).len(), 1);
        assert_eq!(
            drawn((65.0, 55.0), [50.0, 41.0]),
            ["the centre is at 50, 41, `homography` takes it to 50, 40"]
        );
    }

    #[test]
    fn other_clocks_are_looked_at() {
        let clock = r#"[{"called":"the watch on the right","watchface_id":"0123456789","body":"dress-watch",
            "time":"2021-05-17T16:30:00","text":"4:30","shows_time":true,"shows_seconds":false,"shows_am_pm":false,
            "movement":"sweeping","hour":{"angle":135.0,"x":65.0,"y":55.0},"minute":{"angle":180.0,"x":50.0,"y":80.0},
            "second":null,"centre":[50.0,40.0],"dial_radii":[50.0,50.0],
            "homography":[0.5,0.0,50.0,0.0,0.5,40.0,0.0,0.0,1.0],"visible":[0.0,0.0,100.0,90.0],"occluded_share":0.0,
            "face":{},"body_parameters":{},"camera":{}}]"#;
        assert_eq!(of_others(clock), [""; 0]);
        assert_eq!(of_others("[]"), [""; 0]);
        assert_eq!(
            of_others(&clock.replace("16:30:00", "16:31:00"))[0],
            "`the watch on the right` of `others`: `hour_angle` is 135, at 2021-05-17T16:31:00 the hand stands at 135.5"
        );
        assert_eq!(of_others("{}").len(), 1);
    }

    #[test]
    fn times_are_read_or_refused() {
        assert_eq!(parts("2021-05-17T13:45:10"), Some([13, 45, 10]));
        for wrong in ["2021-05-17", "2021-05-17T24:00:00", "2021-05-17T1:60:00", "2021-05-17T1:2", "T1:2:3:4"]
        {
            assert_eq!(parts(wrong), None, "{wrong}");
        }
    }
}
