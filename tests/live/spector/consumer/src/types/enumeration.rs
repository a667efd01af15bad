//! Enums with values that they do not list.

use {
    type_enum_extensible::models::DaysOfWeekExtensibleEnum as Open,
    type_enum_fixed::models::DaysOfWeekEnum as Fixed,
};

use crate::trial::Trial;

pub async fn run(trial: &Trial) {
    let client = client!(trial, type_enum_extensible);
    let string = client.string();
    calls!(trial, "Type_Enum_Extensible_String_";
        "getKnownValue": string.get_known_value() => Open::Monday;
        "putKnownValue": string.put_known_value(Open::Monday);
        "getUnknownValue": string.get_unknown_value() => Open::Unknown("Weekend".into());
        "putUnknownValue": string.put_unknown_value(Open::from("Weekend"));
    );

    let client = client!(trial, type_enum_fixed);
    let string = client.string();
    calls!(trial, "Type_Enum_Fixed_String_";
        "getKnownValue": string.get_known_value() => Fixed::Monday;
        "putKnownValue": string.put_known_value(Fixed::Monday);
    );
    let call = string.put_unknown_value(Fixed::from("Weekend"));
    let refused = |error: &type_enum_fixed::Error| error.status().is_some_and(|status| status == 500);
    trial.fails("Type_Enum_Fixed_String_putUnknownValue", call, refused).await;
}
