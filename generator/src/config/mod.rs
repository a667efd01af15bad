//! What the user asks for. In: the text of a `cratewright.toml`. Out: plain data, every entry with its place. Reads no file.
