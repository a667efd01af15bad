//! The table of diagnostic codes. Codes are never reused or renumbered.

use super::Severity::{self, Error, Note, Warning};

macro_rules! codes {
    ($($id:literal $name:ident $severity:ident $title:literal $explanation:literal)*) => {
        /// The kinds of diagnostics.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $title] $name,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable name, such as `CW0104`.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// The default severity.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => $severity,)* }
            }

            /// The title shown in lists.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            /// The meaning, the reason and what to do, for `cratewright explain`.
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$name => $explanation,)* }
            }
        }
    };
}

codes! {
    "CW0001" FileNotReadable Error "a file cannot be read"
        "The file is missing, is a folder, is not UTF-8, or the system refused to open it. Check the path; nothing was written."
    "CW0002" Syntax Error "a file is neither valid YAML nor valid JSON"
        "The parser stopped at the place shown. YAML forbids tabs in indentation and needs quotes around a value that holds `: ` or starts with `@`, `` ` `` or `%`; JSON forbids comments and trailing commas. Nothing was written."
    "CW0003" EmptyFile Error "a file holds no document"
        "The file is empty or holds comments only."
    "CW0004" NotOpenApi Error "a document is not an OpenAPI description"
        "The root must be an object with `openapi: 3.x.y` or `swagger: '2.0'`."
    "CW0005" UnsupportedVersion Error "a version of OpenAPI that is not read"
        "Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 are read. The version is the string under `openapi`, or `swagger`, at the root of the document."
    "CW0006" LimitExceeded Error "a document is too large, nests too deep or expands too far"
        "Nesting is read to 128 levels, and YAML aliases may not expand without bound. Published descriptions stay far below both. A document and the files that it refers to may have 64 MiB together; `--max-size`, or `max_size` in the configuration, allows more."
    "CW0007" DuplicateKey Warning "a mapping has a key twice"
        "The last entry wins, as in most JSON parsers; the earlier one is ignored. Two mappings that have no key in common are read as one, and of two entries for a path the operations of both. Remove one of them, or make one of both."
    "CW0008" TabIndentation Warning "a tab indents a line of YAML"
        "YAML forbids tabs in indentation. Each is read as one space, which is right as long as tabs and spaces are not mixed. Replace them by spaces."
    "CW0009" SeveralDocuments Warning "a file holds more than one YAML document"
        "The first document is read; what follows the next `---` is ignored. Put each document into a file of its own."
    "CW0010" ConfigInvalid Error "a configuration file is not understood"
        "A key is unknown, a value has the wrong type, or the file is not TOML. `cratewright init` writes a commented one."
    "CW0011" OutputNotOurs Error "the output folder holds something else"
        "The folder exists, is not empty and was not written by this tool, so it is left alone. Choose another folder or empty this one."
    "CW0012" OutputNotWritable Error "the output cannot be written"
        "The system refused to create, replace or remove a file. What stood there before still stands."
    "CW0013" ConfigUnused Warning "a configuration entry matches nothing"
        "The operation, schema or scheme that the entry names is not in the document, or has no use for what the entry says. Correct the entry or remove it."
    "CW0014" AllowanceUnused Warning "an allowance that nothing used"
        "The configuration silences a code that this document does not give rise to. Remove the entry, so that it cannot hide something new."
    "CW0015" CorrectionUnmatched Error "a correction matches nothing"
        "An entry of `[corrections]` is for a JSON pointer of the document (`#/components/schemas/User/properties/email`, behind the path of another file where it is there), for a component schema or a property of one (`User`, `User.address.zip`, `User.tags[]` for the items of a list, `User.labels{}` for the values of a map), or for all that a glob matches. The document has no such place: it may have been corrected itself. Mend the entry or remove it; nothing was written."
    "CW0016" CorrectionContradicted Error "two corrections contradict each other"
        "Two entries of `[corrections]` say different things of one place: two types, two media types, two discriminators or two servers. An entry without `*` wins over one with it; of two that are alike neither does. Remove one of them; nothing was written."
    "CW0017" CorrectionMisplaced Error "a correction cannot apply where it stands"
        "`optional` is for a property, a parameter or a request body; `nullable` and types are for schemas, and for parameters, headers and media types, whose schemas they then correct; media types are for responses, and so is `any`; a discriminator is for a schema, a server for the document (`#`), a path item or an operation. Nothing was written."
    "CW0018" RecordingNotUnderstood Error "a recording is not understood"
        "`cratewright reconcile` reads HAR 1.2 (`log.entries`), which browsers and proxies save, and JSON arrays of objects with `request` (`method`, `path`) and `response` (`status`, `headers`, `body`). Nothing was written."
    "CW0019" RecordingForeign Error "a recording of another API"
        "No request of the recording is a call of an operation of the document: method and path match none, with or without the path of a server before it. If the API is behind another path, say so with a server in `[corrections]`. Nothing was written."
    "CW0020" ReplyNotChecked Note "a recorded reply that no correction would make the document describe"
        "The reply does not contradict what the document says of bodies, or there is nothing to hold it to: its status is not documented, its body is missing or is not JSON, or its request is no call of the document. Nothing is corrected for its sake."
    "CW0021" Drift Error "a generated file is not what the document makes"
        "The document, the configuration, the tool or the file has changed since the crate was generated. Run `cratewright generate` and commit what it writes."
    "CW0022" BuildSetup Error "a crate is not set up for the client that its build script makes"
        "The crate needs the features and dependencies of the client in its own `Cargo.toml`, and includes the generated file once, in a module of its own. Where `Builder::module` names the module, it is that one."
    "CW0101" UnresolvedReference Warning "a `$ref` points to nothing"
        "There is no such place in the document. The schema or object that refers to it is treated as if it said nothing."
    "CW0102" ReferenceCycle Warning "a `$ref` leads back to itself"
        "A chain of references without any content in between has no meaning. The place is treated as any JSON value."
    "CW0103" WrongType Warning "a keyword has a value of the wrong type"
        "The keyword is ignored, or read as what was evidently meant."
    "CW0104" UnsupportedReference Warning "a `$ref` of a form that is not followed"
        "A reference is a JSON pointer within the document, or names a file and a JSON pointer within that. The place is treated as if it said nothing."
    "CW0105" MissingKeyword Warning "a required keyword is missing"
        "OpenAPI requires it here. A default takes its place."
    "CW0106" UnsupportedKeyword Note "a keyword has no effect on the generated code"
        "The keyword constrains values in a way that a Rust type does not express; values are not checked against it."
    "CW0107" IgnoredSibling Warning "a keyword beside a `$ref` is ignored"
        "OpenAPI 3.0 ignores everything beside `$ref` (`nullable: true` is read all the same), and every version does outside of schemas. Put the reference into an `allOf` and the keyword beside that, or move the keyword to the target."
    "CW0108" NotGenerated Note "a part of the document that a client does not call"
        "Callbacks are requests that the server sends: the values in their JSON bodies have types, but nothing receives them. A webhook is left out if its body is not JSON. Links are advice to the reader."
    "CW0109" EarlierKeyword Warning "a keyword of Swagger 2.0 in a later version"
        "OpenAPI 3 says it in another way. It is read as what it says in Swagger 2.0, if that can be told; write it as the version that the document states does."
    "CW0121" ReferencedFileNotRead Warning "a file that a `$ref` names cannot be read"
        "The file is missing, or is neither YAML nor JSON. A path is relative to the file that the `$ref` stands in. The place is treated as if it said nothing."
    "CW0122" ReferenceNotAllowed Warning "a `$ref` names a file that may not be opened"
        "A document reaches only files in its own folder and below. Files elsewhere are opened with `--allow-outside`, URLs with `--allow-remote`, or by `[references]` in the configuration. The place is treated as if it said nothing."
    "CW0201" DuplicateOperationId Warning "two operations have one operationId"
        "The first keeps the name; the others are named after their method and path."
    "CW0202" UndeclaredPathParameter Warning "a path template names a parameter that is not declared"
        "It becomes a string argument."
    "CW0203" UnusedPathParameter Warning "a declared path parameter is not in the template"
        "There is no place to send it, so it is left out."
    "CW0204" DuplicateParameter Warning "a parameter is declared twice"
        "An operation has one parameter of a name in a place (the path, the query, a header, a cookie). The first is used."
    "CW0205" MediaTypeDegraded Warning "a body's media type is not modelled"
        "The body is passed as the text or the bytes that it is written in, with the declared content type. JSON, forms and forms of several parts are modelled."
    "CW0206" ParameterDegraded Warning "a parameter's serialisation is not modelled"
        "The parameter is sent in the way stated in the message."
    "CW0208" OtherMediaTypes Note "a body has several media types"
        "A media type that says something else than the first has a method of its own. One that is another way to write the same is not sent by itself; set the header `Content-Type` of a call to send bytes under another name."
    "CW0209" WebhooksAlike Warning "webhooks that nothing tells apart"
        "Several webhooks have the same body, and neither a header nor a property has a value of its own in each. The first of them stands for all. If a header names the event, say so in the configuration: `event_header` under `[webhooks]`."
    "CW0210" EventHeaderLikely Note "a header that may name the event of webhooks"
        "Not all webhooks have a property whose value is theirs alone; some are told apart by what their bodies hold, which can go wrong. The examples of a header differ from webhook to webhook, as if its value were the event. If so, name it in the configuration: `event_header` under `[webhooks]`."
    "CW0231" SecurityNotModelled Warning "a security scheme that a client cannot use"
        "It is not declared, or is of a kind that needs more than a secret in one place. Calls are sent without it: what it asks for can be set as a header, of a call or of the whole client."
    "CW0232" SecurityNotAsked Note "security schemes that no operation asks for"
        "The document declares ways to authenticate and has no `security`. Each call sends the credential that the client has, and is sent without one if there is none."
    "CW0233" ServerUnusable Warning "a server that calls cannot be sent to"
        "A URL under `servers` is relative, holds a variable that is not declared, or is not an HTTP URL. Set `base_url` under `[client]` in the configuration; without it, `Client::new` takes the base URL."
    "CW0234" HeaderNotAParameter Note "a header that is described elsewhere than by a parameter"
        "`Accept`, `Content-Type` and `Authorization` are described by media types and security schemes; a call can set them itself with `.header(…)`. `Content-Length`, `Host` and `Transfer-Encoding` are made of the URL and the body."
    "CW0301" SchemaDegraded Warning "a schema cannot be represented precisely"
        "The place is typed as any JSON value; what the schema says is lost to the type, not to the wire."
    "CW0302" ContradictoryAllOf Warning "the branches of an allOf contradict each other"
        "No value could satisfy all branches as written. The place is typed as any JSON value."
    "CW0303" InfiniteType Warning "a type that needs itself has no finite value"
        "A required property leads back to its own type without a list, map or optional in between. It is made optional."
    "CW0304" LimitReached Warning "a schema nests deeper than is followed"
        "What lies deeper is treated as if it said nothing."
    "CW0501" UnusedSchemas Note "component schemas that no operation uses"
        "They are not generated. Set `models = \"all\"` in the configuration to generate them."
    "CW0901" Internal Error "the generator made something that is not Rust"
        "A defect of the generator. Please report it with the document that causes it; nothing was written."
}
