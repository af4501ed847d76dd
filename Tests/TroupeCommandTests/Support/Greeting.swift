import Troupe

/// Greets a guest: an object as input, parameters of several types, an output with a text.
struct Greeting: Workflow {
  struct Guest: Codable, Sendable {
    var name: String
    var age: Int?
    var loud: Bool?
  }

  struct Letter: Codable, Sendable, CustomStringConvertible {
    var text: String
    var description: String { "Letter: \(text)" }
  }

  struct Parameters: Codable, Sendable {
    struct Limits: Codable, Sendable {
      var size = 3
      var unit: String?
    }
    enum Tone: String, Codable, CaseIterable, Sendable { case warm, cool }

    var greeting = "Dear"
    var tone = Tone.warm
    var limits = Limits()
    var loud = false
  }

  let input = Artifact<Guest>("guest")
  let output = Artifact<Letter>("letter")
  var parameters = Parameters()
  var summary: String { "Writes a letter to a guest." }

  var body: some Step {
    Stage("write", reads: input, writes: output) { guest in
      let age = guest.age.map { ", \($0)" } ?? ""
      return Letter(text: "\(parameters.greeting) \(guest.name)\(age) (\(parameters.tone))")
    }
  }
}

/// Gives its text back.
struct Echo: Workflow {
  let input = Artifact<String>("text")
  let output = Artifact<String>("echo")

  var body: some Step {
    Stage("echo", reads: input, writes: output) { $0 }
  }
}

/// Needs no input, and fails at its second step.
struct Doomed: Workflow {
  struct Settings: Codable, Sendable { var depth: Int? }
  struct Broken: Error, CustomStringConvertible { let description: String }

  let input = Artifact<Settings>("settings")
  let output = Artifact<[Int]>("numbers")
  let first = Artifact<Int>("first")
  var summary: String { "Fails, \u{1B}[31malways" }

  var body: some Step {
    Stage("begin", reads: input, writes: first) { $0.depth ?? 1 }
    Stage("break", reads: first, writes: output) { depth -> [Int] in
      if depth > 1 { return Array(1...depth) }
      throw Broken(description: "no \u{7}luck\nat all")
    }
    .retry(attempts: 2)
    Effect("after", reads: output) { _ in }
  }
}

/// Needs somebody who plays a role.
struct Manned: Workflow {
  let input = Artifact<String>("topic")
  let output = Artifact<String>("text")

  var body: some Step {
    Stage("draft", by: Role("writer"), reads: input, writes: output) { "Write about \($0)" }
  }
}

/// Reads what nothing writes.
struct Unsound: Workflow {
  let input = Artifact<String>("topic")
  let output = Artifact<String>("text")
  let missing = Artifact<String>("missing")

  var body: some Step {
    Stage("draft", reads: missing, writes: output) { $0 }
  }
}
