//! Where parameters and bodies go, and how lists of them are joined.

use parameters_basic::models::{ExplicitBodyUser, ImplicitBodySimpleBody};
use parameters_body_optionality::models::BodyModel;
use parameters_spread::models::{
    AliasInnerModel, AliasSpreadAsRequestBodyBody, AliasSpreadAsRequestParameterBody,
    AliasSpreadParameterWithInnerAliasBody, AliasSpreadWithMultipleParametersBody, ModelBodyParameter,
    ModelCompositeRequestMix,
};

use crate::{trial::Trial, value::strings};

pub async fn run(trial: &Trial) {
    bodies(trial).await;
    places(trial).await;
    spread(trial).await;
}

async fn bodies(trial: &Trial) {
    let client = client!(trial, parameters_basic);
    calls!(trial, "Parameters_Basic_";
        "ExplicitBody_simple": client.explicit_body().simple(ExplicitBodyUser::new("foo"));
        "ImplicitBody_simple": client.implicit_body().simple(ImplicitBodySimpleBody::new("foo"));
    );

    let client = client!(trial, parameters_body_optionality);
    let parameters = client.parameters();
    calls!(trial, "Parameters_BodyOptionality_";
        "requiredExplicit": parameters.required_explicit(BodyModel::new("foo"));
        "requiredImplicit": parameters.required_implicit(BodyModel::new("foo"));
        "OptionalExplicit": parameters.optional_explicit_set().body(BodyModel::new("foo"));
        "OptionalExplicit": parameters.optional_explicit_omit();
    );

    let client = client!(trial, parameters_body_root);
    let body = json!(parameters_body_root, r#"{"category":"widget","linkType":"hard","wasSuccessful":true}"#);
    trial.gives("Parameters_BodyRoot_nested", client.parameters().nested(body), ()).await;
}

async fn places(trial: &Trial) {
    let client = client!(trial, parameters_collection_format);
    let (parameters, colors) = (client.parameters(), strings(["blue", "red", "green"]));
    calls!(trial, "Parameters_CollectionFormat_";
        "Query_multi": parameters.query_multi(&colors);
        "Query_csv": parameters.query_csv(&colors);
        "Query_ssv": parameters.query_ssv(&colors);
        "Query_pipes": parameters.query_pipes(&colors);
        "Header_csv": parameters.header_csv(&colors);
    );

    let client = client!(trial, parameters_path);
    calls!(trial, "Parameters_Path_";
        "normal": client.parameters().normal("foo");
        "optional": client.parameters().optional("foo");
        "optional": client.parameters().optional("");
    );

    let client = client!(trial, parameters_query);
    calls!(trial, "Parameters_Query_";
        "Constant_post": client.constant().post();
        "SpecialChar_dollarSign": client.special_char().dollar_sign("status eq 'active'");
    );
}

async fn spread(trial: &Trial) {
    let client = client!(trial, parameters_spread);
    let (alias, model) = (client.alias(), client.model());
    let body = || ModelBodyParameter::new("foo");
    let several = AliasSpreadWithMultipleParametersBody::new(vec![1, 2], "foo")
        .optional_int(1)
        .optional_string_list(strings(["foo", "bar"]));
    let inner = AliasSpreadParameterWithInnerAliasBody::new(1, "foo");
    calls!(trial, "Parameters_Spread_";
        "Model_spreadAsRequestBody": model.spread_as_request_body(body());
        "Model_spreadCompositeRequestOnlyWithBody": model.spread_composite_request_only_with_body(body());
        "Model_spreadCompositeRequestWithoutBody": model.spread_composite_request_without_body("foo", "bar");
        "Model_spreadCompositeRequest": model.spread_composite_request("foo", "bar", body());
        "Model_spreadCompositeRequestMix":
            model.spread_composite_request_mix("foo", "bar", ModelCompositeRequestMix::new("foo"));
        "Alias_spreadAsRequestBody": alias.spread_as_request_body(AliasSpreadAsRequestBodyBody::new("foo"));
        "Alias_spreadAsRequestParameter":
            alias.spread_as_request_parameter("1", "bar", AliasSpreadAsRequestParameterBody::new("foo"));
        "Alias_spreadWithMultipleParameters": alias.spread_with_multiple_parameters("1", "bar", several);
        "Alias_spreadParameterWithInnerModel":
            alias.spread_parameter_with_inner_model("1", "bar", AliasInnerModel::new("foo"));
        "Alias_spreadParameterWithInnerAlias": alias.spread_parameter_with_inner_alias("1", "bar", inner);
    );
}
