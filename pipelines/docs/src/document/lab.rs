//! Laboratory reports: measured values with reference ranges and flags.

use jiff::ToSpan as _;
use jiff::civil::time;
use pixmo_render::{Cell, Column, NumberFormat};
use rust_decimal::Decimal;

use super::desk::{Desk, Draft};
use super::logo;
use super::markup::{
    Expr, align, body, bold, display, grid, inline, note, rule, show, small, space, stack, text,
};
use super::pieces::{Lines, Pairs, col, section, table};
use super::sheet::{Field, Sheet};
use super::signature::signature;

/// What is measured: name, unit, low and high end of the reference range, decimals.
type Test = (&'static str, &'static str, f64, f64, u32);

struct Panel {
    title: &'static str,
    sample: &'static [&'static str],
    subject: &'static str,
    tests: &'static [Test],
}

const PANELS: [Panel; 4] = [
    Panel {
        title: "Blood test",
        sample: &["Venous blood", "Serum", "Whole blood"],
        subject: "Patient",
        tests: &[
            ("Haemoglobin", "g/dL", 12.0, 16.5, 1),
            ("Leukocytes", "10³/µL", 4.0, 10.0, 1),
            ("Platelets", "10³/µL", 150.0, 400.0, 0),
            ("Haematocrit", "%", 36.0, 48.0, 1),
            ("Glucose", "mg/dL", 70.0, 100.0, 0),
            ("Creatinine", "mg/dL", 0.6, 1.2, 2),
            ("Sodium", "mmol/L", 135.0, 145.0, 0),
            ("Potassium", "mmol/L", 3.5, 5.1, 1),
            ("Calcium", "mmol/L", 2.15, 2.55, 2),
            ("Ferritin", "µg/L", 20.0, 250.0, 0),
            ("Cholesterol", "mg/dL", 120.0, 200.0, 0),
            ("TSH", "mU/L", 0.4, 4.0, 2),
        ],
    },
    Panel {
        title: "Water analysis",
        sample: &["Well water", "Tap water", "Spring water", "Lake water"],
        subject: "Client",
        tests: &[
            ("pH value", "", 6.5, 9.5, 2),
            ("Nitrate", "mg/L", 0.0, 50.0, 1),
            ("Chloride", "mg/L", 0.0, 250.0, 0),
            ("Sulphate", "mg/L", 0.0, 250.0, 0),
            ("Iron", "mg/L", 0.0, 0.2, 2),
            ("Manganese", "mg/L", 0.0, 0.05, 3),
            ("Turbidity", "NTU", 0.0, 1.0, 2),
            ("Conductivity", "µS/cm", 100.0, 2500.0, 0),
            ("Total hardness", "mmol/L", 0.5, 2.5, 1),
            ("Oxygen", "mg/L", 6.0, 11.0, 1),
        ],
    },
    Panel {
        title: "Soil test",
        sample: &["Topsoil, 0–30 cm", "Garden soil", "Meadow, 0–10 cm"],
        subject: "Client",
        tests: &[
            ("pH (CaCl2)", "", 5.5, 7.2, 1),
            ("Phosphorus", "mg/100 g", 10.0, 20.0, 1),
            ("Potassium", "mg/100 g", 11.0, 20.0, 1),
            ("Magnesium", "mg/100 g", 6.0, 12.0, 1),
            ("Humus", "%", 2.0, 5.0, 1),
            ("Nitrogen", "%", 0.1, 0.3, 2),
            ("Lime", "%", 0.5, 8.0, 1),
            ("Copper", "mg/kg", 2.0, 20.0, 1),
            ("Boron", "mg/kg", 0.3, 0.9, 2),
        ],
    },
    Panel {
        title: "Material test",
        sample: &["Steel bar", "Concrete cube", "Larch board", "Nylon rope"],
        subject: "Client",
        tests: &[
            ("Tensile strength", "MPa", 360.0, 510.0, 0),
            ("Yield point", "MPa", 235.0, 400.0, 0),
            ("Elongation", "%", 18.0, 35.0, 1),
            ("Hardness", "HB", 105.0, 160.0, 0),
            ("Density", "g/cm³", 2.2, 7.9, 2),
            ("Water content", "%", 0.0, 12.0, 1),
            ("Diameter", "mm", 11.8, 12.2, 2),
            ("Surface roughness", "µm", 0.2, 3.2, 1),
        ],
    },
];

/// Writes a report. Columns of the items: test, result, unit, reference range, flag.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let panel = &PANELS[desk.rng.below(PANELS.len())];
    let mut sheet = Sheet::with_items(vec![
        (Column::text(desk.any(&["Test", "Parameter", "Analyte"])), None),
        (Column::number(desk.any(&["Result", "Value", "Measured"]), "", false), None),
        (Column::text("Unit"), None),
        (Column::text(desk.any(&["Reference range", "Normal range", "Limits"])), None),
        (Column::text(desk.any(&["Flag", "Remark", "Rating"])), None),
    ]);
    sheet.call("test", "tests");
    // Values of different units are looked up, not compared.
    sheet.ask(
        1,
        &[
            "What is the result for {label}?",
            "Which value was measured for {label}?",
            "How much was found for {label}?",
        ],
    );
    sheet.ask(2, &["In which unit is {label} given?", "What is the unit of {label}?"]);
    sheet.ask(
        3,
        &[
            "Which range is given for {label}?",
            "What are the limits for {label}?",
            "Within which range should {label} be?",
        ],
    );
    sheet.ask(
        4,
        &["What does the report say of the value for {label}?", "How is the value for {label} rated?"],
    );
    sheet.ask_back(1, &["Which test has the result {value}?", "For which test was {value} measured?"]);
    sheet
        .ask_back(3, &["For which test is the range {value} given?", "Which test has the limits “{value}”?"]);
    sheet.lacks(&["Name of the nurse", "Price of the analysis", "Method", "Telephone of the laboratory"]);
    let words: [&str; 3] = *desk.rng.pick(&[
        ["low", "", "high"],
        ["L", "", "H"],
        ["below", "normal", "above"],
        ["too low", "ok", "too high"],
    ]);
    let count = desk.rng.whole(6, 9).min(panel.tests.len() as i64) as usize;
    let mut chosen = desk.rng.sample(panel.tests.len(), count);
    chosen.sort_unstable();
    let mut outside = 0;
    for index in chosen {
        let (name, unit, low, high, decimals) = panel.tests[index];
        let format = NumberFormat { group: None, ..place.number(decimals, "") };
        let width = high - low;
        let value = if desk.rng.chance(0.72) {
            desk.rng.range(low + width * 0.05, high - width * 0.05)
        } else if low > 0.0 && desk.rng.chance(0.5) {
            low - desk.rng.range(0.05, 0.35) * width.min(low)
        } else {
            high + desk.rng.range(0.05, 0.4) * width
        };
        let result = Cell::number(value, &format);
        let exact = result.as_decimal().unwrap_or_default();
        let bound = |v: f64| format.rounded(Decimal::from_f64_retain(v).unwrap_or_default());
        let flag = match () {
            () if low > 0.0 && exact < bound(low) => 0,
            () if exact > bound(high) => 2,
            () => 1,
        };
        outside += usize::from(flag != 1);
        let range = if low > 0.0 {
            format!("{} – {}", format.print_f64(low), format.print_f64(high))
        } else {
            format!("up to {}", format.print_f64(high))
        };
        sheet.item(vec![
            Cell::text(name),
            result,
            Cell::text(unit),
            Cell::text(range),
            Cell::text(words[flag]),
        ]);
    }
    let lab = format!(
        "{} {}",
        desk.town(),
        desk.any(&["Laboratory", "Medical Laboratory", "Analytical Centre", "Institute of Testing"])
    );
    let taken = desk.workday();
    let client = if panel.subject == "Patient" || desk.rng.chance(0.4) {
        desk.person().full()
    } else {
        desk.company(None).name
    };
    let name = sheet.tell(
        "Laboratory",
        &lab,
        "Which laboratory has written the report?|Where were the samples tested?",
    );
    let title = sheet.tell(
        "Title of the report",
        &format!("{} report", panel.title),
        "What is the title of the report?|Which kind of report is it?",
    );
    let mut meta = vec![
        sheet.field(panel.subject, &client),
        sheet.field(desk.any(&["Sample no.", "Lab no.", "Order no."]), &desk.code("##-#####")),
        sheet.field("Sample", desk.any(panel.sample)),
        sheet.field(
            desk.any(&["Taken", "Collected"]),
            &format!(
                "{}, {}",
                place.date(taken),
                place.time(time(desk.rng.whole(7, 15) as i8, desk.rng.whole(0, 59) as i8, 0, 0))
            ),
        ),
        sheet.field(
            desk.any(&["Reported", "Report date"]),
            &place.date(taken.saturating_add(desk.rng.whole(1, 6).days())),
        ),
    ];
    if panel.subject == "Patient" {
        let birth = jiff::civil::date(
            desk.rng.whole(1938, 2008) as i16,
            desk.rng.whole(1, 12) as i8,
            desk.rng.whole(1, 28) as i8,
        );
        meta.insert(1, sheet.field("Date of birth", &place.date(birth)));
    }
    let out_of_range = sheet.tell(
        "Number of values outside the range",
        &outside.to_string(),
        "How many values lie outside the range?|How many results are not within their limits?",
    );
    let signed = sheet.field(desk.any(&["Checked by", "Signed", "Approved by"]), &desk.person().full());
    let topic = format!("{} for {client}", sheet.shown(title).to_lowercase());
    let (body, design) = lay_out(desk, &sheet, &lab, [name, title, out_of_range, signed], &meta);
    Draft { sheet, body, topic, persona: "someone who reads a laboratory report".to_owned(), design }
}

fn lay_out(
    desk: &mut Desk<'_>,
    sheet: &Sheet,
    lab: &str,
    fields: [Field; 4],
    meta: &[Field],
) -> (String, String) {
    let [name, title, outside, signed] = fields;
    let style = &mut desk.style;
    desk.paper.width = *style.pick(&[660.0, 720.0, 780.0]);
    let form = style.below(3);
    let mut out = String::new();
    let head = display(1.7, &sheet.value_as(title, "title"));
    let mark = logo::with_name(lab, &sheet.value(name), 38.0, style);
    match form {
        0 => {
            show(&mut out, &mark);
            show(&mut out, &rule("1.2pt + ac"));
            show(&mut out, &head);
        }
        1 => {
            let (x, y) = desk.paper.margin;
            out.push_str(&format!(
                "#block(width: 100%, fill: tint, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 22pt), {})\n\n",
                grid("1fr, auto", "(left + horizon, right + horizon)", (14.0, 0.0), &[mark, head])
            ));
        }
        _ => {
            show(
                &mut out,
                &grid(
                    "1fr, auto",
                    "(left + bottom, right + bottom)",
                    (14.0, 0.0),
                    &[format!("text(fill: ac, {head})"), sheet.value(name)],
                ),
            );
            show(&mut out, &rule("2.5pt + ac"));
        }
    }
    space(&mut out, 8.0);
    show(&mut out, &Pairs::draw(style).lay(sheet, meta, 2));
    space(&mut out, 12.0);
    show(&mut out, &section(style.word(&["Results", "Findings", "Measured values"]), style.below(4)));
    let lines = Lines::draw(style);
    let cols = [
        col(0, "1fr", "left"),
        col(1, "auto", "right"),
        col(2, "auto", "left"),
        col(3, "auto", "left"),
        col(4, "auto", "left"),
    ];
    show(&mut out, &table(sheet, &cols, lines, style.range(5.5, 8.0)));
    space(&mut out, 8.0);
    let count: Expr = inline(&[body("Outside the range:"), text(" "), bold(&sheet.value(outside))]);
    show(&mut out, &count);
    show(&mut out, &note("Results hold only for the sample named above."));
    space(&mut out, 8.0);
    let sign = stack(
        5.0,
        &[signature(120.0, style), rule("0.8pt + ink"), sheet.value(signed), small(&sheet.name(signed))],
    );
    show(&mut out, &align("right", &format!("box(width: 170pt, {sign})")));
    (out, format!("lab-{form}/{}", lines.name()))
}
