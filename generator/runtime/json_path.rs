// needs: | crates: jiter
//! Paths to values in a JSON text: writing them, and finding them from byte offsets.

use jiter::{Jiter, JiterError, Peek};

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
    let behind_mark = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let mut walk = Walk { base: text.len() - behind_mark.len(), ..Walk::default() };
    // the text has been read already, so no error can occur
    let _ = walk.run(behind_mark, offsets);
    walk.found.resize(offsets.len(), Vec::new());
    walk.found
}

#[derive(Default)]
struct Walk {
    /// Length of the byte order mark that is skipped.
    base: usize,
    /// The steps to the current value, outermost first.
    steps: Vec<Step>,
    found: Vec<Vec<Step>>,
}

impl Walk {
    fn run(&mut self, text: &[u8], offsets: &[usize]) -> Result<(), JiterError> {
        let mut jiter = Jiter::new(text);
        loop {
            let kind = jiter.peek()?;
            let at = jiter.current_index() + self.base;
            while offsets.get(self.found.len()).is_some_and(|offset| *offset <= at) {
                self.found.push(self.steps.iter().rev().cloned().collect());
            }
            if self.found.len() == offsets.len() {
                return Ok(());
            }
            let goes_in = match kind {
                Peek::Object => jiter.known_object()?.map(member),
                Peek::Array => jiter.known_array()?.map(|_| Step::Item(0)),
                _ => {
                    jiter.known_skip(kind)?;
                    None
                }
            };
            match goes_in {
                Some(step) => self.steps.push(step),
                None if !self.go_on(&mut jiter)? => return Ok(()),
                None => {}
            }
        }
    }

    /// Advances to the next value; `false` at the end of the text.
    fn go_on(&mut self, jiter: &mut Jiter<'_>) -> Result<bool, JiterError> {
        while let Some(step) = self.steps.last_mut() {
            let next = match step {
                Step::Item(index) => jiter.array_step()?.map(|_| Step::Item(*index + 1)),
                Step::Member(_) => jiter.next_key()?.map(member),
            };
            match next {
                Some(next) => {
                    *step = next;
                    return Ok(true);
                }
                None => drop(self.steps.pop()),
            }
        }
        Ok(false)
    }
}

/// A step to a member; a very long name is truncated.
fn member(name: &str) -> Step {
    let end = (0..=LONGEST_NAME).rev().find(|end| name.is_char_boundary(*end)).unwrap_or_default();
    Step::Member(if name.len() > LONGEST_NAME { format!("{}…", &name[..end]) } else { name.to_owned() })
}
