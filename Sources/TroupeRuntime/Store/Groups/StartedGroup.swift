import TroupePlan

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A process group that works for a run, as it is written down so that whoever goes on with the run
/// knows it again.
struct StartedGroup: Sendable, Equatable {
  /// The number of the group, which is that of its leader.
  let number: pid_t
  /// When its leader was started; `nil` if the system did not tell.
  let started: UInt64?
  /// The session of the process that started it.
  let session: pid_t
  /// The boot of the machine in which that was.
  let boot: String

  init(number: pid_t, started: UInt64?, session: pid_t, boot: String) {
    self.number = number
    self.started = started
    self.session = session
    self.boot = boot
  }

  /// A group whose leader this process has just started.
  init(startedHere leader: pid_t) {
    self.init(
      number: leader, started: ProcessTable.process(leader)?.started, session: getsid(0),
      boot: ProcessTable.boot)
  }

  /// Whether a group of that number is there and is still this one.
  ///
  /// A number is given to another process once nothing is left of its group. So the leader tells by
  /// its start; when it has gone, those tell it left behind, by their session.
  var isThere: Bool {
    guard boot == ProcessTable.boot, let started else { return false }
    if let leader = ProcessTable.process(number) { return leader.started == started }
    let members = ProcessTable.members(of: number) ?? []
    return members.contains { $0.session == session && $0.started >= started }
  }

  var json: JSONValue {
    var json: [String: JSONValue] = [
      "group": .integer(Int(number)), "session": .integer(Int(session)), "boot": .string(boot),
    ]
    json["started"] = started.map { .string(String($0)) }
    return .object(json)
  }

  /// Reads what `json` has written; `nil` if it is something else.
  init?(json: JSONValue) {
    guard case .integer(let number)? = json["group"], case .integer(let session)? = json["session"],
      case .string(let boot)? = json["boot"], let number = pid_t(exactly: number), number > 1,
      let session = pid_t(exactly: session)
    else { return nil }
    var started: UInt64?
    if case .string(let text)? = json["started"] { started = UInt64(text) }
    self.init(number: number, started: started, session: session, boot: boot)
  }
}
