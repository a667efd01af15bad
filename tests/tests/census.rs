//! Every variant of every enum of the IR is in some golden case. Which variants there are is read from the source, and
//! which occur from the IR of the cases: each value is walked by the type that the source gives it, so that variants of
//! one name in two enums are told apart.

use std::collections::{BTreeMap, BTreeSet};

use acceptance::{case, debugged::Debugged, golden, workspace};

/// The types of the IR by their names.
struct Source {
    structs: BTreeMap<String, syn::Fields>,
    enums: BTreeMap<String, BTreeMap<String, syn::Fields>>,
}

impl Source {
    fn read() -> Self {
        let mut source = Self { structs: BTreeMap::new(), enums: BTreeMap::new() };
        for text in golden::read(&workspace::root().join("generator/src/ir")).values() {
            for item in syn::parse_file(text).expect("it compiles").items {
                match item {
                    syn::Item::Struct(item) => {
                        source.structs.insert(item.ident.to_string(), item.fields);
                    }
                    syn::Item::Enum(item) => {
                        let variants = item.variants.into_iter();
                        let variants = variants.map(|one| (one.ident.to_string(), one.fields)).collect();
                        source.enums.insert(item.ident.to_string(), variants);
                    }
                    _ => {}
                }
            }
        }
        source
    }

    /// Every variant, as `Enum::Variant`.
    fn variants(&self) -> BTreeSet<String> {
        let of = |(name, variants): (&String, &BTreeMap<String, syn::Fields>)| {
            variants.keys().map(|variant| format!("{name}::{variant}")).collect::<Vec<_>>()
        };
        self.enums.iter().flat_map(of).collect()
    }

    /// Notes the variants in a value of a type.
    fn walk(&self, value: &Debugged, ty: &syn::Type, seen: &mut BTreeSet<String>) {
        match (ty, value) {
            (syn::Type::Tuple(types), Debugged::Tuple(_, values)) => {
                types.elems.iter().zip(values).for_each(|(ty, value)| self.walk(value, ty, seen));
            }
            (syn::Type::Path(path), _) => {
                let last = path.path.segments.last().expect("a path has a name");
                self.walk_named(value, last, seen);
            }
            _ => panic!("{value:?} has a type that this test does not know"),
        }
    }

    fn walk_named(&self, value: &Debugged, of: &syn::PathSegment, seen: &mut BTreeSet<String>) {
        let name = of.ident.to_string();
        if let Some(variants) = self.enums.get(&name) {
            let fields = variants.get(value.name()).unwrap_or_else(|| panic!("{name} has no {value:?}"));
            seen.insert(format!("{name}::{}", value.name()));
            self.walk_fields(value, fields, seen);
        } else if let Some(fields) = self.structs.get(&name) {
            self.walk_fields(value, fields, seen);
        } else if let syn::PathArguments::AngleBracketed(arguments) = &of.arguments {
            let inner = arguments.args.iter().find_map(|argument| match argument {
                syn::GenericArgument::Type(ty) => Some(ty),
                _ => None,
            });
            let inner = inner.expect("a type that takes arguments takes a type");
            match (name.as_str(), value) {
                ("Box", _) => self.walk(value, inner, seen),
                ("Option", Debugged::Tuple(_, values)) | ("Vec", Debugged::List(values)) => {
                    values.iter().for_each(|value| self.walk(value, inner, seen));
                }
                ("Option", Debugged::Word(none)) if none == "None" => {}
                _ => panic!("{name} is a type that this test does not know: {value:?}"),
            }
        }
    }

    fn walk_fields(&self, value: &Debugged, fields: &syn::Fields, seen: &mut BTreeSet<String>) {
        match value {
            Debugged::Tuple(_, values) => {
                fields.iter().zip(values).for_each(|(field, value)| self.walk(value, &field.ty, seen));
            }
            Debugged::Struct(_, values) => {
                for field in fields {
                    let name = field.ident.as_ref().map(ToString::to_string);
                    let found = values.iter().find(|(key, _)| name.as_ref() == Some(key));
                    let (_, value) = found.unwrap_or_else(|| panic!("{value:?} has no {name:?}"));
                    self.walk(value, &field.ty, seen);
                }
            }
            Debugged::Word(_) | Debugged::List(_) => assert!(fields.is_empty(), "{value:?} has no parts"),
        }
    }
}

#[test]
fn each_variant_of_the_ir_is_in_a_golden_case() {
    let source = Source::read();
    let api: syn::Type = syn::parse_str("Api").expect("it is a type");
    let mut seen = BTreeSet::new();
    for case in case::all() {
        let output = case.run().output.unwrap_or_else(|| panic!("{} generates", case.name));
        source.walk(&Debugged::of(&output.api), &api, &mut seen);
    }
    let variants = source.variants();
    assert!(variants.contains("Shape::Record") && variants.contains("Type::Any"), "the source is read");
    let missing: Vec<_> = variants.difference(&seen).cloned().collect();
    assert!(missing.is_empty(), "no golden case has {}", missing.join(", "));
}
