//! Numbers that a schema may allow: the usual ones, its bounds, and those that are hard to keep.

use serde_json::{Map, Value, json};

/// Whole numbers for these keywords, the most usual first.
pub fn integers(keywords: &Map<String, Value>) -> Vec<Value> {
    let least =
        bound(keywords, "minimum", "exclusiveMinimum", 1.0).map_or(i64::MIN, |value| value.ceil() as i64);
    let greatest = keywords.get("maximum").and_then(Value::as_u64).filter(|value| *value > i64::MAX as u64);
    let most =
        bound(keywords, "maximum", "exclusiveMaximum", -1.0).map_or(i64::MAX, |value| value.floor() as i64);
    let step = keywords.get("multipleOf").and_then(Value::as_i64).filter(|step| *step > 0).unwrap_or(1);
    let usual = [42, 1, 0, -1, 7, 1_000_000, 9_007_199_254_740_993, least, most];
    let fits = |value: &i64| *value >= least && *value <= most;
    let mut list: Vec<i64> = usual.iter().map(|value| value - value % step).filter(fits).collect();
    if list.is_empty() {
        list.extend([least, most]);
    }
    let mut seen = Vec::new();
    list.retain(|value| {
        !seen.contains(value) && {
            seen.push(*value);
            true
        }
    });
    list.into_iter().map(|value| json!(value)).chain(greatest.map(|value| json!(value))).collect()
}

/// Numbers for these keywords, the most usual first.
pub fn numbers(keywords: &Map<String, Value>) -> Vec<Value> {
    let least = bound(keywords, "minimum", "exclusiveMinimum", f64::EPSILON).unwrap_or(f64::MIN);
    let most = bound(keywords, "maximum", "exclusiveMaximum", -f64::EPSILON).unwrap_or(f64::MAX);
    let middle = least / 2.0 + most / 2.0;
    let usual = [1.5, 0.1, -0.25, 3.0, 12.75, 1e-7, 1e21, 123_456_789.123_456_7, 0.0, least, most];
    let fits = |value: &f64| *value >= least && *value <= most;
    let mut list: Vec<Value> = usual.into_iter().filter(fits).map(|value| json!(value)).collect();
    let whole = [5, 0, -3, 10_000_000_000_i64];
    list.extend(whole.into_iter().filter(|value| fits(&(*value as f64))).map(|value| json!(value)));
    if list.is_empty() {
        list.push(json!(middle));
    }
    if let Some(step) = keywords.get("multipleOf").and_then(Value::as_f64).filter(|step| *step > 0.0) {
        let multiples = [1.0, 3.0, 100.0, (most / step).floor().min(1e6), (least / step).ceil().max(-1e6)];
        let fractions = multiples.into_iter().map(|times| times * step);
        list.splice(0..0, fractions.filter(fits).map(|value| json!(value)));
    }
    list
}

/// A bound, moved by a step where it is exclusive.
fn bound(keywords: &Map<String, Value>, inclusive: &str, exclusive: &str, step: f64) -> Option<f64> {
    let number = |key: &str| keywords.get(key).and_then(Value::as_f64);
    // The next fraction is farther away the greater the number is.
    let scale = |value: f64| if step.abs() < 1.0 { value.abs().max(1.0) } else { 1.0 };
    let beyond = number(exclusive).map(|value| value + step * scale(value));
    match (number(inclusive), beyond) {
        (Some(one), Some(other)) if step > 0.0 => Some(one.max(other)),
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{integers, numbers};

    fn of(keywords: Value, list: fn(&serde_json::Map<String, Value>) -> Vec<Value>) -> Vec<Value> {
        list(keywords.as_object().expect("keywords are an object"))
    }

    #[test]
    fn the_bounds_are_among_them() {
        let list = of(json!({ "minimum": 3, "exclusiveMaximum": 9 }), integers);
        assert_eq!(list, [json!(7), json!(3), json!(8)]);
        let list = of(json!({ "minimum": 0, "maximum": u64::MAX }), integers);
        assert!(list.contains(&json!(u64::MAX)) && list.contains(&json!(0)));
        let list = of(json!({}), integers);
        assert!(list.contains(&json!(i64::MIN)) && list.contains(&json!(i64::MAX)));
    }

    #[test]
    fn fractions_and_whole_numbers_are_numbers() {
        let list = of(json!({ "minimum": -1, "maximum": 20 }), numbers);
        assert!(list.contains(&json!(1.5)) && list.contains(&json!(5)) && list.contains(&json!(-1.0)));
        assert_eq!(of(json!({ "minimum": 0.2, "maximum": 0.3 }), numbers)[0], json!(0.2));
    }
}
