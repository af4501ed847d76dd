import TroupePlan
import TroupeRuntime

/// What an agent answered, without secrets.
struct RecordedAnswer: Hashable, Sendable {
  enum Content: Hashable, Sendable {
    case text(Lines)
    case json(JSONValue)
  }

  let content: Content
  let usage: Usage

  /// - Throws: `UnwritableAnswer` for a Swift value that cannot be written as JSON.
  init(_ delivery: Delivery, _ redactor: Redactor) throws {
    usage = delivery.usage
    switch delivery.content {
    case .text(let text): content = .text(Lines(redactor.text(text)))
    case .json(let json): content = .json(redactor.json(json))
    case .value(let value):
      let name = TypeName.of(type(of: value))
      guard let value = value as? any Encodable else {
        throw UnwritableAnswer(type: name, reason: "it is not Encodable")
      }
      do {
        content = .json(redactor.json(try JSONValue(encoding: value)))
      } catch {
        throw UnwritableAnswer(type: name, reason: "\(error)")
      }
    }
  }

  /// The answer as it is delivered again.
  var delivery: Delivery {
    switch content {
    case .text(let lines): .text(lines.text, usage: usage)
    case .json(let json): .json(json, usage: usage)
    }
  }
}

extension RecordedAnswer: Codable {
  private enum Key: String, CodingKey {
    case text, json, usage
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    // `null` is an answer too.
    if container.contains(.json) {
      content = .json(try container.decode(JSONValue.self, forKey: .json))
    } else {
      content = .text(try container.decode(Lines.self, forKey: .text))
    }
    usage = try container.decodeIfPresent(Usage.self, forKey: .usage) ?? Usage()
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch content {
    case .text(let lines): try container.encode(lines, forKey: .text)
    case .json(let json): try container.encode(json, forKey: .json)
    }
    if usage != Usage() { try container.encode(usage, forKey: .usage) }
  }
}

/// An agent delivered a value that no cassette can hold.
struct UnwritableAnswer: Error, CustomStringConvertible {
  let type: String
  let reason: String
  var description: String {
    "the delivered value of type '\(type)' cannot be recorded: \(reason); deliver text or JSON"
  }
}
