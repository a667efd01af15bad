//! Models: empty, recursive, inherited, and by who may read and write their members.

use {
    type_model_inheritance_recursive::models::Extension,
    type_model_usage::models::{InputOutputRecord, InputRecord},
    type_model_visibility::{
        Field,
        models::{
            ReadOnlyModelRequest, VisibilityModelCreate, VisibilityModelCreateOrUpdate,
            VisibilityModelDelete, VisibilityModelRequest, VisibilityModelUpdate,
        },
    },
};

use crate::{
    trial::{Trial, expect},
    value::{map, strings},
};

pub async fn run(trial: &Trial) {
    shapes(trial).await;
    usage(trial).await;
    visibility(trial).await;
}

async fn shapes(trial: &Trial) {
    let client = client!(trial, type_model_empty);
    let empty = client.r#type();
    calls!(trial, "Type_Model_Empty_";
        "putEmpty": empty.put_empty(map([]));
        "getEmpty": empty.get_empty() => map([]);
        "postRoundTripEmpty": empty.post_round_trip_empty(map([])) => map([]);
    );

    let client = client!(trial, type_model_inheritance_not_discriminated);
    let (cat, resource) =
        (type_model_inheritance_not_discriminated::models::Siamese::new(32, "abc", true), client.r#type());
    calls!(trial, "Type_Model_Inheritance_NotDiscriminated_";
        "postValid": resource.post_valid(cat.clone());
        "getValid": resource.get_valid() => cat.clone();
        "putValid": resource.put_valid(cat.clone()) => cat;
    );

    let client = client!(trial, type_model_inheritance_recursive);
    let level = Extension::new;
    pairs!(trial, "Type_Model_Inheritance_", "_get", "_put";
        "Recursive": client.r#type() => get, put, level(0).extension([level(1).extension([level(2)]), level(1)]);
    );
}

async fn usage(trial: &Trial) {
    let client = client!(trial, type_model_usage);
    let usage = client.r#type();
    let both = InputOutputRecord::new("example-value");
    calls!(trial, "Type_Model_Usage_";
        "input": usage.input(InputRecord::new("example-value"));
        "inputAndOutput": usage.input_and_output(both.clone()) => both;
    );
    trial
        .reads("Type_Model_Usage_output", usage.output(), |read| {
            expect(read.required_prop == "example-value" && read.extra.is_empty(), || format!("{read:?}"))
        })
        .await;
}

async fn visibility(trial: &Trial) {
    let client = client!(trial, type_model_visibility);
    let resource = client.r#type();
    let (texts, numbers) = (strings(["foo", "bar"]), vec![1, 2]);
    let whole = VisibilityModelCreateOrUpdate::new(texts.clone(), numbers.clone());
    calls!(trial, "Type_Model_Visibility_";
        "headModel": resource.head_model(123, VisibilityModelRequest::new());
        "putModel": resource.put_model(whole);
        "patchModel": resource.patch_model(VisibilityModelUpdate::new().update_prop(numbers));
        "postModel": resource.post_model(VisibilityModelCreate::new(texts));
        "deleteModel": resource.delete_model(VisibilityModelDelete::new(true));
    );
    let call = resource.get_model(123, VisibilityModelRequest::new());
    trial
        .reads("Type_Model_Visibility_getModel", call, |read| {
            expect(read.read_prop == "abc", || format!("{read:?}"))
        })
        .await;
    let call = resource.put_read_only_model(ReadOnlyModelRequest::new());
    let record = map([("k1", "value1".to_owned()), ("k2", "value2".to_owned())]);
    trial
        .reads("Type_Model_Visibility_putReadOnlyModel", call, |read| {
            let list = read.optional_nullable_int_list == Field::Value(vec![1, 2, 3]);
            expect(list && read.optional_string_record == Some(record), || format!("{read:?}"))
        })
        .await;
}
