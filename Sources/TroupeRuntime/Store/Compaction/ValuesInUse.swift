/// The files with large values of which this process has told, or is about to tell, since the last
/// snapshot: they stay although the snapshot does not know of them.
final class ValuesInUse: Sendable {
  private struct State {
    /// How many records are to come that tell of a file, by its name.
    var coming: [String: Int] = [:]
    /// The last record that has told of a file.
    var told: [String: Int] = [:]
    /// The files that are being removed, and who waits for that.
    var doomed: [String: [CheckedContinuation<Void, Never>]] = [:]
  }

  private let state = Lock(State())

  /// A record is going to tell of a file; one that is being removed is gone when this returns.
  func use(_ name: String) async {
    let isDoomed = state.withLock { state in
      state.coming[name, default: 0] += 1
      return state.doomed[name] != nil
    }
    guard isDoomed else { return }
    await withCheckedContinuation { continuation in
      let isGone = state.withLock { state in
        guard state.doomed[name] != nil else { return true }
        state.doomed[name]?.append(continuation)
        return false
      }
      if isGone { continuation.resume() }
    }
  }

  /// A record that was going to tell of a file will not come.
  func release(_ name: String) {
    state.withLock { state in
      state.coming[name] = state.coming[name].flatMap { $0 > 1 ? $0 - 1 : nil }
    }
  }

  /// A record was added; it may be one that was to come.
  func told(by sequence: Int, _ body: [UInt8]) {
    state.withLock { state in
      guard !state.coming.isEmpty else { return }
      for name in Self.names(in: body) {
        guard let count = state.coming[name] else { continue }
        state.coming[name] = count > 1 ? count - 1 : nil
        state.told[name] = sequence
      }
    }
  }

  /// A snapshot knows of what was told up to a record.
  func forget(upTo sequence: Int) {
    state.withLock { state in state.told = state.told.filter { $0.value > sequence } }
  }

  /// Whether a file is not in use, so that it is going to be removed.
  func isFree(_ name: String) -> Bool {
    state.withLock { state in
      guard state.coming[name] == nil, state.told[name] == nil else { return false }
      state.doomed[name] = []
      return true
    }
  }

  /// A file that was not in use is gone.
  func removed(_ name: String) {
    let waiting = state.withLock { $0.doomed.removeValue(forKey: name) } ?? []
    for continuation in waiting { continuation.resume() }
  }

  /// The names of files that a record's members tell of: `"outputFile":"…"`.
  private static func names(in body: [UInt8]) -> [String] {
    let mark = Array("File\":\"".utf8)
    var names: [String] = []
    var index = 0
    while index + mark.count < body.count {
      guard body[index] == mark[0], body[index..<(index + mark.count)].elementsEqual(mark) else {
        index += 1
        continue
      }
      let begin = index + mark.count
      let end = body[begin...].firstIndex(of: UInt8(ascii: "\"")) ?? body.endIndex
      names.append(String(decoding: body[begin..<end], as: UTF8.self))
      index = end
    }
    return names
  }
}
