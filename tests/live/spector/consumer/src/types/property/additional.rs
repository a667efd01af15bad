//! Members that no property names: of any type, of one, and of one of several.

use type_property_additional_properties::{Client, Value, models::*};

use crate::{
    trial::Trial,
    value::{map, moment},
};

/// Rows of a scenario's name, the resource with its method that puts, the model, and the members besides its properties.
macro_rules! additional {
    ($trial:expr, $client:expr; $($scenario:literal: $resource:ident.$put:ident, $model:expr, $extra:expr;)+) => {
        pairs!($trial, "Type_Property_AdditionalProperties_", "_get", "_put";
            $($scenario: $client.$resource() => get, $put, with!($model, $extra);)+);
    };
}

/// A model with members besides its properties.
macro_rules! with {
    ($model:expr, $extra:expr) => {{
        let mut model = $model;
        model.extra = $extra.into();
        model
    }};
}

pub async fn run(trial: &Trial) {
    let client = client!(trial, type_property_additional_properties);
    unknown(trial, &client).await;
    typed(trial, &client).await;
    spread(trial, &client).await;
    unions(trial, &client).await;
}

async fn unknown(trial: &Trial, client: &Client) {
    use {
        ExtendsUnknownAdditionalPropertiesDiscriminated as Extends,
        ExtendsUnknownAdditionalPropertiesDiscriminatedDerived as ExtendsDerived,
        IsUnknownAdditionalPropertiesDiscriminated as Is,
        IsUnknownAdditionalPropertiesDiscriminatedDerived as IsDerived,
    };
    let any =
        || map([("prop1", Value::from(32)), ("prop2", Value::from(true)), ("prop3", Value::from("abc"))]);
    let (extends, is) = ("ExtendsUnknownAdditionalProperties", "IsUnknownAdditionalProperties");
    let derived = ExtendsUnknownAdditionalPropertiesDerived::new(314, extends).age(2.71875);
    additional!(trial, client;
        "ExtendsUnknown": extends_unknown.put, ExtendsUnknownAdditionalProperties::new(extends), any();
        "ExtendsUnknownDerived": extends_unknown_derived.put, derived, any();
        "IsUnknown": is_unknown.put, IsUnknownAdditionalProperties::new(is), any();
        "IsUnknownDerived":
            is_unknown_derived.put, IsUnknownAdditionalPropertiesDerived::new(314, is).age(2.71875), any();
    );
    let extends = with!(ExtendsDerived::new(314, "Derived").age(2.71875), any());
    let is = with!(IsDerived::new(314, "Derived").age(2.71875), any());
    pairs!(trial, "Type_Property_AdditionalProperties_", "_get", "_put";
        "ExtendsUnknownDiscriminated":
            client.extends_unknown_discriminated() => get, replace, Extends::from(extends);
        "IsUnknownDiscriminated": client.is_unknown_discriminated() => get, replace, Is::from(is);
    );
}

fn model() -> ModelForRecord {
    ModelForRecord::new("ok")
}

fn models() -> Vec<ModelForRecord> {
    vec![model(), model()]
}

async fn typed(trial: &Trial, client: &Client) {
    let (text, number) = (|| map([("prop", "abc".to_owned())]), || map([("prop", 43.125)]));
    let extends = ExtendsStringAdditionalProperties::new("ExtendsStringAdditionalProperties");
    additional!(trial, client;
        "ExtendsString": extends_string.put, extends, text();
        "IsString": is_string.put, IsStringAdditionalProperties::new("IsStringAdditionalProperties"), text();
        "ExtendsFloat": extends_float.put, ExtendsFloatAdditionalProperties::new(43.125), number();
        "IsFloat": is_float.put, IsFloatAdditionalProperties::new(43.125), number();
        "ExtendsModel":
            extends_model.put, ExtendsModelAdditionalProperties::new(model()), map([("prop", model())]);
        "IsModel": is_model.put, IsModelAdditionalProperties::new(model()), map([("prop", model())]);
        "ExtendsModelArray": extends_model_array.put,
            ExtendsModelArrayAdditionalProperties::new(models()), map([("prop", models())]);
        "IsModelArray":
            is_model_array.put, IsModelArrayAdditionalProperties::new(models()), map([("prop", models())]);
    );
}

async fn spread(trial: &Trial, client: &Client) {
    let (text, number) = (|| map([("prop", "abc".to_owned())]), || map([("prop", 43.125)]));
    let (one, many) = (|| map([("prop", model())]), || map([("prop", models())]));
    additional!(trial, client;
        "SpreadString": spread_string.put, SpreadStringRecord::new("SpreadSpringRecord"), text();
        "SpreadFloat": spread_float.put, SpreadFloatRecord::new(43.125), number();
        "SpreadModel": spread_model.put, SpreadModelRecord::new(model()), one();
        "SpreadModelArray": spread_model_array.put, SpreadModelArrayRecord::new(models()), many();
        "SpreadDifferentString": spread_different_string.put, DifferentSpreadStringRecord::new(43.125), text();
        "SpreadDifferentFloat": spread_different_float.put, DifferentSpreadFloatRecord::new("abc"), number();
        "SpreadDifferentModel": spread_different_model.put, DifferentSpreadModelRecord::new("abc"), one();
        "SpreadDifferentModelArray":
            spread_different_model_array.put, DifferentSpreadModelArrayRecord::new("abc"), many();
        "ExtendsDifferentSpreadString": extends_different_spread_string.replace,
            DifferentSpreadStringDerived::new("abc", 43.125), text();
        "ExtendsDifferentSpreadFloat": extends_different_spread_float.replace,
            DifferentSpreadFloatDerived::new(43.125, "abc"), number();
        "ExtendsDifferentSpreadModel": extends_different_spread_model.replace,
            DifferentSpreadModelDerived::new(model(), "abc"), one();
        "ExtendsDifferentSpreadModelArray": extends_different_spread_model_array.replace,
            DifferentSpreadModelArrayDerived::new(models(), "abc"), many();
    );
}

async fn unions(trial: &Trial, client: &Client) {
    use {
        MultipleSpreadRecordValue as Multiple, SpreadRecordForNonDiscriminatedUnion2Value as Second,
        SpreadRecordForNonDiscriminatedUnion3Value as Third,
        SpreadRecordForNonDiscriminatedUnionValue as First, SpreadRecordForUnionValue as Union,
    };
    let start = moment("2021-01-01T00:00:00Z");
    let whole = || WidgetData1::new(start).end(moment("2021-01-02T00:00:00Z"));
    let text = || WidgetData2::new("2021-01-01T00:00:00Z");
    // what has no end fits a model with a moment and one with a text
    let first = map([("prop1", First::from(WidgetData0::new("abc"))), ("prop2", whole().into())]);
    let second = map([("prop1", Second::from(WidgetData1::new(start))), ("prop2", whole().into())]);
    let third = map([("prop1", Third::from(vec![text(), text()])), ("prop2", whole().into())]);
    additional!(trial, client;
        "MultipleSpread": multiple_spread.put, MultipleSpreadRecord::new(true),
            map([("prop1", Multiple::from("abc".to_owned())), ("prop2", 43.125.into())]);
        "SpreadRecordUnion": spread_record_union.replace, SpreadRecordForUnion::new(true),
            map([("prop1", Union::from("abc".to_owned())), ("prop2", 43.125.into())]);
        "SpreadRecordNonDiscriminatedUnion": spread_record_non_discriminated_union.replace,
            SpreadRecordForNonDiscriminatedUnion::new("abc"), first;
        "SpreadRecordNonDiscriminatedUnion2": spread_record_non_discriminated_union2.replace,
            SpreadRecordForNonDiscriminatedUnion2::new("abc"), second;
        "SpreadRecordNonDiscriminatedUnion3": spread_record_non_discriminated_union3.replace,
            SpreadRecordForNonDiscriminatedUnion3::new("abc"), third;
    );
}
