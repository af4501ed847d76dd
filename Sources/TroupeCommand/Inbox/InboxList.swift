import TroupePlan
import TroupeRuntime

/// The requests of a store that somebody wants to see, with their short names.
struct InboxList: Sendable {
  let requests: [(name: String, request: Inbox.Request)]
  /// How many there are that are not shown, because somebody else or another role is asked.
  let others: Int
  /// The runs that cannot be read, with the reason.
  let damaged: [(run: String, reason: String)]

  /// - Parameters:
  ///   - role: Only what is asked of this role.
  ///   - member: Only what this member may answer.
  init(_ store: Store, role: String? = nil, member: String? = nil) async throws {
    var damaged: [(String, String)] = []
    let all = try await store.inbox { run, error in damaged.append((run, "\(error)")) }
    let runs = try await store.ids()
    requests = all.filter { request in
      (role == nil || request.role.id == role)
        && (member == nil || request.members.contains(member ?? ""))
    }
    .map { (RequestText.name($0, among: runs), $0) }
    others = all.count - requests.count
    self.damaged = damaged
  }

  /// The runs that cannot be read, a line for each.
  var warnings: [String] {
    damaged.map { run, reason in
      "warning: run \(Printable.quoted(run)): \(Printable.line(reason))\n"
    }
  }
}
