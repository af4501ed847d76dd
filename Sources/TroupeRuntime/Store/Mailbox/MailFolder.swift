/// The folder of a run into which other processes put what they have to say to it.
///
/// - `tmp/`: letters that are being written
/// - `new/`: letters that have been handed in, each named by its identity
/// - `rejected/`: what was not taken, each with its reason beside it
package struct MailFolder: Sendable {
  let files: any FileLayer
  package let path: String

  var new: String { path + "/new" }

  func path(of letter: String) -> String { "\(new)/\(letter)" }

  /// The folders in the mailbox.
  static let folders = ["tmp", "new", "rejected"]

  /// Makes what is missing of the mailbox: what copies files may leave empty folders out.
  ///
  /// - Parameter parent: The folder of the run.
  func restore(in parent: String) async throws(SystemError) {
    let isThere = try await files.names(in: parent).contains("mailbox")
    let found = isThere ? try await files.names(in: path) : []
    let missing = Self.folders.filter { !found.contains($0) }
    guard !missing.isEmpty else { return }
    if !isThere { try await files.makeFolder(path) }
    for name in missing { try await files.makeFolder("\(path)/\(name)") }
    try await files.syncFolder(path)
    if !isThere { try await files.syncFolder(parent) }
  }

  /// Checks that the mailbox is where it stands: through a link, letters would come from elsewhere,
  /// and be moved and removed there.
  ///
  /// - Throws: `StoreError` that names the link.
  func checkLinks() async throws(StoreError) {
    for place in [path] + Self.folders.map({ "\(path)/\($0)" }) {
      do throws(SystemError) {
        guard try await files.isLink(place) else { continue }
        throw SystemError(call: "open", .link)
      } catch {
        throw StoreError(doing: "use the mailbox", at: place, error)
      }
    }
  }

  /// The names of what has been handed in and not been taken out, sorted.
  func names() async throws(SystemError) -> [String] {
    do throws(SystemError) {
      return try await files.names(in: new)
    } catch {
      // Without a mailbox there are no letters.
      guard error.isMissing else { throw error }
      return []
    }
  }

  /// Hands a letter in: when this returns, nothing but the run takes it out again.
  ///
  /// - Parameter nonce: Tells what is being written at the same time under one identity apart.
  func handIn(_ letter: Letter, nonce: String) async throws(SystemError) {
    let temporary = "\(path)/tmp/\(letter.id).\(nonce)"
    try await files.create(temporary, letter.bytes)
    try await files.rename(temporary, to: path(of: letter.id))
    try await files.syncFolder(new)
  }

  /// What a file in the mailbox says; `nil` if it is not there any more, or cannot be read for a
  /// reason that may pass.
  ///
  /// - Throws: `Illegible`.
  func read(_ name: String) async throws(Illegible) -> Letter? {
    guard let isOwn = try? await files.isOwn(path(of: name)) else { return nil }
    guard isOwn else { throw Illegible("it belongs to another user") }
    let bytes: [UInt8]
    do {
      bytes = try await files.read(path(of: name), limit: Letter.limit)
    } catch {
      switch error.cause {
      case .tooLarge: throw Illegible("it has more than \(Letter.limit) bytes")
      case .isFolder, .invalid, .link: throw Illegible("it is no file")
      case .forbidden: throw Illegible("it may not be read")
      default: return nil
      }
    }
    return try Letter(bytes, name: name)
  }

  /// Takes a letter out.
  func remove(_ name: String) async throws(SystemError) {
    do {
      try await files.remove(path(of: name))
    } catch {
      guard error.isMissing else { throw error }
    }
  }

  /// Puts a letter aside, with the reason why it was not taken.
  func reject(_ name: String, because reason: String) async throws(SystemError) {
    let rejected = "\(path)/rejected/\(name)"
    // The letter says more than the reason; it goes there with or without it.
    try? await files.create(rejected + ".reason", Array((reason + "\n").utf8))
    try await files.rename(path(of: name), to: rejected)
  }

  /// Why a letter was put aside, if it was.
  func rejection(of name: String) async -> String? {
    let place = "\(path)/rejected/\(name).reason"
    guard let bytes = try? await files.read(place, limit: Letter.limit) else { return nil }
    return String(decoding: bytes, as: UTF8.self).trimmingLineEnd
  }
}

extension String {
  fileprivate var trimmingLineEnd: String { hasSuffix("\n") ? String(dropLast()) : self }
}
