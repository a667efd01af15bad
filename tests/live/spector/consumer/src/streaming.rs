//! Bodies that are made of parts, which come whole.

use {streaming_jsonl as jsonl, streaming_sse as sse};

use crate::trial::{Trial, expect};

/// Rows of a scenario, a call, and a text that is in what it gives.
macro_rules! holds {
    ($trial:expr, $prefix:literal; $($scenario:literal: $call:expr => $text:expr;)+) => {
        $($trial.reads(concat!($prefix, $scenario), $call, |read: &String| {
            expect(read.contains($text), || read.clone())
        }).await;)+
    };
}

pub async fn run(trial: &Trial) {
    let client = client!(trial, jsonl);
    let text = "{\"desc\": \"one\"}\n{\"desc\": \"two\"}\n{\"desc\": \"three\"}\n";
    trial.gives("Streaming_Jsonl_Basic_send", client.basic().send(text), ()).await;
    trial
        .reads("Streaming_Jsonl_Basic_receive", client.basic().receive(), |read| {
            expect(read.trim_ascii() == text.trim().as_bytes(), || format!("{read:?}"))
        })
        .await;

    let client = client!(trial, sse);
    let (data, protocol) = (client.data(), client.protocol());
    let query = json!(sse, r#"{"query":"what is typespec?"}"#);
    holds!(trial, "Streaming_Sse_";
        "Unnamed_receive": client.unnamed().receive() => "data: {\"desc\": \"one\"}";
        "Named_receive": client.named().receive()
            => "event: responseDelta\ndata: {\"delta\": \" world\"}\n\ndata: [DONE]";
        "Retrieve_stream": client.retrieve().stream(query) => "event: partialResult";
        "Protocol_Data_withEnvelope": data.with_envelope() => "data: hello";
        "Protocol_Data_withoutEnvelope": data.without_envelope() => "metadata";
        "Protocol_id": protocol.id() => "id: event-1";
        "Protocol_invalidId": protocol.invalid_id() => "invalid";
        "Protocol_retry": protocol.retry() => "retry: 1000";
        "Protocol_invalidRetry": protocol.invalid_retry() => "retry: not-a-number";
        "Protocol_reconnect": protocol.reconnect() => "id: event-1";
        "Protocol_reconnect": protocol.reconnect().header("Last-Event-ID", "event-1") => "event";
    );
}
