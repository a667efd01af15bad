//! The samples of one schema: what the document shows, what each choice leads to, and what chance gives.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use jsonschema::Validator;
use rand::{SeedableRng, rngs::ChaCha8Rng, seq::SliceRandom};
use serde_json::Value;

use super::{choices::Choices, spelling::Spelling, value::Maker};

/// The longest text of a sample, in bytes.
const LONGEST: usize = 32 << 10;

/// How many members values have: those of which each choice is tried, and others.
const USUAL: usize = 80;
const OTHERS: &[usize] = &[240, 30, 10, 0];

/// The samples of one schema.
#[derive(Debug, Default)]
pub struct Collected {
    /// Values that were made, each once.
    pub tried: u64,
    /// Those that the validator accepts, as JSON.
    pub kept: Vec<String>,
}

/// Collects samples.
struct Collecting<'v> {
    validator: &'v Validator,
    seen: HashSet<u64>,
    collected: Collected,
    most: usize,
}

/// At most so many samples of a schema.
pub fn samples(
    maker: &Maker<'_>,
    validator: &Validator,
    schema: &Value,
    shown: &[Value],
    most: usize,
) -> Collected {
    let mut collecting =
        Collecting { validator, seen: HashSet::new(), collected: Collected::default(), most };
    shown.iter().for_each(|value| collecting.add(value.clone()));
    for members in std::iter::once(&USUAL).chain(OTHERS) {
        maker
            .value(schema, &mut Choices::first(&[]), *members)
            .into_iter()
            .for_each(|one| collecting.add(one));
    }
    each_choice(maker, schema, &mut collecting);
    by_chance(maker, schema, &mut collecting);
    collecting.collected
}

/// Takes each choice of the usual value otherwise, one at a time, in any order up to three quarters of what is wanted.
fn each_choice(maker: &Maker<'_>, schema: &Value, collecting: &mut Collecting<'_>) {
    let mut usual = Choices::first(&[]);
    let _ = maker.value(schema, &mut usual, USUAL);
    let taken: Vec<usize> = usual.taken.iter().map(|(chosen, _)| *chosen).collect();
    let mut others: Vec<(usize, usize)> = Vec::new();
    for (at, (_, count)) in usual.taken.iter().enumerate() {
        others.extend((1..*count).map(|other| (at, other)));
    }
    let mut random = ChaCha8Rng::seed_from_u64(others.len() as u64);
    others.shuffle(&mut random);
    let enough = collecting.most * 3 / 4;
    for (at, other) in others.into_iter().take(collecting.most * 2) {
        if collecting.collected.kept.len() >= enough {
            break;
        }
        let mut script = taken[..at].to_vec();
        script.push(other);
        maker
            .value(schema, &mut Choices::first(&script), USUAL)
            .into_iter()
            .for_each(|one| collecting.add(one));
    }
}

fn by_chance(maker: &Maker<'_>, schema: &Value, collecting: &mut Collecting<'_>) {
    let attempts = collecting.most as u64 * 4;
    let mut in_vain = 0;
    for seed in 0..attempts {
        if collecting.collected.kept.len() >= collecting.most || in_vain > collecting.most {
            break;
        }
        let members = OTHERS[seed as usize % OTHERS.len()];
        let before = collecting.collected.kept.len();
        maker.value(schema, &mut Choices::any(seed), members).into_iter().for_each(|one| collecting.add(one));
        in_vain = if collecting.collected.kept.len() == before { in_vain + 1 } else { 0 };
    }
}

impl Collecting<'_> {
    fn add(&mut self, value: Value) {
        let plain = value.to_string();
        let mut hasher = DefaultHasher::new();
        plain.hash(&mut hasher);
        let is_full = self.collected.kept.len() >= self.most;
        if is_full || plain.len() > LONGEST || !self.seen.insert(hasher.finish()) {
            return;
        }
        self.collected.tried += 1;
        if self.validator.is_valid(&value) {
            let spelling = Spelling::nth(self.collected.kept.len());
            self.collected.kept.push(spelling.write(&value));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Maker, samples};
    use crate::samples::{conjunction::Conjunctions, cost, judge::Judge};

    #[test]
    fn every_alternative_presence_and_constant_is_among_them() {
        let definitions = [json!({
            "type": "object",
            "required": ["a"],
            "properties": {
                "a": { "oneOf": [{ "type": "integer" }, { "type": "array", "items": { "type": "boolean" } }] },
                "b": { "anyOf": [{ "enum": ["x", "y"] }, { "type": "null" }] },
            },
        })];
        let depths = cost::depths(&definitions);
        let maker = Maker { conjunctions: Conjunctions { definitions: &definitions, depths: &depths } };
        let judge = Judge::new(&definitions).expect("the definitions are valid");
        let validator = judge.validator(0).expect("the definition is valid");
        let shown = [json!({ "a": 5, "b": "z" }), json!({ "a": 5, "b": "x" })];
        let collected = samples(&maker, &validator, &definitions[0], &shown, 60);
        let has = |part: &str| collected.kept.iter().any(|text| text.contains(part));
        assert_eq!(collected.kept[0], r#"{"a":5,"b":"x"}"#);
        for part in [r#""a":["#, r#""a":42"#, r#""b":"y""#, r#""b":null"#, r#"{"a":42}"#] {
            assert!(has(part), "{part} is not among {:?}", collected.kept);
        }
        assert!(!has(r#""b":"z""#));
        assert!(collected.tried as usize > collected.kept.len());
    }
}
