//! Booleans written as text.

use encode_boolean::models::PropertyBoolAsStringProperty as Text;

use crate::trial::Trial;

pub async fn run(trial: &Trial) {
    let client = client!(trial, encode_boolean);
    let property = client.property();
    calls!(trial, "Encode_Boolean_Property_";
        "trueLower": property.true_lower(Text::new("true")) => Text::new("true");
        "falseLower": property.false_lower(Text::new("false")) => Text::new("false");
        "trueUpper": property.true_upper(Text::new("true")) => Text::new("TRUE");
        "falseMixed": property.false_mixed(Text::new("false")) => Text::new("FaLsE");
    );
}
