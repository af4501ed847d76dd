import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A text that a person writes in an editor of their own: `VISUAL` or `EDITOR` of the environment.
struct EditorText {
  let console: Console

  /// Lets somebody write.
  ///
  /// - Parameter begin: What stands there at first.
  /// - Returns: What was written, without the line end that editors add; `nil` if nothing was.
  /// - Throws: `Refusal` if there is no editor, or if it fails.
  nonisolated(nonsending) func edit(_ begin: String) async throws -> String? {
    let environment = console.environment
    let words = (environment["VISUAL"] ?? environment["EDITOR"] ?? "").split(separator: " ")
    guard let editor = words.first else {
      throw Refusal("error: there is no EDITOR in the environment; supply '@FILE' instead")
    }
    let file = FileManager.default.temporaryDirectory.appending(
      path: "troupe-\(UInt64.random(in: .min ... .max)).txt")
    defer { try? FileManager.default.removeItem(at: file) }
    do {
      try Data((begin + "\n").utf8).write(to: file, options: .withoutOverwriting)
      // For nobody's eyes but the owner's.
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    } catch {
      throw Refusal("error: no file could be written for the editor: \(Printable.line("\(error)"))")
    }
    let command = Command(
      String(editor), arguments: words.dropFirst().map { Array($0.utf8) } + [Array(file.path.utf8)],
      environment: environment)
    do throws(CommandError) {
      guard try await command.runInForeground() == .exited(0) else {
        throw CommandError(String(editor), .unusable("it did not end well"))
      }
    } catch {
      throw Refusal("error: the editor failed: \(Printable.line("\(error)"))")
    }
    var text = String(decoding: try TextFile.read(file.path), as: UTF8.self)
    while text.hasSuffix("\n") { text.removeLast() }
    return text.isEmpty || text == begin ? nil : text
  }
}
