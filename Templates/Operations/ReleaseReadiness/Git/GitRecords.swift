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

/// One line that `git grep` found.
struct GrepHit: Sendable {
  let path: [UInt8]
  let line: Int
  let text: [UInt8]
}

extension Git {
  /// The tracked files, in the order of the index; one that is in conflict is there once.
  func trackedFiles() async throws -> [TrackedFile] {
    let state = Lock((records: Records(endingWith: 0), files: [TrackedFile]()))
    try await stream(["ls-files", "-z", "--stage", "--full-name"]) { piece in
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

  /// The sizes of objects in bytes, in the same order; `nil` for one that is missing.
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

  /// The lines of tracked text files in which one of some patterns occurs.
  func grep(_ options: [String], _ onHit: @escaping @Sendable (GrepHit) -> Void) async throws {
    let state = Lock(GrepParser())
    try await stream(["grep", "-zIn", "--full-name", "--no-color"] + options, allowing: [1]) {
      piece in state.withLock { $0.take(piece, onHit) }
    }
  }

  /// The number of lines of each tracked text file.
  func lineCounts(_ onFile: @escaping @Sendable ([UInt8], Int) -> Void) async throws {
    let state = Lock(GrepParser())
    try await stream(["grep", "-zIc", "--full-name", "--no-color", "-e", ""], allowing: [1]) {
      piece in
      state.withLock { $0.takeCounts(piece, onFile) }
    }
  }

  /// The content of a tracked file as the index has it; nothing if its object is missing.
  func content(of file: TrackedFile) async throws -> [UInt8] {
    try await bytes(
      ["cat-file", "blob", String(decoding: file.object, as: UTF8.self)], allowing: [128])
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

/// Reads what `git grep -z` writes: path, NUL, number, NUL, line.
struct GrepParser {
  private enum Field {
    case path, number, text
  }

  private var field = Field.path
  private var path: [UInt8] = []
  private var number = 0
  private var rest: [UInt8] = []

  mutating func take(_ piece: UnsafeRawBufferPointer, _ onHit: (GrepHit) -> Void) {
    parse(piece) { onHit(GrepHit(path: $0, line: $1, text: $2)) }
  }

  /// The same without lines: path, NUL, number, new line.
  mutating func takeCounts(_ piece: UnsafeRawBufferPointer, _ onFile: ([UInt8], Int) -> Void) {
    for byte in piece {
      switch (field, byte) {
      case (.path, 0):
        path = rest
        rest.removeAll(keepingCapacity: true)
        field = .number
      case (.number, UInt8(ascii: "\n")):
        onFile(path, Int(String(decoding: rest, as: UTF8.self)) ?? 0)
        rest.removeAll(keepingCapacity: true)
        field = .path
      default: rest.append(byte)
      }
    }
  }

  private mutating func parse(
    _ piece: UnsafeRawBufferPointer, _ onHit: ([UInt8], Int, [UInt8]) -> Void
  ) {
    var start = piece.startIndex
    while start < piece.endIndex {
      let end: UInt8 = field == .text ? UInt8(ascii: "\n") : 0
      guard let stop = piece[start...].firstIndex(of: end) else {
        rest.append(contentsOf: piece[start...])
        return
      }
      rest.append(contentsOf: piece[start..<stop])
      switch field {
      case .path:
        path = rest
        field = .number
      case .number:
        number = Int(String(decoding: rest, as: UTF8.self)) ?? 0
        field = .text
      case .text:
        onHit(path, number, rest)
        field = .path
      }
      rest.removeAll(keepingCapacity: true)
      start = piece.index(after: stop)
    }
  }
}
