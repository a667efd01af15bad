"""Component schemas to the simple model that `emit.py` writes as Rust: records of named fields and enums of strings."""

import dataclasses
import json
import re

KEYWORDS = set(
    "as async await box break const continue crate do dyn else enum extern false final fn for gen if impl in let loop "
    "macro match mod move mut override priv pub ref return self static struct super trait true try type typeof unsafe "
    "unsized use virtual where while yield abstract become".split()
)
PRIMITIVES = {"string": "String", "integer": "i64", "number": "f64", "boolean": "bool"}


@dataclasses.dataclass
class Type:
    """A Rust type: a primitive's name, `Value`, `Vec` of an item, or the name of a record or enum."""

    name: str
    item: "Type | None" = None
    boxed: bool = False

    def rust(self):
        inner = f"Vec<{self.item.rust()}>" if self.name == "Vec" else self.name
        return f"Box<{inner}>" if self.boxed else inner


@dataclasses.dataclass
class Field:
    wire: str
    name: str
    type: Type
    mode: str  # required, nullable, optional

    def rust(self):
        return self.type.rust() if self.mode == "required" else f"Option<{self.type.rust()}>"


@dataclasses.dataclass
class Record:
    name: str
    fields: list


@dataclasses.dataclass
class Enum:
    name: str
    variants: list  # of (name, wire)


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def camel(text):
    name = "".join(word[:1].upper() + word[1:] for word in re.split(r"[^A-Za-z0-9]+", text))
    return f"N{name}" if not name or name[0].isdigit() else name


def snake(text):
    name = re.sub(r"[^a-z0-9]+", "_", re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", text).lower()).strip("_")
    name = {"+1": "plus_one", "-1": "minus_one"}.get(text, name)
    name = f"n{name}" if not name or name[0].isdigit() else name
    return f"{name}_" if name in KEYWORDS else name


class Models:
    """All records and enums, and the names they hold."""

    def __init__(self, schemas, limit):
        self.schemas = dict(list(schemas.items())[:limit])
        self.names, self.records, self.enums, self.taken = {}, [], [], {"Value", "String", "Vec", "Option", "Box", "Result"}
        for key in self.schemas:
            self.names[key] = self.claim(camel(key))
        for key, schema in self.schemas.items():
            self.named(schema, self.names[key])
        self.box()
        self.root = max(self.records, key=lambda record: len(record.fields)).name

    def claim(self, name):
        while name in self.taken:
            name += "2"
        self.taken.add(name)
        return name

    def kind(self, schema):
        if schema.get("type") == "object" and schema.get("properties"):
            return "record"
        words = schema.get("enum") or []
        return "enum" if schema.get("type") == "string" and words and all(isinstance(w, str) for w in words) else None

    def named(self, schema, name):
        """Adds a record or an enum under a name that was claimed."""
        if self.kind(schema) == "enum":
            names, variants = {"Unknown"}, []
            for word in dict.fromkeys(schema["enum"]):
                variant = camel(word)
                while variant in names or variant == "Self":
                    variant += "2"
                names.add(variant)
                variants.append((variant, word))
            self.enums.append(Enum(name, variants))
        elif self.kind(schema) == "record":
            record, names = Record(name, []), set()
            self.records.append(record)
            for wire, value in schema["properties"].items():
                field = snake(wire)
                while field in names:
                    field += "2"
                names.add(field)
                required = wire in schema.get("required", [])
                nullable = bool(value.get("nullable")) or "null" in (value.get("type") or [])
                mode = ("nullable" if nullable else "required") if required else "optional"
                record.fields.append(Field(wire, field, self.type(value, f"{name}{camel(wire)}"), mode))

    def type(self, schema, hint):
        if "$ref" in schema:
            key = schema["$ref"].rsplit("/", 1)[-1]
            target = self.schemas.get(key)
            if target is None:
                return Type("Value")
            return Type(self.names[key]) if self.kind(target) else self.type(target, hint)
        if self.kind(schema):
            name = self.claim(hint)
            self.named(schema, name)
            return Type(name)
        if schema.get("type") == "array" and isinstance(schema.get("items"), dict):
            return Type("Vec", self.type(schema["items"], f"{hint}Item"))
        return Type(PRIMITIVES.get(schema["type"], "Value") if isinstance(schema.get("type"), str) else "Value")

    def box(self):
        """Boxes each field that closes a cycle of records held by value."""
        self.by_name = {record.name: record for record in self.records}
        done, path = set(), []

        def walk(record):
            path.append(record.name)
            for field in record.fields:
                target = self.by_name.get(field.type.name)
                if target and target.name in path:
                    field.type.boxed = True
                elif target and target.name not in done:
                    walk(target)
            done.add(path.pop())

        for record in self.records:
            if record.name not in done:
                walk(record)

    def sample(self, name, depth=0):
        """A JSON object for a record, with each optional field down to a depth."""
        members = {}
        for field in self.by_name[name].fields:
            if field.mode == "required" or depth < 4:
                members[field.wire] = self.value(field.type, depth, field.wire)
        return members

    def value(self, type, depth, wire):
        if type.name in self.by_name:
            return self.sample(type.name, depth + 1)
        if type.name == "Vec":
            return [self.value(type.item, depth + 1, wire)] * 2
        for enum in self.enums:
            if enum.name == type.name:
                return enum.variants[-1][1]
        literal = {"String": f"https://example.com/{wire}", "i64": 1296269, "f64": 12.5, "bool": True}
        return literal.get(type.name, {"raw": [1, None]})


def read(schemas, limit):
    """The models of the first `limit` component schemas."""
    return Models(schemas, limit)
