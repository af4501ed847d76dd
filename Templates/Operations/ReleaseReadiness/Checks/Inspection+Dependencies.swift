extension Inspection {
  /// What it depends on is pinned.
  func dependencies() async throws -> CheckReport {
    var findings = findings()
    let files = try await git.trackedFiles().filter {
      $0.kind == .file && !PathParts.isForeign($0.path) && !PathParts.isTest($0.path)
    }
    let paths = Set(files.map(\.path))
    var manifests = 0
    for file in files {
      let name = PathParts.name(file.path)
      let manifest = Manifest.named(name)
      let isList = name.hasPrefix("requirements") && name.hasSuffix(".txt")
      guard manifest != nil || isList else { continue }
      guard let content = try await git.content(of: file) else {
        findings.add(
          .warning, "unreadable", at: file.path,
          "could not be read, so that what it depends on is not known")
        continue
      }
      guard let manifest else {
        manifests += 1
        requirements(content, file.path, &findings)
        continue
      }
      guard manifest.dependsOnOthers(String(decoding: content, as: UTF8.self)) else { continue }
      manifests += 1
      if !isLocked(file.path, manifest, paths) {
        findings.add(
          .warning, "not-pinned", at: file.path,
          "names dependencies, and \(manifest.locks.joined(separator: " or ")) is not tracked")
      }
    }
    return findings.report(
      of: .dependencies,
      looked: manifests == 1
        ? "1 manifest with dependencies" : "\(manifests) manifests with dependencies")
  }

  /// Whether a lock file stands beside a manifest or above it, as in workspaces.
  private func isLocked(
    _ path: [UInt8], _ manifest: Manifest, _ paths: Set<[UInt8]>
  ) -> Bool {
    var folder = PathParts.folder(path)
    while true {
      if manifest.locks.contains(where: { paths.contains(folder + Array($0.utf8)) }) { return true }
      guard !folder.isEmpty else { return false }
      folder.removeLast()
      folder = PathParts.folder(folder)
    }
  }

  /// The lines of a pip requirements file (PEP 508) that name no exact version.
  private func requirements(_ content: [UInt8], _ path: [UInt8], _ findings: inout Findings) {
    let lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let text = String(decoding: line, as: UTF8.self).prefix { $0 != "#" && $0 != ";" }
      guard let first = text.first(where: { !$0.isWhitespace }), first != "-",
        !text.contains("=="), !text.contains("@")
      else { continue }
      findings.add(
        .warning, "not-pinned", at: path, line: index + 1,
        "names a dependency without '==' a version")
    }
  }
}

/// A file that names dependencies, and the files of which one pins them.
struct Manifest: Sendable {
  let locks: [String]
  let dependsOnOthers: @Sendable (String) -> Bool

  static func named(_ name: String) -> Manifest? { all[name] }

  private static let all: [String: Manifest] = [
    "Package.swift": Manifest(locks: ["Package.resolved"]) { text in
      text.contains(".package(url:") || text.contains(".package(\n")
        || text.contains(".package(name:")
    },
    "package.json": Manifest(
      locks: [
        "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock",
        "bun.lockb",
      ]
    ) { text in text.contains("ependencies\"") },
    "Cargo.toml": Manifest(locks: ["Cargo.lock"]) { $0.contains("dependencies]") },
    "go.mod": Manifest(locks: ["go.sum"]) { $0.contains("\nrequire") },
    "Gemfile": Manifest(locks: ["Gemfile.lock"]) { $0.contains("gem ") },
    "composer.json": Manifest(locks: ["composer.lock"]) { $0.contains("\"require") },
    "Pipfile": Manifest(locks: ["Pipfile.lock"]) { $0.contains("packages]") },
    "pyproject.toml": Manifest(
      locks: ["uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "requirements.txt"]
    ) { $0.contains("dependencies = [\n") || $0.contains("[tool.poetry.dependencies]") },
    "mix.exs": Manifest(locks: ["mix.lock"]) { $0.contains("{:") && $0.contains("defp deps") },
    "pubspec.yaml": Manifest(locks: ["pubspec.lock"]) { $0.contains("\ndependencies:") },
    "Podfile": Manifest(locks: ["Podfile.lock"]) { $0.contains("pod ") },
  ]
}
