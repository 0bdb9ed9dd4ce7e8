//! Which rows that gave nothing are tried again.

use std::str::FromStr;

use crate::class::Class;
use crate::journal::Mark;

/// Which rows that gave nothing are tried again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Retry {
    /// Those that may well succeed on another day.
    #[default]
    Promising,
    /// All of them.
    All,
    /// None.
    None,
    /// Those of these classes.
    Classes(Vec<Class>),
}

impl Retry {
    /// Whether a row is gathered of which this was found before.
    #[must_use]
    pub fn wants(&self, mark: Mark) -> bool {
        mark.class.may_be_retried()
            && match self {
                Retry::Promising => mark.can_succeed,
                Retry::All => true,
                Retry::None => false,
                Retry::Classes(classes) => classes.contains(&mark.class),
            }
    }
}

impl FromStr for Retry {
    type Err = String;

    fn from_str(text: &str) -> Result<Retry, String> {
        match text {
            "all" => return Ok(Retry::All),
            "none" => return Ok(Retry::None),
            _ => {}
        }
        let class = |name: &str| {
            let name = name.trim();
            let class = Class::from_name(name).filter(|class| class.may_be_retried());
            class.ok_or_else(|| {
                let known: Vec<&str> =
                    Class::all().filter(|class| class.may_be_retried()).map(Class::name).collect();
                format!("`{name}` is no class of failure; the classes are {}", known.join(", "))
            })
        };
        text.split(',').map(class).collect::<Result<_, _>>().map(Retry::Classes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_lists_of_classes_are_read() {
        assert_eq!("all".parse(), Ok(Retry::All));
        assert_eq!("none".parse(), Ok(Retry::None));
        let timeout = Class::Fetch(pixmo_fetch::Class::Timeout);
        assert_eq!("timeout, truncated".parse(), Ok(Retry::Classes(vec![timeout, Class::Truncated])));
        for wrong in ["", "kept", "taken_down", "404", "timeout,"] {
            assert!(wrong.parse::<Retry>().is_err(), "{wrong}");
        }
    }
}
