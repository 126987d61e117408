//! The contract that governs a scan: its text, and what it says, read once for the scan, its passes and the report.

use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::contract::{self, Contract};
use crate::error::Result;
use crate::sketch::pack::Pack;

/// A contract's text. Clones share what was read of it.
#[derive(Clone)]
pub struct Agreed {
    text: Arc<[u8]>,
    read: Arc<OnceLock<Contract>>,
}

impl Agreed {
    /// The text.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// What it says.
    ///
    /// # Errors
    /// Its mistakes.
    pub fn contract(&self) -> Result<&Contract> {
        match self.read.get() {
            // Never in a build without contracts, which so has none of what is done with one.
            Some(contract) if cfg!(feature = "contract") => Ok(contract),
            _ => {
                let contract = contract::parse(&self.text)?;
                Ok(self.read.get_or_init(|| contract))
            }
        }
    }
}

impl<T: AsRef<[u8]>> From<T> for Agreed {
    fn from(text: T) -> Agreed {
        Agreed { text: text.as_ref().into(), read: Arc::default() }
    }
}

impl PartialEq for Agreed {
    fn eq(&self, other: &Agreed) -> bool {
        self.text == other.text
    }
}

impl Eq for Agreed {}

impl fmt::Debug for Agreed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Agreed({})", String::from_utf8_lossy(&self.text))
    }
}

impl Pack for Agreed {
    fn pack(&self, out: &mut Vec<u8>) {
        self.text.to_vec().pack(out);
    }

    fn unpack(bytes: &mut &[u8]) -> Result<Agreed> {
        Vec::<u8>::unpack(bytes).map(Agreed::from)
    }
}

#[cfg(all(test, feature = "contract"))]
mod tests {
    use super::*;
    use crate::sketch::pack::{from_bytes, to_bytes};

    #[test]
    fn a_contract_is_read_once_and_crosses_as_its_text() {
        let agreed = Agreed::from("{fields: [{name: a}]}");
        let clone = agreed.clone();
        assert!(std::ptr::eq(agreed.contract().unwrap(), clone.contract().unwrap()));
        let there: Agreed = from_bytes(&to_bytes(&agreed)).unwrap();
        assert_eq!((&there, there.text()), (&agreed, agreed.text()));
        assert!(Agreed::from("{fields: [{type: integer}]}").contract().is_err());
    }
}
