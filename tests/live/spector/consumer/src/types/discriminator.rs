//! Models told apart by a member, also where it is missing or wrong.

use {
    type_model_inheritance_enum_discriminator::models as by_enum,
    type_model_inheritance_nested_discriminator::models as nested,
    type_model_inheritance_single_discriminator::models as single,
};

use crate::{
    trial::{Trial, expect, shows},
    value::map,
};

pub async fn run(trial: &Trial) {
    by_enum(trial).await;
    nested(trial).await;
    single(trial).await;
}

/// Rows of a scenario, a call, and what stands in the debug form of what it gives: the kind says nothing of the type that
/// it is read as, and each reading holds the base's members.
macro_rules! shown {
    ($trial:expr, $prefix:literal; $($scenario:literal: $call:expr => $text:literal;)+) => {
        $($trial.reads(concat!($prefix, $scenario), $call, |read| shows(read, $text)).await;)+
    };
}

async fn by_enum(trial: &Trial) {
    use by_enum::{Cobra, Dog, Golden, Snake};
    let client = client!(trial, type_model_inheritance_enum_discriminator);
    let resource = client.r#type();
    calls!(trial, "Type_Model_Inheritance_EnumDiscriminator_";
        "getExtensibleModel": resource.get_extensible_model() => Dog::from(Golden::new(10));
        "putExtensibleModel": resource.put_extensible_model(Golden::new(10).into());
        "getFixedModel": resource.get_fixed_model() => Snake::from(Cobra::new(10));
        "putFixedModel": resource.put_fixed_model(Cobra::new(10).into());
    );
    shown!(trial, "Type_Model_Inheritance_EnumDiscriminator_";
        "getExtensibleModelMissingDiscriminator":
            resource.get_extensible_model_missing_discriminator() => "weight: 10";
        "getExtensibleModelWrongDiscriminator":
            resource.get_extensible_model_wrong_discriminator() => "weight: 8";
        "getFixedModelMissingDiscriminator": resource.get_fixed_model_missing_discriminator() => "length: 10";
        "getFixedModelWrongDiscriminator": resource.get_fixed_model_wrong_discriminator() => "length: 8";
    );
}

async fn nested(trial: &Trial) {
    use nested::{Fish, GoblinShark, Salmon, SawShark, Shark};
    let client = client!(trial, type_model_inheritance_nested_discriminator);
    let resource = client.r#type();
    let goblin = |age| Fish::from(Shark::from(GoblinShark::new(age)));
    let saw = |age| Fish::from(Shark::from(SawShark::new(age)));
    let salmon = Salmon::new;
    let friend = salmon(2)
        .partner(Box::new(Fish::from(salmon(3))))
        .hate(map([("key1", Fish::from(salmon(4))), ("key2", goblin(2))]));
    let enemy = salmon(2).friends([Fish::from(salmon(1)), goblin(4)]);
    let recursive = Fish::from(
        salmon(1)
            .partner(Box::new(saw(2)))
            .friends([Fish::from(friend), goblin(3)])
            .hate(map([("key3", saw(3)), ("key4", Fish::from(enemy))])),
    );
    calls!(trial, "Type_Model_Inheritance_NestedDiscriminator_";
        "getModel": resource.get_model() => goblin(1);
        "putModel": resource.put_model(goblin(1));
        "getRecursiveModel": resource.get_recursive_model() => recursive.clone();
        "putRecursiveModel": resource.put_recursive_model(recursive);
    );
    shown!(trial, "Type_Model_Inheritance_NestedDiscriminator_";
        "getMissingDiscriminator": resource.get_missing_discriminator() => "age: 1";
        "getWrongDiscriminator": resource.get_wrong_discriminator() => "age: 1";
    );
}

async fn single(trial: &Trial) {
    use single::{Bird, Dinosaur, Eagle, Fish, Goose, SeaGull, Sparrow};
    let client = client!(trial, type_model_inheritance_single_discriminator);
    let resource = client.r#type();
    let sparrow = || Bird::from(Sparrow::new(1));
    let eagle = Bird::from(
        Eagle::new(5)
            .partner(Box::new(Bird::from(Goose::new(2))))
            .friends([Bird::from(SeaGull::new(2))])
            .hate(map([("key3", sparrow())])),
    );
    calls!(trial, "Type_Model_Inheritance_SingleDiscriminator_";
        "getModel": resource.get_model() => sparrow();
        "putModel": resource.put_model(sparrow());
        "getRecursiveModel": resource.get_recursive_model() => eagle.clone();
        "putRecursiveModel": resource.put_recursive_model(eagle);
        "getNoSubtypesModel": resource.get_no_subtypes_model() => Fish::new("salmon", 10);
        "putNoSubtypesModel": resource.put_no_subtypes_model(Fish::new("salmon", 10));
    );
    shown!(trial, "Type_Model_Inheritance_SingleDiscriminator_";
        "getMissingDiscriminator": resource.get_missing_discriminator() => "wingspan: 1";
        "getWrongDiscriminator": resource.get_wrong_discriminator() => "wingspan: 1";
    );
    let call = resource.get_legacy_model();
    trial
        .reads("Type_Model_Inheritance_SingleDiscriminator_getLegacyModel", call, |read| {
            expect(matches!(read, Dinosaur::TRex(rex) if rex.size == 20), || format!("{read:?}"))
        })
        .await;
}
