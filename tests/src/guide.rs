//! The examples of the guide, `generator/docs/guide`, which are compiled as tests of documentation.

macro_rules! pages {
    ($($page:ident),* $(,)?) => {
        $(
            #[cfg(doctest)]
            #[doc = include_str!(concat!("../../generator/docs/guide/", stringify!($page), ".md"))]
            mod $page {}
        )*
    };
}

pages!(credentials, errors, retries, paging, waiting, streams, files, testing, transports, webhooks, beyond);

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::workspace;

    #[test]
    fn each_page_is_compiled_and_linked_from_the_readme() {
        let folder = workspace::root().join("generator/docs/guide");
        let readme = fs::read_to_string(workspace::root().join("README.md")).expect("the README is there");
        for page in fs::read_dir(folder).expect("the guide is there") {
            let name = page.expect("a folder lists its entries").file_name().to_string_lossy().into_owned();
            let page = name.strip_suffix(".md").expect("a page is Markdown");
            assert!(readme.contains(&format!("(generator/docs/guide/{name})")), "{name} is not in README.md");
            let compiled = include_str!("guide.rs").lines().find(|line| line.starts_with("pages!("));
            let compiled = compiled.expect("the pages are listed").replace(['(', ')', ';', ','], " ");
            assert!(
                compiled.split_whitespace().any(|one| one == page),
                "the examples of {name} are not compiled"
            );
        }
    }
}
