import Foundation
import Testing

/// Expects that all code of a page of the documentation stands in a test's file.
func expectPage(_ name: String, isHeldBy file: String, blocks count: Int) throws {
  let page = URL(fileURLWithPath: file).deletingLastPathComponent()
    .appending(path: "../../Sources/Troupe/Troupe.docc/\(name).md").standardized
  let blocks = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "```swift\n")
    .dropFirst().compactMap { $0.components(separatedBy: "```").first }
  let code = lines(try String(contentsOf: URL(fileURLWithPath: file), encoding: .utf8))
  #expect(blocks.count >= count)
  for block in blocks {
    #expect(code.contains(lines(block)), "not in this file:\n\(block)")
  }
}

/// The lines without their indentation.
private func lines(_ text: String) -> String {
  text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "\n")
}
