import Troupe
import TroupePlan
import TroupeRuntime

extension Subcommand {
  /// `fork`: a new run with the state that another one had.
  static let fork: Subcommand = Subcommand(
    name: "fork", summary: "Begin a new run with the state that another one had.",
    operands: [.run],
    options: [
      .store,
      .value(
        "at", "SEQ", "The number of the record at which the state is taken, as\n'show' has it."),
      .value(
        "artifact", "NAME=JSON", repeats: true,
        "Give an artifact that was written there a new version, for\nall steps that had not "
          + "started. Text needs no quotes."),
      .flag("repeat-effects", "Perform again also what happens at most once."),
    ],
    details: """
      What was finished at the record stays finished, what was at work there is in
      doubt, and times that were running have left what was left of them. The parent
      may be running, and is not changed. Its stages that it has begun or done after
      the record are listed on standard error: the fork performs them again, with
      idempotency keys of its own. Its identity is printed; 'resume' goes on with it.
      """,
    examples: [
      ("fork 4f2 --at 17", "Begins where record 17 is the last one."),
      ("fork 4f2 --at 17 --artifact 'limit=12'", "Does so with another limit."),
    ]
  ) { invocation in
    let arguments = invocation.arguments
    let place = try StorePlace(of: invocation, .fork)
    let text = arguments["at"] ?? ""
    guard let record = Int(text), record > 0 else {
      throw UsageError("'fork' needs '--at' with the number of a record", of: .fork)
    }
    var artifacts: [String: JSONValue] = [:]
    for setting in arguments.all("artifact") {
      guard let equals = setting.firstIndex(of: "="), equals > setting.startIndex else {
        throw UsageError("option '--artifact' needs NAME=JSON", of: .fork)
      }
      let value = String(setting[setting.index(after: equals)...])
      artifacts[String(setting[..<equals])] = (try? JSONValue(parsing: value)) ?? .string(value)
    }
    let id = try await place.id(arguments.operands[0])
    do {
      let repeated = try await place.store.repeated(byForking: id, at: record)
      let fork = try await place.store.fork(
        id, at: record, setting: artifacts, repeatingEffects: arguments.has("repeat-effects"))
      for stage in repeated {
        let fact = stage.isFinished ? "was done by" : "was begun by"
        invocation.console.report(
          "performs again: \(Printable.line(stage.address)), which \(fact) the parent\n")
      }
      try invocation.console.output.write(fork + "\n")
      return .done
    } catch let refused as ForkRefused {
      var message = "error: \(Printable.lines(refused.description))"
      if case .repeatsEffects = refused.reason { message += "\n  '--repeat-effects' says so" }
      throw Refusal(message)
    } catch let gone as RecordsAreGone {
      throw Refusal("error: \(Printable.lines(gone.description))")
    } catch {
      throw RunSession.refusal(error)
    }
  }
}
