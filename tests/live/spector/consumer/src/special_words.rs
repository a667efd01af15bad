//! Models, operations, parameters and properties that are called as words of languages.

use special_words::models::*;

use crate::{trial::Trial, value::strings};

/// Rows of a word, the model and the operation that are called so, and the methods that take the model and a parameter.
macro_rules! words {
    ($trial:expr, $client:expr; $($word:literal: $model:ident $operation:ident $method:ident;)+) => {
        $(
            let (models, operations, parameters) = ($client.models(), $client.operations(), $client.parameters());
            $trial.gives(concat!("SpecialWords_Models_", $word), models.$method($model::new("ok")), ()).await;
            $trial.gives(concat!("SpecialWords_Operations_", $word), operations.$operation(), ()).await;
            $trial.gives(concat!("SpecialWords_Parameters_", $word), parameters.$method("ok"), ()).await;
        )+
    };
}

pub async fn run(trial: &Trial) {
    let client = client!(trial, special_words);
    words!(trial, client;
        "and": ModelsAnd and with_and;
        "as": ModelsAs r#as with_as;
        "assert": ModelsAssert assert with_assert;
        "async": ModelsAsync r#async with_async;
        "await": ModelsAwait r#await with_await;
        "break": ModelsBreak r#break with_break;
        "class": ModelsClass class with_class;
        "constructor": ModelsConstructor constructor with_constructor;
        "continue": ModelsContinue r#continue with_continue;
        "def": ModelsDef def with_def;
        "del": ModelsDel del with_del;
        "elif": ModelsElif elif with_elif;
        "else": ModelsElse r#else with_else;
        "except": ModelsExcept except with_except;
        "exec": ModelsExec exec with_exec;
        "finally": ModelsFinally finally with_finally;
        "for": ModelsFor r#for with_for;
        "from": ModelsFrom from_operation with_from;
        "global": ModelsGlobal global with_global;
        "if": ModelsIf r#if with_if;
        "import": ModelsImport import with_import;
        "in": ModelsIn r#in with_in;
        "is": ModelsIs is with_is;
        "lambda": ModelsLambda lambda with_lambda;
        "not": ModelsNot not with_not;
        "or": ModelsOr or with_or;
        "pass": ModelsPass pass with_pass;
        "raise": ModelsRaise raise with_raise;
        "return": ModelsReturn r#return with_return;
        "try": ModelsTry r#try with_try;
        "while": ModelsWhile r#while with_while;
        "with": ModelsWith with with_with;
        "yield": ModelsYield r#yield with_yield;
    );
    let model = client.model_properties();
    let methods = ModelPropertiesDictMethods::new("ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok");
    let items = ReservedOperationBodyParamsWithItemsBody::new(strings(["item"]));
    let class = || ExtensibleStringsExtensibleString::from("class");
    calls!(trial, "SpecialWords_";
        "Parameters_cancellationToken": client.parameters().with_cancellation_token("ok");
        "ModelProperties_sameAsModel": model.same_as_model(ModelPropertiesSameAsModel::new("ok"));
        "ModelProperties_dictMethods": model.dict_methods(methods);
        "ModelProperties_withList": model.with_list(ModelPropertiesModelWithList::new("ok"));
        "ReservedOperationBodyParams_withItems": client.reserved_operation_body_params().with_items(items);
        "ExtensibleStrings_putExtensibleStringValue": client.extensible_strings().put_value(class()) => class();
    );
}
