import TroupePlan

/// What a journal's records amount to up to one of them: those that are kept, and what the rounds
/// and elements have come to whose records are not.
///
/// A journal that begins with it has the same fold as one that has all the records.
struct Snapshot: Sendable {
  /// What one value is that was kept, and the record by which it came to be.
  struct Binding: Sendable {
    let record: Int
    let value: Payload
  }

  /// The rounds of a loop of which nothing else is known any more.
  struct Rounds: Sendable {
    /// The number of the last of them.
    let count: Int
    /// Whether the loop was done with that.
    let isDone: Bool
    /// What was published in the loop after it, by the artifacts' names.
    let bindings: [String: Binding]
  }

  /// The records that are kept, in order, each with its number and time.
  var records: [JournalRecord] = []
  /// By the address of the loop.
  var loops: [String: Rounds] = [:]
  /// The results of elements, by the address of the fan-out and their number, counted from 1.
  var fanOuts: [String: [Int: Binding]] = [:]
  /// The senders' identities of signals whose records are not kept and that may come again.
  var identities: [String] = []
  /// The steps with records that are not kept, by their paths: the branches that they took, if they
  /// are choices.
  var begun: [String: Set<String?>] = [:]
  /// What agents used up by records that are not kept.
  var usage = Usage()
  /// What attempts are charged whose records are not kept, by the addresses of the loops and
  /// fan-outs in which they were.
  var charges: [String: Charge] = [:]
  /// Who has made what steps wrote whose records are not kept, by the addresses of the loops and
  /// fan-outs in which they were; of steps around which somebody else reviews.
  var authors: [String: Set<String>] = [:]
  /// What was waived for versions to which loops and fan-outs have come, by their records.
  var waivers: [Int: [Waiver]] = [:]
  /// How long processes have worked on the run.
  var ran = Duration.zero
  /// How many bytes of `audit.jsonl` belong to it.
  var audit = 0

  /// The name of the member of a snapshot's record, and of its payload.
  static let member: StaticString = "state"
}

extension Snapshot {
  private var bindings: [Binding] {
    loops.values.flatMap(\.bindings.values) + fanOuts.values.flatMap(\.values)
  }

  /// The records of the versions to which loops and fan-outs have come.
  var versions: Set<Int> { Set(bindings.map(\.record)) }

  /// The names of the files with large values to which it refers.
  var files: Set<String> {
    var names = RunFolder.payloads(in: records)
    for binding in bindings {
      if case .file(let name) = binding.value { names.insert(name) }
    }
    return names
  }

  /// The snapshot as the member of its record.
  var json: JSONValue {
    var members: [String: JSONValue] = [
      "records": .array(records.map(\.kept)),
      "loops": .object(
        loops.mapValues { rounds in
          [
            "rounds": .integer(rounds.count), "done": .bool(rounds.isDone),
            "bindings": .object(rounds.bindings.mapValues(\.json)),
          ]
        }),
      "fanOuts": .object(
        fanOuts.mapValues { elements in
          .object(
            Dictionary(uniqueKeysWithValues: elements.map { (String($0.key), $0.value.json) }))
        }),
      "identities": .array(identities.map { .string($0) }),
      "begun": .object(
        begun.mapValues { branches in
          .array(branches.map { $0.map { .string($0) } ?? .null }.sorted { "\($0)" < "\($1)" })
        }),
      "usage": usage.json, "audit": .integer(audit),
    ]
    if !charges.isEmpty { members["charges"] = .object(charges.mapValues(\.json)) }
    if !authors.isEmpty {
      members["authors"] = .object(
        authors.mapValues { .array($0.sorted().map { .string($0) }) })
    }
    if !waivers.isEmpty {
      members["waivers"] = .object(
        Dictionary(
          uniqueKeysWithValues: waivers.map { (String($0.key), .array($0.value.map(\.json))) }))
    }
    if ran > .zero { members["ran"] = .integer(ran.microseconds) }
    return .object(members)
  }

  /// Reads a snapshot.
  init(json: JSONValue) {
    if case .array(let list)? = json["records"] { records = list.compactMap(JournalRecord.init) }
    if case .object(let members)? = json["loops"] {
      loops = members.mapValues { rounds in
        let reader = RecordReader(rounds)
        var bindings: [String: Binding] = [:]
        if case .object(let members)? = rounds["bindings"] {
          bindings = members.compactMapValues(Binding.init)
        }
        return Rounds(
          count: reader.integer("rounds"), isDone: reader.bool("done"), bindings: bindings)
      }
    }
    if case .object(let members)? = json["fanOuts"] {
      fanOuts = members.mapValues { elements in
        guard case .object(let members) = elements else { return [:] }
        let pairs = members.compactMap { key, value -> (Int, Binding)? in
          guard let index = Int(key), RecordNumbers.range.contains(index),
            let binding = Binding(value)
          else { return nil }
          return (index, binding)
        }
        // One number may be written in several ways.
        return Dictionary(pairs) { first, _ in first }
      }
    }
    if case .array(let list)? = json["identities"] {
      identities = list.compactMap { if case .string(let id) = $0 { id } else { nil } }
    }
    if case .object(let members)? = json["begun"] {
      begun = members.mapValues { branches in
        guard case .array(let list) = branches else { return [] }
        return Set(list.map { if case .string(let name) = $0 { name } else { nil } })
      }
    }
    usage = Usage(RecordReader(json))
    if case .object(let members)? = json["charges"] { charges = members.mapValues { Charge($0) } }
    if case .object(let members)? = json["authors"] {
      authors = members.mapValues { names in
        guard case .array(let list) = names else { return [] }
        return Set(list.compactMap { if case .string(let name) = $0 { name } else { nil } })
      }
    }
    if case .object(let members)? = json["waivers"] {
      for (record, list) in members {
        guard let record = Int(record), RecordNumbers.range.contains(record),
          case .array(let list) = list
        else { continue }
        waivers[record] = list.map { Waiver(RecordReader($0)) }
      }
    }
    ran = RecordReader(json).ran ?? .zero
    audit = RecordReader(json).integer("audit")
  }
}

extension Snapshot.Binding {
  fileprivate var json: JSONValue {
    switch value {
    case .inline(let value): ["record": .integer(record), "value": value]
    case .file(let name): ["record": .integer(record), "valueFile": .string(name)]
    }
  }

  fileprivate init?(_ json: JSONValue) {
    guard let value = Payload("value", of: json) else { return nil }
    self.init(record: RecordReader(json).integer("record"), value: value)
  }
}

extension Waiver {
  fileprivate var json: JSONValue {
    [
      "gate": .string(gate), "objection": .string(objection), "member": .string(member),
      "reason": .string(reason),
    ]
  }

  fileprivate init(_ reader: RecordReader) {
    self.init(
      gate: reader.string("gate"), objection: reader.string("objection"),
      member: reader.string("member"), reason: reader.string("reason"))
  }
}
