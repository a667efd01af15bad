//! A required property of each type.

use type_property_value_types::models::*;

use crate::{
    trial::Trial,
    value::{decimal, hello, map, moment, strings},
};

/// Rows of a scenario's name, the resource, and the value.
macro_rules! types {
    ($trial:expr, $client:expr; $($scenario:literal: $resource:ident.$get:ident, $value:expr;)+) => {
        pairs!($trial, "Type_Property_ValueTypes_", "_get", "_put";
            $($scenario: $client.$resource() => $get, replace, $value;)+);
    };
}

pub async fn run(trial: &Trial) {
    let client = client!(trial, type_property_value_types);
    let model = || InnerModel::new("hello");
    let texts = || strings(["hello", "world"]);
    let dictionary = map([("k1", "hello".to_owned()), ("k2", "world".to_owned())]);
    let unknown = json!(type_property_value_types, r#"{"k1":"hello","k2":42}"#);
    types!(trial, client;
        "Boolean": boolean.get, BooleanProperty::new(true);
        "String": string.get, StringProperty::new("hello");
        "Bytes": bytes.list, BytesProperty::new(hello().into());
        "Int": int.get, IntProperty::new(42);
        "Float": float.get, FloatProperty::new(43.125);
        "Decimal": decimal.get, DecimalProperty::new(decimal("0.33333"));
        "Decimal128": decimal128.get, Decimal128Property::new(decimal("0.33333"));
        "Datetime": datetime.get, DatetimeProperty::new(moment("2022-08-26T18:38:00Z"));
        "Duration": duration.get, DurationProperty::new("P123DT22H14M12.011S");
        "Enum": r#enum.get, EnumProperty::new(FixedInnerEnum::ValueOne);
        "ExtensibleEnum": extensible_enum.get, ExtensibleEnumProperty::new("UnknownValue");
        "Model": model.get, ModelProperty::new(model());
        "CollectionsString": collections_string.get, CollectionsStringProperty::new(texts());
        "CollectionsInt": collections_int.get, CollectionsIntProperty::new(vec![1, 2]);
        "CollectionsModel":
            collections_model.get, CollectionsModelProperty::new(vec![model(), InnerModel::new("world")]);
        "DictionaryString": dictionary_string.get, DictionaryStringProperty::new(dictionary);
        "Never": never.get, map([]);
        "UnknownString": unknown_string.get, UnknownStringProperty::new("hello".into());
        "UnknownInt": unknown_int.get, UnknownIntProperty::new(42.into());
        "UnknownDict": unknown_dict.get, UnknownDictProperty::new(unknown);
        "UnknownArray": unknown_array.get, UnknownArrayProperty::new(texts().into());
        "StringLiteral": string_literal.get, StringLiteralProperty::new();
        "IntLiteral": int_literal.get, IntLiteralProperty::new();
        "FloatLiteral": float_literal.get, FloatLiteralProperty::new(43.125);
        "BooleanLiteral": boolean_literal.get, BooleanLiteralProperty::new();
        "UnionStringLiteral": union_string_literal.get,
            UnionStringLiteralProperty::new(UnionStringLiteralPropertyProperty::World);
        "UnionIntLiteral":
            union_int_literal.get, UnionIntLiteralProperty::new(UnionIntLiteralPropertyProperty::N42);
        "UnionFloatLiteral": union_float_literal.get, UnionFloatLiteralProperty::new(46.875);
        "UnionEnumValue": union_enum_value.get, UnionEnumValueProperty::new();
    );
}
