//! A member that is absent, `null` or has a value, used as an `Option` is.

use runtime::runtime::field::Field;

fn named(name: &str) -> Field<String> { Field::Value(name.to_owned()) }

#[test]
fn it_has_what_option_has() {
    let mut field = named("a");
    assert_eq!(field.as_ref().map(String::len), Field::Value(1));
    assert_eq!(field.as_deref(), Field::Value("a"));
    assert_eq!(field.as_ref().cloned(), field);
    if let Field::Value(name) = field.as_mut() {
        name.push('b');
    }
    assert!(field.is_value_and(|name| name == "ab"));
    let mut field = named("a");
    assert_eq!(field.replace("b".to_owned()), named("a"));
    assert_eq!((field.take(), field), (named("b"), Field::Absent));
    assert_eq!(named("a").into_option().as_deref(), Some("a"));
}

#[test]
fn null_and_absent_stay_what_they_are() {
    for (field, is_null) in [(Field::<String>::Null, true), (Field::Absent, false)] {
        assert_eq!((field.is_null(), field.is_absent(), field.is_value()), (is_null, !is_null, false));
        assert_eq!(field.as_ref().map(String::len).is_null(), is_null);
        assert_eq!(field.clone().unwrap_or("x".to_owned()), "x");
        assert_eq!(field.clone().unwrap_or_else(|| "y".to_owned()), "y");
        assert_eq!((field.as_option(), field.clone().unwrap_or_default()), (None, String::new()));
        assert_eq!(field.into_option(), None);
    }
}
