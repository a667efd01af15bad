//! A required property that is nullable, with a value and without.

use type_property_nullable::{models::*, Base64};

use crate::{
    trial::Trial,
    value::{hello, moment, strings},
};

/// Rows of a scenario's name, the resource, the model, and the value.
macro_rules! nullable {
    ($trial:expr, $client:expr; $($scenario:literal: $resource:ident, $model:ident($value:expr);)+) => {
        pairs!($trial, "Type_Property_Nullable_", "_getNonNull", "_patchNonNull";
            $($scenario: $client.$resource() => get_non_null, patch_non_null, $model::new($value, "foo");)+);
        pairs!($trial, "Type_Property_Nullable_", "_getNull", "_patchNull";
            $($scenario: $client.$resource() => get_null, patch_null, $model::new(None, "foo");)+);
    };
}

pub async fn run(trial: &Trial) {
    let client = client!(trial, type_property_nullable);
    let bytes = || Base64::from(hello());
    nullable!(trial, client;
        "String": string, StringProperty("hello".to_owned());
        "Bytes": bytes, BytesProperty(bytes());
        "Datetime": datetime, DatetimeProperty(moment("2022-08-26T18:38:00Z"));
        "Duration": duration, DurationProperty("P123DT22H14M12.011S".to_owned());
        "CollectionsByte": collections_byte, CollectionsByteProperty(vec![bytes(), bytes()]);
        "CollectionsModel": collections_model,
            CollectionsModelProperty(vec![InnerModel::new("hello"), InnerModel::new("world")]);
        "CollectionsString": collections_string, CollectionsStringProperty(strings(["hello", "world"]));
    );
}
