//! Parameters and bodies on the wire, byte for byte, through the transport that clients use.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http_server;

use bytes::Bytes;
use http_server::{Seen, Server, json};
use runtime::runtime::call::Call;
use runtime::runtime::codec::{Codec, from_json};
use runtime::runtime::error::Error;
use runtime::runtime::fill::Fill as _;
use runtime::runtime::operation::Operation;
use runtime::runtime::request::Request;
use runtime::runtime::request_error::{RequestError, RequestPart};
use runtime::runtime::style::{PathStyle, PlainStyle, QueryStyle};
use runtime::runtime::value::Value;

static SEARCH: Operation = Operation::new("search", "GET", "/search").accept("application/json");
static ITEM: Operation = Operation::new("item", "GET", "/items/{id}");
static FILE: Operation = Operation::new("file", "GET", "/files/{a}{b}/x#part");
static DOWNLOAD: Operation = Operation::new("download", "GET", "/files/{name}?raw=1&from=../{from}");
static SEND: Operation = Operation::new("send", "POST", "/send");

/// The request that a server sees.
async fn seen(operation: &'static Operation, fill: impl FnOnce(&mut Request)) -> Seen {
    let server = Server::always(json("null"));
    let client = server.client();
    let mut call = Call::<()>::empty(&client, operation);
    fill(call.request());
    call.await.unwrap();
    server.only()
}

/// The error of a request that is never sent.
async fn refused(operation: &'static Operation, fill: impl FnOnce(&mut Request)) -> RequestError {
    let server = Server::always(json("null"));
    let client = server.client();
    let mut call = Call::<()>::empty(&client, operation);
    fill(call.request());
    let result = call.await;
    assert!(server.seen().is_empty());
    let Err(Error::Request(error)) = result else { unreachable!("{result:?}") };
    error
}

fn value(json: &str) -> Value { from_json(json.as_bytes()).unwrap() }

const LIST: &str = r#"["blue","black","brown"]"#;
const MAP: &str = r#"{"R":100,"G":200,"B":150}"#;

/// Fills parameters in.
type Fill = fn(&mut Request);

/// The style table of OpenAPI 3.1.1, section 4.8.12.3.
#[tokio::test]
async fn query_styles() {
    use QueryStyle::{DeepObject, Form, FormExplode, Json, PipeDelimited, SpaceDelimited};
    for (style, json, expected) in [
        (Form, r#""""#, "?color="),
        (Form, r#""blue""#, "?color=blue"),
        (Form, LIST, "?color=blue,black,brown"),
        (Form, MAP, "?color=R,100,G,200,B,150"),
        (FormExplode, r#""""#, "?color="),
        (FormExplode, r#""blue""#, "?color=blue"),
        (FormExplode, LIST, "?color=blue&color=black&color=brown"),
        (FormExplode, MAP, "?R=100&G=200&B=150"),
        (SpaceDelimited, LIST, "?color=blue%20black%20brown"),
        (SpaceDelimited, MAP, "?color=R%20100%20G%20200%20B%20150"),
        (PipeDelimited, LIST, "?color=blue%7Cblack%7Cbrown"),
        (PipeDelimited, MAP, "?color=R%7C100%7CG%7C200%7CB%7C150"),
        (DeepObject, MAP, "?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
        // beyond the table
        (DeepObject, r#"{"a":{"b":{"c":"x y"}},"n":null}"#, "?color%5Ba%5D%5Bb%5D%5Bc%5D=x%20y"),
        (DeepObject, r#"[{"a":1},{"a":2}]"#, "?color%5B0%5D%5Ba%5D=1&color%5B1%5D%5Ba%5D=2"),
        (Json, r#"{"a":[1,"b"]}"#, "?color=%7B%22a%22%3A%5B1%2C%22b%22%5D%7D"),
        (Json, "[]", "?color=%5B%5D"),
        (FormExplode, r#"[{"a":1}]"#, "?color=%7B%22a%22%3A1%7D"),
        // delimiters of the style are raw, those in the data are not
        (Form, r#"["a,b","c d"]"#, "?color=a%2Cb,c%20d"),
        (FormExplode, r#"["a,b","c d"]"#, "?color=a%2Cb&color=c%20d"),
        (Form, r#""a&b=c+d#e%2F'é""#, "?color=a%26b%3Dc%2Bd%23e%252F%27%C3%A9"),
        (FormExplode, "true", "?color=true"),
        (FormExplode, "-1.5", "?color=-1.5"),
        // nothing to send: no key
        (Form, "null", ""),
        (Form, "[]", ""),
        (FormExplode, "[]", ""),
        (FormExplode, "{}", ""),
        (DeepObject, "{}", ""),
        (Json, "null", ""),
        (Form, r#"["a",null,"b"]"#, "?color=a,b"),
    ] {
        let seen = seen(&SEARCH, |request| request.query("color", style, &value(json))).await;
        assert_eq!(seen.target, format!("/search{expected}"), "{style:?} {json}");
    }
}

/// `in: querystring` (OpenAPI 3.2, section 4.12.2): the parameter's own name is not sent.
#[tokio::test]
async fn whole_queries() {
    use QueryStyle::{WholeForm, WholeJson};
    for (style, json, expected) in [
        (
            WholeForm,
            r#"{"a":"b c&","list":[1,2],"map":{"x":1},"none":null}"#,
            "?a=b%20c%26&list=1&list=2&map=%7B%22x%22%3A1%7D",
        ),
        (WholeForm, "{}", ""),
        (WholeForm, r#""a b""#, "?a%20b"),
        (WholeJson, r#"{"a":[1,"é"]}"#, "?%7B%22a%22%3A%5B1%2C%22%C3%A9%22%5D%7D"),
        (WholeJson, "{}", "?%7B%7D"),
        (WholeJson, "null", ""),
    ] {
        let seen = seen(&SEARCH, |request| request.query("filter", style, &value(json))).await;
        assert_eq!(seen.target, format!("/search{expected}"), "{style:?} {json}");
    }
}

#[tokio::test]
async fn reserved_characters_stay_if_allowed() {
    let text = "a/b?c:d@e!$(f)*,;=g%2Fh&i#j+k[l] m%zz".to_owned();
    let seen = seen(&SEARCH, |request| request.query_reserved("q", QueryStyle::Form, &text)).await;
    assert_eq!(seen.target, "/search?q=a/b?c:d@e!$(f)*,;=g%2Fh%26i%23j%2Bk%5Bl%5D%20m%25zz");
}

#[tokio::test]
async fn a_query_parameter_is_set_in_its_place_or_taken_away() {
    let seen = seen(&SEARCH, |request| {
        request.query("a b", QueryStyle::Form, &1_i64);
        request.query("gone", QueryStyle::Form, &2_i64);
        request.query("c", QueryStyle::Form, &3_i64);
        request.query("a b", QueryStyle::Form, &4_i64);
        request.query("gone", QueryStyle::Form, &None::<i64>);
        request.query_empty("c");
        request.query("list", QueryStyle::Form, &Vec::<i64>::new());
        request.query_empty("list");
        request.query_pair("x&", "=y");
        assert_eq!(request.query_number("a b"), Some(4));
        assert_eq!(request.query_number("gone"), None);
    });
    assert_eq!(seen.await.target, "/search?a%20b=4&c=3&list=&x%26=%3Dy");
}

#[tokio::test]
async fn path_styles() {
    use PathStyle::{Label, LabelExplode, Matrix, MatrixExplode, Simple, SimpleExplode};
    for (style, json, expected) in [
        (Simple, r#""blue""#, "blue"),
        (Simple, LIST, "blue,black,brown"),
        (Simple, MAP, "R,100,G,200,B,150"),
        (SimpleExplode, LIST, "blue,black,brown"),
        (SimpleExplode, MAP, "R=100,G=200,B=150"),
        (Label, r#""blue""#, ".blue"),
        (Label, LIST, ".blue,black,brown"),
        (Label, MAP, ".R,100,G,200,B,150"),
        (LabelExplode, LIST, ".blue.black.brown"),
        (LabelExplode, MAP, ".R=100.G=200.B=150"),
        (Matrix, r#""""#, ";id"),
        (Matrix, r#""blue""#, ";id=blue"),
        (Matrix, LIST, ";id=blue,black,brown"),
        (Matrix, MAP, ";id=R,100,G,200,B,150"),
        (MatrixExplode, LIST, ";id=blue;id=black;id=brown"),
        (MatrixExplode, MAP, ";R=100;G=200;B=150"),
        (Simple, r#""a/b c""#, "a%2Fb%20c"),
        (Simple, r#""../x?y#z%2e;:@&=+$,é~""#, "..%2Fx%3Fy%23z%252e%3B%3A%40%26%3D%2B%24%2C%C3%A9~"),
        (PathStyle::Json, r#"{"a":["b/c"]}"#, "%7B%22a%22%3A%5B%22b%2Fc%22%5D%7D"),
        (Simple, "0", "0"),
        (Simple, "true", "true"),
    ] {
        let seen = seen(&ITEM, |request| request.path_styled("id", style, &value(json))).await;
        assert_eq!(seen.target, format!("/items/{expected}"), "{style:?} {json}");
    }
}

#[tokio::test]
async fn paths_lead_nowhere_else() {
    for json in [r#""""#, r#"".""#, r#""..""#, "[]", "null"] {
        let error = refused(&ITEM, |request| request.path("id", &value(json))).await;
        assert_eq!((error.part(), error.name()), (RequestPart::Path, "id"), "{json}");
    }
    for style in [PathStyle::Label, PathStyle::LabelExplode, PathStyle::Matrix, PathStyle::MatrixExplode] {
        for json in ["[]", "{}", "[null]"] {
            let error = refused(&ITEM, |request| request.path_styled("id", style, &value(json))).await;
            assert_eq!((error.part(), error.name()), (RequestPart::Path, "id"), "{style:?} {json}");
        }
    }
    let error = refused(&FILE, |request| {
        request.path("a", &".".to_owned());
        request.path("b", &".".to_owned());
    })
    .await;
    assert_eq!(error.to_string(), "path parameter `a`, `b`: makes a path segment `..`, which would change the path");
    let seen = seen(&FILE, |request| {
        request.path("a", &"..".to_owned());
        request.path("b", &".".to_owned());
    });
    assert_eq!(seen.await.target, "/files/.../x");
    assert_eq!(refused(&ITEM, |_| ()).await.to_string(), "path parameter `id`: has no value");
}

#[tokio::test]
async fn a_path_with_allow_reserved_keeps_slashes() {
    for (style, json, expected) in [
        (PathStyle::Simple, r#""a/b c?d#e%2F%;=é""#, "a/b%20c%3Fd%23e%2F%25;=%C3%A9"),
        (PathStyle::Label, r#"["a/b","c"]"#, ".a/b,c"),
        (PathStyle::Simple, r#""...""#, "..."),
    ] {
        let seen = seen(&ITEM, |request| request.path_reserved("id", style, &value(json))).await;
        assert_eq!(seen.target, format!("/items/{expected}"), "{style:?} {json}");
    }
    for text in ["", "..", "a/../b", "a/.", "%2e%2E", "a/%2e./b"] {
        let error = refused(&ITEM, |request| request.path_reserved("id", PathStyle::Simple, &text.to_owned())).await;
        assert_eq!((error.part(), error.name()), (RequestPart::Path, "id"), "{text}");
    }
}

#[tokio::test]
async fn text_is_sent_in_the_charset_of_its_media_type() {
    let sent =
        async |media_type: &'static str| seen(&SEND, |request| request.text(media_type, "ü".to_owned())).await.body;
    assert_eq!(sent("text/plain; charset=utf-8").await, "ü");
    assert_eq!(sent("text/plain; charset=\"ISO-8859-1\"").await, "\u{fffd}", "one byte that is not UTF-8");
    let error = refused(&SEND, |request| request.text("text/plain; charset=iso-8859-1", "中".to_owned())).await;
    assert_eq!(error.part(), RequestPart::Body);
    let error = refused(&SEND, |request| request.text("text/plain; charset=none-such", "a".to_owned())).await;
    assert!(error.to_string().contains("`none-such` is not a known charset"), "{error}");
}

#[tokio::test]
async fn a_query_in_a_template_is_no_segment() {
    for dots in ["", ".", ".."] {
        let error = refused(&DOWNLOAD, |request| {
            request.path("name", &dots.to_owned());
            request.path("from", &"x".to_owned());
        });
        assert_eq!(error.await.name(), "name");
    }
    let seen = seen(&DOWNLOAD, |request| {
        request.path("name", &"a?b".to_owned());
        request.path("from", &"..".to_owned());
    });
    assert_eq!(seen.await.target, "/files/a%3Fb?raw=1&from=../..");
}

#[tokio::test]
async fn cookies_in_the_style_cookie_are_sent_as_they_are() {
    let seen = seen(&SEARCH, |request| {
        request.cookie("list", QueryStyle::Cookie, &value(r#"["a b","c%d&","é"]"#));
        request.cookie("each", QueryStyle::CookieExplode, &value(r#"["a b","c%d&"]"#));
        request.cookie("map", QueryStyle::CookieExplode, &value(r#"{"x":"a, b","y":1}"#));
        request.cookie("none", QueryStyle::CookieExplode, &Vec::<i64>::new());
    })
    .await;
    let cookies = seen.header("cookie").unwrap();
    assert_eq!(cookies, "list=a b,c%d&,é; each=a b; each=c%d&; x=a, b; y=1");
    for hostile in [r#""a; admin=1""#, r#"["a","b;c"]"#, r#"{"x;":1}"#, r#""a\r\nSet: b""#] {
        for style in [QueryStyle::Cookie, QueryStyle::CookieExplode] {
            let error = refused(&SEARCH, |request| request.cookie("visit", style, &value(hostile))).await;
            assert!(error.to_string().starts_with("cookie `visit`: has a semicolon or a control"), "{error}");
        }
    }
}

#[tokio::test]
async fn headers_and_cookies() {
    let seen = seen(&SEARCH, |request| {
        request.header("X-One", PlainStyle::Simple, &"a, b; ü".to_owned());
        request.header("X-List", PlainStyle::Simple, &vec![1_i64, 2]);
        request.header("X-Map", PlainStyle::Simple, &value(MAP));
        request.header("X-Exploded", PlainStyle::SimpleExplode, &value(MAP));
        request.header("X-None", PlainStyle::Simple, &None::<String>);
        request.header("X-Empty", PlainStyle::Simple, &Vec::<i64>::new());
        request.cookie("empty", QueryStyle::FormExplode, &Vec::<i64>::new());
        request.cookie("id", QueryStyle::FormExplode, &"a+b=/& ;,\"%".to_owned());
        request.cookie("ids", QueryStyle::FormExplode, &vec![1_i64, 2]);
        request.cookie("list", QueryStyle::Form, &vec![1_i64, 2]);
        request.cookie("texts", QueryStyle::Form, &value(r#"["a; admin=1","b,c&d"]"#));
        request.cookie("map", QueryStyle::FormExplode, &value(r#"{"x;":"\r\n","y":1}"#));
        request.header("X-Json", PlainStyle::Json, &value(r#"{"a":["b",null,"ü"]}"#));
        request.cookie("json", QueryStyle::Json, &value(r#"{"a":["b c"]}"#));
        request.cookie("none", QueryStyle::FormExplode, &None::<String>);
        request.header("Cookie", PlainStyle::Simple, &"theme=dark".to_owned());
    })
    .await;
    let header = |name| seen.header(name).unwrap_or_default();
    assert_eq!(header("x-one"), "a, b; ü");
    assert_eq!(header("x-list"), "1,2");
    assert_eq!(header("x-map"), "R,100,G,200,B,150");
    assert_eq!(header("x-exploded"), "R=100,G=200,B=150");
    assert_eq!((seen.header("x-none"), seen.header("x-empty")), (None, None));
    assert_eq!(
        header("cookie"),
        "theme=dark; id=a+b=/&%20%3B%2C%22%25; ids=1&ids=2; list=1,2; texts=a%3B%20admin=1,b%2Cc%26d; \
         x%3B=%0D%0A&y=1; json={%22a%22:[%22b%20c%22]}"
    );
    assert_eq!(header("x-json"), r#"{"a":["b",null,"ü"]}"#);
    assert_eq!(header("accept"), "application/json");
    assert_eq!(header("user-agent"), "test-client/1.0");
    assert_eq!(header("accept-encoding"), "gzip");
    assert_eq!(seen.header("content-type"), None);
}

#[tokio::test]
async fn no_header_holds_a_line_break() {
    let error =
        refused(&SEARCH, |request| request.header("X-One", PlainStyle::Simple, &"a\r\nX-Two: b".to_owned())).await;
    assert_eq!(error.to_string(), "header `X-One`: has a value that no header can have");
    let error = refused(&SEARCH, |request| request.override_header("X One", "a")).await;
    assert_eq!(error.to_string(), "header `X One`: is not a header name");
}

#[tokio::test]
async fn no_header_contradicts_the_request() {
    for name in ["Content-Length", "host", "Transfer-Encoding", "Connection", "TE", "upgrade"] {
        let error = refused(&SEARCH, |request| request.override_header(name, "1")).await;
        assert_eq!(error.to_string(), format!("header `{name}`: is made of the URL and the body, and cannot be set"));
        let error = refused(&SEARCH, |request| request.header(name, PlainStyle::Simple, &"1".to_owned())).await;
        assert_eq!(error.name(), name);
    }
}

#[tokio::test]
async fn a_body_that_is_not_there_has_a_length() {
    for (method, length) in
        [("POST", Some("0")), ("PUT", Some("0")), ("PATCH", Some("0")), ("GET", None), ("DELETE", None)]
    {
        let operation: &'static Operation = Box::leak(Box::new(Operation::new("bare", method, "/bare")));
        let seen = seen(operation, |_| ()).await;
        assert_eq!(seen.header("content-length").as_deref(), length, "{method}");
    }
}

#[tokio::test]
async fn bodies() {
    let cases: [(Fill, &str, &str); 5] = [
        (
            |request| request.json("application/json", &value(r#"{"a":null,"b":"ü"}"#)),
            "application/json",
            r#"{"a":null,"b":"ü"}"#,
        ),
        (|request| request.json("application/merge-patch+json", &1_i64), "application/merge-patch+json", "1"),
        (|request| request.text("text/plain; charset=utf-8", "ü".to_owned()), "text/plain; charset=utf-8", "ü"),
        (
            |request| request.upload("application/octet-stream", Bytes::from_static(b"\0x").into()),
            "application/octet-stream",
            "\0x",
        ),
        (
            |request| {
                let form =
                    value(r#"{"a":"b c&+","list":[1,2],"map":{"x":1},"deep":{"y":{"z":1}},"none":null,"empty":""}"#);
                request.form(&form, &[("deep", QueryStyle::DeepObject)]);
            },
            "application/x-www-form-urlencoded",
            "a=b%20c%26%2B&list=1&list=2&map=%7B%22x%22%3A1%7D&deep%5By%5D%5Bz%5D=1&empty=",
        ),
    ];
    for (fill, content_type, body) in cases {
        let seen = seen(&SEND, fill).await;
        assert_eq!(seen.header("content-type").as_deref(), Some(content_type));
        assert_eq!((seen.method.as_str(), seen.body.as_str()), ("POST", body));
    }
    let null = seen(&SEND, |request| request.json("application/json", &None::<String>)).await;
    assert_eq!((null.header("content-type").as_deref(), null.body.as_str()), (Some("application/json"), "null"));
    let exploded = seen(&SEND, |request| {
        request.form(&value(r#"{"map":{"x":1,"y":2}}"#), &[("map", QueryStyle::FormExplode)]);
    });
    assert_eq!(exploded.await.body, "x=1&y=2");
    let error = refused(&SEND, |request| request.form(&1_i64, &[])).await;
    assert_eq!(error.to_string(), "body: only an object can be sent as a form");
}

#[tokio::test]
async fn values_that_cannot_be_written_are_refused() {
    let refusals: [(Fill, RequestPart); 3] = [
        (|request| request.path("id", &f64::NAN), RequestPart::Path),
        (|request| request.query("q", QueryStyle::Form, &f64::INFINITY), RequestPart::Query),
        (|request| request.json("application/json", &f64::NAN), RequestPart::Body),
    ];
    for (fill, part) in refusals {
        assert_eq!(refused(&ITEM, fill).await.part(), part);
    }
}

#[tokio::test]
async fn methods_are_any_token() {
    static QUERY: Operation = Operation::new("query", "QUERY", "/a b/{id}?fixed=1");
    static BAD: Operation = Operation::new("bad", "NOT A METHOD", "/");
    let seen = seen(&QUERY, |request| {
        request.path("id", &1_i64);
        request.query("q", QueryStyle::Form, &2_i64);
    });
    assert_eq!(seen.await.target, "/a%20b/1?fixed=1&q=2");
    assert_eq!(refused(&BAD, |_| ()).await.part(), RequestPart::Method);
}

#[test]
fn codecs_are_taken_as_objects() {
    let parameters: [&dyn Codec; 2] = [&1_i64, &"a".to_owned()];
    let mut request = Request::new(&ITEM);
    for parameter in parameters {
        request.path("id", parameter);
    }
    assert_eq!(
        format!("{request:?}"),
        r#"Request { operation: "item", method: "GET", path: "/items/{id}", error: None, .. }"#
    );
}
