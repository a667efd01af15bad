use std::time::{Duration, Instant};

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag};

use super::{address::absolute, compact, line, parse::OPTIONS, render};

#[track_caller]
fn becomes(given: &str, written: &str) {
    assert_eq!(render(given), written, "from {given:?}");
    assert_eq!(render(written), written, "it is written as it is read");
}

#[test]
fn what_rustdoc_would_misread_is_escaped() {
    becomes("a [b] <c> `[d]`", "a \\[b\\] \\<c> `[d]`");
    becomes("a < b, List<User>, `List<User>`", "a < b, List\\<User>, `List<User>`");
    becomes(
        "an *open star, an `open tick, snake_case, 2 * 3",
        "an \\*open star, an \\`open tick, snake_case, 2 * 3",
    );
    becomes("&lt;b&gt; &amp;lt;", "\\<b> \\&lt;");
}

#[test]
fn entities_hide_nothing() {
    becomes("a&#x202e;b &#xfdd1;c&#xfdd2;", "ab c");
    becomes("[a](https://a.example/&#x202e;b)", "[a](https://a.example/b)");
    assert_eq!(render("<a href='https://a.example/&#x202e;b'>a</a>"), "[a](https://a.example/b)");
}

#[test]
fn links_lead_out_or_are_text() {
    becomes("see https://a.example/b.", "see <https://a.example/b>.");
    becomes("<https://a.example/b> and <me@a.example>", "<https://a.example/b> and <me@a.example>");
    becomes("[x](https://a.example) [Users](#tag/users) [up](../x)", "[x](https://a.example) Users up");
    becomes(
        "[x][1] and [y][2]\n\n[1]: https://a.example/b_(c)",
        "[x](<https://a.example/b_(c)>) and \\[y\\]\\[2\\]",
    );
    becomes("![a logo](https://a.example/l.png) ![b](l.png)", "[a logo](https://a.example/l.png) b");
    becomes("[https://a.example](https://a.example)", "<https://a.example>");
    becomes("[a](<https://a.example/b c> 'd') [e](<../f>) [b](<b>)", "[a](https://a.example/b%20c) e b");
    becomes("[a](<b> [c](https://a.example)", "\\[a\\](\\<b> [c](https://a.example)");
    becomes(
        "at https://a.example/é and http://é.example.",
        "at <https://a.example/é> and <http://é.example>.",
    );
    becomes("at https://{region}.a.example/v1", "at `https://{region}.a.example/v1`");
}

#[test]
fn lists_nest_by_the_width_of_what_begins_them() {
    becomes("* a\n  continued\n    * b\n* c", "- a continued\n  - b\n- c");
    becomes("3. a\n\n   b\n4. c", "3. a\n\n   b\n\n4. c");
    becomes("- [ ] a\n- [x] b", "- [ ] a\n- [x] b");
    becomes("• a\n• b", "- a\n- b");
    becomes("- a\n\n* b", "- a\n\n* b");
    becomes("* a\n- ****", "- a\n\n* ___");
}

#[test]
fn code_is_not_compiled() {
    becomes("```\nfn f() {\n```", "```text\nfn f() {\n```");
    becomes("````json\n```\n````", "````text\n```\n````");
    becomes("text\nb\n\n    let x = 1;\n\n      y", "text b\n\n```text\nlet x = 1;\n\n  y\n```");
    becomes("~~~\nopen", "```text\nopen\n```");
}

#[test]
fn blocks_stay_what_they_are() {
    becomes("Title\n=====\ntext\n\n---\n\n> a\n> b\n>\n> - c", "# Title\n\ntext\n\n***\n\n> a b\n>\n> - c");
    becomes("|a|b|\n|-|:-:|\n|`c \\| d`|e|", "| a | b |\n|---|:-:|\n| `c \\| d` | e |");
    becomes("> [!NOTE]\n> a\n> b", "> **Note:** a b");
    becomes("a  \nb\\\nc", "a\\\nb\\\nc");
    becomes("**a** and *b* and ~~c~~ and ***d***", "**a** and *b* and ~~c~~ and _**d**_");
}

#[test]
fn short_lines_are_joined_and_long_ones_kept() {
    let long = "word ".repeat(30);
    becomes("a\nb\n\n- not\n  a list", "a b\n\n- not a list");
    becomes(&format!("{long}\na\nb"), &format!("{}\na b", long.trim_end()));
}

#[test]
fn html_becomes_markdown() {
    let html = |given: &str, written: &str| assert_eq!(render(given), written, "from {given:?}");
    html(
        "<p>At most <code>limit</code> of <b>all</b> <i>users</i>.</p><p>b</p>",
        "At most `limit` of **all** *users*.\n\nb",
    );
    html("<code>List&lt;User&gt;</code><code>x</code>", "`List<User>x`");
    html("a<br>b<br/>\n<br />c", "a\\\nb\n\nc");
    html(
        "<a href=\"https://a.example/?b&amp;c\">d</a> <a>e</a> <a href='#f'>g</a>",
        "[d](https://a.example/?b&c) e g",
    );
    html(
        "<p>a</p> <ul> <li> <p>b</p> </li> <li>c <ol><li>d</ol> </li> </ul> e",
        "a\n\n- b\n- c\n  1. d\n\ne",
    );
    html("<h2>a</h2>b<hr><blockquote>c<p>d</blockquote>", "## a\n\nb\n\n***\n\n> c\n>\n> d");
    html("<pre>a &lt; b\n  <b>c</b></pre>", "```text\na < b\n  c\n```");
    html("<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>", "- a: b\n- c");
    html(
        "<table><tr><th>a</th><th>b</th></tr><tr><td>c<p>|</p></td><td>d</td><td>e</td></tr></table>",
        "| a | b |\n|---|---|\n| c \\| | d e |",
    );
    html("<note><p>10<sup>6</sup> <span style='x'>a</span><!-- b --></p></note>", "10⁶ a");
    html("<img src='https://a.example/b.png' alt='c'>", "[c](https://a.example/b.png)");
    html("w<b>\"o\"</b>rd, <b> a </b>", "w\"o\"rd, a");
    html("<del>a</del> <s>b <i>c</i></s> <strike> </strike>d", "~~a~~ ~~b _c_~~ d");
    html("<ol start='7'><li>a<li>b</ol>", "7. a\n8. b");
    html("<ol start='999999999'><li>a<li>b</ol>", "999999999. a\n999999999. b");
    html("<ol start='9999999999'><li>a</ol>", "1. a");
}

#[test]
fn what_is_no_html_stays_text() {
    let html = |given: &str, written: &str| assert_eq!(render(given), written, "from {given:?}");
    html(
        "<string> <your-token> /users/<code> <!-- open",
        "\\<string> \\<your-token> /users/\\<code> \\<!-- open",
    );
    html("`<b>a</b>` \\<b>", "`<b>a</b>` \\<b>");
    html("- `a\n  <tr>`", "- `a <tr>`");
    html("```\n<p>a</p>\n```", "```text\n<p>a</p>\n```");
    html("1. ```\n   <b>a</b>\n   ```\n2. <b>b</b>", "1. ```text\n   <b>a</b>\n   ```\n2. **b**");
    html("> 1. ~~~\n>    <b>a</b>\n> <i>b</i>", "> 1. ```text\n>    <b>a</b>\n>    ```\n>\n> *b*");
    html("- > ```\n  > <b>a\n  > ```\n- <b>b</b>", "- > ```text\n  > <b>a\n  > ```\n- **b**");
    html("1. ```\n   <b>\n<b>open</b>", "1. ```text\n   <b>\n   ```\n\n**open**");
    html("a\n\n    <b>x</b>\n\n      <p>\n\n<b>b</b>", "a\n\n```text\n<b>x</b>\n\n  <p>\n```\n\n**b**");
    html("- a\n\n      <b>x</b>\n- b", "- a\n\n  ```text\n  <b>x</b>\n  ```\n\n- b");
    html("<b>a</b><hr>\n\n    x\n     <y>\n\nb", "**a**\n\n***\n\n```text\nx\n <y>\n```\n\nb");
    html("<div>\n\n    <p>a</p>\n\n    <p>b</p>\n\n</div>", "a\n\nb");
    html("<ul>\n\n    <li>a</li>\n\n    <li>b</li></ul>", "- a\n- b");
    html("• a\n\n    <b>b</b>", "- a\n\n  **b**");
    html("</p></b>a</li></ul></table></a>", "a");
    html("<b>a <i>b</b> c</i>", "**a b** c");
    html("| a |\n|---|\n| b<br>c |", "| a |\n|---|\n| b c |");
}

#[test]
fn a_line_is_what_is_said_first() {
    assert_eq!(line("# a `b`\n\nc"), "a `b`");
    assert_eq!(line("a\nb  \nc\n\nd"), "a b c");
    assert_eq!(line("- a *b*\n- c"), "a *b*");
    assert_eq!(line("```\na\n```\n\n1. b"), "b");
    assert_eq!(line(""), "");
}

#[test]
fn few_lines_say_all_of_it() {
    let long = "long ".repeat(20);
    let long = long.trim_end();
    for (given, written) in [
        ("a\nb\n\nc.\n\nd", "a b. c. d".to_owned()),
        (&format!("{long}\n\n{long}"), format!("{long}.\n{long}")),
        ("One of:\n- `a`\n- `b`\n\nc", "One of: `a`; `b`. c".to_owned()),
        ("a\n\n- b\n\n  c\n- d\n\ne", "a\n- b. c\n- d\n\ne".to_owned()),
        ("a:\n1. b\n2. c\n\n3. d", "a:\n1. b\n2. c\n3. d".to_owned()),
        ("a\n\n3. b", "a\n\n3. b".to_owned()),
        ("> a\n\n> b\n\nc", "> a\n\n> b\n\nc".to_owned()),
        ("a\n\n```\nb\n```\n\n- - -\n# c\nd", "a\n```text\nb\n```\n***\n# c\nd".to_owned()),
        ("a\n\n|b|\n|-|\n|c|\n\n\\- d", "a\n\n| b |\n|---|\n| c |\n\n\\- d".to_owned()),
    ] {
        assert_eq!(compact(given), written, "from {given:?}");
    }
}

/// Pieces from which malicious texts are built.
const PIECES: &[&str] = &[
    "a",
    "b c",
    " ",
    "  ",
    "\n",
    "\n",
    "\n\n",
    "\n    ",
    "\n  ",
    "*",
    "**",
    "_",
    "__",
    "`",
    "``",
    "```",
    "~",
    "~~",
    "[",
    "]",
    "(",
    ")",
    "](",
    "![",
    "\\",
    "#",
    "# ",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "2) ",
    "> ",
    "|",
    "|---|",
    "---",
    "===",
    ":-",
    "!",
    "&",
    "&lt;",
    "&amp;",
    ";",
    "https://a.example/b_(c)",
    "[x](https://a.example)",
    "[1]: https://a.example\n",
    "x_y",
    ".",
    "\"",
    "\u{202e}",
    "\t",
    "\r\n",
    "é",
    "•",
    "• ",
    "[ ] ",
    ":",
    "\u{a0}",
    "=",
    "0",
    "| a | b |\n|---|---|\n| c | d |\n",
];

const HTML: &[&str] = &[
    "<",
    ">",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<p>",
    "</p>",
    "<p ",
    "</p ",
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<ol>",
    "</ol>",
    "<code>",
    "</code>",
    "<pre>",
    "</pre>",
    "<a href='https://a.example'>",
    "</a>",
    "<br>",
    "<h1>",
    "</h1>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "</tr>",
    "<blockquote>",
    "</blockquote>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<!--",
    "-->",
    "<x>",
    "<img src='https://a.example' alt='b'>",
    "<note>",
    "</note>",
    "<sup>",
    "</sup>",
    "<del>",
    "</del>",
    "](<",
    ">)",
    "<hr>",
    "<https://a.example>",
    "<a@b.c>",
];

/// Random but reproducible texts (the generator is Knuth's, TAOCP 3.3.4).
fn texts(pieces: &[&str]) -> impl Iterator<Item = String> {
    let mut state: u64 = 1;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    (0..3_000).map(move |_| (0..next(14) + 1).map(|_| pieces[next(pieces.len())]).collect())
}

fn assert_tame(written: &str, given: &str) {
    for event in Parser::new_ext(written, OPTIONS) {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => unreachable!("HTML in {written:?} from {given:?}"),
            Event::Start(Tag::Link { link_type: LinkType::Email, .. }) => {}
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(
                    absolute(&dest_url).is_some(),
                    "a link to {dest_url:?} in {written:?} from {given:?}"
                );
            }
            Event::Start(Tag::Image { .. }) => unreachable!("an image in {written:?} from {given:?}"),
            Event::Start(Tag::CodeBlock(kind)) => {
                assert_eq!(kind, CodeBlockKind::Fenced("text".into()), "{written:?} from {given:?}");
            }
            _ => {}
        }
    }
}

/// The content of a text, without markup and white space.
fn said(text: &str) -> String {
    let said = Parser::new_ext(text, OPTIONS).map(|event| match event {
        Event::Text(text) | Event::Code(text) => text.to_string(),
        Event::Start(Tag::Image { .. }) => String::new(),
        _ => String::new(),
    });
    said.collect::<String>().chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn whatever_is_given_rustdoc_has_nothing_to_warn_of() {
    let all: Vec<&str> = PIECES.iter().chain(HTML).copied().collect();
    for given in texts(&all) {
        let written = render(&given);
        assert_tame(&written, &given);
        assert_tame(&compact(&given), &given);
        assert!(!line(&given).contains('\n'), "{given:?}");
    }
}

#[test]
fn markdown_keeps_what_it_says_and_is_written_once() {
    for given in texts(PIECES) {
        let written = render(&given);
        assert_tame(&written, &given);
        // The replacements of `•` and `<` have different neighbours in Markdown.
        if given.contains('•') || given.contains("&lt;") {
            continue;
        }
        assert_eq!(render(&written), written, "from {given:?}");
        if !given.contains(['\u{202e}', '[']) {
            assert_eq!(said(&written), said(&super::source::lines(&given)), "{written:?} from {given:?}");
            // Punctuation between sentences joined on one line is added.
            let words = |text: &str| said(text).replace(['.', ';'], "");
            assert_eq!(words(&compact(&given)), words(&written), "{:?} from {given:?}", compact(&given));
        }
    }
}

#[test]
fn no_text_is_slow() {
    let started = Instant::now();
    for piece in PIECES.iter().chain(HTML) {
        render(&piece.repeat(100_000 / piece.len()));
        compact(&piece.repeat(100_000 / piece.len()));
    }
    for nested in ["> ", "- ", "1. ", "<ul><li>", "<blockquote>", "*a ", "[a](", "<b>*"] {
        let text = format!("{}a\n", nested.repeat(1000)).repeat(20);
        render(&text);
        compact(&text);
    }
    compact(&"a\n\n- b:\n  - c\n".repeat(10_000));
    render(&format!("{}</sup>", "<sup>x".repeat(30_000)));
    render(&format!("<code>{}</code>", "&".repeat(200_000)));
    render(&format!("{}{}</b>", "<b>".repeat(15_000), "</i>".repeat(15_000)));
    // Quadratic time would take hours.
    assert!(started.elapsed() < Duration::from_secs(900), "{:?}", started.elapsed());
}
