import Troupe
import TroupePlan
import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Says something to a run from the command line, whether a process runs it or not.
struct Sender {
  let invocation: Invocation
  let place: StorePlace
  /// The run's identity.
  let run: String
  /// The program of the run's workflow, if the executable has it: what is sent is checked by it.
  let program: Program?

  /// - Parameter run: The identity of the run; by default the first operand names it.
  /// - Throws: `Refusal` if there is no such run.
  nonisolated(nonsending) init(
    _ invocation: Invocation, _ command: Subcommand, to run: String? = nil
  ) async throws {
    self.invocation = invocation
    let place = try StorePlace(of: invocation, command)
    if let run {
      self.run = run
    } else {
      self.run = try await place.id(invocation.arguments.operands[0])
    }
    self.place = place
    program = await Self.program(of: self.run, invocation, place)
  }

  /// The program of a run's workflow, if the executable has it.
  static nonisolated(nonsending) func program(
    of run: String, _ invocation: Invocation, _ place: StorePlace
  ) async -> Program? {
    guard let recorded = try? await place.store.accepted(run),
      let workflow = invocation.tool.workflows.first(where: {
        $0.name == recorded.accepted.workflow
      })
    else { return nil }
    // One that has changed in the meantime says nothing; the run itself checks what comes.
    return try? workflow.recorded(recorded.accepted, input: recorded.input).program
  }

  /// Hands it in.
  ///
  /// - Parameter what: What is said, in words: `signal 'approved'`.
  nonisolated(nonsending) func send(
    _ content: Letter.Content, _ what: String
  ) async throws -> ExitCode {
    let arguments = invocation.arguments
    let now = Date()
    let letter = Letter(
      id: arguments["id"] ?? Letter.newID(at: now, chance: .random(in: .min ... .max)),
      from: sender, at: now, content)
    var handing: Store.Handing
    do {
      handing = try await place.store.send(
        letter, to: run, of: program, nonce: String(UInt64.random(in: .min ... .max), radix: 36))
    } catch let error where Self.isRefusal(error) {
      throw Refusal("error: \(Printable.lines("\(error)"))\(remedy(error))")
    }
    if arguments.has("wait") {
      if case .handedIn = handing, await place.store.holder(of: run) == nil {
        invocation.console.report(
          "no process runs run \(Printable.quoted(run)): waiting until one resumes it\n")
      }
      while case .handedIn = handing {
        try await Task.sleep(for: .milliseconds(100))
        handing = try await place.store.handing(of: letter.id, to: run)
      }
    }
    let name = "run \(Printable.quoted(run))"
    switch handing {
    case .taken:
      try invocation.console.output.write("\(name) has taken \(what)\n")
      return .done
    case .refused(let reason):
      invocation.console.report("error: \(name) has refused it: \(Printable.lines(reason))\n")
      return .failed
    case .handedIn:
      let isRun = await place.store.holder(of: run) != nil
      try invocation.console.output.write(
        "handed in to \(name): \(what)\(isRun ? "" : "; it takes it when it is resumed")\n")
      return .done
    }
  }

  /// Who says it.
  private var sender: String? {
    let environment = invocation.console.environment
    return invocation.arguments["from"] ?? environment["USER"] ?? environment["LOGNAME"]
  }

  /// The line to type instead, on a line of its own, where there is one.
  private func remedy(_ error: any Error) -> String {
    guard let place = (error as? OverrideRefused)?.elsewhere else { return "" }
    let arguments = invocation.arguments
    let decision =
      arguments["output"].map { "--output \(ShellWord.of($0))" } ?? "--accept"
    let from = arguments["from"].map { " --from \(ShellWord.of($0))" } ?? ""
    return "\n  override with: \(invocation.tool.name) override \(ShellWord.of(run)) "
      + "\(ShellWord.of(place)) \(decision) --why \(ShellWord.of(arguments["why"] ?? ""))\(from) "
      + "--store \(ShellWord.of(self.place.path))"
  }

  private static func isRefusal(_ error: any Error) -> Bool {
    switch error {
    case is SignalRefused, is SettlementRefused, is AnswerRefused, is OverrideRefused,
      is RunHasEnded, is StoreError:
      true
    default: false
    }
  }

  /// Whether the work at an address gives text, as far as is known.
  func givesText(at address: String) -> Bool {
    guard let program, let place = AddressReader(program.plan).address(address) else {
      return false
    }
    return program.asksForText(place.node)
  }
}
