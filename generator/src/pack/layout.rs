//! Lines as rustfmt's users have them: what the printer broke for want of room is joined where it fits, tables are
//! filled, and items stand apart.

/// The longest line.
const WIDTH: usize = 120;

/// The macros whose calls are tables: name and entries, and nothing that a line break would tell apart.
const TABLES: &[&str] = &[
    "constructors!",
    "error_cases!",
    "integer_enum!",
    "parameters!",
    "multipart!",
    "operation!",
    "record!",
    "response_cases!",
    "text_enum!",
    "union!",
];

/// The macros whose calls declare an enum.
const ENUMS: &[&str] = &["integer_enum! {", "text_enum! {", "union! {"];

/// Lays a printed file out.
pub(super) fn lay_out(text: &str) -> String {
    let lines = fill_tables(text.lines());
    let lines = fill_signatures(fill_imports(lines));
    let lines = join_chains(join_groups(lines));
    let mut out = lines.join("\n");
    out.push('\n');
    out
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Writes each table anew: on one line if it fits, else its entries fill lines of their own.
fn fill_tables<'t>(lines: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut out = Vec::new();
    let mut lines = lines;
    while let Some(line) = lines.next() {
        if line == "scalars! {" {
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "}").map(str::trim).collect();
            out.push(line.to_owned());
            let body = tidy(&body.join(" "));
            out.extend(entries(&body).into_iter().map(|entry| format!("    {entry}")));
            out.push("}".to_owned());
            continue;
        }
        if ENUMS.contains(&line) {
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "}").map(str::trim).collect();
            let name = line.trim_end_matches(" {");
            let body = tidy(&body.join(" "));
            if body.contains("#[") {
                out.push(line.to_owned());
                declaration(&body, &mut out);
                out.push("}".to_owned());
            } else {
                table("", &format!("{name}({body});"), &mut out);
            }
            continue;
        }
        if !TABLES.iter().any(|name| line.trim_start().starts_with(name)) {
            out.push(line.to_owned());
            continue;
        }
        let mut call = line.trim().to_owned();
        while !call.ends_with(");") {
            let Some(next) = lines.next() else { break };
            call.push(' ');
            call.push_str(next.trim());
        }
        table(&" ".repeat(indent(line)), &tidy(&call), &mut out);
    }
    out
}

/// Writes a list of imports on as few lines as it needs.
fn fill_imports(lines: Vec<String>) -> Vec<String> {
    let mut out = Vec::new();
    let mut lines = lines.into_iter();
    while let Some(line) = lines.next() {
        if !(line.starts_with("use ") && line.ends_with('{')) {
            out.push(line);
            continue;
        }
        let items: Vec<String> = lines.by_ref().take_while(|line| line != "};").collect();
        let items = tidy(&items.iter().map(|item| item.trim()).collect::<Vec<_>>().join(" "));
        let items = items.trim_end_matches(',').replace("{ ", "{").replace(", }", "}");
        let whole = format!("{line}{items}}};");
        if whole.len() <= WIDTH {
            out.push(whole);
        } else {
            out.push(line);
            fill("    ", entries(&format!("{items},")), &mut out);
            out.push("};".to_owned());
        }
    }
    out
}

/// Writes a signature on one line, or its arguments on a line of their own.
fn fill_signatures(lines: Vec<String>) -> Vec<String> {
    let mut out = Vec::new();
    let mut lines = lines.into_iter();
    while let Some(line) = lines.next() {
        if !line.trim_start().starts_with("pub fn ") || line.ends_with(['{', '}']) {
            out.push(line);
            continue;
        }
        let margin = " ".repeat(indent(&line));
        let mut whole = line.trim().to_owned();
        for next in lines.by_ref() {
            whole.push(' ');
            whole.push_str(next.trim());
            if next.ends_with('{') {
                break;
            }
        }
        signature(&margin, &tight(&whole), &mut out);
    }
    out
}

/// Takes away what the printer puts into brackets that it breaks.
fn tight(text: &str) -> String {
    text.replace("( ", "(").replace(", )", ")").replace("< ", "<").replace(", >", ">")
}

fn signature(margin: &str, whole: &str, out: &mut Vec<String>) {
    let arguments = whole.find('(').zip(whole.rfind(") ->")).filter(|(open, close)| open < close);
    match arguments {
        Some((open, close)) if margin.len() + whole.len() > WIDTH => {
            out.push(format!("{margin}{}", &whole[..=open]));
            let listed = format!("{},", &whole[open + 1..close]);
            fill(&format!("{margin}    "), entries(&listed), out);
            out.push(format!("{margin}{}", &whole[close..]));
        }
        _ => out.push(format!("{margin}{whole}")),
    }
}

fn table(margin: &str, call: &str, out: &mut Vec<String>) {
    let call = call.replace("!( ", "!(").replace(" );", ");");
    if margin.len() + call.len() <= WIDTH {
        return out.push(format!("{margin}{call}"));
    }
    let braced =
        call.find(" { ").zip(call.strip_suffix(" });").map(str::len)).map(|(open, close)| (open + 2, close));
    let listed =
        || call.find("!(").zip(call.strip_suffix(");").map(str::len)).map(|(open, close)| (open + 2, close));
    let Some((open, close)) = braced.or_else(|| listed().filter(|_| call.starts_with("parameters!"))) else {
        return out.push(format!("{margin}{call}"));
    };
    out.push(format!("{margin}{}", &call[..open]));
    fill(&format!("{margin}    "), entries(&call[open..close]), out);
    out.push(format!("{margin}{}", call[close..].trim_start()));
}

/// Writes entries on as few lines as they need.
fn fill<'t>(margin: &str, entries: impl IntoIterator<Item = &'t str>, out: &mut Vec<String>) {
    let mut line = margin.to_owned();
    for entry in entries {
        if line.len() > margin.len() && line.len() + 1 + entry.len() > WIDTH {
            out.push(std::mem::replace(&mut line, margin.to_owned()));
        }
        if line.len() > margin.len() {
            line.push(' ');
        }
        line.push_str(entry);
    }
    out.push(line);
}

/// The declaration of an enum: its attributes on lines of their own, its entries filled.
fn declaration(text: &str, out: &mut Vec<String>) {
    let (attributes, rest) = attributes(text);
    out.extend(attributes.iter().map(|attribute| format!("    {attribute}")));
    let split = rest.find(" { ").zip(rest.strip_suffix(" }").map(str::len));
    let Some((open, close)) = split.filter(|_| rest.len() + 4 > WIDTH || rest.contains("#[")) else {
        return out.push(format!("    {rest}"));
    };
    out.push(format!("    {}", &rest[..open + 2]));
    let mut line = String::new();
    for entry in entries(&rest[open + 3..close]) {
        let (attributes, entry) = self::attributes(entry);
        let full = !line.is_empty() && line.len() + 9 + entry.len() > WIDTH;
        if (full || !attributes.is_empty()) && !line.is_empty() {
            out.push(format!("        {}", std::mem::take(&mut line)));
        }
        out.extend(attributes.iter().map(|attribute| format!("        {attribute}")));
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(entry);
    }
    out.push(format!("        {line}"));
    out.push("    }".to_owned());
}

/// The attributes that a text begins with, doc comments as such, and what follows them.
fn attributes(text: &str) -> (Vec<String>, &str) {
    let (mut found, mut rest) = (Vec::new(), text.trim_start());
    while rest.starts_with("#[") {
        let end = outside_of_literals(rest).into_iter().find(|(_, c)| *c == ']');
        let Some((end, _)) = end else { break };
        found.push(attribute(&rest[..=end]));
        rest = rest[end + 1..].trim_start();
    }
    (found, rest)
}

/// `#[doc = " text"]` as `/// text`.
fn attribute(text: &str) -> String {
    let literal = text.strip_prefix("#[doc = ").and_then(|rest| rest.strip_suffix(']'));
    match literal.and_then(|literal| syn::parse_str::<syn::LitStr>(literal).ok()) {
        Some(line) => format!("///{}", line.value()),
        None => text.to_owned(),
    }
}

/// The entries of a table, each with the separator behind it; those within brackets or quotes are part of another.
fn entries(text: &str) -> Vec<&str> {
    let (mut found, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, c) in outside_of_literals(text) {
        match c {
            '(' | '<' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            '>' if !text[..at].ends_with('=') => depth = depth.saturating_sub(1),
            ',' | ';' if depth == 0 => {
                found.push(text[start..=at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(text[start..].trim());
    found.retain(|entry| !entry.is_empty());
    found
}

/// The characters that stand in no string literal, and where.
fn outside_of_literals(text: &str) -> Vec<(usize, char)> {
    let mut out = Vec::new();
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next() {
        if c != '"' {
            out.push((at, c));
            continue;
        }
        while let Some((_, c)) = characters.next() {
            match c {
                '\\' => drop(characters.next()),
                '"' => break,
                _ => {}
            }
        }
    }
    out
}

/// Takes away the spaces that the printer leaves around punctuation in a macro.
fn tidy(text: &str) -> String {
    let spaces: Vec<usize> =
        outside_of_literals(text).into_iter().filter(|(_, c)| *c == ' ').map(|(at, _)| at).collect();
    let mut out = String::with_capacity(text.len());
    let mut start = 0;
    for at in spaces {
        out.push_str(&text[start..at]);
        start = at + 1;
        let before = out.as_str();
        let after = text[start..].trim_start();
        let tight_before = before.ends_with(['(', '<', '&', ' ']) || before.ends_with("::");
        let colon = after.starts_with(':') && !after.starts_with("::");
        let path = after.starts_with("::") && before.ends_with(|c: char| c.is_alphanumeric() || c == '>');
        let tight_after = colon || path || after.starts_with([',', ';', ')', '<', '>', '.']);
        // `{ ; extra }`: an empty list keeps its place.
        let empty = after.starts_with(';') && before.ends_with('{');
        if !(tight_before || tight_after) || empty {
            out.push(' ');
        }
    }
    out.push_str(&text[start..]);
    out
}

/// Joins a bracketed group whose lines fit on one.
fn join_groups(lines: Vec<String>) -> Vec<String> {
    let mut lines: Vec<Option<String>> = lines.into_iter().map(Some).collect();
    for first in (0..lines.len()).rev() {
        let Some(last) = lines[first].as_deref().and_then(|head| group_end(head, first, &lines)) else {
            continue;
        };
        let parts: Vec<&str> = lines[first..=last].iter().flatten().map(String::as_str).collect();
        if let Some(joined) = join(&parts) {
            lines[first + 1..=last].iter_mut().for_each(|line| *line = None);
            lines[first] = Some(joined);
        }
    }
    lines.into_iter().flatten().collect()
}

/// The line that closes the group that a line opens.
fn group_end(head: &str, first: usize, lines: &[Option<String>]) -> Option<usize> {
    let opens = head.ends_with(['(', '[', '<'])
        || head.ends_with("Self {")
        || is_literal(head)
        || is_accessor(head)
        || is_resource(head);
    if !opens || head.trim_start().starts_with("//") {
        return None;
    }
    let margin = indent(head);
    let rest = lines.iter().enumerate().skip(first + 1).filter_map(|(at, line)| Some((at, line.as_deref()?)));
    for (at, line) in rest.take(64) {
        match indent(line) {
            deeper if deeper == margin + 4 => {}
            // The printer indents the arguments of an initialiser twice.
            deeper if deeper == margin + 8 => {}
            same if same == margin || same == margin + 4 => return Some(at),
            _ => return None,
        }
        if line.trim_start().starts_with([')', ']', '}', '>']) {
            return Some(at);
        }
    }
    None
}

/// Whether a line opens the method that leads to a resource.
fn is_accessor(head: &str) -> bool {
    head.trim_start().starts_with("pub fn ")
        && head.contains("(&self) -> crate::resources::")
        && head.ends_with(" {")
}

/// Whether a line opens the declaration of a resource, which holds the client and nothing more.
fn is_resource(head: &str) -> bool {
    head.starts_with("pub struct ") && head.ends_with("<'c> {")
}

/// Whether a line opens a struct literal of a resource: `crate::resources::Users {`.
fn is_literal(head: &str) -> bool {
    head.trim_start().starts_with("crate::resources::") && head.ends_with(" {")
}

/// The lines of a group as one, if it is not too long.
fn join(parts: &[&str]) -> Option<String> {
    let (head, rest) = parts.split_first()?;
    let (tail, inner) = rest.split_last()?;
    if inner.iter().any(|line| line.trim_start().starts_with("//") || line.contains(" // ")) {
        return None;
    }
    if !tail.trim_start().starts_with([')', ']', '}', '>']) {
        return None;
    }
    let inner: Vec<&str> = inner.iter().map(|line| line.trim()).collect();
    let inner = inner.join(" ");
    let inner = inner.strip_suffix(',').unwrap_or(&inner);
    let space = if head.ends_with('{') { " " } else { "" };
    let joined = format!("{head}{space}{inner}{space}{}", tail.trim_start());
    (joined.len() <= WIDTH).then_some(joined)
}

/// Joins a chain of method calls that fits on one line with what it starts from.
fn join_chains(lines: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        let mut chain = Vec::new();
        let margin = indent(&line);
        let is_link = |next: &String| next.trim_start().starts_with('.') && indent(next) > margin;
        while let Some(next) = lines.next_if(is_link) {
            chain.push(next);
        }
        let length = line.len() + chain.iter().map(|link| link.trim().len()).sum::<usize>();
        let whole = chain.iter().all(|link| !link.ends_with(['(', '{', '[', '|']));
        if !chain.is_empty() && length <= WIDTH && whole && !line.trim_start().starts_with("//") {
            let links: String = chain.iter().map(|link| link.trim()).collect();
            out.push(line + &links);
        } else if whole && chain.len() > 1 {
            let margin = " ".repeat(margin + 4);
            out.push(line);
            fill_chain(&margin, &chain, &mut out);
        } else {
            out.push(line);
            out.append(&mut chain);
        }
    }
    out
}

/// Writes the links of a chain on as few lines as they need.
fn fill_chain(margin: &str, chain: &[String], out: &mut Vec<String>) {
    let mut line = margin.to_owned();
    for link in chain.iter().map(|link| link.trim()) {
        if line.len() > margin.len() && line.len() + link.len() > WIDTH {
            out.push(std::mem::replace(&mut line, margin.to_owned()));
        }
        line.push_str(link);
    }
    out.push(line);
}

#[cfg(test)]
mod tests {
    use super::lay_out;

    #[test]
    fn tables_are_filled() {
        let text = "record!(\n    A { b : optional, c =\n    \"c d, e\" : field; extra }\n);\n";
        assert_eq!(lay_out(text), "record!(A { b: optional, c = \"c d, e\": field; extra });\n");
        let entries: Vec<String> = (0..20).map(|n| format!("entry_{n} : Vec < String >")).collect();
        let text = format!("constructors!(\n    A {{ {}; extra }}\n);\n", entries.join(", "));
        let out = lay_out(&text);
        assert!(
            out.starts_with("constructors!(A {\n    entry_0: Vec<String>, entry_1: Vec<String>,"),
            "{out}"
        );
        assert!(out.ends_with("entry_19: Vec<String>;\n    extra\n});\n"), "{out}");
        assert!(out.lines().all(|line| line.len() <= super::WIDTH), "{out}");
    }

    #[test]
    fn groups_and_chains_are_joined_where_they_fit() {
        let text = "    pub fn get(\n        &self,\n        id: i64,\n    ) -> Call<'c, User> {\n        a()\n            .b(1)\n            .c()\n    }\n";
        assert_eq!(
            lay_out(text),
            "    pub fn get(&self, id: i64) -> Call<'c, User> {\n        a().b(1).c()\n    }\n"
        );
    }

    #[test]
    fn each_scalar_has_a_line() {
        let text = "scalars! {\n    A < B > : crate ::c::D.e(crate\n    ::f::g); ::h::I : crate ::j::K(\"l :: m\");\n}\n";
        let expected =
            "scalars! {\n    A<B>: crate::c::D.e(crate::f::g);\n    ::h::I: crate::j::K(\"l :: m\");\n}\n";
        assert_eq!(lay_out(text), expected);
    }

    #[test]
    fn an_empty_list_keeps_its_place() {
        assert_eq!(lay_out("record!(A { ; extra });\n"), "record!(A { ; extra });\n");
    }
}
