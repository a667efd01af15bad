//! XML, which is passed as text: what is read is sent back as it is.

use crate::trial::{Trial, expect};

/// Rows of the common start of a reading and a writing scenario, the resource, and the element that is read.
macro_rules! elements {
    ($trial:expr, $client:expr; $($scenario:literal: $resource:ident => $element:literal;)+) => {
        $({
            let resource = $client.$resource();
            let (gets, puts) = (concat!("Payload_Xml_", $scenario, "_get"), concat!("Payload_Xml_", $scenario, "_put"));
            let read = resource.get().await.map_err(|error| error.to_string());
            let found = |read: &String| expect(read.contains(concat!("<", $element)), || read.clone());
            $trial.record(gets, read.as_ref().map_err(String::clone).and_then(found));
            $trial.gives(puts, resource.put(read.unwrap_or_default()), ()).await;
        })+
    };
}

pub async fn run(trial: &Trial) {
    let client = client!(trial, payload_xml);
    elements!(trial, client;
        "ModelWithDatetimeValue": model_with_datetime_value => "ModelWithDatetime";
        "SimpleModelValue": simple_model_value => "SimpleModel";
        "ModelWithRenamedPropertyValue": model_with_renamed_property_value => "ModelWithRenamedProperty";
        "ModelWithRenamedFieldsValue": model_with_renamed_fields_value => "ModelWithRenamedFieldsSrc";
        "ModelWithNestedModelValue": model_with_nested_model_value => "ModelWithNestedModel";
        "ModelWithRenamedNestedModelValue":
            model_with_renamed_nested_model_value => "ModelWithRenamedNestedModel";
        "ModelWithSimpleArraysValue": model_with_simple_arrays_value => "ModelWithSimpleArrays";
        "ModelWithUnwrappedArrayValue": model_with_unwrapped_array_value => "ModelWithUnwrappedArray";
        "ModelWithRenamedArraysValue": model_with_renamed_arrays_value => "ModelWithRenamedArrays";
        "ModelWithWrappedPrimitiveCustomItemNamesValue":
            model_with_wrapped_primitive_custom_item_names_value => "ModelWithWrappedPrimitiveCustomItemNames";
        "ModelWithArrayOfModelValue": model_with_array_of_model_value => "ModelWithArrayOfModel";
        "ModelWithUnwrappedModelArrayValue":
            model_with_unwrapped_model_array_value => "ModelWithUnwrappedModelArray";
        "ModelWithRenamedWrappedModelArrayValue":
            model_with_renamed_wrapped_model_array_value => "ModelWithRenamedWrappedModelArray";
        "ModelWithRenamedUnwrappedModelArrayValue":
            model_with_renamed_unwrapped_model_array_value => "ModelWithRenamedUnwrappedModelArray";
        "ModelWithRenamedWrappedAndItemModelArrayValue":
            model_with_renamed_wrapped_and_item_model_array_value => "ModelWithRenamedWrappedAndItemModelArray";
        "ModelWithAttributesValue": model_with_attributes_value => "ModelWithAttributes";
        "ModelWithRenamedAttributeValue": model_with_renamed_attribute_value => "ModelWithRenamedAttribute";
        "ModelWithNamespaceValue": model_with_namespace_value => "smp:ModelWithNamespace";
        "ModelWithNamespaceOnPropertiesValue":
            model_with_namespace_on_properties_value => "smp:ModelWithNamespaceOnProperties";
        "ModelWithTextValue": model_with_text_value => "ModelWithText";
        "ModelWithOptionalFieldValue": model_with_optional_field_value => "ModelWithOptionalField";
        "ModelWithEmptyArrayValue": model_with_empty_array_value => "ModelWithEmptyArray";
        "ModelWithDictionaryValue": model_with_dictionary_value => "ModelWithDictionary";
        "ModelWithEncodedNamesValue": model_with_encoded_names_value => "ModelWithEncodedNamesSrc";
        "ModelWithEnumValue": model_with_enum_value => "ModelWithEnum";
    );
    trial
        .fails("Payload_Xml_XmlErrorValue_get", client.xml_error_value().get(), |error| {
            matches!(error, payload_xml::Error::Api(error)
                if error.status() == 400 && error.body().to_string().contains("<XmlErrorBody>"))
        })
        .await;
}
