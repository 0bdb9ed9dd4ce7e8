//! What waits for a person: lines of JSON, written whole by each build, so that what was decided since is gone.

use pixmo_console::Failure;
use serde::Serialize;

use crate::answers::Answers;
use crate::given::Given;
use crate::place::Place;

/// The file of what waits, in the folder `review` of a dataset.
pub const WAITING: &str = "waiting.jsonl";

/// Labels of images that give no row until a person does something.
#[derive(Debug, Default)]
pub struct Waiting {
    text: Vec<u8>,
    count: u64,
}

#[derive(Serialize)]
struct Line<'a> {
    image: String,
    url: &'a str,
    label: &'a str,
    reason: &'static str,
    found: &'a str,
    assignments: Vec<&'a str>,
}

impl Waiting {
    /// Adds a label of an image, with the name of the reason and what was found.
    ///
    /// # Errors
    /// Only if a line cannot be written as JSON, which is a bug.
    pub fn add(
        &mut self,
        answers: &Answers,
        place: &Place,
        reason: &'static str,
        found: &str,
    ) -> Result<(), Failure> {
        let image = answers.image(place);
        let assignments = place.given().map(assignment_of).collect();
        let (label, url) = (&*place.label, &*image.url);
        let line = Line { image: image.sha256.to_string(), url, label, reason, found, assignments };
        serde_json::to_writer(&mut self.text, &line)
            .map_err(|error| Failure::bug("a line cannot be written").cause(&error))?;
        self.text.push(b'\n');
        self.count += 1;
        Ok(())
    }

    /// How many labels wait.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The content of the file.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        &self.text
    }
}

fn assignment_of(given: &Given) -> &str {
    &given.assignment
}
