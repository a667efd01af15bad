//! Numbers written as text.

use encode_numeric::models::{
    PropertySafeintAsStringProperty, PropertyUint8AsStringProperty, PropertyUint32AsStringProperty,
};

use crate::trial::Trial;

pub async fn run(trial: &Trial) {
    let client = client!(trial, encode_numeric);
    let property = client.property();
    echoes!(trial, "Encode_Numeric_Property_";
        "safeintAsString": property.safeint_as_string(PropertySafeintAsStringProperty::new("10000000000"));
        "uint32AsStringOptional":
            property.uint32_as_string_optional(PropertyUint32AsStringProperty::new().value("1"));
        "uint8AsString": property.uint8_as_string(PropertyUint8AsStringProperty::new("255"));
    );
}
