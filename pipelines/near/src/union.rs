//! Which of many belong together, when pairs of them do.

/// Disjoint sets of the numbers from 0 on. A set is named by its smallest number, so that the order in which pairs come
/// makes no difference.
pub(crate) struct Union(Vec<u32>);

impl Union {
    pub(crate) fn new(count: u32) -> Union {
        Union((0..count).collect())
    }

    /// The smallest number of the set.
    pub(crate) fn first_of(&mut self, mut number: u32) -> u32 {
        while self.0[number as usize] != number {
            // each step halves the way of those behind
            let next = self.0[self.0[number as usize] as usize];
            self.0[number as usize] = next;
            number = next;
        }
        number
    }

    pub(crate) fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.first_of(one), self.first_of(other));
        self.0[one.max(other) as usize] = one.min(other);
    }
}
