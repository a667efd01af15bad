//! The files that a run has read, and the positions of nodes in them.

use std::ops::Range;
use std::sync::OnceLock;

use super::lines::Lines;
use super::locate::Index;
use super::{FileId, Format, NodeId, Pointer};

/// A file as it was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path as shown in messages: with `/`, and relative to the current folder if below it.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// Its format.
    pub format: Format,
}

/// The location of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The byte range of the node's first token.
    pub bytes: Range<usize>,
    /// The pointer from the root of the file.
    pub pointer: Pointer,
}

/// The files that a run has read.
#[derive(Debug, Default)]
pub struct Files {
    files: Vec<Held>,
}

/// A file, and what was computed about it for diagnostics.
#[derive(Debug)]
struct Held {
    file: SourceFile,
    lines: OnceLock<Lines>,
    index: OnceLock<Index>,
}

impl Held {
    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(&self.file.text))
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.file.text, self.file.format))
    }
}

impl Files {
    /// Adds a file.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        let id = self.next_id();
        self.files.push(Held { file, lines: OnceLock::new(), index: OnceLock::new() });
        id
    }

    /// The id of the next file, for a reader that numbers nodes before it adds the text.
    pub fn next_id(&self) -> FileId {
        FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX))
    }

    /// The files in the order added.
    pub fn iter(&self) -> impl Iterator<Item = &SourceFile> {
        (0..).map_while(|index| self.get(FileId(index)))
    }

    /// The file with this id.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.held(id).map(|held| &held.file)
    }

    fn held(&self, id: FileId) -> Option<&Held> {
        self.files.get(id.0 as usize)
    }

    /// The location of a node; `None` if it is not from a file.
    pub fn locate(&self, node: NodeId) -> Option<Location> {
        let held = self.held(node.file)?;
        let bytes = held.index().bytes(node.ordinal)?;
        let (line, column) = held.lines().position(&held.file.text, bytes.start);
        Some(Location { line, column, bytes, pointer: held.index().pointer(node.ordinal) })
    }

    /// The first token of a node as written; `None` if it is not from a file.
    pub fn token(&self, node: NodeId) -> Option<&str> {
        let held = self.held(node.file)?;
        held.file.text.get(held.index().bytes(node.ordinal)?)
    }

    /// The node at a pointer from the root of a file.
    pub fn find(&self, file: FileId, pointer: &Pointer) -> Option<NodeId> {
        let ordinal = self.held(file)?.index().find(pointer)?;
        Some(NodeId { file, ordinal })
    }

    /// The number of nodes in a file, including keys.
    pub fn node_count(&self, file: FileId) -> usize {
        self.held(file).map_or(0, |held| held.index().len())
    }

    /// The line and column, from 1, of a byte offset.
    pub fn position(&self, file: FileId, byte: usize) -> Option<(usize, usize)> {
        let held = self.held(file)?;
        Some(held.lines().position(&held.file.text, byte))
    }

    /// The byte offset of a line and column, from 1; the end of the line if the column is beyond it.
    pub fn byte(&self, file: FileId, line: usize, column: usize) -> Option<usize> {
        let held = self.held(file)?;
        held.lines().byte(&held.file.text, line, column)
    }

    /// The byte range of a line, numbered from 1, without its line break.
    pub fn line(&self, file: FileId, line: usize) -> Option<Range<usize>> {
        let held = self.held(file)?;
        held.lines().bytes(&held.file.text, line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(format: Format, text: &str) -> Files {
        let mut files = Files::default();
        files.add(SourceFile { path: "a".to_owned(), text: text.to_owned(), format });
        files
    }

    fn at(files: &Files, pointer: &str) -> Location {
        let pointer = Pointer::parse(pointer).expect("a pointer");
        let node = files.find(FileId(0), &pointer).unwrap_or_else(|| unreachable!("{pointer} is there"));
        files.locate(node).expect("it was found, so it stands somewhere")
    }

    #[test]
    fn json_nodes_are_found_and_located() {
        let text = "{ \"a/b\": [1, {\"\\u0063\": \"\\\"\"}],\n  \"ä\": true }";
        let files = files(Format::Json, text);
        let quote = at(&files, "/a~1b/1/c");
        assert_eq!(&text[quote.bytes], r#""\"""#);
        let flag = at(&files, "/ä");
        assert_eq!((flag.line, flag.column, &text[flag.bytes.clone()]), (2, 8, "true"));
        assert_eq!(at(&files, "").bytes, 0..1);
        assert_eq!(files.node_count(FileId(0)), 9);
    }

    #[test]
    fn an_alias_counts_as_the_nodes_it_stands_for() {
        let text = "a: &x {b: 1}\nc: *x\nd: 2\n";
        let files = files(Format::Yaml, text);
        assert_eq!(at(&files, "/c/b").bytes, at(&files, "/a/b").bytes);
        assert_eq!(at(&files, "/c/b").pointer.to_string(), "/c/b");
        assert_eq!((at(&files, "/d").line, files.node_count(FileId(0))), (3, 11));
    }

    #[test]
    fn what_a_merge_key_brings_in_is_found_where_it_comes_to_stand() {
        let files = files(Format::Yaml, "a: &x {b: 1, c: 2}\nd: &y {e: 3}\nf:\n  <<: [*x, *y]\n  b: 4\n");
        assert_eq!(at(&files, "/f/c").line, 1);
        assert_eq!(at(&files, "/f/c").pointer.to_string(), "/f/c");
        assert_eq!(at(&files, "/f/e").line, 2);
        assert_eq!(at(&files, "/f/b").line, 5);
        assert_eq!(files.find(FileId(0), &Pointer::parse("/f/z").expect("a pointer")), None);
    }

    #[test]
    fn a_block_scalar_behind_wide_characters_is_located() {
        let text = "ключ: значение\nb: |\n  text\n";
        let files = files(Format::Yaml, text);
        assert_eq!(&text[at(&files, "/ключ").bytes], "значение");
        assert_eq!((at(&files, "/b").line, at(&files, "/b").column), (3, 3));
    }

    #[test]
    fn a_scalar_ends_before_what_follows_it() {
        let text = "a: \"b\\\" c\" # d\ne: 'it''s' # f\ng: plain text  # h\ni: 1.10\n";
        let files = files(Format::Yaml, text);
        let token = |pointer| {
            let node = files.find(FileId(0), &Pointer::parse(pointer).expect("a pointer"));
            node.and_then(|node| files.token(node)).expect("it is there")
        };
        assert_eq!((token("/a"), token("/e")), (r#""b\" c""#, "'it''s'"));
        assert_eq!((token("/g"), token("/i")), ("plain text", "1.10"));
    }

    #[test]
    fn tabs_between_tokens_hide_nothing() {
        let files = files(Format::Yaml, "a:\t1\nb: {\n\tc: 2\n}\nd:\t3\n");
        assert_eq!((at(&files, "/b/c").line, at(&files, "/d").line), (3, 5));
    }

    #[test]
    fn a_bracket_that_closes_below_its_key_hides_nothing() {
        let text = "a:\n  b: {\n    c: [\n      1\n    ]\n  }\n  d: 2\ne:\n  f: [\n  ] # none\ng: 3\n";
        let files = files(Format::Yaml, text);
        let line = |pointer| at(&files, pointer).line;
        assert_eq!((line("/a/b/c/0"), line("/a/d"), line("/e/f"), line("/g")), (4, 7, 9, 11));
    }

    #[test]
    fn a_node_of_no_file_is_nowhere() {
        let files = files(Format::Json, "1");
        assert_eq!(files.locate(NodeId { file: FileId(0), ordinal: 1 }), None);
        assert_eq!(files.locate(NodeId::root(FileId(7))), None);
    }
}
