//! Marks that look like those of companies: drawn from circles, bars, polygons and initials, in the sheet's colours.

use pixmo_render::Rng;
use pixmo_render_typst::escape_string;

use super::markup::Expr;

/// A mark of this size in points.
pub(super) fn mark(name: &str, size: f64, style: &mut Rng) -> Expr {
    let s = size;
    let inner = match style.below(12) {
        0 => format!(
            "place(circle(radius: {r:.1}pt, fill: ac))#place(dx: {d:.1}pt, dy: {d:.1}pt, circle(radius: {q:.1}pt, fill: ac2))",
            r = s / 2.0,
            d = s * 0.22,
            q = s * 0.28
        ),
        1 => bars(s, style),
        2 => format!(
            "place(polygon(fill: ac, ({a:.1}pt, 0pt), ({s:.1}pt, {c:.1}pt), ({s:.1}pt, {e:.1}pt), ({a:.1}pt, {s:.1}pt), (0pt, {e:.1}pt), (0pt, {c:.1}pt)))\
             #place(polygon(fill: onac, ({a:.1}pt, {f:.1}pt), ({g:.1}pt, {a:.1}pt), ({a:.1}pt, {g:.1}pt), ({f:.1}pt, {a:.1}pt)))",
            a = s / 2.0,
            c = s * 0.26,
            e = s * 0.74,
            f = s * 0.28,
            g = s * 0.72
        ),
        3 => format!(
            "place(polygon(fill: ac, (0pt, {s:.1}pt), ({a:.1}pt, {b:.1}pt), ({c:.1}pt, {s:.1}pt)))\
             #place(polygon(fill: ac2, ({d:.1}pt, {s:.1}pt), ({e:.1}pt, {f:.1}pt), ({s:.1}pt, {s:.1}pt)))",
            a = s * 0.4,
            b = s * 0.12,
            c = s * 0.74,
            d = s * 0.46,
            e = s * 0.72,
            f = s * 0.42
        ),
        4 => format!(
            "place(circle(radius: {r:.1}pt, stroke: {w:.1}pt + ac))#place(dx: {x:.1}pt, circle(radius: {r:.1}pt, stroke: {w:.1}pt + ac2))",
            r = s * 0.34,
            w = s * 0.1,
            x = s * 0.3
        ),
        5 => leaf(s),
        6 => quarters(s, style),
        7 => format!(
            "place(rect(width: {s:.1}pt, height: {s:.1}pt, radius: {k:.1}pt, fill: ac))\
             #place(dy: {a:.1}pt, line(start: ({c:.1}pt, 0pt), end: ({e:.1}pt, 0pt), stroke: {w:.1}pt + onac))\
             #place(dy: {b:.1}pt, line(start: ({c:.1}pt, 0pt), end: ({d:.1}pt, 0pt), stroke: {w:.1}pt + onac))",
            k = s * 0.2,
            a = s * 0.4,
            b = s * 0.62,
            c = s * 0.24,
            e = s * 0.76,
            d = s * 0.58,
            w = s * 0.08
        ),
        8 => waves(s),
        _ => monogram(name, s, style),
    };
    format!("box(width: {s:.1}pt, height: {s:.1}pt)[#{inner}]")
}

/// The mark and the name beside or below it, the name given as a linked expression.
pub(super) fn with_name(name: &str, linked: &str, size: f64, style: &mut Rng) -> Expr {
    let mark = mark(name, size, style);
    // A name of two lines is one name: its lines stand close.
    let set = |factor: f64, inner: &str| format!("par(leading: 0.5em, T({factor:.2}em, {inner}))");
    match style.below(3) {
        0 => format!("stack(spacing: 8pt, {mark}, {})", set(1.4, &format!("text(fill: ac, {linked})"))),
        1 => format!(
            "grid(columns: (auto, auto), column-gutter: 11pt, align: left + horizon, {mark}, {})",
            set(1.45, linked)
        ),
        _ => format!(
            "grid(columns: (auto, auto), column-gutter: 10pt, align: left + horizon, {mark}, {})",
            set(1.45, &format!("text(fill: ac, {linked})"))
        ),
    }
}

fn bars(s: f64, style: &mut Rng) -> Expr {
    let count = style.whole(3, 4) as usize;
    let mut heights: Vec<f64> = (0..count).map(|i| 0.4 + 0.6 * (i + 1) as f64 / count as f64).collect();
    if style.chance(0.4) {
        heights.reverse();
    }
    let width = s / (count as f64 * 1.35 - 0.35);
    let parts: Vec<String> = heights
        .iter()
        .enumerate()
        .map(|(index, height)| {
            let color = if index == count / 2 { "ac2" } else { "ac" };
            format!(
                "place(dx: {:.1}pt, dy: {:.1}pt, rect(width: {width:.1}pt, height: {:.1}pt, fill: {color}))",
                index as f64 * width * 1.35,
                s * (1.0 - height),
                s * height
            )
        })
        .collect();
    parts.join("#")
}

fn leaf(s: f64) -> Expr {
    format!(
        "place(curve(fill: ac, curve.move((0pt, {s:.1}pt)), curve.cubic((0pt, {a:.1}pt), ({a:.1}pt, 0pt), ({s:.1}pt, 0pt)), \
         curve.cubic(({s:.1}pt, {b:.1}pt), ({b:.1}pt, {s:.1}pt), (0pt, {s:.1}pt)), curve.close(mode: \"straight\")))\
         #place(line(start: ({c:.1}pt, {d:.1}pt), end: ({d:.1}pt, {c:.1}pt), stroke: {w:.1}pt + onac))",
        a = s * 0.38,
        b = s * 0.62,
        c = s * 0.2,
        d = s * 0.8,
        w = s * 0.06
    )
}

fn quarters(s: f64, style: &mut Rng) -> Expr {
    let h = s / 2.0;
    let mut parts = Vec::new();
    for (index, (x, y)) in [(0.0, 0.0), (h, 0.0), (0.0, h), (h, h)].into_iter().enumerate() {
        let color = if (index + style.below(2)).is_multiple_of(2) { "ac" } else { "ac2" };
        let corner = style.word(&["top-left", "top-right", "bottom-left", "bottom-right"]);
        let size = h - 1.0;
        parts.push(format!(
            "place(dx: {x:.1}pt, dy: {y:.1}pt, rect(width: {size:.1}pt, height: {size:.1}pt, fill: {color}, radius: ({corner}: {size:.1}pt)))"
        ));
    }
    parts.join("#")
}

fn waves(s: f64) -> Expr {
    let wave = |y: f64, color: &str| {
        format!(
            "place(curve(stroke: (paint: {color}, thickness: {w:.1}pt, cap: \"round\"), curve.move(({l:.1}pt, {y:.1}pt)), \
             curve.cubic(({a:.1}pt, {u:.1}pt), ({b:.1}pt, {d:.1}pt), ({r:.1}pt, {y:.1}pt))))",
            w = s * 0.1,
            l = s * 0.06,
            r = s * 0.94,
            a = s * 0.34,
            b = s * 0.64,
            u = y - s * 0.3,
            d = y + s * 0.3
        )
    };
    [wave(s * 0.24, "ac2"), wave(s * 0.5, "ac"), wave(s * 0.76, "ac")].join("#")
}

fn monogram(name: &str, s: f64, style: &mut Rng) -> Expr {
    let initials: String = name
        .split([' ', '-'])
        .filter_map(|w| w.chars().next())
        .filter(|c| c.is_alphabetic())
        .take(2)
        .collect();
    let letters = format!(
        "T({:.1}pt, text(fill: onac, link(\"r:note\", {})))",
        s * if initials.chars().count() > 1 { 0.42 } else { 0.6 },
        escape_string(&initials.to_uppercase())
    );
    let shape = match style.below(3) {
        0 => format!("circle(radius: {:.1}pt, fill: ac, inset: 0pt)", s / 2.0),
        1 => format!("rect(width: {s:.1}pt, height: {s:.1}pt, fill: ac, inset: 0pt)"),
        _ => format!(
            "rect(width: {s:.1}pt, height: {s:.1}pt, radius: {:.1}pt, fill: ac, inset: 0pt)",
            s * 0.24
        ),
    };
    let shape = shape.trim_end_matches(')');
    format!("place({shape}, align(center + horizon, {letters})))")
}

/// A row of bars as on parcels and tickets, `module` points for the thinnest bar.
pub(super) fn barcode(height: f64, module: f64, bars: usize, style: &mut Rng) -> Expr {
    let mut lengths = Vec::new();
    let mut whole = 0.0;
    for _ in 0..bars {
        let (bar, blank) = (f64::from(style.whole(1, 4) as i32), f64::from(style.whole(1, 3) as i32));
        whole += (bar + blank) * module;
        lengths.push(format!("{:.2}pt, {:.2}pt", bar * module, blank * module));
    }
    whole -= module;
    format!(
        "box(width: {whole:.1}pt, height: {height:.1}pt, place(dy: {:.1}pt, line(length: {whole:.1}pt, stroke: (thickness: {height:.1}pt, paint: ink, dash: ({})))))",
        height / 2.0,
        lengths.join(", ")
    )
}

/// A square of modules with three corner marks, as on tickets; it holds no message.
pub(super) fn square_code(size: f64, style: &mut Rng) -> Expr {
    let count = 21usize;
    let module = (size / count as f64).max(1.0).round();
    let side = module * count as f64;
    let mut parts = Vec::new();
    for row in 0..count {
        // Runs of dark and light modules in turn, beginning with dark.
        let mut runs: Vec<usize> = Vec::new();
        let mut dark = true;
        for column in 0..count {
            let corner = |r: usize, c: usize| r < 8 && c < 8;
            let free =
                corner(row, column) || corner(row, count - 1 - column) || corner(count - 1 - row, column);
            let filled = !free && style.chance(0.5);
            if filled == dark && !runs.is_empty() {
                *runs.last_mut().expect("not empty") += 1;
            } else {
                if runs.is_empty() && !filled {
                    runs.push(0);
                }
                runs.push(1);
                dark = filled;
            }
        }
        // One dashed line a row: far fewer things to lay out than modules.
        let blank = if runs[0] == 0 { runs[1] } else { 0 };
        let dashes: Vec<usize> = if runs[0] == 0 { runs[2..].to_vec() } else { runs };
        if dashes.is_empty() {
            continue;
        }
        let lengths: Vec<String> =
            dashes.iter().map(|run| format!("{:.0}pt", *run as f64 * module)).collect();
        let length = dashes.iter().sum::<usize>() as f64 * module;
        let closing = if lengths.len().is_multiple_of(2) { "" } else { ", 1pt" };
        parts.push(format!(
            "place(dx: {:.0}pt, dy: {:.1}pt, line(length: {length:.0}pt, stroke: (thickness: {module:.0}pt, paint: ink, dash: ({}{closing}))))",
            blank as f64 * module,
            (row as f64 + 0.5) * module,
            lengths.join(", ")
        ));
    }
    for (x, y) in [(0.0, 0.0), (14.0, 0.0), (0.0, 14.0)] {
        parts.push(format!(
            "place(dx: {:.1}pt, dy: {:.1}pt, rect(width: {:.1}pt, height: {:.1}pt, stroke: {module:.0}pt + ink))",
            (x + 0.5) * module,
            (y + 0.5) * module,
            6.0 * module,
            6.0 * module
        ));
        parts.push(format!(
            "place(dx: {:.0}pt, dy: {:.0}pt, rect(width: {m:.0}pt, height: {m:.0}pt, fill: ink))",
            (x + 2.0) * module,
            (y + 2.0) * module,
            m = 3.0 * module
        ));
    }
    format!("box(width: {side:.0}pt, height: {side:.0}pt)[#{}]", parts.join("#"))
}
