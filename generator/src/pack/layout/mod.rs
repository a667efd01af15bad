//! Lays out Rust. In: the syntax of a file. Out: its text, with blank lines between items, and each construct on one
//! line if it fits.
//!
//! The layout depends on the syntax only. Items that are emitted by the thousand have a file here; `prettyplease` lays
//! out the rest.

mod attributes;
mod imports;
mod methods;
mod pieces;
mod syntax;
mod table;
mod types;

use syn::{Item, ItemMod, StaticMutability, Visibility};

/// The longest line, in bytes.
const WIDTH: usize = 120;

/// The number of spaces by which content is indented.
const INDENT: usize = 4;

/// Lays a file out.
pub(super) fn lay_out(file: syn::File) -> String {
    let mut out = String::new();
    attributes::write_inner(&file.attrs, &mut out);
    let mut last = (!file.attrs.is_empty()).then_some(ItemKind::Other);
    let mut text = String::new();
    for item in file.items {
        let kind = write_item(item, &mut text);
        if last.is_some_and(|last| !kind.stands_with(last)) {
            out.push('\n');
        }
        out.push_str(&text);
        text.clear();
        last = Some(kind);
    }
    out
}

/// The kind of an item, which decides whether a blank line precedes it.
#[derive(Clone, Copy, PartialEq)]
enum ItemKind {
    /// `use`
    Import,
    /// `pub use`
    Export,
    /// `mod`
    Module,
    /// `pub mod`
    PublicModule,
    /// A type alias on one line.
    Alias,
    /// A type alias with documentation.
    DocumentedAlias,
    /// A struct or an enum.
    Type,
    /// A list of constants on one line.
    Constants,
    /// A macro call about the type before it.
    Table,
    /// Any other item, which blank lines surround.
    Other,
}

impl ItemKind {
    /// Whether it follows the item before it without a blank line.
    fn stands_with(self, before: Self) -> bool {
        match self {
            Self::Import | Self::Export | Self::Module | Self::PublicModule | Self::Constants => {
                self == before
            }
            Self::Alias => matches!(before, Self::Alias | Self::DocumentedAlias),
            Self::Table => matches!(before, Self::Table | Self::Type),
            Self::DocumentedAlias | Self::Type | Self::Other => false,
        }
    }
}

/// Writes an item.
fn write_item(item: Item, out: &mut String) -> ItemKind {
    match item {
        Item::Use(item) if item.attrs.is_empty() => imports::write(&item, out),
        Item::Macro(item) if item.attrs.is_empty() && item.ident.is_none() => table::write(item.mac, out),
        Item::Impl(item) if methods::is_plain(&item) => methods::write(item, out),
        Item::Struct(item) if types::is_plain_struct(&item) => types::write_struct(&item, out),
        Item::Enum(item) if types::is_plain_enum(&item) => types::write_enum(&item, out),
        Item::Type(item) if types::is_plain_alias(&item) => types::write_alias(&item, out),
        Item::Static(item) if matches!(item.mutability, StaticMutability::None) => {
            types::write_static(&item, out)
        }
        Item::Mod(item) if item.content.is_none() && item.unsafety.is_none() => write_module(&item, out),
        other => {
            write_plainly(other, out);
            ItemKind::Other
        }
    }
}

/// Writes the declaration of a module.
fn write_module(item: &ItemMod, out: &mut String) -> ItemKind {
    attributes::write(&item.attrs, 0, out);
    syntax::write_visibility(&item.vis, out);
    out.push_str("mod ");
    syntax::write_ident(&item.ident, out);
    out.push_str(";\n");
    match item.vis {
        _ if !item.attrs.is_empty() => ItemKind::Other,
        Visibility::Inherited => ItemKind::Module,
        Visibility::Public(_) | Visibility::Restricted(_) => ItemKind::PublicModule,
    }
}

/// Writes an item as `prettyplease` does.
fn write_plainly(item: Item, out: &mut String) {
    let file = syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] };
    out.push_str(&prettyplease::unparse(&file));
}

/// Begins a line.
fn indent(margin: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', margin));
}

/// The length of the last line in bytes.
fn column(out: &str) -> usize {
    out.len() - out.rfind('\n').map_or(0, |end| end + 1)
}

#[cfg(test)]
mod tests {
    use quote::quote;

    /// The layout of a file with these items.
    pub(super) fn laid_out(tokens: proc_macro2::TokenStream) -> String {
        super::lay_out(syn::parse2(tokens).expect("it is Rust"))
    }

    #[test]
    fn items_stand_apart_unless_they_belong_together() {
        let text = laid_out(quote! {
            #![doc = " A file."]
            use a::B;
            use c::D;
            mod e;
            mod f;
            pub mod g;
            #[cfg(test)]
            mod h;
            pub type I = B;
            pub type J = D;
            #[doc = " Another name."]
            pub type K = B;
            pub struct L { pub m: i64 }
            record!(L { m });
            record!(N { o });
            text_enum! { pub enum P { Q = "q"; R } }
            text_enum! { pub enum S { T = "t"; U } }
            fn v() {}
        });
        let expected = "//! A file.\n\nuse a::B;\nuse c::D;\n\nmod e;\nmod f;\n\npub mod g;\n\n#[cfg(test)]\nmod h;\n\n\
            pub type I = B;\npub type J = D;\n\n/// Another name.\npub type K = B;\n\npub struct L {\n    pub m: i64,\n}\n\
            record!(L { m });\nrecord!(N { o });\n\ntext_enum!(pub enum P { Q = \"q\"; R });\n\
            text_enum!(pub enum S { T = \"t\"; U });\n\nfn v() {}\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_table_stands_apart_from_imports() {
        assert_eq!(laid_out(quote! { use a::B; record!(B { c }); }), "use a::B;\n\nrecord!(B { c });\n");
    }
}
