import TroupeRuntime

/// Cuts a stream of bytes into records that end with a byte.
struct Records {
  private let end: UInt8
  private var rest: [UInt8] = []

  init(endingWith end: UInt8) {
    self.end = end
  }

  /// Takes the next piece and hands on each record that it completes.
  mutating func take(
    _ piece: UnsafeRawBufferPointer, _ onRecord: ([UInt8]) throws -> Void
  ) rethrows {
    var start = piece.startIndex
    while let stop = piece[start...].firstIndex(of: end) {
      if rest.isEmpty {
        try onRecord(Array(piece[start..<stop]))
      } else {
        rest.append(contentsOf: piece[start..<stop])
        try onRecord(rest)
        rest.removeAll(keepingCapacity: true)
      }
      start = piece.index(after: stop)
    }
    rest.append(contentsOf: piece[start...])
  }
}

/// One entry of a repository's index.
struct TrackedFile: Sendable {
  enum Kind: Sendable {
    case file
    case link
    case submodule
  }

  let path: [UInt8]
  let object: [UInt8]
  let kind: Kind
}

extension Git {
  /// The tracked files, in the order of the index; one that is in conflict is there once.
  func trackedFiles() async throws -> [TrackedFile] {
    let state = Lock((records: Records(endingWith: 0), files: [TrackedFile]()))
    try await stream(["ls-files", "-z", "--stage"]) { piece in
      state.withLock { state in
        var found: [TrackedFile] = []
        state.records.take(piece) { record in
          if let file = TrackedFile(record) { found.append(file) }
        }
        for file in found where state.files.last?.path != file.path { state.files.append(file) }
      }
    }
    return state.withLock { $0.files }
  }

  /// The sizes of objects in bytes, in the same order; `nil` for one that is missing or
  /// broken.
  func sizes(of objects: [[UInt8]]) async throws -> [Int?] {
    let next = Lock(0)
    let state = Lock((records: Records(endingWith: UInt8(ascii: "\n")), sizes: [Int?]()))
    try await stream(
      ["cat-file", "--batch-check=%(objectsize)"],
      input: .stream {
        next.withLock { next in
          guard next < objects.count else { return nil }
          let part = objects[next..<min(next + 1_000, objects.count)]
          next += part.count
          return part.flatMap { $0 + [UInt8(ascii: "\n")] }
        }
      }
    ) { piece in
      state.withLock { state in
        var found: [Int?] = []
        state.records.take(piece) { found.append(Int(String(decoding: $0, as: UTF8.self))) }
        state.sizes += found
      }
    }
    return state.withLock { $0.sizes }
  }

  /// The content of a tracked file as the index has it; `nil` if its object is missing or broken.
  func content(of file: TrackedFile) async throws -> [UInt8]? {
    let object = String(decoding: file.object, as: UTF8.self)
    let content = Lock([UInt8]())
    let code = try await stream(["cat-file", "blob", object], allowing: [128]) { piece in
      content.withLock { $0.append(contentsOf: piece) }
    }
    return code == 0 ? content.withLock { $0 } : nil
  }
}

extension TrackedFile {
  /// Reads `100644 <object> 0\t<path>`.
  init?(_ record: [UInt8]) {
    guard let tab = record.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
    let parts = record[..<tab].split(separator: UInt8(ascii: " "))
    guard parts.count == 3 else { return nil }
    path = Array(record[(tab + 1)...])
    object = Array(parts[1])
    switch String(decoding: parts[0], as: UTF8.self) {
    case "160000": kind = .submodule
    case "120000": kind = .link
    default: kind = .file
    }
  }
}
