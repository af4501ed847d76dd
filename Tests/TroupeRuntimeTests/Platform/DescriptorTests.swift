import Foundation
import Testing
import TroupeRuntime

@Suite struct DescriptorTests {
  @Test func aFileIsReadUpToTheLimitAndNotBeyond() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let bytes = [UInt8](repeating: 7, count: 100_000)
    #expect(FileManager.default.createFile(atPath: path, contents: Data(bytes)))
    #expect(try Descriptor.bytes(ofFile: path, limit: 100_000) == bytes)
    let error = #expect(throws: SystemError.self) {
      try Descriptor.bytes(ofFile: path, limit: 99_999)
    }
    #expect(error?.isTooLarge == true)
  }

  @Test func aFileWithoutAnEndIsGivenUp() {
    let error = #expect(throws: SystemError.self) {
      try Descriptor.bytes(ofFile: "/dev/zero", limit: 1_000_000)
    }
    #expect(error?.isTooLarge == true)
  }
}
