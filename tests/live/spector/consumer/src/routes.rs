//! Parameters in the templates of paths and queries.

use routes::models::ExpandParameters;

use crate::{
    trial::Trial,
    value::{map, strings},
};

/// The six scenarios of a kind of expansion, whose methods are told apart by a suffix.
macro_rules! expansion {
    ($trial:expr, $prefix:literal, $routes:expr;
        $text:ident $list:ident $record:ident $exploded_text:ident $exploded_list:ident $exploded_record:ident) => {
        let (list, record) = (strings(["a", "b"]), map([("a", 1), ("b", 2)]));
        calls!($trial, $prefix;
            "_Standard_primitive": $routes.$text("a");
            "_Standard_array": $routes.$list(&list);
            "_Standard_record": $routes.$record(&record);
            "_Explode_primitive": $routes.$exploded_text("a");
            "_Explode_array": $routes.$exploded_list(&list);
            "_Explode_record": $routes.$exploded_record(&record);
        );
    };
}

pub async fn run(trial: &Trial) {
    let client = client!(trial, routes);
    let routes = client.routes();
    calls!(trial, "Routes_";
        "fixed": routes.fixed();
        "InInterface": routes.in_interface_fixed();
        "PathParameters_templateOnly": routes.path_parameters_template_only("a");
        "PathParameters_explicit": routes.path_parameters_explicit("a");
        "PathParameters_annotationOnly": routes.path_parameters_annotation_only("a");
        "PathParameters_ReservedExpansion_template": routes.reserved_expansion_template("foo/bar baz");
        "PathParameters_ReservedExpansion_annotation": routes.reserved_expansion_annotation("foo/bar baz");
        "QueryParameters_templateOnly": routes.query_parameters_template_only("a");
        "QueryParameters_explicit": routes.query_parameters_explicit("a");
        "QueryParameters_annotationOnly": routes.query_parameters_annotation_only("a");
        "QueryParameters_QueryExpansion_Explode_model":
            routes.explode_model(&ExpandParameters::new("status", "active"));
    );
    expansion!(trial, "Routes_PathParameters_SimpleExpansion", routes;
        standard_primitive standard_array standard_record explode_primitive explode_array explode_record);
    expansion!(trial, "Routes_PathParameters_PathExpansion", routes;
        standard_primitive_2 standard_array_2 standard_record_2
        explode_primitive_2 explode_array_2 explode_record_2);
    expansion!(trial, "Routes_PathParameters_LabelExpansion", routes;
        standard_primitive_3 standard_array_3 standard_record_3
        explode_primitive_3 explode_array_3 explode_record_3);
    expansion!(trial, "Routes_PathParameters_MatrixExpansion", routes;
        standard_primitive_4 standard_array_4 standard_record_4
        explode_primitive_4 explode_array_4 explode_record_4);
    expansion!(trial, "Routes_QueryParameters_QueryExpansion", routes;
        standard_primitive_5 standard_array_5 standard_record_5
        explode_primitive_5 explode_array_5 explode_record_5);
}
