//! Keys in files, and keys that are elsewhere.

use std::fs;
use std::process::Command;
use std::time::Duration;

use pixmo_receipts::keys::{CommandSigner, KeyError, PublicKey, SecretKey, Signer};

#[test]
fn a_secret_key_is_kept_from_others_and_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key.pem");
    let key = SecretKey::from_seed([9; 32]);
    key.write_new(&path).unwrap();
    assert_eq!(SecretKey::read(&path).unwrap().public(), key.public());
    assert!(matches!(
        SecretKey::from_seed([1; 32]).write_new(&path),
        Err(KeyError::File { action: "write", .. })
    ));
    assert_eq!(SecretKey::read(&path).unwrap().public(), key.public());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        for mode in [0o640, 0o604, 0o666] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let error = SecretKey::read(&path).unwrap_err();
            assert!(error.to_string().contains(&format!("its mode is {mode:o}, expected 600")), "{error}");
        }
    }
    assert!(!format!("{key:?}").contains("0909"));
}

#[test]
fn what_is_no_key_is_told() {
    let public = SecretKey::from_seed([9; 32]).public().clone();
    assert_eq!(PublicKey::from_pem(&public.to_pem(), "here").unwrap(), public);
    for (text, what) in [
        (String::new(), "no block of the right kind"),
        (public.to_pem().replace("-----END", "-----DNE"), "its block has no end"),
        (public.to_pem().replace("MCow", "!!!!"), "no base64"),
        (public.to_pem().replace("MCow", "MCox"), "another kind"),
    ] {
        let error = PublicKey::from_pem(&text, "here").unwrap_err().to_string();
        assert!(error.contains(what) && error.contains("`here`"), "{error}");
    }
}

/// `openssl` reads what we write, and we read what it writes.
#[test]
fn openssl_understands_our_keys_and_signatures() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let openssl = |arguments: &[&str]| Command::new("openssl").args(arguments).output();
    let Ok(made) = openssl(&["genpkey", "-algorithm", "ed25519", "-out", &at("theirs.pem")]) else {
        return skipped();
    };
    assert!(made.status.success(), "{made:?}");
    fs::set_permissions(at("theirs.pem"), std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let theirs = SecretKey::read(at("theirs.pem").as_ref()).unwrap();
    let public = openssl(&["pkey", "-in", &at("theirs.pem"), "-pubout"]).unwrap().stdout;
    assert_eq!(String::from_utf8(public).unwrap(), theirs.public().to_pem());

    let ours = SecretKey::from_seed([5; 32]);
    fs::write(at("public.pem"), ours.public().to_pem()).unwrap();
    fs::write(at("message"), b"what was signed").unwrap();
    fs::write(at("signature"), ours.sign(b"what was signed").unwrap()).unwrap();
    let verify = ["pkeyutl", "-verify", "-pubin", "-rawin", "-inkey"];
    let checked = openssl(
        &[&verify[..], &[&at("public.pem"), "-in", &at("message"), "-sigfile", &at("signature")]].concat(),
    );
    assert!(checked.unwrap().status.success());
}

#[expect(clippy::print_stderr, reason = "why a test is skipped is said where its result is read")]
fn skipped() {
    eprintln!("skipped, because `openssl` is not installed");
}

/// A signer of a shell script; `None` where there is no shell.
fn command(script: &str, public: &PublicKey) -> CommandSigner {
    let words = ["sh", "-c", script].map(str::to_owned).to_vec();
    CommandSigner::new(words, public.clone(), Duration::from_secs(5)).unwrap()
}

#[test]
fn a_command_may_sign_and_is_not_believed_blindly() {
    let folder = tempfile::tempdir().unwrap();
    let key = SecretKey::from_seed([6; 32]);
    let file = folder.path().join("signature");
    fs::write(&file, key.sign(b"a message").unwrap()).unwrap();
    let signer = command(&format!("cat >/dev/null; cat '{}'", file.display()), key.public());
    assert_eq!(signer.sign(b"a message").unwrap(), key.sign(b"a message").unwrap());
    for (script, message, what) in [
        (format!("cat >/dev/null; cat '{}'", file.display()), "another message", "no signature by the key"),
        ("cat >/dev/null; exit 3".to_owned(), "a message", "exit status: 3"),
        ("cat >/dev/null; echo hello".to_owned(), "a message", "answered 6 bytes, expected 64"),
    ] {
        let error = command(&script, key.public()).sign(message.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(what), "{error}");
    }
    let words = vec!["no-such-program-anywhere".to_owned()];
    let missing = CommandSigner::new(words, key.public().clone(), Duration::from_secs(1)).unwrap();
    assert!(missing.sign(b"x").unwrap_err().to_string().contains("no-such-program-anywhere"));
    let slow = ["sh", "-c", "sleep 60"].map(str::to_owned).to_vec();
    let slow = CommandSigner::new(slow, key.public().clone(), Duration::from_millis(50)).unwrap();
    assert!(slow.sign(b"x").unwrap_err().to_string().contains("no answer within 0.05 s"));
}
