/// The mailbox of a durable run, as the process that runs it empties it.
final class RunMailbox: Sendable {
  private struct State {
    /// The identities of the letters that are in the journal.
    var received: Set<String>
    /// The names of files that stay where they are for now.
    var left: Set<String> = []
    /// What has been said since the run was opened of work in doubt, by its address.
    var examined: [String: AttemptHistory.Examined] = [:]
    var abortion: Abortion?
    /// What operators have let pass since the run was opened, by its address.
    var waived: [String: [NodeHistory.Judged]] = [:]
    /// Whether it has been emptied before the walk began.
    var isOpened = false
    var isClosed = false
  }

  let folder: MailFolder
  /// Rings when there may be new letters.
  let bell = Bell()
  /// Whoever empties the mailbox does so alone.
  let turn = Turn()
  private let state: Lock<State>

  /// - Parameter received: The identities of what the journal says has come from outside.
  init(_ folder: MailFolder, received: Set<String>) {
    self.folder = folder
    state = Lock(State(received: received))
  }

  /// Rings the bell when something comes in.
  func watch() -> any FolderWatch {
    folder.files.watch(folder.new) { [bell] in bell.ring() }
  }

  /// Whether letters may be taken now: not before the run has looked for those that came while
  /// nobody ran it, nor after it has come to its end.
  var isOpen: Bool { state.withLock { $0.isOpened && !$0.isClosed } }

  /// Takes letters from now on.
  func open() { state.withLock { $0.isOpened = true } }

  /// Takes no letters any more.
  func close() { state.withLock { $0.isClosed = true } }

  /// Whether the journal holds a letter.
  func hasReceived(_ id: String) -> Bool { state.withLock { $0.received.contains(id) } }

  /// Notes that the journal holds a letter.
  func note(_ id: String) { state.withLock { _ = $0.received.insert(id) } }

  /// Lets a file stay for as long as this process runs the run.
  func leave(_ name: String) { state.withLock { _ = $0.left.insert(name) } }

  /// What was said of the work at an address since the run was opened.
  ///
  /// - Parameter place: Written only if something was said at all, which is rare.
  func examined(at place: @autoclosure () -> String) -> AttemptHistory.Examined? {
    guard state.withLock({ !$0.examined.isEmpty }) else { return nil }
    let place = place()
    return state.withLock { $0.examined[place] }
  }

  /// Notes what was said of the work at an address.
  func note(_ examined: AttemptHistory.Examined, at place: String) {
    state.withLock { $0.examined[place] = examined }
  }

  /// What an operator has let pass at an address since the run was opened.
  ///
  /// - Parameter place: Written only if something was let pass at all, which is rare.
  func waived(at place: @autoclosure () -> String) -> [NodeHistory.Judged] {
    guard state.withLock({ !$0.waived.isEmpty }) else { return [] }
    let place = place()
    return state.withLock { $0.waived[place] ?? [] }
  }

  /// Notes what an operator lets pass at an address.
  func noteWaived(_ judged: NodeHistory.Judged, at place: String) {
    state.withLock { $0.waived[place, default: []].append(judged) }
  }

  /// Why the run is to be ended because of work in doubt, if it is.
  var abortion: Abortion? {
    get { state.withLock { $0.abortion } }
    set { state.withLock { $0.abortion = newValue } }
  }

  /// The names of the files that are to be looked at, sorted.
  func names() async throws(SystemError) -> [String] {
    let names = try await folder.names()
    return state.withLock { state in names.filter { !state.left.contains($0) } }
  }

  /// Puts everything aside that lies in the mailbox.
  func rejectAll(because reason: String) async {
    for name in (try? await folder.names()) ?? [] {
      if hasReceived(name) {
        try? await folder.remove(name)
      } else {
        try? await folder.reject(name, because: reason)
      }
    }
  }
}
