//! Lists of what must not be held, within a fetch: what they know by any hash of a file is dropped or held.

use md5::Md5;
use pixmo_schemas::Sha256;
use sha1::{Digest, Sha1};

use crate::bench::Bench;
use crate::pictures::jpeg;
use crate::server::{Reply, Server};

#[test]
fn what_lists_know_is_dropped_or_held_by_any_hash_of_a_file() {
    let server = Server::start(|path, _| {
        let number =
            path.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or_default();
        Reply::ok(jpeg(number))
    });
    let bench = Bench::new();
    bench.list("list.txt", &(1..=6u64).map(|n| server.url(&format!("/{n}.jpg"))).collect::<Vec<_>>());
    let line = |name: &str, hash: String| bench.list(name, &["# a list".to_owned(), hash]);
    line("md5.txt", hex::encode_upper(Md5::digest(jpeg(1))));
    line("sha1.txt", hex::encode(Sha1::digest(jpeg(2))));
    line("sha256.txt", Sha256::of(&jpeg(3)).to_string());
    line("held.txt", Sha256::of(&jpeg(4)).to_string());
    let lists = "--safety md5.txt --safety sha1.txt=hold --safety sha256.txt=drop --safety held.txt=hold";
    bench.fetch(&format!("list.txt {lists}")).expect(0);
    let kept = |bench: &Bench| bench.rows("data/shards/images").iter().map(|row| row.row).collect::<Vec<_>>();
    assert_eq!(kept(&bench), [5, 6]);
    let status = bench.status("");
    assert_eq!(status["classes"]["safety_dropped"]["rows"], 2);
    assert_eq!(status["classes"]["safety_held"]["rows"], 2);
    let lies = |number| {
        let hash = Sha256::of(&jpeg(number)).to_string();
        bench.path(&format!("data/images/{}/{hash}.jpg", &hash[..3])).exists()
    };
    assert_eq!([1, 2, 3, 4, 5].map(lies), [false, true, false, true, true]);

    // Nothing is asked for again; what a person releases comes into the dataset, and what is dropped is deleted.
    let asked = server.asked();
    bench.fetch(&format!("list.txt {lists}")).expect(0);
    assert_eq!(server.asked(), asked);
    let hash = |number| Sha256::of(&jpeg(number)).to_string();
    bench.run(&format!("held --release {} --drop {}", hash(2), hash(4))).expect(0);
    bench.fetch(&format!("list.txt {lists}")).expect(0);
    assert_eq!(kept(&bench), [2, 5, 6]);
    assert!(!lies(4));
    assert_eq!(server.asked(), asked);
}
