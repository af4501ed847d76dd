import Foundation
import Testing
import TroupeCommand
import TroupeRuntime

/// The built executable, as a process.
@Suite struct ExecutableTests {
  /// The folder of the test bundle, where the executables are built too.
  private static let folder: URL? = CommandLine.arguments.lazy.compactMap { argument in
    var url = URL(filePath: argument)
    while url.path != "/", !url.path.isEmpty {
      if url.pathExtension == "xctest" { return url.deletingLastPathComponent() }
      url = url.deletingLastPathComponent()
    }
    return nil
  }.first

  private func troupe(
    _ arguments: String..., input: String = "/dev/null", isRead: Bool = true
  ) throws -> (code: Int32, output: String, errors: String) {
    let folder = try #require(Self.folder)
    let process = Process()
    process.executableURL = folder.appending(path: "troupe")
    process.arguments = arguments
    let (output, errors) = (Pipe(), Pipe())
    if !isRead { try output.fileHandleForReading.close() }
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: input))
    try process.run()
    // Darwin has closed it already.
    try? output.fileHandleForWriting.close()
    let text = isRead ? try output.fileHandleForReading.readToEnd() ?? Data() : Data()
    let problems = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: text, as: UTF8.self),
      String(decoding: problems, as: UTF8.self)
    )
  }

  @Test func theTemplatesAreListed() throws {
    let result = try troupe("list")
    #expect(result.code == 0)
    #expect(result.output.hasPrefix("release-readiness  "))
    #expect(result.errors.isEmpty)
    #expect(try troupe("--version").output == "troupe \(TroupeVersion.current)\n")
  }

  @Test func theTemplatesHaveNoErrors() throws {
    let result = try troupe("check")
    #expect(result.code == 0, "\(result)")
  }

  @Test func wrongUsageEndsWithTwo() throws {
    let result = try troupe("run", "release-readyness")
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("did you mean 'release-readiness'?"))
  }

  @Test func standardInputThatHasNoEndIsRefused() throws {
    let result = try troupe("diff", "-", "/dev/null", input: "/dev/zero")
    #expect(result.code == 2)
    #expect(result.errors == "error: standard input: it holds more than 64 MB\n")
  }

  @Test func aThresholdWithoutSenseEndsWithTwoBeforeAnythingRuns() throws {
    let result = try troupe("run", "release-readiness", "--set", "minimumScore=101")
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("minimumScore: "))
    #expect(result.errors.contains("must be from 0 to 100"))
    #expect(!result.errors.contains("started"))
  }

  @Test func aFailedRunEndsWithOne() throws {
    let result = try troupe("run", "release-readiness", "--set", "path=/no/such/folder")
    #expect(result.code == 1)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("error: 'release-readiness/assessment/survey' failed: "))
  }

  @Test func aReaderThatHasGoneEndsItQuietly() throws {
    let result = try troupe("list", isRead: false)
    #expect(result.code == ExitCode.brokenPipe.rawValue)
    #expect(result.errors.isEmpty)
  }
}
