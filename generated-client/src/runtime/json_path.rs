// needs: scanner | crates:
//! Paths to values in a JSON text: writing them, and finding them from byte offsets.

use super::scanner::{Malformed, Scanner};

/// How many bytes of a member's name a path includes.
const LONGEST_NAME: usize = 256;

/// One step of a path.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    /// To the member with this name.
    Member(String),
    /// To the item at this index.
    Item(usize),
}

/// Writes a path from its steps, outermost first: `$.groups[0].name`, `$["first name"]`.
pub(super) fn render<'s>(steps: impl Iterator<Item = &'s Step>) -> String {
    let mut path = String::from("$");
    for step in steps {
        match step {
            Step::Item(index) => path.push_str(&format!("[{index}]")),
            Step::Member(name) if is_plain(name) => path.push_str(&format!(".{name}")),
            Step::Member(name) => path.push_str(&format!("[{name:?}]")),
        }
    }
    path
}

/// Whether a name can follow a dot in a path.
fn is_plain(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Finds the steps to the values at these ascending byte offsets, each innermost first, in one pass over the text. An
/// offset outside every value has no steps.
#[cold]
pub(super) fn find(text: &[u8], offsets: &[usize]) -> Vec<Vec<Step>> {
    let scanner = Scanner::new(std::str::from_utf8(text).unwrap_or_default());
    let mut walk = Walk { scanner, scratch: String::new(), steps: Vec::new(), found: Vec::new() };
    // the text has been read already, so no error can occur
    let _ = walk.run(offsets);
    walk.found.resize(offsets.len(), Vec::new());
    walk.found
}

struct Walk<'t> {
    scanner: Scanner<'t>,
    scratch: String,
    /// The steps to the current value, outermost first.
    steps: Vec<Step>,
    found: Vec<Vec<Step>>,
}

impl Walk<'_> {
    fn run(&mut self, offsets: &[usize]) -> Result<(), Malformed> {
        loop {
            let first = self.scanner.peek();
            while offsets.get(self.found.len()).is_some_and(|offset| *offset <= self.scanner.at()) {
                self.found.push(self.steps.iter().rev().cloned().collect());
            }
            if self.found.len() == offsets.len() {
                return Ok(());
            }
            let goes_in = match first {
                Some(b'{') => {
                    self.scanner.open();
                    self.member(true)?
                }
                Some(b'[') => {
                    self.scanner.open();
                    self.scanner.item(true)?.then_some(Step::Item(0))
                }
                _ => {
                    self.scanner.skip()?;
                    None
                }
            };
            match goes_in {
                Some(step) => self.steps.push(step),
                None if !self.go_on()? => return Ok(()),
                None => {}
            }
        }
    }

    /// Advances to the next value; `false` at the end of the text.
    fn go_on(&mut self) -> Result<bool, Malformed> {
        while let Some(step) = self.steps.pop() {
            let next = match step {
                Step::Item(index) => self.scanner.item(false)?.then_some(Step::Item(index + 1)),
                Step::Member(_) => self.member(false)?,
            };
            if let Some(next) = next {
                self.steps.push(next);
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The step to the next member of an object.
    fn member(&mut self, is_first: bool) -> Result<Option<Step>, Malformed> {
        if !self.scanner.member(is_first)? {
            return Ok(None);
        }
        Ok(Some(member(self.scanner.name(&mut self.scratch)?)))
    }
}

/// A step to a member; a very long name is truncated.
fn member(name: &str) -> Step {
    let end = (0..=LONGEST_NAME).rev().find(|end| name.is_char_boundary(*end)).unwrap_or_default();
    Step::Member(if name.len() > LONGEST_NAME { format!("{}…", &name[..end]) } else { name.to_owned() })
}
