import Troupe

extension EveryConstruct {
  /// What is reviewed by several, helped by a ladder, limited by budgets, and undone.
  @StepBuilder var answeredFor: some Step {
    Stage("headline", by: .writer, reads: draft, writes: headline) { "A headline for \($0.text)" }
      .estimate(cost: 1, tokens: 500)
      .budget(cost: 90, tokens: 50_000, time: .hours(90), attempts: 90)
      .priority(2)
      .gate("not blank", .notBlank)
      .gate(
        "catchy", reviewedBy: .editor, quorum: Quorum(2, of: 3), independent: true,
        within: .hours(8), otherwise: .rework(upTo: 1, then: .escalate)
      )
      .escalate {
        On(.gateRejected, .timeout) {
          Notify("the desk")
          Retry()
          Reassign(to: .expert)
          Ask(.boss, within: .hours(4))
          Ask(.boss, within: .hours(5)) { trouble in "What is to be done about: \(trouble.trigger)?"
          }
          Fallback(within: .hours(1)) {
            Stage("plain headline", reads: draft, writes: headline) { _ in "plain" }
          }
          Abort("nobody likes it")
        }
        On(.failure, .noMember, .budget, .inDoubt) { Abort("nobody writes it") }
      }
    Stage("clear", reads: headline, writes: permission) { headline in
      throw Concern(.security, "'\(headline)' names a customer")
    }
    .escalate { On(.concern(.security), .concern("taste")) { Ask(.boss, within: .hours(4)) } }
    Effect("file", reads: permission) { _ in }
    Phase("set") {
      Stage("reserve a page", reads: headline, writes: page) { $0.count }
        .compensate(reads: headline, retry: Retry(attempts: 2), timeout: .minutes(1)) { _, _ in }
        .compensate(ifUnfinished: { _, _ in })
      Effect("order paper", reads: page) { _ in }
        .compensate(reads: page) { _ in }
        .compensate(retry: Retry(attempts: 2), ifUnfinished: { _ in })
      Race("print") {
        Stage("press", reads: page, writes: proof) { $0 }
          .compensate { _ in }
        Phase("other press") {
          Stage("warm up", reads: page, writes: proof) { $0 }
            .compensate { _ in }
            .compensate(ifUnfinished: { _, _ in })
          Stage("other proof", reads: proof, writes: proof) { $0 }
        }
      }
    }
    .gate("agrees", on: page, .agrees(with: proof), otherwise: .escalate)
    .gate("fits", on: page, proof, otherwise: .rework(upTo: 1)) { page, _ in page < 50 }
    .gate("looks well", on: page, reviewedBy: .boss, passing: 0.5, within: .hours(3))
    .budget(attempts: 90)
    .escalate { On(.gateRejected) { Retry() } }
  }
}
