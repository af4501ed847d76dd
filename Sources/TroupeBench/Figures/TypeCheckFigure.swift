import Foundation
import Troupe

/// What the compiler needs for each stage of a body, against a body without stages.
enum TypeCheckFigure {
  static func measure(_ size: Int, rounds: Int) throws -> Result? {
    guard let modules else { return nil }
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "troupe-bench-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (empty, full) = (
      folder.appending(path: "Empty.swift"), folder.appending(path: "Full.swift")
    )
    try source(stages: 1).write(to: empty, atomically: true, encoding: .utf8)
    try source(stages: size + 1).write(to: full, atomically: true, encoding: .utf8)
    var times: [Double] = []
    for _ in 0..<rounds {
      guard let base = try check(empty, modules), let whole = try check(full, modules) else {
        return nil
      }
      times.append((whole - base) / Double(size))
    }
    return Result(
      name: "type-check", size: size, unit: .milliseconds, baseline: nil,
      measured: median(times), hold: 10)
  }

  /// The built modules, beside this executable.
  private static var modules: String? {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "Modules")
    guard FileManager.default.fileExists(atPath: folder.path) else { return nil }
    return folder.path
  }

  private static func source(stages: Int) -> String {
    var text = """
      import Troupe
      struct Generated: Workflow {
        let input = Artifact<[Int]>("a0")
        let output = Artifact<[Int]>("a\(stages)")

      """
    for index in 1...stages {
      text += "  let a\(index) = Artifact<[Int]>(\"a\(index)\")\n"
    }
    text += "  var body: some Step {\n"
    for index in 1...stages {
      let before = index == 1 ? "input" : "a\(index - 1)"
      text += """
            Stage("s\(index)", reads: \(before), input, writes: a\(index)) { list, first in
              list.map { $0 + first.count }
            }
            .gate("g", otherwise: .rework(upTo: 2)) { $0.count > 1 }
            .retry(attempts: 3)

        """
    }
    return text + "  }\n}\n"
  }

  /// The milliseconds for type-checking a file, or `nil` if it cannot be done.
  private static func check(_ file: URL, _ modules: String) throws -> Double? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["swiftc", "-typecheck", "-swift-version", "6", "-I", modules, file.path]
    process.standardError = FileHandle.nullDevice
    let start = ContinuousClock.now
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return (ContinuousClock.now - start).nanosecondCount / 1e6
  }
}
