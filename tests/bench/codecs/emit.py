"""The Rust of each form, as text: only what is measured here, never what the generator emits."""

from emit_slots import index_record, record_record, slots_record, text_enum, visitor_record
from schema import quoted, snake

DERIVES = {"none": [], "debug": ["Debug"], "eq": ["PartialEq"], "clone": ["Clone"]}
CODECS = ["derive", "visit_map", "functions", "slots", "record", "index", "visitor", "runtime"]
FORMS = [*DERIVES, "plain", *CODECS]
READS = {"String": "string", "i64": "i64", "f64": "f64", "bool": "bool", "Value": "value"}
RUNTIME = """use crate::runtime::{
    codec::{from_json, to_json}, enumeration::text_enum, reader::DecodeError, record::record, value::Value,
    writer::EncodeError,
};"""


def crate(form, models):
    """The models of a crate in one form."""
    serde = form in ("derive", "visit_map") or form not in CODECS
    head = ["use serde_json::Value;" if serde else "use crate::{json::*, slots::*};"]
    head = [RUNTIME] if form == "runtime" else head
    if form == "visit_map":
        head.append("use serde::{de::*, ser::*};")
    parts = [enum(form, item) for item in models.enums] + [record(form, item) for item in models.records]
    if form in CODECS:
        parts += [entry(form, item.name) for item in models.records[::3]] + [sample(form, models.root)]
    return "\n".join(head + parts) + "\n"




def record(form, item):
    lines = [attribute(form), f"pub struct {item.name} {{"]
    for field in item.fields:
        if form == "derive":
            lines += serde_attribute(field)
        lines.append(f"    pub {field.name}: {field.rust()},")
    return "\n".join(lines + ["}", RECORDS.get(form, lambda _: "")(item)])


def enum(form, item):
    lines = [attribute(form), f"pub enum {item.name} {{"]
    for variant, wire in item.variants:
        lines += [f"    #[serde(rename = {quoted(wire)})]"] if form == "derive" else []
        lines.append(f"    {variant},")
    lines += ["    #[serde(untagged)]"] if form == "derive" else []
    return "\n".join(lines + ["    Unknown(String),", "}", ENUMS.get(form, lambda _: "")(item)])


def attribute(form):
    derives = DERIVES.get(form, ["Clone", "Debug", "PartialEq"])
    derives = derives + (["serde::Serialize", "serde::Deserialize"] if form == "derive" else [])
    return f"#[derive({', '.join(derives)})]"


def serde_attribute(field):
    parts = [] if field.wire == field.name else [f"rename = {quoted(field.wire)}"]
    parts += ['default, skip_serializing_if = "Option::is_none"'] if field.mode == "optional" else []
    return [f"    #[serde({', '.join(parts)})]"] if parts else []


def entry(form, name):
    """Reads and writes one model from bytes, as a call would."""
    lower = snake(name)
    if form == "runtime":
        return (
            f"pub fn read_{lower}(json: &[u8]) -> Result<{name}, DecodeError> {{ from_json(json) }}\n"
            f"pub fn write_{lower}(value: &{name}) -> Result<Vec<u8>, EncodeError> {{ to_json(value) }}"
        )
    if form in ("derive", "visit_map"):
        return (
            f"pub fn read_{lower}(json: &[u8]) -> serde_json::Result<{name}> {{ serde_json::from_slice(json) }}\n"
            f"pub fn write_{lower}(value: &{name}) -> serde_json::Result<Vec<u8>> {{ serde_json::to_vec(value) }}"
        )
    if form == "functions":
        return (
            f"pub fn read_{lower}(json: &[u8]) -> Read<{name}> {{ let mut reader = Reader::new(json); "
            f"let value = decode_{lower}(&mut reader)?; reader.finish()?; Ok(value) }}\n"
            f"pub fn write_{lower}(value: &{name}) -> Vec<u8> {{ let mut writer = Writer::default(); "
            f"encode_{lower}(value, &mut writer); writer.0 }}"
        )
    return (
        f"pub fn read_{lower}(json: &[u8]) -> Read<{name}> {{ from_json(json) }}\n"
        f"pub fn write_{lower}(value: &{name}) -> Vec<u8> {{ to_json(value) }}"
    )


def sample(form, name):
    lower = snake(name)
    if form in ("derive", "visit_map"):
        read, write = "serde_json::from_slice(json).unwrap()", "serde_json::to_vec(value).unwrap()"
    elif form == "functions":
        read = f"Reader::new(json).array(decode_{lower}).unwrap()"
        write = f"let mut writer = Writer::default(); writer.array(value, encode_{lower}); writer.0"
    else:
        read, write = "from_json(json).unwrap()", "to_json(value)" + (".unwrap()" if form == "runtime" else "")
    return (
        f"pub fn read_sample(json: &[u8]) -> Vec<{name}> {{ {read} }}\n"
        f"pub fn write_sample(value: &Vec<{name}>) -> Vec<u8> {{ {write} }}"
    )


def visit_map_record(item):
    name, fields = item.name, item.fields
    arms = "".join(f"{quoted(f.wire)} => {f.name}_ = Some(map.next_value()?),\n" for f in fields)
    lets = "".join(f"let mut {f.name}_ = None;\n" for f in fields)
    ends = "".join(
        f"{f.name}: {f.name}_.ok_or_else(|| Error::missing_field({quoted(f.wire)}))?,\n"
        if f.mode == "required"
        else f"{f.name}: {f.name}_.unwrap_or_default(),\n"
        for f in fields
    ).replace("|| Error", "|| serde::de::Error")
    writes = "".join(
        f"if self.{f.name}.is_some() {{ state.serialize_field({quoted(f.wire)}, &self.{f.name})?; }}\n"
        if f.mode == "optional"
        else f"state.serialize_field({quoted(f.wire)}, &self.{f.name})?;\n"
        for f in fields
    )
    return f"""impl<'de> serde::Deserialize<'de> for {name} {{
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {{
        struct Fields;
        impl<'de> Visitor<'de> for Fields {{
            type Value = {name};
            fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{ out.write_str("an object") }}
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<{name}, A::Error> {{
                {lets}while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {{
                    match &*key {{
                        {arms}_ => {{ map.next_value::<IgnoredAny>()?; }}
                    }}
                }}
                Ok({name} {{
                    {ends}}})
            }}
        }}
        deserializer.deserialize_map(Fields)
    }}
}}
impl serde::Serialize for {name} {{
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {{
        let mut state = serializer.serialize_struct({quoted(name)}, {len(fields)})?;
        {writes}state.end()
    }}
}}"""


def visit_map_enum(item):
    reads = "".join(f"{quoted(wire)} => {item.name}::{name},\n" for name, wire in item.variants)
    writes = "".join(f"{item.name}::{name} => {quoted(wire)},\n" for name, wire in item.variants)
    return f"""impl<'de> serde::Deserialize<'de> for {item.name} {{
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {{
        let text = String::deserialize(deserializer)?;
        Ok(match text.as_str() {{ {reads} _ => {item.name}::Unknown(text) }})
    }}
}}
impl serde::Serialize for {item.name} {{
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {{
        serializer.serialize_str(match self {{ {writes} {item.name}::Unknown(text) => text }})
    }}
}}"""


def read_of(type):
    """A path or closure that reads a type."""
    if type.name == "Vec":
        inner = f"|r: &mut Reader<'_>| r.array({read_of(type.item)})"
    else:
        inner = f"Reader::{READS[type.name]}" if type.name in READS else f"decode_{snake(type.name)}"
    return f"|r: &mut Reader<'_>| r.boxed({inner})" if type.boxed else inner


def read_call(type):
    if type.boxed or type.name == "Vec":
        call = read_of(type).removeprefix("|r: &mut Reader<'_>| ").replace("r.", "reader.", 1)
    else:
        call = f"reader.{READS[type.name]}()" if type.name in READS else f"decode_{snake(type.name)}(reader)"
    return call


def write_of(type, value, writer):
    """An expression that writes a reference."""
    if type.name == "Vec":
        return f"{writer}.array({value}, |v, w| {write_of(type.item, 'v', 'w')})"
    if type.name in ("i64", "f64", "bool"):
        return f"{writer}.{READS[type.name]}(*{value})"
    return f"{writer}.{READS[type.name]}({value})" if type.name in READS else f"encode_{snake(type.name)}({value}, {writer})"


def functions_record(item):
    name, lower, fields = item.name, snake(item.name), item.fields
    lets = "".join(f"let mut {f.name}_ = None;\n" for f in fields)
    arms = "".join(
        f"Some({quoted(f.wire)}) => {f.name}_ = "
        + (f"Some({read_call(f.type)}?),\n" if f.mode == "required" else f"reader.nullable({read_of(f.type)})?,\n")
        for f in fields
    )
    ends = "".join(
        f"{f.name}: required({f.name}_, {quoted(f.wire)})?,\n" if f.mode == "required" else f"{f.name}: {f.name}_,\n" for f in fields
    )
    writes = ""
    for f in fields:
        if f.mode == "required":
            writes += f"writer.key({quoted(f.wire)});\n{write_of(f.type, f'&value.{f.name}', 'writer')};\n"
        elif f.mode == "nullable":
            some = write_of(f.type, "v", "w")
            writes += f"writer.key({quoted(f.wire)});\nwriter.nullable(&value.{f.name}, |v, w| {some});\n"
        else:
            some = write_of(f.type, "v", "writer")
            writes += f"if let Some(v) = &value.{f.name} {{ writer.key({quoted(f.wire)}); {some}; }}\n"
    return f"""pub fn decode_{lower}(reader: &mut Reader<'_>) -> Read<{name}> {{
    let mut first = true;
    {lets}loop {{
        match reader.key(&mut first)? {{
            {arms}Some(_) => reader.skip()?,
            None => break,
        }}
    }}
    Ok({name} {{
        {ends}}})
}}
pub fn encode_{lower}(value: &{name}, writer: &mut Writer) {{
    writer.open(b'{{');
    {writes}writer.close(b'}}');
}}"""


def functions_enum(item):
    lower = snake(item.name)
    reads = "".join(f"{quoted(wire)} => {item.name}::{name},\n" for name, wire in item.variants)
    writes = "".join(f"{item.name}::{name} => {quoted(wire)},\n" for name, wire in item.variants)
    return f"""pub fn decode_{lower}(reader: &mut Reader<'_>) -> Read<{item.name}> {{
    Ok(match reader.str()? {{ {reads} text => {item.name}::Unknown(text.to_owned()) }})
}}
pub fn encode_{lower}(value: &{item.name}, writer: &mut Writer) {{
    writer.string(match value {{ {writes} {item.name}::Unknown(text) => text }})
}}"""


RECORDS = {
    "visit_map": visit_map_record,
    "functions": functions_record,
    "slots": slots_record,
    "record": record_record,
    "runtime": record_record,
    "index": index_record,
    "visitor": visitor_record,
}
ENUMS = {"visit_map": visit_map_enum, "functions": functions_enum} | dict.fromkeys(
    ["slots", "record", "index", "visitor", "runtime"], text_enum
)
