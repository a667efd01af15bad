//! Imports and exports: on one line if they fit, otherwise with the items in braces filling lines.

use syn::{ItemUse, UseTree, Visibility};

use super::{
    INDENT, ItemKind, WIDTH, column,
    pieces::Fill,
    syntax::{write_ident, write_visibility},
};

/// Writes a `use`.
pub(super) fn write(item: &ItemUse, out: &mut String) -> ItemKind {
    write_visibility(&item.vis, out);
    out.push_str("use ");
    out.push_str(if item.leading_colon.is_some() { "::" } else { "" });
    let mut tree = &item.tree;
    while let UseTree::Path(path) = tree {
        write_ident(&path.ident, out);
        out.push_str("::");
        tree = &path.tree;
    }
    let start = out.len();
    write_tree(tree, out);
    out.push_str(";\n");
    if let UseTree::Group(group) = tree
        && column(&out[..out.len() - 1]) > WIDTH
    {
        out.truncate(start);
        out.push_str("{\n");
        let mut lines = Fill::new(INDENT, out);
        for tree in &group.items {
            let mut entry = String::new();
            write_tree(tree, &mut entry);
            entry.push(',');
            lines.add(&entry);
        }
        lines.end().push_str("};\n");
    }
    match item.vis {
        Visibility::Inherited => ItemKind::Import,
        Visibility::Public(_) | Visibility::Restricted(_) => ItemKind::Export,
    }
}

fn write_tree(tree: &UseTree, out: &mut String) {
    match tree {
        UseTree::Path(path) => {
            write_ident(&path.ident, out);
            out.push_str("::");
            write_tree(&path.tree, out);
        }
        UseTree::Name(name) => write_ident(&name.ident, out),
        UseTree::Rename(rename) => {
            write_ident(&rename.ident, out);
            out.push_str(" as ");
            write_ident(&rename.rename, out);
        }
        UseTree::Glob(_) => out.push('*'),
        UseTree::Group(group) => {
            out.push('{');
            for (index, tree) in group.items.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                write_tree(tree, out);
            }
            out.push('}');
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::{format_ident, quote};

    use super::super::tests::laid_out;

    #[test]
    fn imports_fill_lines() {
        let text = laid_out(quote! { use crate::models::{self, A}; use ::b::c as _; pub use d::*; });
        assert_eq!(text, "use crate::models::{self, A};\nuse ::b::c as _;\n\npub use d::*;\n");
        let names = (10..30).map(|n| format_ident!("Name{n}"));
        let text = laid_out(quote! { use crate::runtime::{#(#names,)* call_with::{CallWith, parameters}}; });
        assert!(text.starts_with("use crate::runtime::{\n    Name10, Name11, Name12,"), "{text}");
        assert!(text.ends_with("Name29, call_with::{CallWith, parameters},\n};\n"), "{text}");
        assert!(text.lines().all(|line| line.len() <= super::WIDTH), "{text}");
    }
}
