//! Moments as RFC 3339, as in headers of HTTP, and as seconds since 1970.

use encode_datetime::models::{
    DefaultDatetimeProperty, Rfc3339DatetimeProperty, Rfc7231DatetimeProperty,
    UnixTimestampArrayDatetimeProperty, UnixTimestampDatetimeProperty,
};

use crate::{
    trial::{Trial, expect},
    value::moment,
};

const HTTP: &str = "Fri, 26 Aug 2022 14:38:00 GMT";
const SECONDS: i64 = 1686566864;

/// Rows of a scenario, a call, and the header `value` of the response.
macro_rules! heads {
    ($trial:expr, $prefix:literal; $($scenario:literal: $call:expr => $value:expr;)+) => {
        $($trial.reads(concat!($prefix, $scenario), $call.send(), |response| {
            let header = response.headers().get("value");
            expect(header.is_some_and(|header| header == $value), || format!("{header:?}"))
        }).await;)+
    };
}

pub async fn run(trial: &Trial) {
    let client = client!(trial, encode_datetime);
    let encode = client.encode();
    let (moment, list) = (moment("2022-08-26T18:38:00Z"), vec![SECONDS, 1686734256]);
    calls!(trial, "Encode_Datetime_";
        "Query_default": encode.query_default(moment);
        "Query_rfc3339": encode.query_rfc3339(moment);
        "Query_rfc7231": encode.query_rfc7231(HTTP);
        "Query_unixTimestamp": encode.query_unix_timestamp(SECONDS);
        "Query_unixTimestampArray": encode.query_unix_timestamp_array(&list);
        "Header_default": encode.header_default(HTTP);
        "Header_rfc3339": encode.header_rfc3339(moment);
        "Header_rfc7231": encode.header_rfc7231(HTTP);
        "Header_unixTimestamp": encode.header_unix_timestamp(SECONDS);
        "Header_unixTimestampArray": encode.header_unix_timestamp_array(&list);
    );
    echoes!(trial, "Encode_Datetime_Property_";
        "default": encode.property_default(DefaultDatetimeProperty::new(moment));
        "rfc3339": encode.property_rfc3339(Rfc3339DatetimeProperty::new(moment));
        "rfc7231": encode.property_rfc7231(Rfc7231DatetimeProperty::new(HTTP));
        "unixTimestamp": encode.property_unix_timestamp(UnixTimestampDatetimeProperty::new(SECONDS));
        "unixTimestampArray":
            encode.property_unix_timestamp_array(UnixTimestampArrayDatetimeProperty::new(list.clone()));
    );
    heads!(trial, "Encode_Datetime_ResponseHeader_";
        "default": encode.response_header_default() => HTTP;
        "rfc3339": encode.response_header_rfc3339() => "2022-08-26T18:38:00.000Z";
        "rfc7231": encode.response_header_rfc7231() => HTTP;
        "unixTimestamp": encode.response_header_unix_timestamp() => "1686566864";
    );
}
