import Testing
import Troupe
import TroupeTesting

// The code of the page "Compensation", as it stands there: a test holds the two together.

struct Booking: Codable, Sendable, Hashable {
  var name: String
}

/// An agency that sells nothing twice, and has a full till.
private actor Agency {
  private(set) var notes: [String] = []
  private var isClosed = false

  func close() { isClosed = true }
  func fly(to city: String) throws -> Booking { Booking(name: "flight to \(city)") }
  func stay(in city: String) throws -> Booking { Booking(name: "hotel in \(city)") }
  func announce(_ city: String) throws {}
  func pay(_ flight: Booking, _ hotel: Booking) throws -> String { throw Refusal("no money") }
  func takeBack(_ city: String) throws { notes.append("not to \(city)") }
  func cancel(key: String) throws { notes.append("key") }
  func cancel(_ booking: Booking) throws {
    if isClosed { throw Refusal("closed") }
    notes.append("no \(booking.name)")
  }
}

@TaskLocal private var agency = Agency()

struct Journey: Workflow {
  let input = Artifact<String>("city")
  let output = Artifact<String>("ticket")
  let flight = Artifact<Booking>("flight")
  let hotel = Artifact<Booking>("hotel")

  var body: some Step {
    Stage("flight", reads: input, writes: flight) { city in try await agency.fly(to: city) }
      .compensate(retry: Retry(attempts: 5, backoff: .exponential(from: .seconds(1)))) { flight in
        try await agency.cancel(flight)
      }
    Stage("hotel", reads: input, writes: hotel) { city in try await agency.stay(in: city) }
      .compensate { hotel in try await agency.cancel(hotel) }
      .compensate(ifUnfinished: { key, hotel in try await agency.cancel(key: key) })
    Effect("announce", reads: input) { city in try await agency.announce(city) }
      .compensate(reads: input) { city in try await agency.takeBack(city) }
    Stage("pay", reads: flight, hotel, writes: output) { flight, hotel in
      try await agency.pay(flight, hotel)
    }
  }
}

struct Errand: Workflow {
  let input = Artifact<String>("city")
  let output = Artifact<Booking>("flight")
  var onFailure: FailureHandling { .stop }

  var body: some Step {
    Stage("flight", reads: input, writes: output) { city in try await agency.fly(to: city) }
      .compensate { flight in try await agency.cancel(flight) }
  }
}

@Suite struct CompensationPage {
  @Test func whatWasDoneLastIsUndoneFirst() async throws {
    let own = Agency()
    await $agency.withValue(own) {
      do {
        _ = try await Runtime().run(Journey(), input: "Rome")
      } catch let failure as RunFailure {
        for left in failure.uncompensated { print(left) }
      } catch {
        Issue.record(error)
      }
    }
    #expect(await own.notes == ["not to Rome", "no hotel in Rome", "no flight to Rome"])
  }

  @Test func whatCannotBeUndoneIsListed() async throws {
    let own = Agency()
    await own.close()
    try await $agency.withValue(own) {
      let simulation = Simulation(of: Journey(), team: Team {})
      let run = try await simulation.run("Rome")
      #expect(
        run.failure?.uncompensated.map(\.description) == [
          "'journey/flight' could not be undone: refused: closed",
          "'journey/hotel' could not be undone: refused: closed",
        ])
    }
  }

  @Test func thePageSaysWhatIsTestedHere() throws {
    try expectPage("Compensation", isHeldBy: #filePath, blocks: 3)
  }
}
