//! The files a run has read, and where in them a node stands.

use super::{FileId, NodeId, Pointer};

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON (RFC 8259)
    Json,
    /// YAML 1.2
    Yaml,
    /// TOML 1.0; only configuration
    Toml,
}

/// A file as it was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path as messages show it: relative to where the command runs when it lies below, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// How it is written.
    pub format: Format,
}

/// Where a node stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Bytes of the file that the node's first token covers.
    pub bytes: std::ops::Range<usize>,
    /// The pointer from the root of the file.
    pub pointer: Pointer,
}

/// Every file a run has read.
#[derive(Debug, Default)]
pub struct Files {
    files: Vec<SourceFile>,
}

impl Files {
    /// Takes a file in.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.files.push(file);
        FileId(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX))
    }

    /// A file that was taken in.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// Where a node stands; `None` for a node that no file wrote.
    pub fn locate(&self, _node: NodeId) -> Option<Location> {
        None
    }
}
