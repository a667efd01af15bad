//! The style table of OpenAPI (3.1.1 section 4.8.12.3, and what 3.2 adds), from a document to the bytes of a request.
//!
//! `parameters.yaml` has an operation for each row. `generator/docs/parameters.md` holds the same table, which
//! `UPDATE=1` rewrites.

use acceptance::{
    golden,
    server::{Answer, Received, Server},
};
use build_script_example::paint::{
    Call, Client, Error,
    models::{Colours, Mix},
};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../generator/docs/parameters.md");

/// The call of a row, which takes a text, a list or an object.
#[derive(Clone, Copy)]
enum Pass {
    Text(fn(&Client, &str) -> Call<()>),
    List(fn(&Client, &Colours) -> Call<()>),
    Map(fn(&Client, &Mix) -> Call<()>),
}

/// Where a row's value is in the request.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

/// Who says what is sent.
#[derive(Clone, Copy)]
enum Said {
    Specified,
    /// The specification leaves it open.
    Chosen,
}

struct Row {
    place: Place,
    style: &'static str,
    /// The path of the operation, in front of the value.
    path: &'static str,
    pass: Pass,
    said: Said,
    /// What is sent of each of the three values.
    wire: [&'static str; 3],
}

const NOTHING: &str = "nothing";
const REFUSED: &str = "refused";

// The values of the three columns: one with nothing in it, that of the specification, and one that needs care.
const TEXTS: [&str; 3] = ["", "blue", "a b/c,d&e=f%g#hü🎨"];
const LISTS: [&[&str]; 3] = [&[], &["blue", "black", "brown"], &["a,b", "c d|e", "f;g.h=i&j"]];
const MAPS: [&[&str]; 3] = [&[], &["100", "200", "150"], &["a,b", "c d|e", "f;g.h=i&j"]];

impl Pass {
    fn kind(self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::List(_) => "list",
            Self::Map(_) => "object",
        }
    }

    /// The call with the value of a column.
    fn call(self, client: &Client, column: usize) -> Call<()> {
        match self {
            Self::Text(call) => call(client, TEXTS[column]),
            Self::List(call) => {
                call(client, &LISTS[column].iter().map(|&item| item.to_owned()).collect::<Colours>())
            }
            Self::Map(call) => match MAPS[column] {
                [r, g, b] => call(client, &Mix::new().r(*r).g(*g).b(*b)),
                _ => call(client, &Mix::new()),
            },
        }
    }
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// Rows, one a line: the call, who says it, and what is sent of each value.
macro_rules! rows {
    ($($place:ident $style:literal {
        $($path:literal $kind:ident $resource:ident.$method:ident $said:ident [$($wire:expr),* $(,)?])*
    })*) => {
        vec![$($(Row {
            place: Place::$place,
            style: $style,
            path: $path,
            pass: Pass::$kind(|client, value| client.$resource().$method(value)),
            said: Said::$said,
            wire: [$($wire),*],
        }),*),*]
    };
}

fn in_paths() -> Vec<Row> {
    rows! {
        Path "`matrix`" {
            "/matrix/text" Text matrix.text Specified
                [";color", ";color=blue", ";color=a%20b%2Fc%2Cd%26e%3Df%25g%23h%C3%BC%F0%9F%8E%A8"]
            "/matrix/list" List matrix.list Specified
                [NOTHING, ";color=blue,black,brown", ";color=a%2Cb,c%20d%7Ce,f%3Bg.h%3Di%26j"]
            "/matrix/map" Map matrix.map Specified
                [NOTHING, ";color=R,100,G,200,B,150", ";color=R,a%2Cb,G,c%20d%7Ce,B,f%3Bg.h%3Di%26j"]
        }
        Path "`matrix`, exploded" {
            "/matrix_exploded/text" Text matrix_exploded.text Specified
                [";color", ";color=blue", ";color=a%20b%2Fc%2Cd%26e%3Df%25g%23h%C3%BC%F0%9F%8E%A8"]
            "/matrix_exploded/list" List matrix_exploded.list Specified
                [NOTHING, ";color=blue;color=black;color=brown", ";color=a%2Cb;color=c%20d%7Ce;color=f%3Bg.h%3Di%26j"]
            "/matrix_exploded/map" Map matrix_exploded.map Specified
                [NOTHING, ";R=100;G=200;B=150", ";R=a%2Cb;G=c%20d%7Ce;B=f%3Bg.h%3Di%26j"]
        }
        Path "`label`" {
            "/label/text" Text label.text Specified [".", ".blue", ".a%20b%2Fc%2Cd%26e%3Df%25g%23h%C3%BC%F0%9F%8E%A8"]
            "/label/list" List label.list Specified
                [NOTHING, ".blue,black,brown", ".a%2Cb,c%20d%7Ce,f%3Bg.h%3Di%26j"]
            "/label/map" Map label.map Specified
                [NOTHING, ".R,100,G,200,B,150", ".R,a%2Cb,G,c%20d%7Ce,B,f%3Bg.h%3Di%26j"]
        }
        Path "`label`, exploded" {
            "/label_exploded/text" Text label_exploded.text Specified
                [".", ".blue", ".a%20b%2Fc%2Cd%26e%3Df%25g%23h%C3%BC%F0%9F%8E%A8"]
            "/label_exploded/list" List label_exploded.list Specified
                [NOTHING, ".blue.black.brown", ".a%2Cb.c%20d%7Ce.f%3Bg.h%3Di%26j"]
            "/label_exploded/map" Map label_exploded.map Specified
                [NOTHING, ".R=100.G=200.B=150", ".R=a%2Cb.G=c%20d%7Ce.B=f%3Bg.h%3Di%26j"]
        }
        Path "`label`, the whole segment" {
            "/alone/" Text alone.label Chosen [REFUSED, ".blue", ".a%20b%2Fc%2Cd%26e%3Df%25g%23h%C3%BC%F0%9F%8E%A8"]
        }
        Path "`simple`" {
            "/simple/text" Text simple.text Specified
                [NOTHING, "blue", "a%20b%2Fc%2Cd%26e%3Df%25g%23h%C3%BC%F0%9F%8E%A8"]
            "/simple/list" List simple.list Specified
                [NOTHING, "blue,black,brown", "a%2Cb,c%20d%7Ce,f%3Bg.h%3Di%26j"]
            "/simple/map" Map simple.map Specified
                [NOTHING, "R,100,G,200,B,150", "R,a%2Cb,G,c%20d%7Ce,B,f%3Bg.h%3Di%26j"]
        }
        Path "`simple`, exploded" {
            "/simple_exploded/text" Text simple_exploded.text Specified
                [NOTHING, "blue", "a%20b%2Fc%2Cd%26e%3Df%25g%23h%C3%BC%F0%9F%8E%A8"]
            "/simple_exploded/list" List simple_exploded.list Specified
                [NOTHING, "blue,black,brown", "a%2Cb,c%20d%7Ce,f%3Bg.h%3Di%26j"]
            "/simple_exploded/map" Map simple_exploded.map Specified
                [NOTHING, "R=100,G=200,B=150", "R=a%2Cb,G=c%20d%7Ce,B=f%3Bg.h%3Di%26j"]
        }
        Path "`simple`, `allowReserved`" {
            "/reserved/path" Text reserved.in_path Specified
                [NOTHING, "blue", "a%20b/c,d&e=f%25g%23h%C3%BC%F0%9F%8E%A8"]
        }
        Path "JSON content" {
            "/json/path" Map json.in_path Specified [
                "%7B%7D",
                "%7B%22R%22%3A%22100%22%2C%22G%22%3A%22200%22%2C%22B%22%3A%22150%22%7D",
                "%7B%22R%22%3A%22a%2Cb%22%2C%22G%22%3A%22c%20d%7Ce%22%2C%22B%22%3A%22f%3Bg.h%3Di%26j%22%7D",
            ]
        }
    }
}

fn in_queries() -> Vec<Row> {
    rows! {
        Query "`form`" {
            "/form/text" Text form.text Specified
                ["?color=", "?color=blue", "?color=a%20b%2Fc%2Cd%26e%3Df%25g%23h%C3%BC%F0%9F%8E%A8"]
            "/form/list" List form.list Specified
                [NOTHING, "?color=blue,black,brown", "?color=a%2Cb,c%20d%7Ce,f%3Bg.h%3Di%26j"]
            "/form/map" Map form.map Specified
                [NOTHING, "?color=R,100,G,200,B,150", "?color=R,a%2Cb,G,c%20d%7Ce,B,f%3Bg.h%3Di%26j"]
        }
        Query "`form`, exploded" {
            "/form_exploded/text" Text form_exploded.text Specified
                ["?color=", "?color=blue", "?color=a%20b%2Fc%2Cd%26e%3Df%25g%23h%C3%BC%F0%9F%8E%A8"]
            "/form_exploded/list" List form_exploded.list Specified
                [NOTHING, "?color=blue&color=black&color=brown", "?color=a%2Cb&color=c%20d%7Ce&color=f%3Bg.h%3Di%26j"]
            "/form_exploded/map" Map form_exploded.map Specified
                [NOTHING, "?R=100&G=200&B=150", "?R=a%2Cb&G=c%20d%7Ce&B=f%3Bg.h%3Di%26j"]
        }
        Query "`form`, exploded, `allowReserved`" {
            "/reserved/text" Text reserved.text Specified
                ["?color=", "?color=blue", "?color=a%20b/c,d%26e=f%25g%23h%C3%BC%F0%9F%8E%A8"]
            "/reserved/list" List reserved.list Specified
                [NOTHING, "?color=blue&color=black&color=brown", "?color=a,b&color=c%20d%7Ce&color=f;g.h=i%26j"]
        }
        Query "`form`, exploded, `allowEmptyValue`" {
            "/blank/text" Text blank.text Specified
                ["?color=", "?color=blue", "?color=a%20b%2Fc%2Cd%26e%3Df%25g%23h%C3%BC%F0%9F%8E%A8"]
            "/blank/list" List blank.list Specified
                ["?color=", "?color=blue&color=black&color=brown", "?color=a%2Cb&color=c%20d%7Ce&color=f%3Bg.h%3Di%26j"]
        }
        Query "`spaceDelimited`" {
            "/space/text" Text space.text Chosen
                ["?color=", "?color=blue", "?color=a%20b%2Fc%2Cd%26e%3Df%25g%23h%C3%BC%F0%9F%8E%A8"]
            "/space/list" List space.list Specified
                [NOTHING, "?color=blue%20black%20brown", "?color=a%2Cb%20c%20d%7Ce%20f%3Bg.h%3Di%26j"]
            "/space/map" Map space.map Specified
                [NOTHING, "?color=R%20100%20G%20200%20B%20150", "?color=R%20a%2Cb%20G%20c%20d%7Ce%20B%20f%3Bg.h%3Di%26j"]
        }
        Query "`spaceDelimited`, exploded" {
            "/space_exploded/text" Text space_exploded.text Chosen
                ["?color=", "?color=blue", "?color=a%20b%2Fc%2Cd%26e%3Df%25g%23h%C3%BC%F0%9F%8E%A8"]
            "/space_exploded/list" List space_exploded.list Chosen
                [NOTHING, "?color=blue&color=black&color=brown", "?color=a%2Cb&color=c%20d%7Ce&color=f%3Bg.h%3Di%26j"]
            "/space_exploded/map" Map space_exploded.map Chosen
                [NOTHING, "?R=100&G=200&B=150", "?R=a%2Cb&G=c%20d%7Ce&B=f%3Bg.h%3Di%26j"]
        }
        Query "`pipeDelimited`" {
            "/pipe/text" Text pipe.text Chosen
                ["?color=", "?color=blue", "?color=a%20b%2Fc%2Cd%26e%3Df%25g%23h%C3%BC%F0%9F%8E%A8"]
            "/pipe/list" List pipe.list Specified
                [NOTHING, "?color=blue%7Cblack%7Cbrown", "?color=a%2Cb%7Cc%20d%7Ce%7Cf%3Bg.h%3Di%26j"]
            "/pipe/map" Map pipe.map Specified
                [NOTHING, "?color=R%7C100%7CG%7C200%7CB%7C150", "?color=R%7Ca%2Cb%7CG%7Cc%20d%7Ce%7CB%7Cf%3Bg.h%3Di%26j"]
        }
        Query "`pipeDelimited`, exploded" {
            "/pipe_exploded/text" Text pipe_exploded.text Chosen
                ["?color=", "?color=blue", "?color=a%20b%2Fc%2Cd%26e%3Df%25g%23h%C3%BC%F0%9F%8E%A8"]
            "/pipe_exploded/list" List pipe_exploded.list Chosen
                [NOTHING, "?color=blue&color=black&color=brown", "?color=a%2Cb&color=c%20d%7Ce&color=f%3Bg.h%3Di%26j"]
            "/pipe_exploded/map" Map pipe_exploded.map Chosen
                [NOTHING, "?R=100&G=200&B=150", "?R=a%2Cb&G=c%20d%7Ce&B=f%3Bg.h%3Di%26j"]
        }
        Query "`deepObject`" {
            "/deep/text" Text deep.text Chosen
                ["?color=", "?color=blue", "?color=a%20b%2Fc%2Cd%26e%3Df%25g%23h%C3%BC%F0%9F%8E%A8"]
            "/deep/list" List deep.list Chosen [
                NOTHING,
                "?color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
                "?color%5B0%5D=a%2Cb&color%5B1%5D=c%20d%7Ce&color%5B2%5D=f%3Bg.h%3Di%26j",
            ]
            "/deep/map" Map deep.map Chosen [
                NOTHING,
                "?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
                "?color%5BR%5D=a%2Cb&color%5BG%5D=c%20d%7Ce&color%5BB%5D=f%3Bg.h%3Di%26j",
            ]
        }
        Query "`deepObject`, exploded" {
            "/deep_exploded/text" Text deep_exploded.text Chosen
                ["?color=", "?color=blue", "?color=a%20b%2Fc%2Cd%26e%3Df%25g%23h%C3%BC%F0%9F%8E%A8"]
            "/deep_exploded/list" List deep_exploded.list Chosen [
                NOTHING,
                "?color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
                "?color%5B0%5D=a%2Cb&color%5B1%5D=c%20d%7Ce&color%5B2%5D=f%3Bg.h%3Di%26j",
            ]
            "/deep_exploded/map" Map deep_exploded.map Specified [
                NOTHING,
                "?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
                "?color%5BR%5D=a%2Cb&color%5BG%5D=c%20d%7Ce&color%5BB%5D=f%3Bg.h%3Di%26j",
            ]
        }
        Query "JSON content" {
            "/json/query" Map json.in_query Specified [
                "?color=%7B%7D",
                "?color=%7B%22R%22%3A%22100%22%2C%22G%22%3A%22200%22%2C%22B%22%3A%22150%22%7D",
                "?color=%7B%22R%22%3A%22a%2Cb%22%2C%22G%22%3A%22c%20d%7Ce%22%2C%22B%22%3A%22f%3Bg.h%3Di%26j%22%7D",
            ]
        }
        Query "`in: querystring`, form content" {
            "/whole/form" Map whole.form Specified
                [NOTHING, "?R=100&G=200&B=150", "?R=a%2Cb&G=c%20d%7Ce&B=f%3Bg.h%3Di%26j"]
        }
        Query "`in: querystring`, JSON content" {
            "/whole/json" Map whole.json Specified [
                "?%7B%7D",
                "?%7B%22R%22%3A%22100%22%2C%22G%22%3A%22200%22%2C%22B%22%3A%22150%22%7D",
                "?%7B%22R%22%3A%22a%2Cb%22%2C%22G%22%3A%22c%20d%7Ce%22%2C%22B%22%3A%22f%3Bg.h%3Di%26j%22%7D",
            ]
        }
    }
}

fn in_headers() -> Vec<Row> {
    rows! {
        Header "`simple`" {
            "/headed/text" Text headed.text Specified ["", "blue", "a b/c,d&e=f%g#hü🎨"]
            "/headed/list" List headed.list Specified [NOTHING, "blue,black,brown", "a,b,c d|e,f;g.h=i&j"]
            "/headed/map" Map headed.map Specified [NOTHING, "R,100,G,200,B,150", "R,a,b,G,c d|e,B,f;g.h=i&j"]
        }
        Header "`simple`, exploded" {
            "/headed_exploded/text" Text headed_exploded.text Specified ["", "blue", "a b/c,d&e=f%g#hü🎨"]
            "/headed_exploded/list" List headed_exploded.list Specified
                [NOTHING, "blue,black,brown", "a,b,c d|e,f;g.h=i&j"]
            "/headed_exploded/map" Map headed_exploded.map Specified
                [NOTHING, "R=100,G=200,B=150", "R=a,b,G=c d|e,B=f;g.h=i&j"]
        }
        Header "JSON content" {
            "/json/header" Map json.in_header Specified
                ["{}", r#"{"R":"100","G":"200","B":"150"}"#, r#"{"R":"a,b","G":"c d|e","B":"f;g.h=i&j"}"#]
        }
    }
}

fn in_cookies() -> Vec<Row> {
    rows! {
        Cookie "`form`" {
            "/baked/text" Text baked.text Specified
                ["color=", "color=blue", "color=a%20b/c%2Cd&e=f%25g#h%C3%BC%F0%9F%8E%A8"]
            "/baked/list" List baked.list Specified
                [NOTHING, "color=blue,black,brown", "color=a%2Cb,c%20d|e,f%3Bg.h=i%26j"]
            "/baked/map" Map baked.map Specified
                [NOTHING, "color=R,100,G,200,B,150", "color=R,a%2Cb,G,c%20d|e,B,f%3Bg.h=i%26j"]
        }
        Cookie "`form`, exploded" {
            "/baked_exploded/text" Text baked_exploded.text Specified
                ["color=", "color=blue", "color=a%20b/c%2Cd&e=f%25g#h%C3%BC%F0%9F%8E%A8"]
            "/baked_exploded/list" List baked_exploded.list Specified
                [NOTHING, "color=blue&color=black&color=brown", "color=a%2Cb&color=c%20d|e&color=f%3Bg.h=i%26j"]
            "/baked_exploded/map" Map baked_exploded.map Specified
                [NOTHING, "R=100&G=200&B=150", "R=a%2Cb&G=c%20d|e&B=f%3Bg.h=i%26j"]
        }
        Cookie "`cookie`" {
            "/jar/text" Text jar.text Specified ["color=", "color=blue", "color=a b/c,d&e=f%g#hü🎨"]
            "/jar/list" List jar.list Specified [NOTHING, "color=blue,black,brown", REFUSED]
            "/jar/map" Map jar.map Specified [NOTHING, "color=R,100,G,200,B,150", REFUSED]
        }
        Cookie "`cookie`, exploded" {
            "/jar_exploded/text" Text jar_exploded.text Specified
                ["color=", "color=blue", "color=a b/c,d&e=f%g#hü🎨"]
            "/jar_exploded/list" List jar_exploded.list Specified
                [NOTHING, "color=blue; color=black; color=brown", REFUSED]
            "/jar_exploded/map" Map jar_exploded.map Specified [NOTHING, "R=100; G=200; B=150", REFUSED]
        }
        Cookie "JSON content" {
            "/json/cookie" Map json.in_cookie Specified [
                "color={}",
                "color={%22R%22:%22100%22%2C%22G%22:%22200%22%2C%22B%22:%22150%22}",
                "color={%22R%22:%22a%2Cb%22%2C%22G%22:%22c%20d|e%22%2C%22B%22:%22f%3Bg.h=i%26j%22}",
            ]
        }
    }
}

/// What was sent of a value: the rest of the target, or the header.
fn sent(row: &Row, request: &Received) -> String {
    let query = if request.query.is_empty() { String::new() } else { format!("?{}", request.query) };
    let target = format!("{}{query}", request.path);
    let header = |name: &str| {
        assert_eq!(target, row.path, "a header leaves the target alone");
        request.headers.get(name).cloned()
    };
    let value = match row.place {
        Place::Path | Place::Query => {
            target.strip_prefix(row.path).map(str::to_owned).filter(|rest| !rest.is_empty())
        }
        Place::Header => header(if row.path.starts_with("/json") { "color" } else { "x-color" }),
        Place::Cookie => header("cookie"),
    };
    value.unwrap_or_else(|| NOTHING.to_owned())
}

/// A cell of a table in Markdown.
fn cell(wire: &str) -> String {
    match wire {
        NOTHING | REFUSED => wire.to_owned(),
        "" => "empty".to_owned(),
        wire => format!("`{}`", wire.replace('|', "\\|")),
    }
}

fn table(rows: &[Row]) -> String {
    let mut lines = vec![
        "| in | style | value | empty | plain | with delimiters | |".to_owned(),
        "|---|---|---|---|---|---|---|".to_owned(),
    ];
    for Row { place, style, pass, said, wire, .. } in rows {
        let (place, kind, [empty, plain, hard]) = (place.name(), pass.kind(), wire.map(cell));
        let said = match said {
            Said::Specified => "",
            Said::Chosen => "our choice",
        };
        lines.push(format!("| {place} | {style} | {kind} | {empty} | {plain} | {hard} | {said} |"));
    }
    lines.join("\n")
}

/// The page with this table in place of its own.
fn page_with(page: &str, table: &str) -> String {
    let is_row = |line: &&str| line.starts_with('|');
    let above: Vec<&str> = page.lines().take_while(|line| !is_row(line)).collect();
    let below: Vec<&str> = page.lines().skip(above.len()).skip_while(is_row).collect();
    [above.join("\n"), table.to_owned(), below.join("\n")].join("\n") + "\n"
}

#[tokio::test]
async fn each_style_is_what_the_specification_says() {
    let rows: Vec<Row> =
        [in_paths(), in_queries(), in_headers(), in_cookies()].into_iter().flatten().collect();
    let server = Server::start(|_| Answer::empty(204));
    let client = Client::builder().base_url(server.url()).build().expect("a client");
    let mut wrong = Vec::new();
    for row in &rows {
        for (column, expected) in row.wire.into_iter().enumerate() {
            let before = server.received().len();
            let actual = match row.pass.call(&client, column).await {
                Ok(()) => sent(row, server.received().last().expect("it was sent")),
                Err(Error::Request(_)) if server.received().len() == before => REFUSED.to_owned(),
                Err(error) => error.to_string(),
            };
            if actual != expected {
                wrong.push(format!(
                    "{} of {}\nexpected {expected}\n    sent {actual}",
                    row.pass.kind(),
                    row.path
                ));
            }
        }
    }
    let table = table(&rows);
    println!("{table}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    let page = std::fs::read_to_string(PAGE).expect("the page is there");
    let current = page_with(&page, &table);
    if golden::updating() {
        std::fs::write(PAGE, &current).expect("the page can be written");
    }
    assert!(page == current, "UPDATE=1 accepts:\n{}", golden::diff("parameters.md", &page, &current));
}

/// A style without a row in the specification is sent as the page says, without a warning.
#[test]
fn what_the_specification_leaves_open_is_not_reported() {
    let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/parameters.yaml");
    let request = cratewright::pipeline::Request { spec: Some(spec.into()), ..Default::default() };
    let run = cratewright::pipeline::run(&request);
    let said: Vec<&str> = run.diagnostics.items().iter().map(|one| one.message.as_str()).collect();
    assert!(said.is_empty(), "{said:?}");
}
