import Troupe
import TroupeCommand
import TroupePlan
import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Tells a progress model what happens in a run, at times that the test chooses.
struct Story {
  /// A clock that stands until it is set.
  private final class SetClock: RunClock {
    private let time = Lock(Duration.zero)
    var now: Duration {
      get { time.withLock { $0 } }
      set { time.withLock { $0 = newValue } }
    }
    var date: Date { Date(timeIntervalSince1970: 0) }
    func sleep(until instant: Duration) async throws {}
  }

  let plan: Plan
  private let clock = SetClock()
  private let log: EventLog

  init(_ plan: Plan) {
    self.plan = plan
    log = EventLog(clock: clock)
  }

  var events: [Event] { log.events }

  /// Something happens at a node; `item` is the element of the outermost fan-out around it.
  func at(
    _ seconds: Double, _ path: String, item: (fanOut: String, index: Int)? = nil,
    _ kinds: Event.Kind...
  ) {
    clock.now = .seconds(seconds)
    let instance = item.flatMap { item in
      node(item.fanOut).map { Instance(in: nil, node: $0, .item(item.index)) }
    }
    guard let id = node(path) else { return }
    for kind in kinds { log.append(kind, at: Address(node: id, in: instance, plan: plan.nodes)) }
  }

  private func node(_ path: String) -> Int? {
    let whole = path.isEmpty ? plan.workflow : "\(plan.workflow)/\(path)"
    return plan.nodes.first { $0.path.description == whole }?.id
  }

  /// What a terminal shows at a time.
  func screen(
    _ columns: Int = 60, _ rows: Int = 24, after seconds: Double, isUnicode: Bool = true,
    stoppedBy signal: Console.Signal? = nil
  ) -> String {
    var model = ProgressModel(plan: plan)
    for event in events { model.apply(event) }
    if let signal { model.stop(after: signal) }
    let tree = ProgressTree(
      model: model, size: TerminalSize(columns: columns, rows: rows), now: .seconds(seconds),
      glyphs: Glyphs(isUnicode: isUnicode))
    return tree.lines.map(\.text).joined(separator: "\n")
  }
}

extension Event.Kind {
  static func start(
    _ member: String? = nil, take: Int = 1, attempt: Int = 1
  ) -> Event.Kind {
    .started(Event.Attempt(take: take, number: attempt, member: member))
  }

  static func finish(_ member: String? = nil, take: Int = 1, attempt: Int = 1) -> Event.Kind {
    .finished(Event.Attempt(take: take, number: attempt, member: member), usage: Usage())
  }

  static func fail(
    _ reason: String, attempt: Int = 1, pause: Duration? = nil
  ) -> Event.Kind {
    .failed(
      Event.Attempt(take: 1, number: attempt, member: nil), reason: reason, pause: pause,
      usage: Usage())
  }
}
