//! Tidy drawings of trees after Reingold and Tilford (1981): subtrees are drawn alike wherever they stand, parents are
//! centred over their children, and subtrees are pushed together until their outlines nearly touch.

/// A tree to be drawn downwards.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    /// Width of each node with its share of the gap.
    pub(super) widths: Vec<f32>,
    /// Children of each node from left to right.
    pub(super) children: Vec<Vec<usize>>,
    pub(super) root: usize,
    /// What hangs below a node as deep as the tree goes: its left and right reach from the node's middle.
    pub(super) hanging: Vec<Option<(f32, f32)>>,
}

/// How many depths a hanging thing is taken to reach.
const HANGING_DEPTH: usize = 8;

/// Left and right edge of a subtree at each depth, from its root's x.
type Outline = Vec<(f32, f32)>;

impl Tree {
    /// The x of each node's middle; the left edge of the drawing is 0. Also the width of the drawing.
    pub(super) fn places(&self) -> (Vec<f32>, f32) {
        let mut offsets = vec![0.0f32; self.widths.len()];
        let outline = self.outline(self.root, &mut offsets);
        let left = outline.iter().map(|o| o.0).fold(f32::INFINITY, f32::min);
        let right = outline.iter().map(|o| o.1).fold(f32::NEG_INFINITY, f32::max);
        let mut places = vec![0.0f32; self.widths.len()];
        let mut open = vec![(self.root, -left)];
        while let Some((node, x)) = open.pop() {
            places[node] = x;
            open.extend(self.children[node].iter().map(|&child| (child, x + offsets[child])));
        }
        (places, right - left)
    }

    /// The depth of each node.
    pub(super) fn depths(&self) -> Vec<usize> {
        let mut depths = vec![0; self.widths.len()];
        let mut open = vec![self.root];
        while let Some(node) = open.pop() {
            for &child in &self.children[node] {
                depths[child] = depths[node] + 1;
                open.push(child);
            }
        }
        depths
    }

    /// Draws the subtree below a node; sets the offsets of its children from it.
    fn outline(&self, node: usize, offsets: &mut [f32]) -> Outline {
        let mut merged: Outline = Vec::new();
        let mut places: Vec<f32> = Vec::new();
        for &child in &self.children[node] {
            let outline = self.outline(child, offsets);
            let shift = merged
                .iter()
                .zip(&outline)
                .map(|(left, right)| left.1 - right.0)
                .fold(f32::NEG_INFINITY, f32::max);
            let shift = if places.is_empty() { 0.0 } else { shift };
            places.push(shift);
            for (depth, &(left, right)) in outline.iter().enumerate() {
                match merged.get_mut(depth) {
                    Some(edge) => edge.1 = edge.1.max(right + shift),
                    None => merged.push((left + shift, right + shift)),
                }
            }
        }
        self.even_out(node, &mut places);
        let middle = match (places.first(), places.last()) {
            (Some(first), Some(last)) => (first + last) / 2.0,
            _ => 0.0,
        };
        for (&child, place) in self.children[node].iter().zip(&places) {
            offsets[child] = place - middle;
        }
        merged.iter_mut().for_each(|edge| *edge = (edge.0 - middle, edge.1 - middle));
        if let Some(Some(reach)) = self.hanging.get(node) {
            merged = vec![*reach; HANGING_DEPTH];
        }
        let half = self.widths[node] / 2.0;
        merged.insert(0, (-half, half));
        merged
    }

    /// Leaves between larger subtrees are spread evenly instead of leaning to the left.
    fn even_out(&self, node: usize, places: &mut [f32]) {
        let children = &self.children[node];
        let mut at = 0;
        while at < children.len() {
            let run = children[at..].iter().take_while(|&&c| self.children[c].is_empty()).count();
            if run > 0 && at > 0 && at + run < children.len() {
                let first = at - 1;
                let last = at + run;
                let inner: f32 = children[at..last].iter().map(|&c| self.widths[c]).sum();
                let (low, high) = (
                    places[first] + self.widths[children[first]] / 2.0,
                    places[last] - self.widths[children[last]] / 2.0,
                );
                let space = ((high - low - inner) / (run + 1) as f32).max(0.0);
                let mut x = low + space;
                for child in at..last {
                    let width = self.widths[children[child]];
                    places[child] = places[child].max(x + width / 2.0).min(high - width / 2.0);
                    x = places[child] + width / 2.0 + space;
                }
            }
            at += run.max(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(widths: &[f32], children: &[&[usize]]) -> Tree {
        Tree {
            widths: widths.to_vec(),
            children: children.iter().map(|c| c.to_vec()).collect(),
            root: 0,
            hanging: Vec::new(),
        }
    }

    #[test]
    fn parents_are_centred_and_nodes_of_a_depth_keep_apart() {
        let tree = tree(&[20.0, 40.0, 60.0, 30.0, 30.0, 50.0], &[&[1, 2], &[3, 4], &[5], &[], &[], &[]]);
        let (x, width) = tree.places();
        assert_eq!(x[0], (x[1] + x[2]) / 2.0);
        assert_eq!(x[1], (x[3] + x[4]) / 2.0);
        assert!(x[2] - x[1] >= 50.0 - 1e-3 && x[5] - x[4] >= 40.0 - 1e-3, "{x:?}");
        assert!(width >= 100.0);
    }

    #[test]
    fn equal_subtrees_are_drawn_alike() {
        let tree = tree(&[10.0; 7], &[&[1, 2], &[3, 4], &[5, 6], &[], &[], &[], &[]]);
        let (x, _) = tree.places();
        assert_eq!(x[4] - x[3], x[6] - x[5]);
    }
}
