import TroupeLanguage
import TroupePlan
import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension RunSession {
  /// Runs to the end and says how it went.
  ///
  /// - Parameter asJSON: Whether the output is printed as JSON even if it has a text form.
  func perform(asJSON: Bool) async throws -> ExitCode {
    let ending: Ending
    let id: String
    do {
      (ending, id) = try await run()
    } catch {
      throw Self.refusal(error)
    }
    switch ending {
    case .done(let output):
      try console.output.write(
        ResultText.of(
          output, program.output, asJSON: asJSON, isShown: console.isOutputShown))
      return .done
    case .failed(is CancellationError):
      console.report("error: run \(Printable.quoted(id)) was cancelled, which is for good\n")
      let left = try? await place?.store.history(of: id).uncompensated
      console.report(FailureText.of(left ?? []))
      return .failed
    case .failed(let aborted as RunAborted):
      console.report(FailureText.of(aborted))
      return .failed
    case .failed(let failure as RunFailure) where failure.isCompensated:
      console.report(FailureText.of(failure))
      return .failed
    case .failed(let error):
      console.report(
        FailureText.of(error) + (await settleHints(id)) + resumeHint(id) + limitHint(id, error))
      return .failed
    case .waiting(let waiting):
      let lines = waiting.awaited.map { "  \(Printable.line($0.description))\n" }
      console.report(
        lines.joined() + (await answerHints(id)) + signalHints(id, waiting.awaited)
          + resumeHint(id))
      return .waiting
    case .stopped(let code, let left):
      console.report(
        left.map { "  \($0)\n" }.joined() + (await settleHints(id)) + resumeHint(id))
      return code
    }
  }

  /// What keeps a run from being started or gone on with, as a refusal; anything else as it is.
  static func refusal(_ error: any Error) -> any Error {
    switch error {
    case is TeamMismatch, is RunIsHeld, is RunMismatch, is LimitRefused, is RunIsStuck,
      is StoreError:
      var text = FailureText.of(error)
      text.removeLast()
      return Refusal(text)
    default: return error
    }
  }

  /// How to go on with a larger limit, if one has ended the run; nothing if the run is not kept.
  private func limitHint(_ id: String, _ error: any Error) -> String {
    guard place != nil, let limit = (error as? RunFailure)?.largerLimit else { return "" }
    return "or with a larger limit: --limit \(ShellWord.of(LimitSetting.text(limit)))\n"
  }

  /// How to say what became of what is in doubt, a line each; nothing if the run is not kept.
  private func settleHints(_ id: String) async -> String {
    guard let place, let history = try? await place.store.history(of: id) else { return "" }
    return SettleHints(tool: tool, place: place, program: program)
      .text(of: history, await place.store.letters(to: id))
  }

  /// How to look at what people are asked, and how to answer it, a line each.
  private func answerHints(_ id: String) async -> String {
    guard let place, let requests = try? await place.store.requests(of: id),
      let runs = try? await place.store.ids()
    else { return "" }
    let text = RequestText(tool: tool, place: place, date: Date())
    return requests.filter { $0.pending == nil }.map { request in
      let name = RequestText.name(request, among: runs)
      let lines =
        ["look with: \(text.look(name))"]
        + (text.answers(name, request).prefix(1).map { "answer with: \($0)" })
      return lines.map { $0 + "\n" }.joined()
    }.joined()
  }

  /// How to send the signals that are waited for, a line each, with a payload that would do.
  private func signalHints(_ id: String, _ awaited: [Awaiting]) -> String {
    guard let place else { return "" }
    var names: [String] = []
    for step in awaited {
      if case .signal(let name, _) = step.what, !names.contains(name) { names.append(name) }
    }
    return names.map { name in
      var line = "signal with: \(tool) signal \(ShellWord.of(id)) \(ShellWord.of(name))"
      if let type = program.signals[name], type.type != NoPayload.self {
        line += " --value \(InputExample.word(of: type, type.schema().schema))"
      }
      return line + " --store \(ShellWord.of(place.path))\n"
    }.joined()
  }

  /// How to go on with a run that did not come to its end; nothing if it is not kept.
  func resumeHint(_ id: String) -> String {
    place.map { $0.resumeHint(id, of: tool, team: teamFile) } ?? ""
  }
}
