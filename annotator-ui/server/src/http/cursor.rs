//! Lists in pages: how many rows a page has at most is the list's affair, where the next one begins is told here.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// What to ask the next page with; none at the end.
    #[schema(value_type = Option<String>)]
    pub(crate) cursor: Option<Cursor>,
}

/// The place of the last row of a page: the number by which the list is ordered, and an id that tells rows of one number
/// apart. As text `NUMBER.ID`; whoever asks gives back what they got.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Cursor {
    pub(crate) number: i64,
    pub(crate) id: String,
}

/// A text that is no cursor.
#[derive(Debug, thiserror::Error)]
#[error("expected the cursor of the page before, as it came")]
pub(crate) struct NoCursor;

impl<T> Page<T> {
    /// A page of rows that were asked for one more than the page has: that one says that there is more.
    pub(crate) fn of(mut rows: Vec<T>, rows_max: i64, place: impl Fn(&T) -> Cursor) -> Page<T> {
        let rows_max = usize::try_from(rows_max).unwrap_or(0);
        let is_more = rows.len() > rows_max;
        rows.truncate(rows_max);
        let cursor = rows.last().filter(|_| is_more).map(place);
        Page { items: rows, cursor }
    }
}

impl Cursor {
    /// The place of a row that its number alone tells.
    pub(crate) fn at(number: i64) -> Cursor {
        Cursor { number, id: String::new() }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.number, self.id)
    }
}

impl FromStr for Cursor {
    type Err = NoCursor;

    fn from_str(text: &str) -> Result<Cursor, NoCursor> {
        let (number, id) = text.split_once('.').ok_or(NoCursor)?;
        Ok(Cursor { number: number.parse().map_err(|_| NoCursor)?, id: id.to_owned() })
    }
}

impl TryFrom<String> for Cursor {
    type Error = NoCursor;

    fn try_from(text: String) -> Result<Cursor, NoCursor> {
        text.parse()
    }
}

impl From<Cursor> for String {
    fn from(cursor: Cursor) -> String {
        cursor.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was_given() {
        for cursor in [Cursor::at(-3), Cursor { number: 12, id: "a-b.c".to_owned() }, Cursor::default()] {
            assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
        }
        assert!(["", "a-b", ".a", "1e3.a"].iter().all(|text| text.parse::<Cursor>().is_err()));
    }

    #[test]
    fn a_full_page_without_a_row_behind_it_is_the_last() {
        let page = |rows: i64| Page::of((0..rows).collect(), 3, |row| Cursor::at(*row));
        assert_eq!((page(3).items.len(), page(3).cursor), (3, None));
        assert_eq!((page(4).items.len(), page(4).cursor), (3, Some(Cursor::at(2))));
        assert_eq!(page(0).cursor, None);
    }
}
