#if canImport(Testing)
  import Foundation
  public import Testing

  /// Expects that a text is the one that is kept in a file beside the test.
  ///
  /// ```swift
  /// expectSnapshot(.dot(run.plan))
  /// expectSnapshot(.timeline(run.timeline), named: "seed 7")
  /// ```
  ///
  /// The file is `__Snapshots__/<test file>/<test>.<name>.<extension>`. It is written when the
  /// environment variable `TROUPE_RECORD` is `1`, or `missing` and there is none yet; look at what
  /// changed before you commit it. A difference is an issue, with the new text attached.
  ///
  /// - Parameters:
  ///   - snapshot: The text.
  ///   - name: What tells it from other snapshots of the test.
  ///   - filePath: The test's file; leave the default.
  ///   - sourceLocation: Where an issue is recorded; leave the default.
  public func expectSnapshot(
    _ snapshot: Snapshot, named name: String? = nil, filePath: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let test = Test.current else {
      preconditionFailure("expectSnapshot is for tests: outside of one its issues go unnoticed")
    }
    let store = SnapshotStore(
      testFile: filePath, test: test.name, name: name, fileExtension: snapshot.fileExtension)
    let label = "snapshot '\(store.file.lastPathComponent)'"
    let again = "TROUPE_RECORD=1 swift test --filter '\(test.name.prefix { $0 != "(" })'"
    let problem: String
    do {
      switch try store.check(
        snapshot.text,
        SnapshotStore.Mode(ProcessInfo.processInfo.environment["TROUPE_RECORD"]))
      {
      case .same, .recorded: return
      case .missing: problem = "\(label) is not there; record it: \(again)"
      case .ambiguous:
        problem = "\(label) is taken twice with different texts; tell them apart with 'named:'"
      case .different(let difference):
        problem = "\(label) differs; if that is meant: \(again)\n\(difference)"
      }
    } catch {
      problem = "\(label) at \(store.file.path) cannot be used: \(error.localizedDescription)"
    }
    Attachment.record(
      snapshot.text, named: store.file.lastPathComponent, sourceLocation: sourceLocation)
    Issue.record(Comment(rawValue: problem), sourceLocation: sourceLocation)
  }
#endif
