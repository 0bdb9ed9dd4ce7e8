//! Where each person's search for the next task goes on.
//!
//! The open tasks of a kind stand in one index, in the order in which they are to be done. Somebody who did many of them
//! that others still have to do would have to be led past all of these each time; so the search goes on behind the last
//! task they were given. Tasks before it that became free again are remembered in a short list, and when that list has
//! run over, or tasks were imported, the search begins at the front again: it costs time, and never leaves out a task.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use crate::kind::Kind;

/// Freed tasks that are remembered for each kind.
const FREED_MAX: usize = 1_024;
/// Freed tasks that one search looks at.
const LOOKED_AT: usize = 16;
/// People whose place is remembered.
const PLACES_MAX: usize = 100_000;

/// Everybody's places.
#[derive(Debug, Default)]
pub(crate) struct Cursors(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// Raised when all searches begin at the front again.
    turn: u64,
    freed: HashMap<Kind, Freed>,
    places: HashMap<(String, Kind), Place>,
}

/// Tasks that became free again, in the order in which they did, each under a number.
#[derive(Debug, Default)]
struct Freed {
    first: u64,
    tasks: VecDeque<i64>,
}

/// How far a person is.
#[derive(Clone, Copy, Debug)]
struct Place {
    turn: u64,
    rank: i64,
    /// The number of the next freed task to look at.
    freed: u64,
}

/// Where a search is to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Search {
    /// Freed tasks to look at first, each with the number behind it.
    pub(crate) freed: Vec<(i64, u64)>,
    /// Then all from this rank on; the one at it was given, but others may share the rank.
    pub(crate) behind: i64,
    turn: u64,
}

/// What a search found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A freed task, with the number behind it.
    Freed(u64),
    /// A task in the row, with its rank.
    InRow(i64),
    /// None.
    Nothing,
}

impl Cursors {
    fn inner(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where a person's search begins.
    pub(crate) fn search(&self, person: &str, kind: Kind) -> Search {
        let inner = self.inner();
        let front = Search { freed: Vec::new(), behind: -1, turn: inner.turn };
        let Some(place) = inner.places.get(&(person.to_owned(), kind)) else { return front };
        let empty = Freed::default();
        let freed = inner.freed.get(&kind).unwrap_or(&empty);
        if place.turn != inner.turn || place.freed < freed.first {
            return front;
        }
        let skipped = (place.freed - freed.first) as usize;
        let tasks = freed.tasks.iter().skip(skipped).take(LOOKED_AT).zip(place.freed + 1..);
        Search {
            freed: tasks.map(|(task, behind)| (*task, behind)).collect(),
            behind: place.rank,
            turn: place.turn,
        }
    }

    /// Remembers where a search ended.
    pub(crate) fn found(&self, person: &str, kind: Kind, search: &Search, found: Found) {
        let mut inner = self.inner();
        if search.turn != inner.turn {
            return;
        }
        let end = inner.freed.get(&kind).map_or(0, |freed| freed.first + freed.tasks.len() as u64);
        if inner.places.len() >= PLACES_MAX {
            inner.places.clear();
        }
        let turn = inner.turn;
        let looked_at = search.freed.last().map(|(_, behind)| *behind);
        let place = inner
            .places
            .entry((person.to_owned(), kind))
            // What was freed before a search from the front is found by it.
            .or_insert(Place { turn, rank: search.behind, freed: end });
        if place.turn != turn || search.behind < 0 {
            *place = Place { turn, rank: search.behind, freed: end };
        }
        match found {
            Found::Freed(behind) => place.freed = behind,
            Found::InRow(rank) => {
                place.rank = rank;
                place.freed = looked_at.unwrap_or(place.freed);
            }
            Found::Nothing => place.freed = looked_at.unwrap_or(place.freed),
        }
    }

    /// A task is free again.
    pub(crate) fn freed(&self, kind: Kind, task: i64) {
        let mut inner = self.inner();
        let freed = inner.freed.entry(kind).or_default();
        freed.tasks.push_back(task);
        if freed.tasks.len() > FREED_MAX {
            freed.tasks.pop_front();
            freed.first += 1;
        }
    }

    /// All searches begin at the front: tasks came that may stand anywhere.
    pub(crate) fn begin_again(&self) {
        self.inner().turn += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_goes_on_behind_the_last_task_and_looks_at_freed_ones_first() {
        let cursors = Cursors::default();
        let search = cursors.search("p", Kind::Cap);
        assert_eq!((search.behind, search.freed.len()), (-1, 0));
        cursors.found("p", Kind::Cap, &search, Found::InRow(40));
        cursors.freed(Kind::Cap, 7);
        cursors.freed(Kind::Cap, 8);
        let search = cursors.search("p", Kind::Cap);
        assert_eq!((search.behind, search.freed.as_slice()), (40, [(7, 1), (8, 2)].as_slice()));
        cursors.found("p", Kind::Cap, &search, Found::Freed(1));
        let search = cursors.search("p", Kind::Cap);
        assert_eq!(search.freed, [(8, 2)]);
        cursors.found("p", Kind::Cap, &search, Found::InRow(50));
        assert_eq!(cursors.search("p", Kind::Cap), Search { freed: vec![], behind: 50, turn: 0 });
        // Others, and other kinds, begin at the front.
        assert_eq!(cursors.search("q", Kind::Cap).behind, -1);
        assert_eq!(cursors.search("p", Kind::Points).behind, -1);
    }

    #[test]
    fn nothing_freed_is_forgotten_when_the_list_runs_over_or_tasks_come() {
        let cursors = Cursors::default();
        let search = cursors.search("p", Kind::Cap);
        cursors.found("p", Kind::Cap, &search, Found::InRow(40));
        for task in 0..=FREED_MAX as i64 {
            cursors.freed(Kind::Cap, task);
        }
        assert_eq!(cursors.search("p", Kind::Cap).behind, -1);
        cursors.found("p", Kind::Cap, &cursors.search("p", Kind::Cap), Found::InRow(60));
        assert_eq!(cursors.search("p", Kind::Cap).behind, 60);
        cursors.begin_again();
        assert_eq!(cursors.search("p", Kind::Cap).behind, -1);
    }
}
