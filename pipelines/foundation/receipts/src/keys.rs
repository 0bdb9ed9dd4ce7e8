//! Keys: Ed25519 (RFC 8032), in the forms that other tools read and write.
//!
//! A secret key is a PKCS #8 file in PEM, a public key a SubjectPublicKeyInfo in PEM (RFC 8410), so `openssl` makes and
//! shows both. A secret key may also stay where it is: a command signs instead ([`CommandSigner`]).

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::str::FromStr;
use std::thread;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

/// What stands before the 32 bytes of a public key: SEQUENCE { SEQUENCE { OID 1.3.101.112 } BIT STRING }.
const PUBLIC_PREFIX: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
/// What stands before the 32 bytes of a secret key: SEQUENCE { 0, SEQUENCE { OID 1.3.101.112 }, OCTET STRING { OCTET STRING } }.
const SECRET_PREFIX: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
const PUBLIC_LABEL: &str = "PUBLIC KEY";
const SECRET_LABEL: &str = "PRIVATE KEY";
/// A file of a key is never longer.
const FILE_BYTES_MAX: u64 = 16 << 10;
/// Columns of base64 in a file.
const COLUMNS: usize = 64;

/// Something that signs with one key.
pub trait Signer: Send + Sync {
    /// The half that checks.
    fn public(&self) -> &PublicKey;

    /// Signs a message.
    ///
    /// # Errors
    /// When the key is elsewhere and does not answer well.
    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignError>;
}

/// A key was not made to sign.
#[derive(Debug, thiserror::Error)]
#[error("cannot sign with `{by}`: {what}")]
pub struct SignError {
    /// What was asked.
    pub by: String,
    /// What went wrong.
    pub what: String,
}

/// A key cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("cannot {action} the key `{}`", path.display())]
    File {
        /// `read` or `write`.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// Others can read a secret key.
    #[error("the key `{}` can be read by others: its mode is {mode:o}, expected 600", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// The permissions.
        mode: u32,
    },
    /// It is no key.
    #[error("`{place}` holds no Ed25519 key: {what}")]
    Form {
        /// Where it was looked for.
        place: String,
        /// What is wrong.
        what: &'static str,
    },
}

/// Names a key: SHA-256 over its SubjectPublicKeyInfo.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; 32]);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for KeyId {
    type Err = hex::FromHexError;

    fn from_str(text: &str) -> Result<KeyId, Self::Err> {
        let mut id = [0; 32];
        hex::decode_to_slice(text, &mut id)?;
        Ok(KeyId(id))
    }
}

/// The half of a key that checks signatures.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    key: VerifyingKey,
    id: KeyId,
}

impl PublicKey {
    fn new(key: VerifyingKey) -> PublicKey {
        let mut hasher = Sha256::new();
        hasher.update(PUBLIC_PREFIX);
        hasher.update(key.as_bytes());
        PublicKey { key, id: KeyId(hasher.finalize().into()) }
    }

    /// Its name.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// The point itself, for checkpoints.
    #[must_use]
    pub fn verifying(&self) -> VerifyingKey {
        self.key
    }

    /// Whether `signature` is by this key over `message`. Weak keys and second forms of a signature are refused.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verify_strict(message, &signature).is_ok())
    }

    /// The PEM form.
    #[must_use]
    pub fn to_pem(&self) -> String {
        pem(PUBLIC_LABEL, &[&PUBLIC_PREFIX[..], self.key.as_bytes()].concat())
    }

    /// Reads the PEM form; `place` says in errors where it stood.
    ///
    /// # Errors
    /// [`KeyError::Form`].
    pub fn from_pem(text: &str, place: &str) -> Result<PublicKey, KeyError> {
        let wrong = |what| KeyError::Form { place: place.to_owned(), what };
        let content = of_pem(text, PUBLIC_LABEL).map_err(wrong)?;
        let bytes =
            content.strip_prefix(&PUBLIC_PREFIX[..]).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        let bytes = bytes.ok_or_else(|| wrong("it is a key of another kind"))?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| wrong("it is no point of the curve"))?;
        if key.is_weak() {
            return Err(wrong("it is a weak key"));
        }
        Ok(PublicKey::new(key))
    }

    /// Reads a file in PEM.
    ///
    /// # Errors
    /// When it cannot be read or is no public key.
    pub fn read(path: &Path) -> Result<PublicKey, KeyError> {
        PublicKey::from_pem(&text_of(path)?, &path.display().to_string())
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.id)
    }
}

/// A key that signs, in memory.
pub struct SecretKey {
    key: SigningKey,
    public: PublicKey,
}

impl SecretKey {
    /// The key of 32 bytes that nobody else knows.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> SecretKey {
        let key = SigningKey::from_bytes(&seed);
        let public = PublicKey::new(key.verifying_key());
        SecretKey { key, public }
    }

    /// The half that checks.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// The key itself, for checkpoints.
    #[must_use]
    pub fn signing(&self) -> &SigningKey {
        &self.key
    }

    /// Reads the PEM form; `place` says in errors where it stood.
    ///
    /// # Errors
    /// [`KeyError::Form`].
    pub fn from_pem(text: &str, place: &str) -> Result<SecretKey, KeyError> {
        let wrong = |what| KeyError::Form { place: place.to_owned(), what };
        let content = of_pem(text, SECRET_LABEL).map_err(wrong)?;
        let seed =
            content.strip_prefix(&SECRET_PREFIX[..]).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        seed.map(SecretKey::from_seed).ok_or_else(|| wrong("it is a key of another kind"))
    }

    /// Reads a file in PEM that nobody else can read.
    ///
    /// # Errors
    /// When it cannot be read, others can read it, or it is no secret key.
    pub fn read(path: &Path) -> Result<SecretKey, KeyError> {
        check_mode(path)?;
        SecretKey::from_pem(&text_of(path)?, &path.display().to_string())
    }

    /// Writes a new file in PEM that nobody else can read; one that is there already is never replaced.
    ///
    /// # Errors
    /// When it cannot be written, or is there already.
    pub fn write_new(&self, path: &Path) -> Result<(), KeyError> {
        let failed = |source| KeyError::File { action: "write", path: path.to_owned(), source };
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(failed)?;
        let content = pem(SECRET_LABEL, &[&SECRET_PREFIX[..], self.key.as_bytes()].concat());
        file.write_all(content.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)
    }
}

impl Signer for SecretKey {
    fn public(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignError> {
        Ok(self.key.sign(message).to_bytes())
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey({}, not shown)", self.public.id)
    }
}

/// A command that signs: it gets the message on standard input and answers with the 64 bytes of the signature, so that a
/// key can stay in a vault or a token.
#[derive(Debug)]
pub struct CommandSigner {
    words: Vec<String>,
    public: PublicKey,
    patience: Duration,
}

impl CommandSigner {
    /// The command in words, the first of which is the program; `None` without words.
    #[must_use]
    pub fn new(words: Vec<String>, public: PublicKey, patience: Duration) -> Option<CommandSigner> {
        (!words.is_empty()).then_some(CommandSigner { words, public, patience })
    }

    fn failed(&self, what: impl Into<String>) -> SignError {
        SignError { by: self.words[0].clone(), what: what.into() }
    }
}

impl Signer for CommandSigner {
    fn public(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignError> {
        let mut child = Command::new(&self.words[0])
            .args(&self.words[1..])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| self.failed(error.to_string()))?;
        let mut input = child.stdin.take();
        let written = input.as_mut().map_or(Ok(()), |input| input.write_all(message));
        drop(input);
        // It answers within the time it has, or not at all.
        const STEP: Duration = Duration::from_millis(5);
        let mut waited = Duration::ZERO;
        let status = loop {
            match child.try_wait() {
                Err(error) => return Err(self.failed(error.to_string())),
                Ok(Some(status)) => break status,
                Ok(None) if waited >= self.patience => {
                    child.kill().ok();
                    child.wait().ok();
                    return Err(self.failed(format!("no answer within {} s", self.patience.as_secs_f64())));
                }
                Ok(None) => {
                    thread::sleep(STEP);
                    waited += STEP;
                }
            }
        };
        if !status.success() {
            return Err(self.failed(format!("it ended with {status}")));
        }
        written.map_err(|error| self.failed(error.to_string()))?;
        let mut answer = Vec::new();
        if let Some(output) = child.stdout.take() {
            io::Read::read_to_end(&mut io::Read::take(output, 65), &mut answer)
                .map_err(|error| self.failed(error.to_string()))?;
        }
        let signature: [u8; 64] = answer
            .as_slice()
            .try_into()
            .map_err(|_| self.failed(format!("it answered {} bytes, expected 64", answer.len())))?;
        if !self.public.verifies(message, &signature) {
            return Err(
                self.failed(format!("what it answered is no signature by the key `{}`", self.public.id))
            );
        }
        Ok(signature)
    }
}

#[cfg(unix)]
fn check_mode(path: &Path) -> Result<(), KeyError> {
    use std::os::unix::fs::PermissionsExt;
    let failed = |source| KeyError::File { action: "read", path: path.to_owned(), source };
    let mode = fs::metadata(path).map_err(failed)?.permissions().mode() & 0o777;
    if mode & 0o077 == 0 { Ok(()) } else { Err(KeyError::Open { path: path.to_owned(), mode }) }
}

#[cfg(not(unix))]
fn check_mode(_: &Path) -> Result<(), KeyError> {
    Ok(())
}

fn text_of(path: &Path) -> Result<String, KeyError> {
    let failed = |source| KeyError::File { action: "read", path: path.to_owned(), source };
    let file = fs::File::open(path).map_err(failed)?;
    let mut text = String::new();
    io::Read::read_to_string(&mut io::Read::take(file, FILE_BYTES_MAX), &mut text).map_err(failed)?;
    Ok(text)
}

fn pem(label: &str, content: &[u8]) -> String {
    let encoded = STANDARD.encode(content);
    let mut text = format!("-----BEGIN {label}-----\n");
    for line in encoded.as_bytes().chunks(COLUMNS) {
        text.extend(line.iter().map(|&byte| char::from(byte)));
        text.push('\n');
    }
    text.push_str(&format!("-----END {label}-----\n"));
    text
}

fn of_pem(text: &str, label: &str) -> Result<Vec<u8>, &'static str> {
    let begin = format!("-----BEGIN {label}-----");
    let end = format!("-----END {label}-----");
    let rest = text.split_once(&begin).ok_or("there is no block of the right kind in it")?.1;
    let inside = rest.split_once(&end).ok_or("its block has no end")?.0;
    let encoded: String = inside.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    STANDARD.decode(encoded).map_err(|_| "its block is no base64")
}
