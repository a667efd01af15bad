//! Recognises HTML tags and their meaning.

use std::collections::BTreeMap;

use html5gum::{DefaultEmitter, HtmlString, Spanned, State, Token, Tokenizer};

use super::source;

/// An HTML tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// Its meaning.
    pub kind: Element,
    /// Whether it ends an element.
    pub closes: bool,
    /// Its name as written.
    pub name: &'a str,
    /// Its attributes, with entities decoded.
    attributes: BTreeMap<HtmlString, Spanned<HtmlString>>,
    /// The length of the tag's text.
    pub length: usize,
}

/// The meaning of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    Paragraph,
    /// Any other block element.
    Block,
    Break,
    Rule,
    Strong,
    Emphasis,
    Strikethrough,
    Code,
    Preformatted,
    Link,
    Image,
    List,
    NumberedList,
    Item,
    /// The term in a description list.
    Term,
    Description,
    Heading(u8),
    Quotation,
    Table,
    Row,
    Cell,
    Superscript,
    /// An element that only affects appearance.
    Plain,
    /// An element without content that only affects appearance.
    Void,
}

/// The maximum length of a tag in bytes; the search for its end stops there.
const LONGEST: usize = 2000;

impl<'a> Tag<'a> {
    /// Parses the tag at the start of `text`, if it is one commonly used in descriptions.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let name = text.strip_prefix("</").or(text.strip_prefix('<'))?;
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        let kind = kind(name)?;
        let text = &text[..text.floor_char_boundary(LONGEST)];
        let text = &text[..next_tag(text).unwrap_or(text.len())];
        let mut tokens = Tokenizer::new_with_emitter(text, DefaultEmitter::new_with_span()).flatten();
        let (closes, found, attributes, span) = tokens.find_map(|token: Token<usize>| match token {
            Token::StartTag(tag) => Some((false, tag.name, tag.attributes, tag.span)),
            Token::EndTag(tag) => Some((true, tag.name, BTreeMap::new(), tag.span)),
            Token::Error(_) | Token::Comment(_) | Token::Doctype(_) | Token::String(_) => None,
        })?;
        let is_tag = span.start == 0 && found.eq_ignore_ascii_case(name.as_bytes());
        is_tag.then_some(Self { kind, closes, name, attributes, length: span.end })
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, wanted: &str) -> Option<String> {
        self.attributes.get(wanted.as_bytes()).map(|value| shown(value))
    }
}

fn kind(name: &str) -> Option<Element> {
    Some(match name.to_ascii_lowercase().as_str() {
        "p" => Element::Paragraph,
        "div" | "note" | "important" | "center" | "details" | "summary" | "section" | "article"
        | "figure" | "figcaption" | "caption" => Element::Block,
        "br" => Element::Break,
        "hr" => Element::Rule,
        "b" | "strong" => Element::Strong,
        "i" | "em" | "dfn" | "cite" => Element::Emphasis,
        "s" | "strike" | "del" => Element::Strikethrough,
        "code" | "tt" | "kbd" | "samp" | "var" => Element::Code,
        "pre" => Element::Preformatted,
        "a" => Element::Link,
        "img" => Element::Image,
        "ul" | "dl" => Element::List,
        "ol" => Element::NumberedList,
        "li" => Element::Item,
        "dt" => Element::Term,
        "dd" => Element::Description,
        "h1" => Element::Heading(1),
        "h2" => Element::Heading(2),
        "h3" => Element::Heading(3),
        "h4" => Element::Heading(4),
        "h5" => Element::Heading(5),
        "h6" => Element::Heading(6),
        "blockquote" => Element::Quotation,
        "table" => Element::Table,
        "tr" => Element::Row,
        "td" | "th" => Element::Cell,
        "sup" => Element::Superscript,
        "span" | "font" | "sub" | "small" | "big" | "u" | "ins" | "mark" | "abbr" | "nobr" | "q"
        | "thead" | "tbody" | "tfoot" | "colgroup" => Element::Plain,
        "col" | "wbr" => Element::Void,
        _ => return None,
    })
}

impl Element {
    /// Whether HTML allows omitting its end tag. If another tag has no end tag, it is not HTML: `/users/<code>`.
    pub(super) fn may_stay_open(self) -> bool {
        match self {
            Element::Paragraph
            | Element::Break
            | Element::Rule
            | Element::Image
            | Element::Item
            | Element::Void => true,
            Element::Term | Element::Description | Element::Row | Element::Cell => true,
            Element::Block
            | Element::Strong
            | Element::Emphasis
            | Element::Code
            | Element::Preformatted
            | Element::Link => false,
            Element::List
            | Element::NumberedList
            | Element::Heading(_)
            | Element::Quotation
            | Element::Table => false,
            Element::Superscript | Element::Strikethrough | Element::Plain => false,
        }
    }

    /// Whether it is a block element.
    pub(super) fn stands_apart(self) -> bool {
        match self {
            Element::Paragraph
            | Element::Block
            | Element::Rule
            | Element::List
            | Element::NumberedList
            | Element::Item => true,
            Element::Term | Element::Description | Element::Heading(_) | Element::Quotation => true,
            Element::Break
            | Element::Table
            | Element::Row
            | Element::Cell
            | Element::Preformatted
            | Element::Code => false,
            Element::Strong | Element::Emphasis | Element::Strikethrough | Element::Link | Element::Image => {
                false
            }
            Element::Superscript | Element::Plain | Element::Void => false,
        }
    }
}

/// Removes tags from text: breaks become line ends, entities become characters.
pub(super) fn stripped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match Tag::read(rest) {
            Some(tag) => {
                out.push_str(if tag.kind == Element::Break { "\n" } else { "" });
                tag.length
            }
            None => {
                out.push('<');
                1
            }
        };
        rest = &rest[length..];
    }
    out.push_str(rest);
    decoded(&out)
}

/// Where the next tag starts: at a `<` outside of quotes and before any `>`. The text before it is not a tag, and the
/// tokenizer would read on.
fn next_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut characters = text.char_indices().skip(1);
    let found = characters.find(|(_, c)| match (quote, c) {
        (None, '"' | '\'') => {
            quote = Some(*c);
            false
        }
        (None, c) => matches!(c, '<' | '>'),
        (Some(open), c) => {
            quote = quote.filter(|_| open != *c);
            false
        }
    });
    found.filter(|(_, c)| *c == '<').map(|(at, _)| at)
}

/// Decodes entities in text. A no-break space becomes a space, which code needs where it is copied from.
fn decoded(text: &str) -> String {
    let mut tokens = Tokenizer::new(text);
    // The state of text that holds entities, but no tags.
    tokens.set_state(State::RcData);
    let texts = tokens.flatten().filter_map(|token| match token {
        Token::String(text) => Some(shown(&text)),
        Token::StartTag(_) | Token::EndTag(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {
            None
        }
    });
    texts.collect::<String>().replace('\u{a0}', " ")
}

/// Text of the tokenizer, without hidden characters, which entities may stand for.
fn shown(text: &[u8]) -> String {
    source::clean(&String::from_utf8_lossy(text))
}

#[cfg(test)]
mod tests {
    use super::{Element, Tag, stripped};

    #[test]
    fn only_html_is_a_tag() {
        let kind = |text| Tag::read(text).map(|tag| tag.kind);
        assert_eq!(kind("<b>"), Some(Element::Strong));
        assert_eq!(kind("</TD >"), Some(Element::Cell));
        assert_eq!(kind("<br/>"), Some(Element::Break));
        for other in ["<string>", "<b", "<b <i>", "<b-token>", "< b>", "<>", "<a:b>"] {
            assert_eq!(kind(other), None, "{other}");
        }
    }

    #[test]
    fn attributes_are_found_in_every_spelling() {
        let href = |text| Tag::read(text).and_then(|tag| tag.attribute("href"));
        assert_eq!(href("<a class='x' HREF = \"a?b&amp;c>\">"), Some("a?b&c>".to_owned()));
        assert_eq!(href("<a href=x target=y>"), Some("x".to_owned()));
        assert_eq!(href("<a name=\"href\">"), None);
    }

    #[test]
    fn code_loses_its_tags() {
        assert_eq!(stripped("&eacute;&#x202e;"), "é");
        assert_eq!(stripped("<a>x</a> &lt;y&gt; &#39;&unknown; <z>"), "x <y> '&unknown; <z>");
    }
}
