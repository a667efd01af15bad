//! Durations as ISO 8601, and as numbers of seconds or milliseconds.

use encode_duration::models::*;

use crate::{trial::Trial, value::strings};

pub async fn properties(trial: &Trial) {
    let client = client!(trial, encode_duration);
    let encode = client.encode();
    echoes!(trial, "Encode_Duration_Property_";
        "default": encode.property_default(PropertyDefaultDurationProperty::new("P40D"));
        "iso8601": encode.property_iso8601(PropertyIso8601DurationProperty::new("P40D"));
        "int32Seconds": encode.property_int32_seconds(PropertyInt32SecondsDurationProperty::new(36));
        "floatSeconds": encode.property_float_seconds(PropertyFloatSecondsDurationProperty::new(35.625));
        "float64Seconds": encode.property_float64_seconds(PropertyFloat64SecondsDurationProperty::new(35.625));
        "floatSecondsArray": encode
            .property_float_seconds_array(PropertyFloatSecondsDurationArrayProperty::new(vec![35.625, 46.75]));
        "int32Milliseconds":
            encode.property_int32_milliseconds(PropertyInt32MillisecondsDurationProperty::new(36000));
        "floatMilliseconds":
            encode.property_float_milliseconds(PropertyFloatMillisecondsDurationProperty::new(35625.0));
        "float64Milliseconds":
            encode.property_float64_milliseconds(PropertyFloat64MillisecondsDurationProperty::new(35625.0));
        "floatMillisecondsArray": encode.property_float_milliseconds_array(
            PropertyFloatMillisecondsDurationArrayProperty::new(vec![35625.0, 46750.0]));
        "int32SecondsLargerUnit":
            encode.property_int32_seconds_larger_unit(PropertyInt32SecondsLargerUnitDurationProperty::new(120));
        "floatSecondsLargerUnit":
            encode.property_float_seconds_larger_unit(PropertyFloatSecondsLargerUnitDurationProperty::new(150.0));
        "int32MillisecondsLargerUnit": encode.property_int32_milliseconds_larger_unit(
            PropertyInt32MillisecondsLargerUnitDurationProperty::new(180000));
        "floatMillisecondsLargerUnit": encode.property_float_milliseconds_larger_unit(
            PropertyFloatMillisecondsLargerUnitDurationProperty::new(210000.0));
    );
}

pub async fn parameters(trial: &Trial) {
    let client = client!(trial, encode_duration);
    let encode = client.encode();
    calls!(trial, "Encode_Duration_";
        "Query_default": encode.query_default("P40D");
        "Query_iso8601": encode.query_iso8601("P40D");
        "Query_int32Seconds": encode.query_int32_seconds(36);
        "Query_int32SecondsArray": encode.query_int32_seconds_array(&[36, 47]);
        "Query_floatSeconds": encode.query_float_seconds(35.625);
        "Query_float64Seconds": encode.query_float64_seconds(35.625);
        "Query_int32Milliseconds": encode.query_int32_milliseconds(36000);
        "Query_floatMilliseconds": encode.query_float_milliseconds(35625.0);
        "Query_float64Milliseconds": encode.query_float64_milliseconds(35625.0);
        "Query_int32MillisecondsArray": encode.query_int32_milliseconds_array(&[36000, 47000]);
        "Query_int32SecondsLargerUnit": encode.query_int32_seconds_larger_unit(120);
        "Query_floatSecondsLargerUnit": encode.query_float_seconds_larger_unit(150.0);
        "Query_int32MillisecondsLargerUnit": encode.query_int32_milliseconds_larger_unit(180000);
        "Query_floatMillisecondsLargerUnit": encode.query_float_milliseconds_larger_unit(210000.0);
        "Header_default": encode.header_default("P40D");
        "Header_iso8601": encode.header_iso8601("P40D");
        "Header_int32Seconds": encode.header_int32_seconds(36);
        "Header_floatSeconds": encode.header_float_seconds(35.625);
        "Header_float64Seconds": encode.header_float64_seconds(35.625);
        "Header_iso8601Array": encode.header_iso8601_array(&strings(["P40D", "P50D"]));
        "Header_int32Milliseconds": encode.header_int32_milliseconds(36000);
        "Header_floatMilliseconds": encode.header_float_milliseconds(35625.0);
        "Header_float64Milliseconds": encode.header_float64_milliseconds(35625.0);
        "Header_int32MillisecondsArray": encode.header_int32_milliseconds_array(&[36000, 47000]);
        "Header_int32SecondsLargerUnit": encode.header_int32_seconds_larger_unit(120);
        "Header_floatSecondsLargerUnit": encode.header_float_seconds_larger_unit(150.0);
        "Header_int32MillisecondsLargerUnit": encode.header_int32_milliseconds_larger_unit(180000);
        "Header_floatMillisecondsLargerUnit": encode.header_float_milliseconds_larger_unit(210000.0);
        "Lossy_intSeconds": encode.lossy_int_seconds(36);
        "Lossy_intMilliseconds": encode.lossy_int_milliseconds(36250);
    );
}
