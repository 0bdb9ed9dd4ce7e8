//! Banks for calendars, schedules and laboratory results.

use serde::Deserialize;

/// All banks that grids of days, hours and results are made from.
#[derive(Debug, Default, Deserialize)]
pub struct GridBanks {
    /// What is entered in calendars.
    #[serde(rename = "calendar")]
    pub calendars: Vec<CalendarBank>,
    /// What takes place in a week, or on one day in several halls.
    #[serde(rename = "plan")]
    pub plans: Vec<Plan>,
    /// Tests with their usual range.
    #[serde(rename = "panel")]
    pub panels: Vec<Panel>,
}

/// What is entered in the calendar of a house.
#[derive(Debug, Deserialize)]
pub struct CalendarBank {
    /// Whose calendar it is, such as `Village hall`.
    pub name: String,
    /// The domain's stable name.
    pub domain: String,
    /// What returns on the same weekday.
    pub regular: Vec<String>,
    /// What happens once.
    pub single: Vec<String>,
    /// Usual times, `HH:MM`, in order.
    pub times: Vec<String>,
}

/// What takes place, where or by whom.
#[derive(Debug, Deserialize)]
pub struct Plan {
    /// What it is called.
    pub name: String,
    /// The domain's stable name.
    pub domain: String,
    /// What an entry says, such as `Subject`.
    #[serde(rename = "what")]
    pub subject: String,
    /// What its second line says, such as `Room`.
    #[serde(rename = "where")]
    pub place: String,
    /// One entry, such as `lesson`.
    pub noun: String,
    /// `school` and `university` (periods), `loose` (any time), `tracks` (one day in several halls).
    pub form: String,
    /// The halls of `tracks`.
    pub columns: Vec<String>,
    /// What may take place.
    pub entries: Vec<String>,
    /// What may stand in the second line.
    pub places: Vec<String>,
    /// What takes place everywhere at once.
    pub breaks: Vec<String>,
}

/// Tests that are reported together.
#[derive(Debug, Deserialize)]
pub struct Panel {
    /// What they are called together.
    pub name: String,
    /// `blood`, `soil` or `water`.
    pub material: String,
    /// The tests.
    pub tests: Vec<LabTest>,
}

/// A test with its usual range.
#[derive(Debug, Deserialize)]
pub struct LabTest {
    /// Its name.
    pub name: String,
    /// Lower end of the usual range.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Unit; empty for none.
    pub unit: String,
    /// Decimals as printed.
    pub decimals: u32,
}

impl GridBanks {
    /// Reads the bundled file.
    pub(super) fn read() -> GridBanks {
        toml::from_str(include_str!("../../../../data/sources/world/grids.toml"))
            .expect("grids.toml has the form of `CalendarBank`, `Plan` and `Panel`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_have_two_ends_and_plans_have_enough_to_draw_from() {
        let banks = GridBanks::read();
        for panel in &banks.panels {
            assert!(panel.tests.iter().all(|t| t.low < t.high), "{}", panel.name);
            assert!(["blood", "soil", "water"].contains(&panel.material.as_str()), "{}", panel.name);
        }
        for plan in &banks.plans {
            assert!(plan.entries.len() >= 8 && plan.places.len() >= 4, "{}", plan.name);
            assert!((plan.form == "tracks") != plan.columns.is_empty(), "{}", plan.name);
        }
        for calendar in &banks.calendars {
            let sorted = calendar.times.windows(2).all(|pair| pair[0] < pair[1]);
            assert!(sorted && calendar.single.len() >= 8, "{}", calendar.name);
        }
    }
}
