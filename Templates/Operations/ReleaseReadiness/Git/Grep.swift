import TroupeRuntime

/// One line that `git grep` found.
struct GrepHit: Sendable {
  let path: [UInt8]
  let line: Int
  let text: [UInt8]
}

extension Git {
  /// The lines of tracked text files in which one of some patterns occurs.
  ///
  /// Which files are text is found out by reading them and not asked of git, because attributes of
  /// the repository could say of any file that it is binary.
  ///
  /// - Parameter isWanted: Says of a path whether its hits are wanted.
  func grep(
    _ options: [String], in isWanted: @escaping @Sendable ([UInt8]) -> Bool,
    onHit: @escaping @Sendable (GrepHit) throws -> Void
  ) async throws {
    let parser = Lock(GrepParser(in: isWanted, WorkFiles(folder: folder)))
    let isCancelled = Lock(false)
    try await withTaskCancellationHandler {
      // Without colours, which a setting could want even where nobody sees them.
      _ = try await stream(["grep", "-z", "-n", "-a", "--no-color"] + options, allowing: [1]) {
        piece in
        try parser.withLock { parser in
          try parser.take(piece) { hit in
            // This is the command's thread and not the task's, which knows whether it is cancelled.
            if isCancelled.withLock({ $0 }) { throw CancellationError() }
            try onHit(hit)
          }
        }
      }
    } onCancel: {
      isCancelled.withLock { $0 = true }
    }
  }

  /// The number of lines of each tracked text file that has any.
  ///
  /// - Parameter isWanted: Says of a path whether its number is wanted.
  func lineCounts(
    in isWanted: @escaping @Sendable ([UInt8]) -> Bool,
    onFile: @escaping @Sendable ([UInt8], Int) -> Void
  ) async throws {
    let parser = Lock(GrepParser(in: isWanted, WorkFiles(folder: folder)))
    let arguments = ["grep", "-z", "-c", "-a", "--no-color", "-e", ""]
    try await stream(arguments, allowing: [1]) { piece in
      parser.withLock { $0.takeCounts(piece, onFile) }
    }
  }
}

/// Reads what `git grep -z` writes: path, NUL, number, NUL, line.
struct GrepParser {
  private enum Field {
    case path, number, text
  }

  private let isWanted: @Sendable ([UInt8]) -> Bool
  private let files: WorkFiles
  private var field = Field.path
  private var path: [UInt8] = []
  /// Whether the path is of a text file that is wanted.
  private var isRead = false
  private var number = 0
  private var rest: [UInt8] = []

  init(in isWanted: @escaping @Sendable ([UInt8]) -> Bool, _ files: WorkFiles) {
    self.isWanted = isWanted
    self.files = files
  }

  mutating func take(
    _ piece: UnsafeRawBufferPointer, _ onHit: (GrepHit) throws -> Void
  ) rethrows {
    var start = piece.startIndex
    while start < piece.endIndex {
      let end: UInt8 = field == .text ? UInt8(ascii: "\n") : 0
      let stop = piece[start...].firstIndex(of: end)
      // Lines of binary files may be very long, so they are not even collected.
      if field != .text || isRead {
        rest.append(contentsOf: piece[start..<(stop ?? piece.endIndex)])
      }
      guard let stop else { return }
      switch field {
      case .path:
        enter(rest)
        field = .number
      case .number:
        number = Int(String(decoding: rest, as: UTF8.self)) ?? 0
        field = .text
      case .text:
        field = .path
        if isRead { try onHit(GrepHit(path: path, line: number, text: rest)) }
      }
      rest.removeAll(keepingCapacity: true)
      start = piece.index(after: stop)
    }
  }

  /// The same without lines: path, NUL, number, new line.
  mutating func takeCounts(_ piece: UnsafeRawBufferPointer, _ onFile: ([UInt8], Int) -> Void) {
    for byte in piece {
      switch (field, byte) {
      case (.path, 0):
        enter(rest)
        rest.removeAll(keepingCapacity: true)
        field = .number
      case (.number, UInt8(ascii: "\n")):
        if isRead { onFile(path, Int(String(decoding: rest, as: UTF8.self)) ?? 0) }
        rest.removeAll(keepingCapacity: true)
        field = .path
      default: rest.append(byte)
      }
    }
  }

  /// Notes the path of what follows.
  private mutating func enter(_ next: [UInt8]) {
    guard next != path else { return }
    path = next
    isRead = isWanted(next) && !files.isBinary(next)
  }
}
