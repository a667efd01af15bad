//! Values of several types, with a tag and without one.

use {type_union::models::*, type_union_discriminated::models as tagged};

use crate::{
    trial::{Trial, expect},
    value::strings,
};

/// Rows of the common start of a reading and a sending scenario, the resource with its method that reads, the model that is
/// sent, and the value of its property, as it is sent and as it is read where that is another type.
macro_rules! properties {
    ($trial:expr, $client:expr;
        $($scenario:literal: $resource:ident.$get:ident, $body:ident($value:expr $(, $read:expr)?);)+) => {
        $({
            let resource = $client.$resource();
            $trial.reads(concat!("Type_Union_", $scenario, "_get"), resource.$get(), |read| {
                let expected = properties!(@read $value $(, $read)?);
                expect(read.prop == expected && read.extra.is_empty(), || {
                    format!("{:?} was read, {expected:?} is expected", read.prop)
                })
            }).await;
            $trial.gives(concat!("Type_Union_", $scenario, "_send"), resource.send($body::new($value)), ()).await;
        })+
    };
    (@read $value:expr) => { $value };
    (@read $value:expr, $read:expr) => { $read };
}

pub async fn run(trial: &Trial) {
    by_shape(trial).await;
    by_tag(trial).await;
}

async fn by_shape(trial: &Trial) {
    let client = client!(trial, type_union);
    let cat = || Cat::new("test");
    let directions = || EnumsOnlyCases::new(EnumsOnlyCasesLr::Right, EnumsOnlyCasesUd::Up);
    let literals = || {
        MixedLiteralsCases::new(
            true.into(),
            3.3.into(),
            2.0.into(),
            MixedLiteralsCasesStringLiteralA::A.into(),
        )
    };
    let types = || {
        use MixedTypesCasesArrayItem as Item;
        let items = vec![
            Item::from(cat()),
            Item::A(MixedTypesCasesArrayItemA::A),
            Item::Integer(2),
            Item::Boolean(true),
        ];
        let literal = MixedTypesCasesLiteralA::A.into();
        MixedTypesCases::new(items, true.into(), 2.into(), literal, cat().into())
    };
    let texts = || StringAndArrayCases::new(strings(["test1", "test2"]).into(), "test".to_owned().into());
    properties!(trial, client;
        "StringsOnly": strings_only.get, StringsOnlySendBody(StringsOnlySendBodyProp::B, StringsOnlyGetResponseProp::B);
        "StringExtensible":
            string_extensible.get, StringExtensibleSendBody("custom", StringExtensibleGetResponseProp::from("custom"));
        "StringExtensibleNamed":
            string_extensible_named.get, StringExtensibleNamedSendBody(StringExtensibleNamedUnion::from("custom"));
        "IntsOnly": ints_only.get, IntsOnlySendBody(IntsOnlySendBodyProp::N2, IntsOnlyGetResponseProp::N2);
        "FloatsOnly": floats_only.get, FloatsOnlySendBody(2.2);
        "ModelsOnly":
            models_only.get, ModelsOnlySendBody(cat().into(), ModelsOnlyGetResponseProp::from(cat()));
        "EnumsOnly": enums_only.get, EnumsOnlySendBody(directions(), Box::new(directions()));
        "StringAndArray": string_and_array.get, StringAndArraySendBody(texts(), Box::new(texts()));
        "MixedLiterals": mixed_literals.list, MixedLiteralsSendBody(literals(), Box::new(literals()));
        "MixedTypes": mixed_types.list, MixedTypesSendBody(types(), Box::new(types()));
    );
}

async fn by_tag(trial: &Trial) {
    use tagged::{
        Cat, PetInline, PetInlineWithCustomDiscriminator as PetInlineCustom, PetWithCustomNames,
        PetWithCustomNamesCat, PetWithEnvelope, PetWithEnvelopeCat,
    };
    let client = client!(trial, type_union_discriminated);
    let resource = client.r#type();
    let cat = || Cat::new(true, "Whiskers");
    let envelope = PetWithEnvelope::from(PetWithEnvelopeCat::new(cat()));
    let custom = PetWithCustomNames::from(PetWithCustomNamesCat::new(cat()));
    calls!(trial, "Type_Union_Discriminated_Envelope_Object_";
        "Default_get": resource.default_get() => envelope.clone();
        "Default_put": resource.default_put(envelope.clone()) => envelope;
        "CustomProperties_get": resource.custom_properties_get() => custom.clone();
        "CustomProperties_put": resource.custom_properties_put(custom.clone()) => custom;
    );
    // only the union knows the tag: the models do not have it
    macro_rules! cats {
        ($($scenario:literal: $call:expr, $union:ident;)+) => {
            $(trial.reads(concat!("Type_Union_Discriminated_NoEnvelope_", $scenario), $call, |read| {
                let fits = matches!(read, $union::Cat(cat) if cat.name == "Whiskers" && cat.meow);
                expect(fits, || format!("{read:?}"))
            }).await;)+
        };
    }
    cats!(
        "Default_get": resource.default_get_2(), PetInline;
        "Default_put": resource.default_put_2(PetInline::from(cat())), PetInline;
        "CustomDiscriminator_get": resource.custom_discriminator_get(), PetInlineCustom;
        "CustomDiscriminator_put":
            resource.custom_discriminator_put(PetInlineCustom::from(cat())), PetInlineCustom;
    );
}
