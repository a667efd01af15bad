//! What the tables of scenarios are written in.

/// A client of a crate, with the server as its base URL.
macro_rules! client {
    ($trial:expr, $package:ident) => {
        $package::Client::builder().base_url(&$trial.base).build().expect("a client can be made")
    };
}

/// A client of a crate whose document has the server's address as a variable, and the version of the API as another.
macro_rules! versioned {
    ($trial:expr, $package:ident, $setter:ident, $version:literal) => {
        $package::Client::builder()
            .endpoint(&$trial.base)
            .$setter($version)
            .build()
            .expect("a client can be made")
    };
}

/// A value of a type of a crate, from JSON.
macro_rules! json {
    ($package:ident, $json:expr) => {
        $package::json::from_json($json.as_bytes()).expect("it is JSON for the type")
    };
}

/// Rows of a scenario, a call, and what it gives; nothing if not said.
macro_rules! calls {
    ($trial:expr, $prefix:literal; $($scenario:literal: $call:expr $(=> $expected:expr)?;)+) => {
        $($trial.gives(concat!($prefix, $scenario), $call, ($($expected)?)).await;)+
    };
}

/// Rows of a scenario, a resource with a method, and the value that is sent and comes back.
macro_rules! echoes {
    ($trial:expr, $prefix:literal; $($scenario:literal: $resource:ident.$method:ident($value:expr);)+) => {
        $({
            let value = $value;
            $trial.gives(concat!($prefix, $scenario), $resource.$method(value.clone()), value).await;
        })+
    };
}

/// Rows of the common start of two scenarios, a resource with two methods, and the value that the first gives and the
/// second takes. The ends of the scenarios' names are given once.
macro_rules! pairs {
    ($trial:expr, $prefix:literal, $gives:literal, $takes:literal;
        $($scenario:literal: $resource:expr => $get:ident, $put:ident, $value:expr;)+) => {
        $({
            let (resource, value) = ($resource, $value);
            $trial.gives(concat!($prefix, $scenario, $gives), resource.$get(), value.clone()).await;
            $trial.gives(concat!($prefix, $scenario, $takes), resource.$put(value), ()).await;
        })+
    };
}
