import Foundation
import Troupe

@testable import TroupeTemplates

/// A Git repository in a temporary folder, made with the real git and without the user's settings.
final class Fixture {
  let folder: URL

  /// A repository that is ready, with some files changed or added, all committed.
  init(_ files: [String: String] = [:], without: Set<String> = []) throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "troupe-fixture-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try git("init", "--quiet", "--initial-branch", "main")
    let good = [
      "README.md": String(repeating: "What this is and how to use it. ", count: 10),
      "LICENSE": "Do what you like.", "CHANGELOG.md": "# 1.0\n",
      "Sources/main.swift": "print(1)\n", "Tests/MainTests.swift": "// tests\n",
    ]
    for (name, text) in good.merging(files, uniquingKeysWith: { $1 }) where !without.contains(name)
    {
      try write(name, text)
    }
    try commit()
  }

  /// An empty repository without commits.
  static func empty() throws -> Fixture {
    let fixture = try Fixture()
    try FileManager.default.removeItem(at: fixture.folder)
    try FileManager.default.createDirectory(at: fixture.folder, withIntermediateDirectories: true)
    try fixture.git("init", "--quiet", "--initial-branch", "main")
    return fixture
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

  func write(_ name: String, _ data: Data) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  func commit() throws {
    try git("add", "--all")
    try git("commit", "--quiet", "--allow-empty", "--message", "Say it")
  }

  func append(_ data: Data, to name: String) throws {
    try write(name, try Data(contentsOf: folder.appending(path: name)) + data)
  }

  /// Removes what Git has kept of a file's content, or puts something else in its place.
  func removeObject(of name: String, leaving text: String? = nil) throws {
    let object = try git("rev-parse", "HEAD:\(name)")
    let file = ".git/objects/\(object.prefix(2))/\(object.dropFirst(2))"
    try FileManager.default.removeItem(at: folder.appending(path: file))
    if let text { try write(file, text) }
  }

  @discardableResult
  func git(_ arguments: String...) throws -> String {
    let process = Process()
    let output = Pipe()
    process.standardOutput = output
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", folder.path] + arguments
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_AUTHOR_NAME": "Ann", "GIT_AUTHOR_EMAIL": "ann@example.org",
      "GIT_COMMITTER_NAME": "Ann", "GIT_COMMITTER_EMAIL": "ann@example.org",
    ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw CocoaError(.fileWriteUnknown, userInfo: ["git": arguments])
    }
    return String(decoding: said, as: UTF8.self).trimmingCharacters(in: .newlines)
  }

  /// What the workflow says about the repository.
  func report(
    _ change: (inout ReleaseReadiness.Parameters) -> Void = { _ in }
  ) async throws -> ReadinessReport {
    var workflow = ReleaseReadiness()
    change(&workflow.parameters)
    return try await Runtime().run(workflow, input: RepositoryPlace(path: folder.path))
  }

  /// The rules that found something in the repository, with place: `oversized big.bin`.
  func found() async throws -> [String] {
    try await report().findings.map { finding in
      let place = finding.path.map { path in finding.line.map { "\(path):\($0)" } ?? path }
      return finding.rule + (place.map { " \($0)" } ?? "")
    }
  }

  /// What the survey says about the repository.
  func survey() async throws -> Survey {
    try await Surveyor(of: RepositoryPlace(path: folder.path)).survey()
  }

  /// What one check says to a user with an environment.
  func report(of check: ReadinessCheck, user: [String: String]) async throws -> CheckReport {
    let survey = try await survey()
    let git = Git(folder: survey.root, user: user)
    return try await Inspection(survey, ReleaseReadiness.Parameters(), git: git).report(of: check)
  }

  /// The environment of a user whose own settings are in a file of the repository's folder.
  func user(settings: String) -> [String: String] {
    [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "GIT_CONFIG_GLOBAL": folder.appending(path: settings).path, "GIT_CONFIG_NOSYSTEM": "1",
    ]
  }
}
