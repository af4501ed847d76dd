import Troupe
import TroupeRuntime

extension Git {
  /// Opens the repository that a folder belongs to.
  ///
  /// - Throws: `Problem` in one line if there is none that could be checked.
  static func open(_ place: RepositoryPlace) async throws -> Git {
    let path = place.path.isEmpty ? "." : place.path
    let shown = PrintableText.of(Array(path.utf8))
    guard PathKind.at(path) == .folder else {
      throw Problem(description: "there is no folder '\(shown)'")
    }
    let git = Git(folder: path)
    let kind: [UInt8]
    do {
      kind = try await git.bytes(["rev-parse", "--is-bare-repository", "--is-inside-work-tree"])
    } catch let problem as Problem {
      if problem.description.contains("dubious ownership") {
        throw Problem(
          description: "'\(shown)' belongs to another user, so git does not trust it; "
            + "to trust it: git config --global --add safe.directory <its path>")
      }
      if problem.description.contains("not a git repository") {
        throw Problem(description: "'\(shown)' is not in a Git repository")
      }
      throw problem
    }
    let answers = String(decoding: kind, as: UTF8.self).split(separator: "\n")
    guard answers.last == "true" else {
      throw Problem(
        description: answers.first == "true"
          ? "'\(shown)' is a bare repository; check a clone of it that has a work tree"
          : "'\(shown)' is not in its repository's work tree; give the folder of that")
    }
    var root = try await git.bytes(["rev-parse", "--show-toplevel"])
    if root.last == UInt8(ascii: "\n") { root.removeLast() }
    guard let text = String(validating: root, as: UTF8.self) else {
      throw Problem(
        description: "the repository's own path, \(PrintableText.of(root)), is not UTF-8; "
          + "check it under another path")
    }
    return Git(folder: text)
  }
}
