//! dev
use cratewright::*;
fn main() {
    let spec = std::env::args().nth(1).unwrap();
    let out = std::env::args().nth(2).unwrap();
    let mut files = source::Files::default();
    let mut d = diagnostic::Diagnostics::new();
    let mut config = config::Config::default();
    config.package.name = std::env::args().nth(3);
    let root = load::read(&mut files, &mut d, std::path::Path::new(&spec));
    for x in d.items() { eprintln!("{:?}", x); }
    let root = root.unwrap();
    let t = std::time::Instant::now();
    let doc = resolve::Document::new(document::build(root, &mut d));
    eprintln!("document {:?}", t.elapsed());
    let mut api = lower::run(&doc, &config, &mut d);
    analyse::make_finite(&mut api, &mut d);
    eprintln!("lower {:?}", t.elapsed());
    let facts = analyse::run(&api);
    let names = name::run(&api, &facts, &config);
    eprintln!("name {:?}", t.elapsed());
    let s = emit::run(&api, &facts, &names, &config);
    eprintln!("emit {:?}", t.elapsed());
    let p = pack::run(s, &api, &names, &config);
    eprintln!("pack {:?}", t.elapsed());
    for x in d.items().iter().take(20) { eprintln!("{:?}", x); }
    let p = p.unwrap();
    for (k, v) in p.files { let f = std::path::Path::new(&out).join(k); std::fs::create_dir_all(f.parent().unwrap()).unwrap(); std::fs::write(f, v).unwrap(); }
}
