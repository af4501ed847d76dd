package import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Letter {
  /// The version of the letters that this library writes and reads.
  static let format = 1

  /// The letter as its file holds it.
  var bytes: [UInt8] {
    let members = members.merging(["format": .integer(Self.format)]) { first, _ in first }
    return Array((JSONValue.object(members).canonicalText + "\n").utf8)
  }

  /// What its file says, but for the version.
  package var members: [String: JSONValue] {
    var members: [String: JSONValue] = [
      "id": .string(id), "at": .string(InstantText.text(of: at)),
    ]
    if let from { members["from"] = .string(from) }
    switch content {
    case .signal(let name, let payload):
      members["type"] = "signal"
      members["signal"] = .string(name)
      members["payload"] = payload
    case .cancel(let why):
      members["type"] = "cancel"
      if let why { members["why"] = .string(why) }
    case .answer(let request, let answer, let member):
      members["type"] = "answer"
      members["request"] = .string(request)
      members["by"] = .string(member)
      members.merge(answer.members) { first, _ in first }
    case .redirect(let request, let target, let why):
      members["type"] = "redirect"
      members["request"] = .string(request)
      members["to"] = .string(target)
      members["why"] = .string(why)
    case .settle(let address, let settlement, let why):
      members["type"] = "settle"
      members["address"] = .string(address)
      members["found"] = .string(settlement.found.rawValue)
      if case .finished(let output?) = settlement { members["output"] = output }
      if let why { members["why"] = .string(why) }
    case .override(let address, let override, let why):
      members["type"] = "override"
      members["address"] = .string(address)
      members["decision"] = .string(override.word)
      if case .output(let output) = override { members["output"] = output }
      members["why"] = .string(why)
    }
    return members
  }

  /// Reads the file of a letter.
  ///
  /// - Parameter name: The file's name, which must be the letter's identity.
  /// - Throws: `Illegible`.
  init(_ bytes: [UInt8], name: String) throws(Illegible) {
    let json: JSONValue
    do {
      json = try JSONValue(parsing: bytes)
    } catch {
      throw Illegible("it is no JSON: \(error)")
    }
    guard case .object = json else { throw Illegible("it is no JSON object") }
    guard json["format"] == .integer(Self.format) else {
      throw Illegible("its format is not \(Self.format), which is all that this version reads")
    }
    let reader = RecordReader(json)
    guard reader.text("id") == name else { throw Illegible("its id is not the file's name") }
    guard Store.isUsable(name) else { throw Illegible("its id is no usable one") }
    guard let at = reader.date("at") else { throw Illegible("it does not say when it was written") }
    self.init(id: name, from: reader.text("from"), at: at, try Content(reader))
  }
}

extension Letter.Content {
  fileprivate init(_ reader: RecordReader) throws(Illegible) {
    switch reader.text("type") {
    case "signal":
      guard let name = reader.text("signal") else { throw Illegible("it names no signal") }
      self = .signal(name, payload: reader.json["payload"] ?? .object([:]))
    case "cancel": self = .cancel(why: reader.text("why"))
    case "settle":
      guard let address = reader.text("address") else { throw Illegible("it names no address") }
      self = .settle(at: address, try Settlement(reader), why: reader.text("why"))
    case "answer":
      guard let request = reader.text("request") else { throw Illegible("it names no request") }
      guard let member = reader.text("by") else { throw Illegible("it does not say who answers") }
      guard let answer = Inbox.Answer(reader) else {
        throw Illegible("this version does not know what it decides")
      }
      self = .answer(request, answer, as: member)
    case "redirect":
      guard let request = reader.text("request") else { throw Illegible("it names no request") }
      guard let target = reader.text("to") else { throw Illegible("it does not say to whom") }
      self = .redirect(request, to: target, why: reader.string("why"))
    case "override":
      guard let address = reader.text("address") else { throw Illegible("it names no address") }
      let override: Override
      switch (reader.text("decision"), reader.json["output"]) {
      case ("accept", nil): override = .accept
      case ("output", let output?): override = .output(output)
      default: throw Illegible("this version does not know what it decides")
      }
      self = .override(at: address, override, why: reader.string("why"))
    case let type?: throw Illegible("this version does not know letters of type '\(type)'")
    case nil: throw Illegible("it has no type")
    }
  }
}

extension Settlement {
  /// What is recorded of it.
  var found: Event.Examination {
    switch self {
    case .finished: .finished
    case .notDone: .notDone
    case .abort: .aborted
    }
  }

  fileprivate init(_ reader: RecordReader) throws(Illegible) {
    switch Event.Examination(rawValue: reader.string("found")) {
    case .finished: self = .finished(reader.json["output"])
    case .notDone: self = .notDone
    case .aborted: self = .abort
    case .unknown, .overridden, nil: throw Illegible("it does not say what was found out")
    }
  }
}

/// A file in a mailbox that cannot be read as a letter.
struct Illegible: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
