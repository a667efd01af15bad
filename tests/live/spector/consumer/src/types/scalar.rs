//! Values by themselves.

use type_scalar::Value;

use crate::{trial::Trial, value::decimal};

/// The scenarios of a decimal type. The last sends the sum of what another gave.
macro_rules! decimal {
    ($trial:expr, $prefix:literal, $type:expr, $verify:expr) => {
        calls!($trial, $prefix;
            "Type_responseBody": $type.response_body() => decimal("0.33333");
            "Type_requestBody": $type.request_body(decimal("0.33333"));
            "Type_requestParameter": $type.request_parameter(decimal("0.33333"));
            "Verify_prepareVerify": $verify.prepare_verify() => vec![decimal("0.1"); 3];
        );
        let sum = $verify.prepare_verify().await.map(|read| read.iter().sum()).unwrap_or_default();
        calls!($trial, $prefix; "Verify_verify": $verify.verify(sum););
    };
}

pub async fn run(trial: &Trial) {
    let client = client!(trial, type_scalar);
    pairs!(trial, "Type_Scalar_", "_get", "_put";
        "String": client.string() => get, replace, "test".to_owned();
        "Boolean": client.boolean() => get, replace, true;
        "Unknown": client.unknown() => get, replace, Value::from("test");
    );
    decimal!(trial, "Type_Scalar_Decimal", client.decimal_type(), client.decimal_verify());
    decimal!(trial, "Type_Scalar_Decimal128", client.decimal128_type(), client.decimal128_verify());
}
