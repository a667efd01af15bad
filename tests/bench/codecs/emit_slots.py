"""The Rust of the forms in which a model says where its fields are."""

from schema import quoted


def keys(item):
    return ", ".join(f"Key({quoted(f.wire)}, Mode::{f.mode.capitalize()})" for f in item.fields)


def blank(item):
    return f"fn blank() -> Self {{ {item.name} {{ {', '.join(f'{f.name}: Codec::blank()' for f in item.fields)} }} }}"


def slots_record(item):
    slots = ", ".join(f"&mut self.{f.name}" for f in item.fields)
    values = ", ".join(f"&self.{f.name}" for f in item.fields)
    return f"""const _: () = {{
    static KEYS: &[Key] = &[{keys(item)}];
    impl Codec for {item.name} {{
        {blank(item)}
        fn decode(&mut self, reader: &mut Reader<'_>) -> Read<()> {{ decode_slots(KEYS, &mut [{slots}], reader) }}
        fn encode(&self, writer: &mut Writer) {{ encode_slots(KEYS, &[{values}], writer) }}
    }}
}};"""


def record_record(item):
    rows = []
    for f in item.fields:
        wire = "" if f.wire == f.name else f" = {quoted(f.wire)}"
        rows.append(f"{f.name}{wire}" + ("" if f.mode == "required" else f": {f.mode}"))
    return f"record!({item.name} {{ {', '.join(rows)} }});"


def shell(item, kind):
    return f"""impl Codec for {item.name} {{
    {blank(item)}
    fn decode(&mut self, reader: &mut Reader<'_>) -> Read<()> {{ decode_{kind}(self, reader) }}
    fn encode(&self, writer: &mut Writer) {{ encode_{kind}(self, writer) }}
}}"""


def index_record(item):
    slots = "".join(f"{i} => &mut self.{f.name},\n" for i, f in enumerate(item.fields))
    values = "".join(f"{i} => &self.{f.name},\n" for i, f in enumerate(item.fields))
    return f"""{shell(item, "index")}
impl Index for {item.name} {{
    fn keys(&self) -> &'static [Key] {{ &[{keys(item)}] }}
    fn slot(&mut self, index: usize) -> &mut dyn Codec {{ match index {{ {slots} _ => unreachable!() }} }}
    fn value(&self, index: usize) -> &dyn Codec {{ match index {{ {values} _ => unreachable!() }} }}
}}"""


def visitor_record(item):
    slots = "".join(f"visitor.field(&mut self.{f.name});\n" for f in item.fields)
    values = "".join(f"visitor.field(&self.{f.name});\n" for f in item.fields)
    return f"""{shell(item, "visit")}
impl Visit for {item.name} {{
    fn keys(&self) -> &'static [Key] {{ &[{keys(item)}] }}
    fn slots(&mut self, visitor: &mut Slots<'_, '_>) {{ {slots} }}
    fn values(&self, visitor: &mut Values<'_>) {{ {values} }}
}}"""


def text_enum(item):
    return f"text_enum!({item.name} {{ {', '.join(f'{name} = {quoted(wire)}' for name, wire in item.variants)} }});"
