import TroupePlan
import TroupeRuntime

/// A request as a command line names it.
///
/// `RUN:RECORD` is what the inbox shows; `RUN:ADDRESS` names it by its identity, and `RUN` alone is
/// enough where one request of the run is open. Of the run's identity its first letters will do.
struct RequestPlace: Sendable {
  /// The run's identity.
  let run: String
  /// The identity of the request, or its number; `nil` for the only one of the run.
  let rest: String?

  /// Finds the run that a text names.
  ///
  /// - Throws: `Refusal` if there is no such run.
  init(_ text: String, in place: StorePlace) async throws {
    // Identities of runs hold no colon.
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    run = try await place.id(String(parts[0]))
    rest = parts.count > 1 ? String(parts[1]) : nil
  }

  /// The identity of the request, by the run's journal.
  ///
  /// - Throws: `Refusal` if none is meant, or several may be.
  func id(in history: RunHistory) throws -> String {
    let asked = history.asked
    let name = "run \(Printable.quoted(run))"
    guard let rest else {
      let open = asked.filter(\.isOpen)
      if open.count == 1 { return open[0].id }
      guard !open.isEmpty else { throw Refusal("error: nothing waits for an answer in \(name)") }
      let names = open.map { Printable.line("\(run):\($0.number)") }
      throw Refusal(
        "error: \(open.count) requests of \(name) are open: \(Count.some(names, limit: 8))")
    }
    if let found = asked.first(where: { $0.id == rest || "\($0.number)" == rest }) {
      return found.id
    }
    let open = asked.filter(\.isOpen).map { Printable.line("\(run):\($0.number)") }
    throw Refusal(
      "error: there is no request \(Printable.quoted(rest)) in \(name)"
        + (open.isEmpty ? ", and nothing waits there" : "; open is \(Count.some(open, limit: 8))"))
  }
}
