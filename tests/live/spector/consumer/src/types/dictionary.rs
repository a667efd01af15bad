//! Maps.

use type_dictionary::{Value, models::InnerModel};

use crate::{
    trial::Trial,
    value::{map, moment},
};

pub async fn run(trial: &Trial) {
    let client = client!(trial, type_dictionary);
    let model = |property: &str| InnerModel::new(property);
    let numbers = map([("k1", 9007199254740991), ("k2", -9007199254740991)]);
    let duration = "P123DT22H14M12.011S".to_owned();
    let unknown = map([("k1", Value::from(1)), ("k2", Value::from("hello")), ("k3", Value::Null)]);
    let recursive = map([
        ("k1", model("hello").children(map([]))),
        ("k2", model("world").children(map([("k2.1", model("inner world"))]))),
    ]);
    let nullable = map([("k1", Some(1.25)), ("k2", Some(0.5)), ("k3", None)]);
    pairs!(trial, "Type_Dictionary_", "_get", "_put";
        "Int32Value": client.int32_value() => get, put, map([("k1", 1), ("k2", 2)]);
        "Int64Value": client.int64_value() => get, put, numbers;
        "BooleanValue": client.boolean_value() => get, put, map([("k1", true), ("k2", false)]);
        "StringValue": client.string_value() => get, put, map([("k1", "hello".to_owned()), ("k2", String::new())]);
        "Float32Value": client.float32_value() => get, put, map([("k1", 43.125)]);
        "DatetimeValue": client.datetime_value() => get, put, map([("k1", moment("2022-08-26T18:38:00Z"))]);
        "DurationValue": client.duration_value() => get, put, map([("k1", duration)]);
        "UnknownValue": client.unknown_value() => get, put, unknown;
        "ModelValue": client.model_value() => get, put, map([("k1", model("hello")), ("k2", model("world"))]);
        "RecursiveModelValue": client.recursive_model_value() => get, put, recursive;
        "NullableFloatValue": client.nullable_float_value() => get, put, nullable;
    );
}
