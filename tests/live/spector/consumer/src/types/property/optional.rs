//! A property that is optional, with a value and without.

use type_property_optionality::{models::*, Base64};

use crate::{
    trial::Trial,
    value::{hello, moment},
};

/// Rows of a scenario's name, the resource, the model, and the value.
macro_rules! optional {
    ($trial:expr, $client:expr; $($scenario:literal: $resource:ident, $model:ident($value:expr);)+) => {
        pairs!($trial, "Type_Property_Optional_", "_getAll", "_putAll";
            $($scenario: $client.$resource() => get_all, put_all, $model::new().property($value);)+);
        pairs!($trial, "Type_Property_Optional_", "_getDefault", "_putDefault";
            $($scenario: $client.$resource() => get_default, put_default, $model::new();)+);
    };
}

pub async fn run(trial: &Trial) {
    let client = client!(trial, type_property_optionality);
    let bytes = || Base64::from(hello());
    let model = |property: &str| StringProperty::new().property(property);
    optional!(trial, client;
        "String": string, StringProperty("hello");
        "Bytes": bytes, BytesProperty(bytes());
        "Datetime": datetime, DatetimeProperty(moment("2022-08-26T18:38:00Z"));
        "Duration": duration, DurationProperty("P123DT22H14M12.011S");
        "PlainDate": plain_date, PlainDateProperty(moment("2022-12-12T00:00:00Z").date());
        "PlainTime": plain_time, PlainTimeProperty("13:06:12");
        "CollectionsByte": collections_byte, CollectionsByteProperty(vec![bytes(), bytes()]);
        "CollectionsModel":
            collections_model, CollectionsModelProperty(vec![model("hello"), model("world")]);
        "StringLiteral": string_literal, StringLiteralProperty(StringLiteralPropertyProperty::Hello);
        "IntLiteral": int_literal, IntLiteralProperty(IntLiteralPropertyProperty::N1);
        "FloatLiteral": float_literal, FloatLiteralProperty(1.25);
        "BooleanLiteral": boolean_literal, BooleanLiteralProperty(true);
        "UnionStringLiteral":
            union_string_literal, UnionStringLiteralProperty(UnionStringLiteralPropertyProperty::World);
        "UnionIntLiteral": union_int_literal, UnionIntLiteralProperty(UnionIntLiteralPropertyProperty::N2);
        "UnionFloatLiteral": union_float_literal, UnionFloatLiteralProperty(2.375);
    );
    let both = || RequiredAndOptionalProperty::new(42);
    pairs!(trial, "Type_Property_Optional_", "_getRequiredOnly", "_putRequiredOnly";
        "RequiredAndOptional":
            client.required_and_optional() => get_required_only, put_required_only, both();
    );
    pairs!(trial, "Type_Property_Optional_", "_getAll", "_putAll";
        "RequiredAndOptional":
            client.required_and_optional() => get_all, put_all, both().optional_property("hello");
    );
}
