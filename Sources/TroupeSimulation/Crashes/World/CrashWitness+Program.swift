import TroupePlan
import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension CrashWitness {
  /// The same program, whose gates, conditions and prompts are noticed when they are asked. What is
  /// asked although the journal has the answer is answered differently than it was before.
  func watched(_ program: Program) -> Program {
    let bodies = program.bodies.enumerated().map { node, body in
      watched(body, program.plan.nodes[node])
    }
    return program.replacing(bodies: bodies)
  }

  private func watched(_ body: Body, _ node: Node) -> Body {
    var body = body
    body.judges = zip(body.judges, node.policies.gates).map { judge, gate in
      { [self] values in
        let verdict = try await judge(values)
        guard ask(.gate(gate.name)) else { return verdict }
        return verdict.isAccepted ? .rejected("asked once too often") : .accepted
      }
    }
    switch body.work {
    case .choose(let conditions):
      body.work = .choose(
        conditions.enumerated().map { index, condition in
          { [self] value in
            // Conditions are asked one after the other until one holds: one question.
            let holds = try await condition(value)
            return index == 0 && ask(.branch) ? !holds : holds
          }
        })
    case .repeat(let until):
      body.work = .repeat(until: { [self] value in
        let isDone = try await until(value)
        return ask(.round) ? !isDone : isDone
      })
    case .fanOut(let spreading):
      body.work = .fanOut(watched(spreading))
    case .assignment(let prompt, let output):
      body.work = .assignment(
        prompt: { [self] values in
          let text = try await prompt(values)
          guard let context = StageContext.current else { return text }
          let question = CrashQuestion(
            kind: .prompt, address: context.address.description, number: context.take)
          return ask(question) ? text + " (asked once too often)" : text
        }, output: output)
    case .instant(let find):
      body.work = .instant { [self] values in
        let instant = try await find(values)
        return ask(.instant) ? instant + 86_400 : instant
      }
    case .none, .code, .effect, .signal: break
    }
    return body
  }

  private func watched(_ spreading: Body.Spreading) -> Body.Spreading {
    guard let until = spreading.until else { return spreading }
    return Body.Spreading(
      split: spreading.split, join: spreading.join,
      until: { [self] (values: [any Sendable]) async throws -> Bool in
        let isEnough = try await until(values)
        return ask(.element) ? !isEnough : isEnough
      }, collected: spreading.collected)
  }

  private func ask(_ kind: CrashQuestion.Kind) -> Bool {
    guard let consultation = Consultation.current else { return false }
    return ask(
      CrashQuestion(
        kind: kind, address: consultation.address.description, number: consultation.number))
  }
}
