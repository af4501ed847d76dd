import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// A tour whose bookings are undone when it comes to nothing, with notes of what was done.
struct Tour: Workflow {
  /// What becomes of it after its bookings.
  enum Course: Sendable {
    case fails, waits, loops, hangs(isHeeding: Bool)
  }

  let log: TourLog
  var course = Course.fails
  var onFailure = FailureHandling.compensate
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  let flight = Artifact<Int>("flight")
  let hotel = Artifact<Int>("hotel")

  var body: some Step {
    Stage("flight", reads: input, writes: flight) { [log] input in
      await log.add("flight")
      return input + 1
    }
    .compensate(reads: input, retry: Retry(attempts: 2, backoff: .constant(.seconds(1)))) {
      [log] flight, input in
      try await log.undo("flight \(flight) of \(input)")
    }
    Stage("hotel", reads: flight, writes: hotel) { [log] in
      await log.add("hotel")
      return $0 + 1
    }
    .compensate(timeout: .minutes(1)) { [log] hotel in try await log.undo("hotel \(hotel)") }
    switch course {
    case .fails:
      Stage("pay", reads: hotel, writes: output) { _ in throw NoMoney() }
    case .waits:
      Wait("go", for: Signal<Int>("go"), writes: output)
    case .loops:
      Repeat("ask", hotel, upTo: 1, until: { _ in false }) {
        Stage("again", reads: hotel, writes: hotel) { $0 }
      }
      Stage("end", reads: hotel, writes: output) { $0 }
    case .hangs(let isHeeding):
      Stage("rent", reads: hotel, writes: output) { [log] hotel in
        await log.rent(StageContext.current?.idempotencyKey, isHeeding: isHeeding)
        if isHeeding { try Task.checkCancellation() }
        return hotel
      }
      .timeout(.hours(1))
      .compensate { [log] car in try await log.undo("rent \(car)") }
    }
  }
}

struct NoMoney: Error {}

/// What was done and undone, in order.
actor TourLog {
  private(set) var lines: [String] = []
  private(set) var key: String?
  /// How often what is undone fails first, by its first word.
  private var failing: [String: Int] = [:]
  private var clock: VirtualClock?
  private var onUndo: (@Sendable (String) async throws -> Void)?

  /// Whether something is about to be undone that is not to be yet.
  private(set) var isHeld = false
  func hold() { isHeld = true }

  func add(_ line: String) { lines.append(line) }

  func fail(_ name: String, times: Int) { failing[name] = times }

  func use(_ clock: VirtualClock) { self.clock = clock }

  /// Does something whenever something is about to be undone.
  func whenUndoing(_ work: @escaping @Sendable (String) async throws -> Void) { onUndo = work }

  func undo(_ line: String) async throws {
    try await onUndo?(line)
    let name = line.split(separator: " ")[0]
    if let left = failing[String(name)], left > 0 {
      failing[String(name)] = left - 1
      throw NoMoney()
    }
    lines.append("undo \(line)")
  }

  func rent(_ key: String?, isHeeding: Bool) async {
    self.key = key
    lines.append("rent")
    guard let clock else { return }
    if isHeeding {
      try? await clock.sleep(until: clock.now + .hours(10))
    } else {
      await clock.rest(for: .seconds(3))
    }
  }
}

/// Does some work in a process on a simulated machine.
@discardableResult
func withOffice(
  on disk: SimulatedDisk = SimulatedDisk(), seed: UInt64 = 1,
  _ work: @escaping @Sendable (SimulatedOffice) async throws -> Void
) async throws -> SimulatedDisk {
  let (disk, _, failure) = await SimulatedOffice.work(on: disk, seed: seed, work)
  if let failure { throw failure }
  return disk
}
