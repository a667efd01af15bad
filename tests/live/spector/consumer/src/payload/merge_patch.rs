//! Patches that remove members by `null`.

use std::collections::BTreeMap;

use payload_json_merge_patch::{
    Field,
    models::{InnerModel, InnerModelRequest, Resource, ResourcePatch, ResourceRequest},
};

use crate::{
    trial::{Trial, expect},
    value::map,
};

pub async fn run(trial: &Trial) {
    let client = client!(trial, payload_json_merge_patch);
    let resource = client.json_merge_patch();
    trial
        .reads("Payload_JsonMergePatch_createResource", resource.create_resource(complete()), |read| {
            let whole =
                read.int_value == Some(1) && read.int_array == Some(vec![1, 2, 3]) && read.map.is_some();
            expect(whole, || format!("{read:?}"))
        })
        .await;
    let (call, optional) =
        (resource.update_resource(patch()), resource.update_optional_resource().body(patch()));
    trial.reads("Payload_JsonMergePatch_updateResource", call, patched).await;
    trial.reads("Payload_JsonMergePatch_updateOptionalResource", optional, patched).await;
}

fn complete() -> ResourceRequest {
    let inner = || InnerModelRequest::new().name("InnerMadge").description("innerDesc");
    ResourceRequest::new("Madge")
        .description("desc")
        .map(map([("key", inner())]))
        .array([inner()])
        .int_value(1)
        .float_value(1.25)
        .inner_model(inner())
        .int_array([1, 2, 3])
}

/// What removes all but the name, and of the map one of two entries and a member of the other.
fn patch() -> ResourcePatch {
    let mut patch = ResourcePatch::new()
        .description(Field::Null)
        .array(Field::Null)
        .int_value(Field::Null)
        .float_value(Field::Null)
        .inner_model(Field::Null)
        .int_array(Field::Null);
    let kept = InnerModelRequest::new().description(Field::Null);
    patch.map = Field::Value(map([("key", Some(kept)), ("key2", None)]));
    patch
}

fn patched(read: &Resource) -> Result<(), String> {
    let kept = |map: &BTreeMap<String, InnerModel>| {
        map.keys().eq(["key"]) && map["key"].name.as_deref() == Some("InnerMadge")
    };
    let fits = read.name == "Madge" && read.description.is_none() && read.map.as_ref().is_some_and(kept);
    expect(fits, || format!("{read:?}"))
}
