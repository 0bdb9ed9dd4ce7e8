//! Clusters: what belongs together, what is kept, and that nothing depends on the order.

use pixmo_near::{Clustering, Look, Picture, Relation, Rule, clusters};

use crate::scenes::{Draws, Scene};

struct Gallery {
    pictures: Vec<Picture>,
    looks: Vec<Look>,
}

impl Gallery {
    fn new() -> Gallery {
        Gallery { pictures: Vec::new(), looks: Vec::new() }
    }

    fn hang(&mut self, scene: &Scene, size: (u32, u32)) -> &mut Picture {
        let look = scene.look();
        self.pictures.push(scene.picture(self.pictures.len() as u64, &look, size));
        self.looks.push(look);
        self.pictures.last_mut().unwrap()
    }

    fn clusters(&self, threads: usize) -> Clustering {
        let Ok(clustering) = clusters(&self.pictures, self.looks.as_slice(), &Rule::default(), threads);
        clustering
    }
}

/// Rows, the kept one first, and how each relates to it.
fn rows(clustering: &Clustering) -> Vec<Vec<(u64, Relation)>> {
    let members = |cluster: pixmo_near::Cluster<'_>| {
        cluster.members.iter().map(|member| (member.row, member.relation)).collect()
    };
    clustering.iter().map(members).collect()
}

#[test]
fn copies_of_each_kind_join_their_original() {
    let mut gallery = Gallery::new();
    for seed in 0..6 {
        let scene = Scene::new(seed);
        gallery.hang(&scene, (1000, 800));
        gallery.hang(&scene.clone().toned(0.8, 10.0), (500, 400));
        gallery.hang(&scene.clone().cropped([0.03, 0.05, 0.98, 0.94]), (400, 320));
        gallery.hang(&scene.clone().mirrored(), (300, 240));
        gallery.hang(&scene.clone().cropped([0.05, 0.02, 0.96, 0.93]).mirrored(), (200, 160));
    }
    let found = rows(&gallery.clusters(2));
    let mut expected = Vec::new();
    for first in (0..30).step_by(5) {
        use Relation::{Cropped, Kept, Mirrored, ReEncoded};
        let relations = [Kept, ReEncoded, Cropped, Mirrored, Mirrored];
        expected.push((first..).zip(relations).collect::<Vec<_>>());
    }
    let mut sorted = found;
    sorted.sort_by_key(|cluster| cluster[0].0);
    assert_eq!(sorted, expected);
}

#[test]
fn different_scenes_and_larger_cuts_stay_apart() {
    let mut gallery = Gallery::new();
    for seed in 10..30 {
        gallery.hang(&Scene::new(seed), (640, 480));
    }
    // windows that overlap by two thirds are two views of one scene
    gallery.hang(&Scene::new(10).cropped([0.0, 0.0, 0.6, 0.6]), (640, 480));
    gallery.hang(&Scene::new(10).cropped([0.2, 0.0, 0.8, 0.6]), (640, 480));
    let clustering = gallery.clusters(1);
    assert_eq!(clustering.len(), 22);
    assert!(clustering.iter().all(|cluster| cluster.kept().relation == Relation::Kept));
}

#[test]
fn the_kept_one_is_chosen_by_the_rule() {
    let scene = Scene::new(5);
    let mut gallery = Gallery::new();
    gallery.hang(&scene, (100, 100));
    gallery.hang(&scene, (200, 100));
    gallery.hang(&scene, (200, 100)).bytes = 9_999_999;
    assert_eq!(gallery.clusters(1).iter().next().unwrap().kept().row, 2);
    gallery.hang(&scene, (10, 10)).evaluation = true;
    let clustering = gallery.clusters(1);
    let cluster = clustering.iter().next().unwrap();
    assert_eq!(clustering.len(), 1);
    assert_eq!(cluster.members.iter().map(|member| member.row).collect::<Vec<_>>(), [3, 2, 1, 0]);
    let smallest = gallery.pictures.iter().map(|picture| picture.sha256).min();
    assert_eq!(Some(cluster.id()), smallest);
}

#[test]
fn the_same_bytes_are_one_picture() {
    let scene = Scene::new(6);
    let mut gallery = Gallery::new();
    let sha256 = gallery.hang(&scene, (100, 100)).sha256;
    gallery.hang(&scene, (100, 100)).sha256 = sha256;
    gallery.pictures[1].bytes = gallery.pictures[0].bytes;
    assert_eq!(rows(&gallery.clusters(1)), [[(0, Relation::Kept), (1, Relation::SameBytes)]]);
    // flat pictures have no like but by their bytes
    for picture in &mut gallery.pictures {
        picture.flat = true;
    }
    gallery.hang(&scene, (100, 100)).flat = true;
    let clustering = gallery.clusters(1);
    assert_eq!(clustering.len(), 2);
    assert_eq!((clustering.tally.flat, clustering.tally.same_bytes), (3, 1));
}

#[test]
fn order_and_threads_make_no_difference() {
    let mut gallery = Gallery::new();
    let mut draws = Draws::new(1);
    for seed in 0..12 {
        let scene = Scene::new(seed / 2 * 7);
        gallery.hang(&scene, (300, 200));
        let cut = |draws: &mut Draws| 0.1 * draws.share();
        for _ in 0..3 {
            let (left, top) = (cut(&mut draws), cut(&mut draws));
            let part = [left, top, 1.0 - cut(&mut draws), 1.0 - cut(&mut draws)];
            gallery.hang(&scene.clone().cropped(part), (200, 150));
        }
    }
    let sorted = gallery.clusters(1);
    assert!(sorted.iter().any(|cluster| cluster.members.len() > 2));
    for threads in [1, 2, 5] {
        for turn in 0..4 {
            let mut order: Vec<usize> = (0..gallery.pictures.len()).collect();
            let mut draws = Draws::new(turn);
            order.sort_by_key(|_| draws.next());
            let turned = Gallery {
                pictures: order.iter().map(|n| gallery.pictures[*n].clone()).collect(),
                looks: order.iter().map(|n| gallery.looks[*n].clone()).collect(),
            };
            let found = turned.clusters(threads);
            assert_eq!(rows(&found), rows(&sorted));
            assert_eq!(found.tally, sorted.tally);
        }
    }
}

/// Thousands of pictures with the very same hash and thumbnail, such as a host's "not available", are one cluster.
#[test]
fn very_many_of_one_picture_are_one_cluster() {
    let scene = Scene::new(9);
    let mut gallery = Gallery::new();
    let look = scene.look();
    for row in 0..3_000 {
        gallery.pictures.push(scene.picture(row, &look, (100, 100)));
        gallery.looks.push(look.clone());
    }
    let clustering = gallery.clusters(2);
    assert_eq!(clustering.len(), 1);
    assert!(clustering.tally.candidates < 3_000 * 64);
    assert!(clustering.tally.same_hash_left_out > 0);
}
