//! What is known of the receipt of a take.

use pixmo_schemas::annotation::TakeAnnotation;

use crate::checks::TakeFault;
use crate::reason::Reason;
use crate::said::Said;
use crate::settings::Receipts;

/// The log of receipts of a campaign, if it has one.
#[derive(Debug, Default)]
pub struct Vouching {}

/// What is known of a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vouched {
    /// `verified`, `unverified` or `imported`.
    pub receipt: &'static str,
    /// SHA-256 of its envelope.
    pub envelope_sha256: Option<String>,
}

impl Vouching {
    /// What is wrong with the receipt of a take, if anything is.
    #[must_use]
    pub fn fault(
        &self,
        take: &TakeAnnotation,
        _said: Option<&Said>,
        receipts: Receipts,
    ) -> Option<TakeFault> {
        match (receipts, take.receipt) {
            (Receipts::Required, None) => {
                Some(TakeFault::new(Reason::ReceiptMissing, "none", "a receipt in the log"))
            }
            _ => None,
        }
    }

    /// What is known of the receipt of a take that has no fault.
    #[must_use]
    pub fn of(&self, take: &TakeAnnotation, _said: &Said) -> Vouched {
        let receipt = if take.receipt.is_some() { "unverified" } else { "imported" };
        Vouched { receipt, envelope_sha256: None }
    }
}
