extension Inspection {
  /// There are a README, a licence and a change log.
  func documents() async throws -> CheckReport {
    var findings = findings()
    let top = try await git.trackedFiles().filter { !$0.path.contains(UInt8(ascii: "/")) }
    let names = top.map { PathParts.name($0.path).uppercased() }
    let folders = Set(
      try await git.trackedFiles().compactMap { file in
        file.path.firstIndex(of: UInt8(ascii: "/")).map {
          String(decoding: file.path[..<$0], as: UTF8.self).uppercased()
        }
      })
    let sizes = try await git.sizes(of: top.map(\.object))
    func has(_ prefixes: String...) -> Int? {
      names.indices.first { index in
        prefixes.contains { prefix in
          names[index].hasPrefix(prefix)
            && (names[index].count == prefix.count
              || ".-_".contains(names[index].dropFirst(prefix.count).first ?? "x"))
        }
      }
    }
    if let readme = has("README") {
      if sizes.indices.contains(readme), let size = sizes[readme], size < 200 {
        findings.add(
          .warning, "short-readme", at: top[readme].path,
          "has \(size) bytes: say what this is and how to use it")
      }
    } else {
      findings.add(.blocker, "no-readme", "there is no README at the top: say what this is")
    }
    if has("LICENSE", "LICENCE", "COPYING", "UNLICENSE", "NOTICE") == nil,
      !folders.contains("LICENSES")
    {
      findings.add(
        .blocker, "no-licence", "there is no licence at the top: without one nobody may use this")
    }
    if has("CHANGELOG", "CHANGES", "HISTORY", "NEWS", "RELEASES", "RELEASE_NOTES", "RELEASE-NOTES")
      == nil
    {
      findings.add(
        .warning, "no-change-log", "there is no change log at the top: say what is new, by version")
    }
    return findings.report(of: .documents, looked: "\(top.count) files at the top")
  }

  /// There are tests.
  func tests() async throws -> CheckReport {
    var findings = findings()
    let sources = try await git.trackedFiles().filter {
      $0.kind == .file && Languages.language(of: $0.path) != nil && !PathParts.isForeign($0.path)
    }
    let tests = sources.count { PathParts.isTest($0.path) }
    if sources.isEmpty {
      findings.add(.note, "no-code", "there is no code in a language that is known")
    } else if tests == 0 {
      findings.add(
        .blocker, "no-tests", "none of \(sources.count) source files is a test, by folder or name")
    } else if tests * 50 < sources.count {
      findings.add(
        .warning, "few-tests", "only \(tests) of \(sources.count) source files are tests")
    }
    return findings.report(of: .tests, looked: "\(sources.count) source files, \(tests) of tests")
  }

  /// No file is oversized.
  func sizes() async throws -> CheckReport {
    var findings = findings()
    let files = try await git.trackedFiles().filter { $0.kind == .file }
    let sizes = try await git.sizes(of: files.map(\.object))
    let limit = parameters.maximumFileSize
    let known = zip(files, sizes).compactMap { file, size in size.map { (file, $0) } }
    for (file, size) in known.filter({ $0.1 > limit }).sorted(by: { $0.1 > $1.1 }) {
      findings.add(
        size / 10 > limit ? .blocker : .warning, "oversized", at: file.path,
        "has \(ByteCount.text(size)), more than \(ByteCount.text(limit)): "
          + "keep it outside, or in Git LFS")
    }
    for (file, size) in zip(files, sizes) where size == nil {
      findings.add(
        .warning, "missing", at: file.path, "its content is missing in this clone, or is broken")
    }
    let total = known.reduce(0) { $0 + $1.1 }
    return findings.report(
      of: .sizes, looked: "\(files.count) files of \(ByteCount.text(total))")
  }
}

/// Numbers of bytes for people, in powers of 1,000.
enum ByteCount {
  static func text(_ bytes: Int) -> String {
    let units = ["kB", "MB", "GB", "TB"]
    guard bytes >= 1_000 else { return "\(bytes) bytes" }
    var (size, unit) = (bytes, 0)
    while size >= 1_000_000, unit + 1 < units.count {
      size /= 1_000
      unit += 1
    }
    let tenths = (size + 50) / 100
    return tenths >= 100 || tenths % 10 == 0
      ? "\(tenths / 10) \(units[unit])" : "\(tenths / 10).\(tenths % 10) \(units[unit])"
  }
}
