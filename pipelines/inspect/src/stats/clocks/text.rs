//! Counts of clocks as tables for people.

use pixmo_console::wording;

use crate::stats::clocks::tally::{DIALS, HIDDEN, Tally, chi_square};
use crate::stats::tally::share;
use crate::stats::text::{KINDS_MAX, Page, extent};

impl Page {
    /// All that was counted over the rows of `clocks`.
    pub(crate) fn clocks(&mut self, tally: &Tally) {
        let of_rows =
            |part: u64| format!("{} ({:.1} %)", wording::number(part), 100.0 * share(part, tally.rows));
        self.head("clocks");
        self.line("clocks", &wording::number(tally.rows));
        self.line("different faces", &of_rows(tally.faces()));
        self.line("different bodies", &wording::number(tally.bodies.len() as u64));
        self.line("wild", &of_rows(tally.wild));
        self.line("time not shown", &of_rows(tally.not_shown));
        self.line("seconds shown", &of_rows(tally.seconds));
        self.line("several in a picture", &of_rows(tally.several));
        self.line("with hands", &of_rows(tally.with_hands));
        self.line("with a second hand", &of_rows(tally.with_second_hand));
        self.line("diameter of the dial", &extent(&tally.diameter, "pixels"));
        self.line("dial that cannot be seen", &format!("{:.1} % in the mean", 100.0 * tally.occluded_mean()));
        self.line("width", &extent(&tally.width, "pixels"));
        self.line("height", &extent(&tally.height, "pixels"));
        self.list("bodies", &tally.bodies, 0, KINDS_MAX);
        self.counts("strata", &tally.strata, 0);
        self.counts("time formats", &tally.formats, 0);
        self.counts("movements", &tally.movements, 0);
        self.counts("files", &tally.files, 0);
        let bounds = |bounds: &[(f64, &'static str)]| -> Vec<&'static str> {
            bounds.iter().map(|(_, words)| *words).collect()
        };
        let count = |counts: &std::collections::BTreeMap<String, u64>, name: &str| {
            counts.get(name).copied().unwrap_or(0)
        };
        let dials = bounds(&DIALS);
        self.in_order("diameters of dials", dials.iter().map(|name| (*name, count(&tally.dials, name))));
        let hidden = bounds(&HIDDEN);
        self.in_order("hidden of dials", hidden.iter().map(|name| (*name, count(&tally.hidden, name))));
        let hours: Vec<String> = (0..tally.times.hours.len()).map(|hour| format!("{hour:02}")).collect();
        let hours = hours.iter().map(String::as_str).zip(tally.times.hours);
        self.in_order("hours, all times", hours);
        self.evenness(&tally.uniform.hours);
        self.tens("minutes, all times", &tally.times.minutes);
        self.evenness(&tally.uniform.minutes);
        self.head("questions");
        self.line("questions", &wording::number(tally.questions));
        self.line("questions a picture", &format!("{:.2}", share(tally.questions, tally.rows)));
        self.list("kinds of questions", &tally.question_kinds, 0, KINDS_MAX);
        self.counts("styles of questions", &tally.question_styles, 0);
        self.head("most frequent answers by style of question");
        for (style, all) in &tally.question_styles {
            self.top_answers(style, tally.top_answers(style), *all);
        }
    }

    /// How even uniform hours or minutes are.
    fn evenness(&mut self, uniform: &[u64]) {
        if let Some(found) = chi_square(uniform) {
            let times = wording::counted(uniform.iter().sum(), "uniform time");
            let degrees = uniform.len() - 1;
            self.line("chi-square", &format!("{found:.1} over {times}, {degrees} degrees of freedom"));
        }
    }
}
