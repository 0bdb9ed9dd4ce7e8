//! What is shown of a row of `docs`.

use std::collections::BTreeMap;

use pixmo_console::Failure;
use pixmo_recheck::Tables;
use serde_json::{Map, Value, json};

use crate::rows::docs::DocsRow;
use crate::sample::subject::{Layer, Looks, Subject, fields, open_field, opened};
use crate::tables::Part;

/// How a page shows pictures of `docs`.
pub(crate) const LOOKS: Looks = Looks {
    filters: &[("config", "Config"), ("kind", "Kind"), ("theme", "Theme"), ("language", "Language")],
    title: "kind",
    small: &["topic", "theme", "language"],
    words: &["id", "topic"],
    find: "words of questions or topics",
    layers: &[
        Layer { name: "texts", key: "t", form: "boxes" },
        Layer { name: "marks", key: "m", form: "boxes" },
        Layer { name: "points", key: "p", form: "dots" },
    ],
    over: &[],
};

impl Subject for DocsRow {
    fn number(&self) -> u64 {
        self.number
    }

    fn id(&self) -> &str {
        &self.main.image_id
    }

    fn image(&self) -> &[u8] {
        &self.main.image.bytes
    }

    fn about(&self) -> Result<Map<String, Value>, Failure> {
        let mut full = fields(&self.full)?;
        full.get_mut("data").map(open_field);
        if let Some(questions) = full.get_mut("questions").and_then(Value::as_array_mut) {
            questions.iter_mut().for_each(|question| open_field(&mut question["program"]));
        }
        let points = (self.points.questions.iter().zip(&self.points.names).zip(&self.points.points)).map(
            |((question, name), points)| json!({ "question": question, "name": name, "points": points }),
        );
        full.insert("points".to_owned(), points.collect());
        Ok(full)
    }

    fn card(&self, part: &Part) -> Map<String, Value> {
        let full = &self.full;
        let asked = full.questions.iter().map(|question| question.question.as_str());
        let asked: Vec<&str> = asked.chain(self.points.questions.iter().map(String::as_str)).collect();
        Map::from_iter([
            ("config".to_owned(), json!(part.main.config)),
            ("kind".to_owned(), json!(full.kind)),
            ("theme".to_owned(), json!(full.theme)),
            ("language".to_owned(), json!(full.language)),
            ("topic".to_owned(), json!(full.topic)),
            ("width".to_owned(), json!(full.width)),
            ("height".to_owned(), json!(full.height)),
            ("asked".to_owned(), json!(asked)),
        ])
    }

    fn rest(&self, part: &Part) -> Value {
        let full = &self.full;
        let source = match full.source_name.as_str() {
            "" => "invented data".to_owned(),
            name => format!("{name} ({})", full.source_licence),
        };
        let facts = [
            ("topic", full.topic.clone()),
            ("made for", full.persona.clone()),
            ("theme", full.theme.clone()),
            ("palette", full.palette.clone()),
            ("fonts", full.fonts.join(", ")),
            ("language", format!("{}, numbers and dates as in {}", full.language, full.locale)),
            ("data", source),
            ("made", format!("{}, drawn by {}", full.mode, full.renderer)),
            ("size", format!("{} × {}, {} bytes", full.width, full.height, self.main.image.bytes.len())),
            ("seed", full.seed.clone()),
            ("row", format!("shard {}, {} row {}", part.shard, part.main.path, self.number)),
        ];
        let facts: Vec<_> = facts.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let shown = Shown::of(self);
        let questions: Vec<Value> = (full.questions.iter())
            .map(|question| {
                json!({
                    "q": question.question, "a": question.answer, "e": question.explanation, "kind": question.kind,
                    "style": question.style, "program": opened(&question.program), "follows": question.follows,
                    "reads": shown.reads(&question.program),
                })
            })
            .collect();
        let points: Vec<Value> =
            (self.points.questions.iter().zip(&self.points.names).zip(&self.points.points))
                .map(|((question, name), points)| {
                    let points: Vec<[f64; 2]> = points.iter().map(|point| [point.x, point.y]).collect();
                    json!({ "q": question, "name": name, "points": points })
                })
                .collect();
        let texts = full.text_runs.iter();
        let texts =
            texts.map(|run| json!([run.role, run.text, run.x, run.y, run.width, run.height, run.angle]));
        let marks = full.marks.iter();
        let marks =
            marks.map(|mark| json!([mark.role, mark.label, mark.left, mark.top, mark.width, mark.height]));
        json!({
            "facts": facts, "questions": questions, "points": points,
            "texts": texts.collect::<Vec<_>>(), "marks": marks.collect::<Vec<_>>(),
        })
    }

    fn asked(&self) -> Vec<(&str, &str)> {
        let questions = self.full.questions.iter();
        questions.map(|question| (question.question.as_str(), question.answer.as_str())).collect()
    }
}

/// Which marks show which cell of the data.
struct Shown {
    tables: Option<Tables>,
    marks: BTreeMap<(usize, usize, usize), Vec<usize>>,
}

impl Shown {
    fn of(row: &DocsRow) -> Shown {
        let mut marks: BTreeMap<(usize, usize, usize), Vec<usize>> = BTreeMap::new();
        for (at, mark) in row.full.marks.iter().enumerate() {
            let [table, row, column] = [mark.table, mark.row, mark.column].map(usize::try_from);
            if let (Ok(table), Ok(row), Ok(column)) = (table, row, column) {
                marks.entry((table, row, column)).or_default().push(at);
            }
        }
        Shown { tables: Tables::parse(&row.full.data).ok(), marks }
    }

    /// The marks that a program reads on its way to the answer. Data or a program that cannot be worked out lights
    /// nothing: to say what is wrong with them is for `verify`.
    fn reads(&self, program: &str) -> Vec<usize> {
        let read = self.tables.as_ref().and_then(|tables| tables.reads(program).ok()).unwrap_or_default();
        let mut marks: Vec<usize> =
            read.iter().filter_map(|cell| self.marks.get(cell)).flatten().copied().collect();
        marks.sort_unstable();
        marks.dedup();
        marks
    }
}
