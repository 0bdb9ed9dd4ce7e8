//! What links say about the text inside them: the cells that it prints and what it is for.

use pixmo_render::{Datum, Role};

use crate::error::TypstError;

/// What a text means; without a link it is running text that prints no cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Meaning {
    /// The cells that the text prints.
    pub(crate) data: Vec<Datum>,
    /// What it is for.
    pub(crate) role: Role,
}

impl Default for Meaning {
    fn default() -> Self {
        Self { data: Vec::new(), role: Role::Body }
    }
}

/// The roles that a text can have.
const TEXT_ROLES: [Role; 18] = [
    Role::Title,
    Role::Subtitle,
    Role::Heading,
    Role::Body,
    Role::Note,
    Role::AxisTitle,
    Role::TickLabel,
    Role::LegendTitle,
    Role::LegendLabel,
    Role::ValueLabel,
    Role::DirectLabel,
    Role::HeaderCell,
    Role::BodyCell,
    Role::NodeLabel,
    Role::EdgeLabel,
    Role::GroupLabel,
    Role::FieldName,
    Role::FieldValue,
];

/// The roles that what is drawn inside a link can have: all its shapes are one mark.
const MARK_ROLES: [Role; 6] = [Role::Node, Role::Tile, Role::Dot, Role::Bar, Role::Line, Role::Region];

impl Meaning {
    /// Reads `d:0/3/1`, `d:0/h/1`, `r:field_value`, or several of them joined by `;`.
    pub(crate) fn parse(link: &str) -> Result<Self, TypstError> {
        let mut meaning = Meaning::default();
        for part in link.split(';') {
            let understood = match part.split_once(':') {
                Some(("d", address)) => datum(address).map(|datum| meaning.data.push(datum)),
                Some(("r", name)) => {
                    let mut roles = TEXT_ROLES.iter().chain(&MARK_ROLES);
                    roles.find(|role| role.name() == name).map(|role| meaning.role = *role)
                }
                _ => None,
            };
            understood.ok_or_else(|| TypstError::Link { link: link.chars().take(80).collect() })?;
        }
        Ok(meaning)
    }
}

fn datum(address: &str) -> Option<Datum> {
    let mut parts = address.split('/');
    let table = parts.next()?.parse().ok()?;
    let row = match parts.next()? {
        "h" => Datum::HEADER,
        row => row.parse().ok().filter(|row| *row != Datum::HEADER)?,
    };
    let column = parts.next()?.parse().ok()?;
    parts.next().is_none().then_some(Datum { table, row, column })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_read_whole_or_not_at_all() {
        let both = Meaning::parse("d:0/3/1;d:1/h/2;r:field_value").expect("a link of three parts");
        assert_eq!(both.data, [Datum::at(0, 3, 1), Datum::header(1, 2)]);
        assert_eq!(both.role, Role::FieldValue);
        assert_eq!(Meaning::parse("r:heading").expect("a role").data, []);
        for wrong in ["", "https://example.org", "d:1/2", "d:1/2/3/4", "d:0/65535/0", "r:axis", "r:heading;x"]
        {
            assert!(Meaning::parse(wrong).is_err(), "{wrong}");
        }
    }
}
