//! Who signs: a key in a file, a key in the environment, or a command.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use pixmo_console::{Failure, env};
use pixmo_receipts::keys::{CommandSigner, PublicKey, SecretKey, Signer};

use crate::failures;

/// How long a command may take to sign.
const PATIENCE: Duration = Duration::from_secs(30);

/// Which key signs.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct SignerArgs {
    /// Sign with the secret key in this file; without it, with the one in `PIXMO_RECEIPTS_KEY`
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
    /// Sign with a command that gets the message on its input and answers with 64 bytes
    #[arg(long, value_name = "COMMAND", conflicts_with = "key", requires = "public_key")]
    pub(crate) key_command: Option<String>,
    /// The public half of the key of `--key-command`
    #[arg(long, value_name = "FILE")]
    pub(crate) public_key: Option<PathBuf>,
}

impl SignerArgs {
    pub(crate) fn signer(&self) -> Result<Arc<dyn Signer>, Failure> {
        if let Some(path) = &self.key {
            return Ok(Arc::new(secret(path)?));
        }
        if let (Some(command), Some(public)) = (&self.key_command, &self.public_key) {
            let public = PublicKey::read(public).map_err(|error| failures::of_key(&error))?;
            let words = command.split_whitespace().map(str::to_owned).collect();
            let signer = CommandSigner::new(words, public, PATIENCE);
            let signer = signer.ok_or_else(|| Failure::request("`--key-command` holds no words"))?;
            return Ok(Arc::new(signer));
        }
        match env::receipts_key() {
            Some(text) => {
                let place = format!("the variable {}", env::PIXMO_RECEIPTS_KEY);
                let key = SecretKey::from_pem(&text, &place).map_err(|error| failures::of_key(&error))?;
                Ok(Arc::new(key))
            }
            None => Err(Failure::request("no key to sign with")
                .hint("name a file with `--key FILE`, or a command with `--key-command`")
                .hint(format!("or put the PEM of the key into the variable {}", env::PIXMO_RECEIPTS_KEY))),
        }
    }
}

/// A secret key in a file.
pub(crate) fn secret(path: &Path) -> Result<SecretKey, Failure> {
    SecretKey::read(path).map_err(|error| failures::of_key(&error))
}

/// Bytes that nobody can guess.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::world("the system gives no random bytes").because(error.to_string()))?;
    Ok(bytes)
}
