import Foundation
import Testing

/// The page "What survives what" names the tests that show what it says.
@Suite struct WhatSurvivesWhatPage {
  private static let package = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test func everyTestThatThePageNamesIsThere() throws {
    let page = try String(
      contentsOf: Self.package.appending(path: "Sources/Troupe/Troupe.docc/WhatSurvivesWhat.md"),
      encoding: .utf8)
    let names = page.matches(of: #/`([A-Z][A-Za-z]*(?:Tests|Laws))`/#).map { String($0.1) }
    #expect(names.count > 20)
    let files = FileManager.default.enumerator(
      at: Self.package.appending(path: "Tests"), includingPropertiesForKeys: nil)
    var there: Set<String> = []
    while let file = files?.nextObject() as? URL {
      there.insert(file.deletingPathExtension().lastPathComponent)
    }
    #expect(names.filter { !there.contains($0) } == [])
  }
}
