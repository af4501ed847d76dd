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
        "at", "SEQ", "The number of the record at which the state is taken,\nas 'show' has it."),
      .value(
        "artifact", "NAME=JSON", repeats: true,
        "Give an artifact of the workflow's own a new version,\nfor all steps that had not begun. "
          + "Text needs no quotes."),
      .flag("repeat-effects", "Perform again what is done at most once, or undone."),
      .flag("json", "Print the fork and what it performs again as JSON."),
      .allowNetworkStore,
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
    guard let text = arguments["at"] else {
      throw UsageError("'fork' needs '--at' with the number of a record", of: .fork)
    }
    guard let record = Int(text), record > 0 else {
      throw UsageError(
        "option '--at' takes the number of a record, not \(Printable.quoted(text))", of: .fork)
    }
    let settings = try arguments.all("artifact").map { try ArtifactSetting($0, of: .fork) }
    let id = try await place.id(arguments.operands[0])
    do {
      let accepted = try await place.store.accepted(id)
      let types = invocation.tool.workflows.first { $0.name == accepted.accepted.workflow }
        .flatMap { try? $0.recorded(accepted.accepted, input: accepted.input).program }
        .map(SlotTable.init)
      let repeated = try await place.store.repeated(byForking: id, at: record)
      let fork = try await place.store.fork(
        id, at: record, setting: try ArtifactSetting.values(of: settings, types),
        repeatingEffects: arguments.has("repeat-effects"))
      for stage in repeated {
        let fact = stage.isFinished ? "was done by" : "was begun by"
        let consequence = stage.isInDoubt ? "in doubt" : "performs again"
        invocation.console.report(
          "\(consequence): \(Printable.line(stage.address)), which \(fact) the parent\n")
      }
      let output =
        arguments.has("json")
        ? Printable.json(json(fork, of: id, at: record, repeated).prettyText) : Printable.line(fork)
      try invocation.console.output.write(output + "\n")
      invocation.console.report(place.resumeHint(fork, of: invocation.tool.name))
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

  private static func json(
    _ fork: String, of parent: String, at record: Int, _ repeated: [RepeatedStage]
  ) -> JSONValue {
    [
      "id": .string(fork), "parent": .string(parent), "record": .integer(record),
      "repeats": .array(
        repeated.map { stage in
          var members: [String: JSONValue] = [
            "address": .string(stage.address), "isFinished": .bool(stage.isFinished),
            "isAtMostOnce": .bool(stage.isAtMostOnce), "isInDoubt": .bool(stage.isInDoubt),
          ]
          if stage.hasCompensation { members["hasCompensation"] = true }
          return .object(members)
        }),
    ]
  }
}
