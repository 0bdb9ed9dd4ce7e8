//! Made-up flows: links between nodes, and streams through steps.

use pixmo_render::{Cell, Column, Data, Table};

use super::{Maker, NumberFormat, PLACES, SERIES, THINGS};

impl Maker {
    /// Links between the nodes of neighbouring stages that keep what they receive, or from anywhere to anywhere.
    pub(super) fn links(&mut self, rows: (usize, usize), nodes: (usize, usize), layered: bool) -> Data {
        self.format = NumberFormat { suffix: self.format.suffix.clone(), ..NumberFormat::plain(0) };
        let (list, links) = if layered { self.layered() } else { self.tangled(nodes) };
        let links: Vec<(usize, usize, i64)> = links.into_iter().take(rows.1.max(rows.0)).collect();
        let mut table = Table::new(
            "links",
            vec![
                Column::text("From"),
                Column::text("To"),
                Column::number(self.measure.0, self.measure.1, true),
            ],
        );
        let mut totals = Table::new("nodes", vec![Column::text("Node"), Column::number("Total", "", true)]);
        for (from, to, amount) in &links {
            table.rows.push(vec![
                Cell::text(list[*from].clone()),
                Cell::text(list[*to].clone()),
                self.number(*amount as f64),
            ]);
        }
        for (node, name) in list.iter().enumerate() {
            let sum = |end: &dyn Fn(&(usize, usize, i64)) -> usize| -> i64 {
                links.iter().filter(|link| end(link) == node).map(|link| link.2).sum()
            };
            let (out, into) = (sum(&|l| l.0), sum(&|l| l.1));
            let total = if layered { out.max(into) } else { out + into };
            if total > 0 {
                totals.rows.push(vec![Cell::text(name.clone()), self.number(total as f64)]);
            }
        }
        Data { tables: vec![table, totals] }
    }

    fn layered(&mut self) -> (Vec<String>, Vec<(usize, usize, i64)>) {
        let stages = self.count(2, 4);
        let banks = [PLACES, SERIES, THINGS, &["Kept", "Sold abroad", "Lost on the way"]];
        let mut list = Vec::new();
        let mut places: Vec<Vec<usize>> = Vec::new();
        for bank in banks.iter().take(stages) {
            let least = if stages == 2 && places.is_empty() { 4 } else { 2 };
            let count = self.count(least, bank.len().min(5));
            let picked = self.rng.sample(bank.len(), count);
            places.push((list.len()..list.len() + count).collect());
            list.extend(picked.into_iter().map(|i| bank[i].to_owned()));
        }
        let mut amounts: Vec<i64> = list.iter().map(|_| 0).collect();
        places[0].iter().for_each(|node| amounts[*node] = self.rng.whole(80, 600));
        let mut links = Vec::new();
        for stage in 0..stages - 1 {
            let next = places[stage + 1].clone();
            for (index, from) in places[stage].clone().into_iter().enumerate() {
                // Each node of the next stage is reached by one at least.
                let mut to: Vec<usize> = next
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| i % places[stage].len() == index)
                    .map(|n| *n.1)
                    .collect();
                let other = next[self.rng.below(next.len())];
                if to.is_empty() || (!to.contains(&other) && self.rng.chance(0.6)) {
                    to.push(other);
                }
                let shares: Vec<f64> = to.iter().map(|_| self.rng.range(0.3, 1.0)).collect();
                let whole: f64 = shares.iter().sum();
                let mut left = amounts[from];
                for (place, node) in to.iter().enumerate() {
                    let part = libm::floor(amounts[from] as f64 * shares[place] / whole) as i64;
                    let part = if place + 1 == to.len() { left } else { part.max(1) };
                    left -= part;
                    amounts[*node] += part;
                    links.push((from, *node, part));
                }
            }
        }
        (list, links)
    }

    fn tangled(&mut self, nodes: (usize, usize)) -> (Vec<String>, Vec<(usize, usize, i64)>) {
        let count = self.count(nodes.0, nodes.1.min(7));
        let picked = self.rng.sample(PLACES.len(), count);
        let list: Vec<String> = picked.into_iter().map(|i| PLACES[i].to_owned()).collect();
        let mut links = Vec::new();
        for from in 0..count {
            for to in 0..count {
                if to == (from + 1) % count || (from != to && self.rng.chance(0.35)) {
                    links.push((from, to, self.rng.whole(20, 300)));
                }
            }
        }
        if links.len() < 4 {
            links.push((1, 0, self.rng.whole(20, 300)));
        }
        (list, links)
    }

    /// Streams through two to four steps.
    pub(super) fn streams(&mut self, rows: (usize, usize), steps: (usize, usize)) -> Data {
        self.format = NumberFormat::plain(0);
        let banks: [(&str, &[&str]); 4] = [
            ("Class", &["First", "Second", "Third"]),
            ("Way there", &["By train", "By car", "On foot", "By the last ferry"]),
            ("Age", &["Under 18", "18 to 64", "65 and over"]),
            ("Answer", &["Yes", "No"]),
        ];
        let count = self.count(steps.0, steps.1);
        let mut lines: Vec<Vec<usize>> = vec![Vec::new()];
        for (_, names) in banks.iter().take(count) {
            lines = lines
                .into_iter()
                .flat_map(|line| (0..names.len()).map(move |i| [line.clone(), vec![i]].concat()))
                .collect();
        }
        self.rng.shuffle(&mut lines);
        lines.truncate(self.count(rows.0.max(8), rows.1.min(16)));
        lines.sort();
        let mut columns: Vec<Column> = banks[..count].iter().map(|bank| Column::text(bank.0)).collect();
        columns.push(Column::number("Persons", "", true));
        let mut table = Table::new("streams", columns);
        let mut sums = vec![[0i64; 4]; count];
        for line in lines {
            let amount = self.rng.whole(12, 240);
            let mut cells: Vec<Cell> =
                line.iter().enumerate().map(|(step, i)| Cell::text(banks[step].1[*i])).collect();
            line.iter().enumerate().for_each(|(step, i)| sums[step][*i] += amount);
            cells.push(self.number(amount as f64));
            table.rows.push(cells);
        }
        let columns = vec![Column::text("Name"), Column::text("Step"), Column::number("Total", "", true)];
        let mut totals = Table::new("nodes", columns);
        for (step, (head, names)) in banks[..count].iter().enumerate() {
            for (name, sum) in names.iter().zip(sums[step]).filter(|(_, sum)| *sum > 0) {
                totals.rows.push(vec![Cell::text(*name), Cell::text(*head), self.number(sum as f64)]);
            }
        }
        Data { tables: vec![table, totals] }
    }
}
