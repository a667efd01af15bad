//! Documents of one API at several versions.

use crate::trial::Trial;

pub async fn run(trial: &Trial) {
    added(trial).await;
    removed(trial).await;
    changed(trial).await;
}

async fn added(trial: &Trial) {
    use versioning_added_v2::models::{EnumV1, ModelV1, ModelV2, UnionV1, UnionV2};
    let client = versioned!(trial, versioning_added_v2, version, "v2");
    let first = ModelV1::new(EnumV1::EnumMemberV2, "foo", UnionV1::V2Scalar(10));
    let second = ModelV2::new("foo", UnionV2::String("bar".into()));
    calls!(trial, "Versioning_Added_";
        "v1": client.v1("bar", first.clone()) => first;
        "v2": client.v2(second.clone()) => second.clone();
        "InterfaceV2": client.interface_v2_v2_in_interface(second.clone()) => second;
    );

    let client = versioned!(trial, versioning_madeoptional_v2, version, "v2");
    echoes!(trial, "Versioning_MadeOptional_";
        "test": client.test(versioning_madeoptional_v2::models::TestModel::new("foo"));
    );
}

async fn removed(trial: &Trial) {
    use versioning_removed_v1::models as v1;
    use versioning_removed_v2::models::{EnumV3, ModelV2, ModelV3, UnionV2};
    use versioning_removed_v2preview::models as preview;
    let client = versioned!(trial, versioning_removed_v2, version, "v2");
    echoes!(trial, "Versioning_Removed_";
        "v2": client.v2(ModelV2::new("foo", UnionV2::String("bar".into())));
        "modelV3_V2": client.model_v3(ModelV3::new(EnumV3::EnumMemberV1, "123"));
    );
    let client = versioned!(trial, versioning_removed_v1, version, "v1");
    echoes!(trial, "Versioning_Removed_";
        "modelV3": client.model_v3(v1::ModelV3::new(v1::EnumV3::EnumMemberV1, "123"));
    );
    let client = versioned!(trial, versioning_removed_v2preview, version, "v2preview");
    echoes!(trial, "Versioning_Removed_";
        "modelV3_V2preview": client.model_v3(preview::ModelV3::new("123"));
    );
}

async fn changed(trial: &Trial) {
    use versioning_renamedfrom_v2::models::{NewModel, NewUnion};
    let client = versioned!(trial, versioning_renamedfrom_v2, version, "v2");
    let model = NewModel::new("foo", NewUnion::NewScalar(10));
    let interface = client.interface();
    calls!(trial, "Versioning_RenamedFrom_";
        "newOp": client.new_op("bar", model.clone()) => model.clone();
        "NewInterface": interface.new_new_op_in_new_interface(model.clone()) => model;
    );

    let client = versioned!(trial, versioning_returntypechangedfrom_v2, version, "v2");
    trial.gives("Versioning_ReturnTypeChangedFrom_test", client.test("test".into()), "test".into()).await;

    let client = versioned!(trial, versioning_typechangedfrom_v2, version, "v2");
    let model = versioning_typechangedfrom_v2::models::TestModel::new("bar", "foo");
    trial.gives("Versioning_TypeChangedFrom_test", client.test("baz", model.clone()), model).await;
}
