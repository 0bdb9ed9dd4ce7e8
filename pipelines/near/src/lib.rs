//! Which pictures look alike: an index of perceptual hashes, clusters of look-alikes with the one that is kept, the split
//! of a cluster, lists of hashes, and lists of what was taken down.
//!
//! It deliberately does not know how a picture is decoded or hashed, nor where anything is stored: hashes, views and
//! thumbnails come from the caller, files are `io::Read` and `io::Write`. Nothing here depends on the order of the input,
//! on the number of threads or on the machine.
//!
//! Begin with [`Look`], what a picture looks like; then [`Index`], which finds near hashes, [`Rule`], which looks a second
//! time at what was found, and [`clusters`], which puts both together. [`HashList`] and [`Tombstones`] are the two kinds
//! of files.

mod candidates;
mod cluster;
mod hash;
mod hash_kind;
mod hash_list;
mod index;
mod join;
mod lines;
mod look;
mod matcher;
mod picture;
mod plain_list;
mod plan;
mod rule;
mod second_look;
mod split;
mod tombstone;
mod union;

pub use cluster::{Cluster, Clustering, Member, Tally, clusters};
pub use hash::{Hash, Hash64, Hash256};
pub use hash_kind::{HashKind, HashKindError};
pub use hash_list::{HashList, HashListReader, ListEntry, ListHead};
pub use index::{Hit, Index};
pub use join::{Capped, HotBucket, Joined, Pair};
pub use lines::{LINE_BYTES_MAX, ListError};
pub use look::{Look, Looks, Thumb, View, Window};
pub use matcher::{Benchmarks, Fate, KindError, Removals, Seen, Touch, fate_of};
pub use picture::Picture;
pub use plain_list::{FileHashes, PlainList};
pub use rule::{Likeness, Relation, Rule};
pub use second_look::Sameness;
pub use split::{Shares, SharesError, Split, split_of};
pub use tombstone::{Address, Removed, Tombstone, Tombstones};
