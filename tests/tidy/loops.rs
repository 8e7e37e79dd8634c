//! No file imports another one that imports it back, directly or through further files.
//!
//! A file imports the file that defines a name: a re-export leads to it. A `mod` line and a
//! re-export alone are no imports, so a `mod.rs` may gather what its children define.

use std::collections::{BTreeMap, BTreeSet};

use super::{before_tests, files, words};

/// The path of a module: `["plan", "cost"]`; the crate's root is empty.
type Module = Vec<String>;

/// A path in the code, from the module it starts at.
#[derive(Clone)]
struct Name {
    start: Module,
    rest: Vec<String>,
}

/// A source file.
struct Source {
    path: String,
    imports: Vec<Name>,
    /// Re-exports by the name they give.
    exports: BTreeMap<String, Name>,
}

/// All source files by their module.
type Sources = BTreeMap<Module, Source>;

#[test]
fn no_files_import_each_other() {
    let loops = loops(&sources(&files("src", &["rs"])));
    let told: Vec<String> = loops.iter().map(told).collect();
    assert!(told.is_empty(), "\n{}", told.join("\n\n"));
}

#[test]
fn a_planted_loop_is_found() {
    let planted = [
        ("src/lib.rs", "pub mod a;\npub mod b;\nmod c;"),
        // A re-export and a `mod` line are no imports; the name leads to its file.
        (
            "src/a/mod.rs",
            "mod deep;\npub use deep::Thing;\n// crate::c::late()",
        ),
        (
            "src/a/deep.rs",
            "use crate::b::{\n    self, Other as Its,\n};\npub struct Thing;",
        ),
        (
            "src/b.rs",
            "pub(in crate::c) fn f() -> usize { crate::c::late() }",
        ),
        (
            "src/c.rs",
            "fn late() { super::a::Thing }\n#[cfg(test)]\nmod tests {\nuse crate::c;",
        ),
    ];
    let planted = planted.map(|(path, text)| (path.to_owned(), text.to_owned()));
    let found = loops(&sources(&planted));
    let told: Vec<String> = found.iter().map(told).collect();
    assert_eq!(
        told,
        ["a loop:\n  src/a/deep.rs → src/b.rs\n  src/b.rs → src/c.rs\n  src/c.rs → src/a/deep.rs"]
    );
    assert!(loops(&sources(&planted[..4])).is_empty());
}

/// Files of a loop, each with its imports in it.
type Edges = BTreeMap<String, BTreeSet<String>>;

fn told(found: &Edges) -> String {
    let lines = found.iter().map(|(path, imports)| {
        let imports: Vec<&str> = imports.iter().map(String::as_str).collect();
        format!("\n  {path} → {}", imports.join(", "))
    });
    format!("a loop:{}", lines.collect::<String>())
}

/// All loops: files that reach each other.
fn loops(sources: &Sources) -> Vec<Edges> {
    let edges: Edges = sources
        .iter()
        .map(|(module, source)| {
            let owners = source
                .imports
                .iter()
                .filter_map(|name| owner(sources, name));
            let others = owners.filter(|owner| owner != module);
            let paths = others.map(|owner| sources[&owner].path.clone());
            (source.path.clone(), paths.collect())
        })
        .collect();
    let reached: Edges = edges
        .keys()
        .map(|path| (path.clone(), reached(&edges, path)))
        .collect();
    let mut found = BTreeMap::new();
    for (path, all) in &reached {
        let around: BTreeSet<String> = all
            .iter()
            .filter(|other| reached[*other].contains(path))
            .cloned()
            .collect();
        if let Some(first) = around.first() {
            let within = |path: &String| (path.clone(), &edges[path] & &around);
            found.insert(first.clone(), around.iter().map(within).collect());
        }
    }
    found.into_values().collect()
}

/// Files that a file imports, directly or through others.
fn reached(edges: &Edges, path: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open = vec![path];
    while let Some(path) = open.pop() {
        for next in &edges[path] {
            if reached.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    reached
}

/// The module whose file defines a name, re-exports followed.
fn owner(sources: &Sources, name: &Name) -> Option<Module> {
    let mut name = name.clone();
    for _ in 0..8 {
        let mut module = name.start;
        let mut rest = name.rest.into_iter().peekable();
        while let Some(step) = rest.next_if(|step| sources.contains_key(&child(&module, step))) {
            module = child(&module, &step);
        }
        let exports = &sources.get(&module)?.exports;
        let wanted = rest.next();
        let Some(export) = wanted.and_then(|wanted| exports.get(&wanted)) else {
            return Some(module);
        };
        name = export.clone();
        name.rest.extend(rest);
    }
    None
}

fn child(module: &[String], name: &str) -> Module {
    [module, &[name.to_owned()]].concat()
}

/// The library's files, read; its programs and test modules are left out.
fn sources(files: &[(String, String)]) -> Sources {
    let files: Vec<(Module, &String, String)> = files
        .iter()
        .filter_map(|(path, text)| Some((module(path)?, path, code(text))))
        .collect();
    let modules: BTreeSet<&Module> = files.iter().map(|(module, _, _)| module).collect();
    let read = files.iter().map(|(module, path, code)| {
        let name = |path: &str| name(&modules, module, path);
        let mut imports = Vec::new();
        let mut exports = BTreeMap::new();
        let mut body = String::new();
        for statement in code.split_inclusive(';') {
            let Some((before, tree)) = use_tree(statement) else {
                body.push_str(statement);
                continue;
            };
            body.push_str(before);
            let visibility = before.split_whitespace().next_back();
            let is_export = visibility.is_some_and(|word| word.starts_with("pub"));
            for (path, alias) in branches(tree) {
                match name(&path) {
                    Some(name) if is_export => drop(exports.insert(alias, name)),
                    Some(name) => imports.push(name),
                    None => {}
                }
            }
        }
        imports.extend(paths(&body).filter_map(name));
        let path = (*path).clone();
        (
            module.clone(),
            Source {
                path,
                imports,
                exports,
            },
        )
    });
    read.collect()
}

/// `src/plan/cost.rs` and `src/plan/cost/mod.rs` as a module.
fn module(path: &str) -> Option<Module> {
    let path = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    let mut module: Module = path.split('/').map(str::to_owned).collect();
    let is_other = module[0] == "bin" || module[0] == "main";
    if is_other || module.iter().any(|step| step == "tests") {
        return None;
    }
    if module
        .last()
        .is_some_and(|last| last == "mod" || last == "lib")
    {
        module.pop();
    }
    Some(module)
}

/// A file without its tests, comments and the paths in `pub(in …)`.
fn code(text: &str) -> String {
    let lines = before_tests(text).lines();
    let lines = lines.map(|line| line.split("//").next().unwrap_or_default());
    let code = lines.collect::<Vec<_>>().join("\n");
    let mut parts = code.split("pub(in ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |code, part| {
        code + "pub" + part.split_once(')').map_or("", |(_, rest)| rest)
    })
}

/// The tree of a `use` statement and what stands before it.
fn use_tree(statement: &str) -> Option<(&str, &str)> {
    let (before, tree) = statement.strip_suffix(';')?.rsplit_once("use ")?;
    let is_word = !before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
    let is_tree = |c: char| c.is_alphanumeric() || c.is_whitespace() || "_:{},*".contains(c);
    (is_word && tree.chars().all(is_tree)).then_some((before, tree))
}

/// `a::{b, c as d}` as `a::b` named `b` and `a::c` named `d`.
fn branches(tree: &str) -> Vec<(String, String)> {
    let tree = tree.trim();
    let Some((stem, inner)) = tree.split_once('{') else {
        let (path, alias) = tree.split_once(" as ").unwrap_or((tree, tree));
        let path = path.strip_suffix("::self").unwrap_or(path).to_owned();
        let alias = alias.rsplit("::").next().unwrap_or(alias).trim();
        return vec![(path, alias.to_owned())];
    };
    let mut depth = 0;
    let inner = inner.strip_suffix('}').unwrap_or(inner);
    let parts = inner.split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    let parts = parts.filter(|part| !part.trim().is_empty());
    parts
        .flat_map(|part| branches(&format!("{stem}{}", part.trim())))
        .collect()
}

/// All paths in code.
fn paths(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_' && c != ':')
        .filter(|path| path.contains("::"))
}

/// A path as a name of this crate; `None` for one of another crate or of a local name.
fn name(modules: &BTreeSet<&Module>, from: &Module, path: &str) -> Option<Name> {
    let mut rest: Vec<String> = words(path).map(str::to_owned).collect();
    let mut start = from.clone();
    match rest.first()?.as_str() {
        "crate" => {
            start.clear();
            rest.remove(0);
        }
        "self" => drop(rest.remove(0)),
        "super" => {
            while rest.first().is_some_and(|step| step == "super") {
                start.pop();
                rest.remove(0);
            }
        }
        first if modules.contains(&child(from, first)) => {}
        _ => return None,
    }
    Some(Name { start, rest })
}
