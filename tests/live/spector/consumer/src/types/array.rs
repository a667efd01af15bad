//! Lists.

use type_array::{Value, models::InnerModel};

use crate::{
    trial::Trial,
    value::{moment, strings},
};

pub async fn run(trial: &Trial) {
    let client = client!(trial, type_array);
    let model = |property: &str| InnerModel::new(property);
    let durations = strings(["P123DT22H14M12.011S"]);
    let texts = vec![Some("hello".to_owned()), None, Some("world".to_owned())];
    pairs!(trial, "Type_Array_", "_get", "_put";
        "Int32Value": client.int32_value() => list, put, vec![1, 2];
        "Int64Value": client.int64_value() => list, put, vec![9007199254740991, -9007199254740991];
        "BooleanValue": client.boolean_value() => list, put, vec![true, false];
        "StringValue": client.string_value() => list, put, strings(["hello", ""]);
        "Float32Value": client.float32_value() => list, put, vec![43.125];
        "DatetimeValue": client.datetime_value() => list, put, vec![moment("2022-08-26T18:38:00Z")];
        "DurationValue": client.duration_value() => list, put, durations;
        "UnknownValue":
            client.unknown_value() => list, put, vec![Value::from(1), Value::from("hello"), Value::Null];
        "ModelValue": client.model_value() => list, put, vec![model("hello"), model("world")];
        "NullableFloatValue": client.nullable_float_value() => list, put, vec![Some(1.25), None, Some(3.0)];
        "NullableBooleanValue":
            client.nullable_boolean_value() => list, put, vec![Some(true), None, Some(false)];
        "NullableInt32Value": client.nullable_int32_value() => list, put, vec![Some(1), None, Some(3)];
        "NullableStringValue": client.nullable_string_value() => list, put, texts;
        "NullableModelValue":
            client.nullable_model_value() => list, put, vec![Some(model("hello")), None, Some(model("world"))];
    );
}
