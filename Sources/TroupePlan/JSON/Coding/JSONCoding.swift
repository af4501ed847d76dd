#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// How Troupe writes and reads Swift values as JSON, everywhere.
///
/// Dates are instants of RFC 3339 in UTC, to the microsecond, the fraction left out where it is
/// zero; data is base64; numbers that are not finite are errors.
package enum JSONCoding {
  /// A new encoder; its keys are sorted.
  package static func makeEncoder() -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dataEncodingStrategy = .base64
    encoder.dateEncodingStrategy = .custom { date, encoder in
      var container = encoder.singleValueContainer()
      try container.encode(InstantText.text(of: date))
    }
    return encoder
  }

  /// A new decoder; it reads dates with and without a fraction and with any offset.
  package static func makeDecoder() -> JSONDecoder {
    let decoder = JSONDecoder()
    decoder.dataDecodingStrategy = .base64
    decoder.dateDecodingStrategy = .custom { decoder in
      let container = try decoder.singleValueContainer()
      let text = try container.decode(String.self)
      guard let date = InstantText.date(from: text) else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "'\(text)' is not an instant of RFC 3339")
      }
      return date
    }
    return decoder
  }
}
