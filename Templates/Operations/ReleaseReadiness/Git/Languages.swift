/// Programming languages by the endings of file names.
enum Languages {
  /// The language of a file's name, or `nil` if it is no source code that is known.
  static func language(of path: [UInt8]) -> String? {
    guard let dot = path.lastIndex(of: UInt8(ascii: ".")), dot + 1 < path.count,
      path.count - dot <= 8
    else { return nil }
    let ending = path[(dot + 1)...].map { (65...90).contains($0) ? $0 + 32 : $0 }
    return byEnding[String(decoding: ending, as: UTF8.self)]
  }

  private static let byEnding: [String: String] = {
    let endings: [(String, String)] = [
      ("Swift", "swift"), ("C", "c h"), ("C++", "cc cpp cxx hpp hh hxx"), ("Objective-C", "m mm"),
      ("Rust", "rs"), ("Go", "go"), ("Python", "py pyi"), ("Ruby", "rb"), ("PHP", "php"),
      ("Java", "java"), ("Kotlin", "kt kts"), ("Scala", "scala"), ("Groovy", "groovy"),
      ("C#", "cs"), ("F#", "fs"), ("Visual Basic", "vb"), ("JavaScript", "js jsx mjs cjs"),
      ("TypeScript", "ts tsx mts cts"), ("Vue", "vue"), ("Svelte", "svelte"), ("Dart", "dart"),
      ("Elixir", "ex exs"), ("Erlang", "erl hrl"), ("Haskell", "hs"), ("OCaml", "ml mli"),
      ("Clojure", "clj cljs cljc"), ("Lua", "lua"), ("Perl", "pl pm"), ("R", "r"),
      ("Julia", "jl"), ("Shell", "sh bash zsh"), ("PowerShell", "ps1"), ("SQL", "sql"),
      ("Zig", "zig"), ("Nim", "nim"), ("Assembly", "s asm"), ("Fortran", "f90 f95 f"),
    ]
    var languages: [String: String] = [:]
    for (name, list) in endings {
      for ending in list.split(separator: " ") { languages[String(ending)] = name }
    }
    return languages
  }()
}

/// The parts of a path that say what a file is for.
enum PathParts {
  /// Whether a file belongs to others, or is data of tests: what it holds is not the repository's
  /// own word.
  static func isForeign(_ path: [UInt8]) -> Bool {
    folders(path).contains { foreign.contains($0) }
  }

  /// Whether a file is a test, by its folder or its name.
  static func isTest(_ path: [UInt8]) -> Bool {
    if folders(path).contains(where: { tests.contains($0) || $0.hasSuffix("tests") }) {
      return true
    }
    let name = String(decoding: path[fileName(path)...], as: UTF8.self)
    let stem = name.lowercased().prefix { $0 != "." }
    return stem.hasPrefix("test_") || stem.hasSuffix("_test") || stem.hasSuffix("_spec")
      || name.contains(".test.") || name.contains(".spec.")
      || name.prefix { $0 != "." }.hasSuffix("Test")
      || name.prefix { $0 != "." }.hasSuffix("Tests")
  }

  /// The last part of a path.
  static func name(_ path: [UInt8]) -> String {
    String(decoding: path[fileName(path)...], as: UTF8.self)
  }

  /// The folder of a path, with its slash; empty at the top.
  static func folder(_ path: [UInt8]) -> [UInt8] { Array(path[..<fileName(path)]) }

  private static func fileName(_ path: [UInt8]) -> Int {
    path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
  }

  private static func folders(_ path: [UInt8]) -> [String] {
    path[..<fileName(path)].split(separator: UInt8(ascii: "/"))
      .map { String(decoding: $0, as: UTF8.self).lowercased() }
  }

  private static let tests: Set = [
    "test", "tests", "spec", "specs", "__tests__", "testing", "t", "e2e",
  ]
  private static let foreign: Set = [
    "vendor", "node_modules", "third_party", "third-party", "thirdparty", "testdata", "fixtures",
    "fixture", "__fixtures__", "__snapshots__", "snapshots", "external", "deps", "pods",
  ]
}
