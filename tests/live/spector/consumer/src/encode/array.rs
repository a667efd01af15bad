//! Lists joined to one text, which is what their documents say they are.

use encode_array::models::*;

use crate::trial::Trial;

pub async fn run(trial: &Trial) {
    let client = client!(trial, encode_array);
    let property = client.property();
    echoes!(trial, "Encode_Array_Property_";
        "commaDelimited": property.comma_delimited(CommaDelimitedArrayProperty::new("blue,red,green"));
        "spaceDelimited": property.space_delimited(SpaceDelimitedArrayProperty::new("blue red green"));
        "pipeDelimited": property.pipe_delimited(PipeDelimitedArrayProperty::new("blue|red|green"));
        "newlineDelimited": property.newline_delimited(NewlineDelimitedArrayProperty::new("blue\nred\ngreen"));
        "enumCommaDelimited":
            property.enum_comma_delimited(CommaDelimitedEnumArrayProperty::new("blue,red,green"));
        "enumSpaceDelimited":
            property.enum_space_delimited(SpaceDelimitedEnumArrayProperty::new("blue red green"));
        "enumPipeDelimited":
            property.enum_pipe_delimited(PipeDelimitedEnumArrayProperty::new("blue|red|green"));
        "enumNewlineDelimited":
            property.enum_newline_delimited(NewlineDelimitedEnumArrayProperty::new("blue\nred\ngreen"));
        "extensibleEnumCommaDelimited": property
            .extensible_enum_comma_delimited(CommaDelimitedExtensibleEnumArrayProperty::new("blue,red,green"));
        "extensibleEnumSpaceDelimited": property
            .extensible_enum_space_delimited(SpaceDelimitedExtensibleEnumArrayProperty::new("blue red green"));
        "extensibleEnumPipeDelimited": property
            .extensible_enum_pipe_delimited(PipeDelimitedExtensibleEnumArrayProperty::new("blue|red|green"));
        "extensibleEnumNewlineDelimited": property
            .extensible_enum_newline_delimited(NewlineDelimitedExtensibleEnumArrayProperty::new("blue\nred\ngreen"));
    );
}
