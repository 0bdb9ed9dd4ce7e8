//! Keys: made, shown, kept from others, replaced.

use std::fs;

use crate::scene::{ORIGIN, Scene};

#[test]
fn a_key_is_made_once_and_shown() {
    let scene = Scene::new();
    let made = scene.run(&["key", "new", "receipts.pem"]).good();
    assert!(made.starts_with("key ") && made.contains("-----BEGIN PUBLIC KEY-----"), "{made}");
    assert_eq!(scene.run(&["key", "show", "receipts.pem"]).good(), made);
    assert_eq!(scene.run(&["key", "show", "receipts.pem.pub"]).good(), made);
    let noted = scene.run(&["key", "show", "receipts.pem.pub", "--origin", ORIGIN]).good();
    assert!(noted.contains(&format!("note {ORIGIN}+")), "{noted}");
    scene.run(&["key", "new", "receipts.pem"]).fails(2, "there is a key already");
    scene.run(&["key", "show", "nowhere.pem"]).fails(2, "`pixmo receipts key new FILE` makes a key");
    fs::write(scene.path("text"), "no key").unwrap();
    scene.run(&["key", "show", "text"]).fails(2, "can be read by others");
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let scene = Scene::new();
    scene.run(&["key", "new", "receipts.pem"]).good();
    fs::set_permissions(scene.path("receipts.pem"), fs::Permissions::from_mode(0o644)).unwrap();
    let init = ["log", "init", "--log", "log", "--key", "receipts.pem", "--origin", ORIGIN];
    scene.run(&init).fails(2, "its mode is 644, expected 600");
    assert!(!scene.path("log").exists());
}

#[test]
fn a_key_may_stand_in_the_environment_or_behind_a_command() {
    let scene = Scene::new();
    scene.run(&["key", "new", "receipts.pem"]).good();
    let init = ["log", "init", "--log", "log", "--origin", ORIGIN];
    scene.run(&init).fails(2, "no key to sign with");
    let pem = fs::read_to_string(scene.path("receipts.pem")).unwrap();
    let output = scene.command(&init).env("PIXMO_RECEIPTS_KEY", pem).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let by_command = ["log", "tombstone", "--log", "log", "--leaf", "0", "--key-command", "false"];
    scene.run(&[&by_command[..], &["--public-key", "receipts.pem.pub"]].concat()).fails(2, "is no receipt");
    let init = ["log", "init", "--log", "other", "--origin", ORIGIN, "--key-command", "false"];
    scene
        .run(&[&init[..], &["--public-key", "receipts.pem.pub"]].concat())
        .fails(3, "cannot sign with `false`");
}

#[test]
fn after_a_change_of_keys_old_receipts_hold_and_the_old_key_signs_no_more() {
    let (scene, _) = Scene::with_takes(3);
    scene.run(&["key", "new", "next.pem"]).good();
    let rotate = ["key", "rotate", "--log", "log", "--key", "receipts.pem", "--new", "next.pem"];
    assert!(scene.run(&rotate).good().starts_with("leaf 3: the key `"));
    for key in ["receipts.pem.pub", "next.pem.pub"] {
        let said = scene.run(&["verify", "--log", "log", "--public-key", key]).good();
        assert!(
            said.contains("4 entries, 3 receipts (0 live, 3 imported), 0 taken back, 1 change of keys"),
            "{said}"
        );
    }
    scene.append(3..4).fails(2, "does not sign this log now");
    scene.run(&["key", "new", "strange.pem"]).good();
    scene
        .run(&["verify", "--log", "log", "--public-key", "strange.pem.pub"])
        .fails(1, "is none of the 2 keys of the log");
}
