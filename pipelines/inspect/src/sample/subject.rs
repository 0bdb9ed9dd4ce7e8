//! What is shown of a row, whichever dataset it is of.

use pixmo_console::Failure;
use pixmo_schemas::Dataset;
use pixmo_shards::Location;
use serde_json::{Map, Value};

use crate::pixels::is_jpeg;
use crate::rows::clocks::ClocksRows;
use crate::rows::docs::DocsRows;
use crate::sample::{clocks, docs};
use crate::tables::Part;

/// A picture with all that is known of it.
pub(crate) trait Subject {
    /// The number of the row in the files of its part, from 0.
    fn number(&self) -> u64;

    /// Names the picture.
    fn id(&self) -> &str;

    /// The file of the picture.
    fn image(&self) -> &[u8];

    /// All that is stored, as JSON but for the picture; texts that hold JSON are opened.
    fn about(&self) -> Result<Map<String, Value>, Failure>;

    /// What the sheet of a page shows, filters by and searches in, by the names of [`Looks`].
    fn card(&self, part: &Part) -> Map<String, Value>;

    /// All else that the large view of a page shows.
    fn rest(&self, part: &Part) -> Value;

    /// Questions with their answers.
    fn asked(&self) -> Vec<(&str, &str)>;
}

/// How a page shows the pictures of a dataset: names of fields of a card, with words for people.
pub(crate) struct Looks {
    /// What lists above the sheet filter by.
    pub(crate) filters: &'static [(&'static str, &'static str)],
    /// What stands under a picture in bold.
    pub(crate) title: &'static str,
    /// What stands below that.
    pub(crate) small: &'static [&'static str],
    /// What is searched in besides questions.
    pub(crate) words: &'static [&'static str],
    /// What the field for searching asks for.
    pub(crate) find: &'static str,
    /// What can be laid over a picture.
    pub(crate) layers: &'static [Layer],
    /// The layers that can be laid over all pictures of the sheet at once.
    pub(crate) over: &'static [&'static str],
}

/// Something that can be laid over a picture: a field of [`Subject::rest`].
#[derive(serde::Serialize)]
pub(crate) struct Layer {
    /// The field, and its word for people.
    pub(crate) name: &'static str,
    /// The key that shows and hides it.
    pub(crate) key: &'static str,
    /// What the field holds: `boxes`, `dots`, `paths` or `hands`.
    pub(crate) form: &'static str,
}

/// The rows of a part that a sample shows, in their order.
pub(crate) type Subjects = Box<dyn Iterator<Item = Result<Box<dyn Subject>, Failure>>>;

/// Opens a part; the files are hashed before the first row is given. The datasets without pictures were refused before.
pub(crate) fn open(dataset: Dataset, location: &Location, part: &Part) -> Result<Subjects, Failure> {
    fn boxed<S: Subject + 'static>(row: Result<S, Failure>) -> Result<Box<dyn Subject>, Failure> {
        row.map(|row| Box::new(row) as Box<dyn Subject>)
    }
    Ok(match dataset {
        Dataset::Clocks => Box::new(ClocksRows::open(location, part)?.map(boxed)),
        _ => Box::new(DocsRows::open(location, part)?.map(boxed)),
    })
}

/// How a page shows the pictures of a dataset.
pub(crate) fn looks(dataset: Dataset) -> &'static Looks {
    match dataset {
        Dataset::Clocks => &clocks::LOOKS,
        _ => &docs::LOOKS,
    }
}

/// The end of the name of a file with these bytes.
pub(crate) fn ending(image: &[u8]) -> &'static str {
    if is_jpeg(image) { "jpg" } else { "png" }
}

/// A picture in a few lines for a terminal.
pub(crate) fn lines(subject: &dyn Subject, part: &Part, looks: &Looks) -> String {
    let card = subject.card(part);
    let word = |name: &&str| card.get(*name).and_then(Value::as_str).filter(|word| !word.is_empty());
    let names = std::iter::once(&looks.title).chain(looks.small);
    let words: Vec<&str> = names.filter_map(word).collect();
    let mut text = format!("{}\n  {}", one_line(subject.id()), one_line(&words.join(" · ")));
    for (question, answer) in subject.asked() {
        text.push_str(&format!("\n  - {} → {}", one_line(question), one_line(answer)));
    }
    text
}

/// Text as a piece of a line: what would break it or move the cursor becomes a space.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The value in a text that holds JSON; a text that holds none stays a text.
pub(crate) fn opened(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
}

/// Opens a field of JSON that is a text which holds JSON.
pub(crate) fn open_field(value: &mut Value) {
    if let Some(text) = value.as_str() {
        *value = opened(text);
    }
}

/// The fields of a record as JSON.
pub(crate) fn fields(record: &impl serde::Serialize) -> Result<Map<String, Value>, Failure> {
    match serde_json::to_value(record) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(Failure::bug("a row is no object")),
        Err(error) => Err(Failure::bug("a row has no form as JSON").cause(&error)),
    }
}
