import Foundation
import Testing
import TroupePlan
import TroupeRuntime

@testable import TroupeCommand

/// Requests to people that are posted to a web address, with the `curl` of this machine.
@Suite(.timeLimit(.minutes(10)), .enabled(if: WebServer.hasCurl)) struct WebhookTests {
  private let errors = BufferSink()

  private func hook(_ url: String, option: String = "on-waiting") throws -> Hook {
    var arguments = Arguments()
    arguments.options = [option: [url]]
    let console = Console(
      arguments: [], environment: ["PATH": WebServer.path], output: BufferSink(), errors: errors)
    return try #require(try Hook(option, arguments, console, of: .inbox))
  }

  @Test(arguments: [("on-waiting", "waiting"), ("on-late", "late")])
  func aRequestIsPostedWithWhatHasBecomeOfIt(option: String, event: String) async throws {
    let server = try WebServer(answering: ["204 No Content"])
    let request: JSONValue = ["prompt": "say \"é\"\n", "name": .string(option)]
    try await hook("\(server.url)/a?b=[1]&c={2}", option: option).tell(request)
    #expect(errors.text.isEmpty)
    let posted = try #require(server.received.first)
    #expect(posted.head.hasPrefix("POST /a?b=[1]&c={2} HTTP/1.1\r\n"))
    #expect(posted.head.contains("\r\nContent-Type: application/json\r\n"))
    #expect(posted.head.contains("\r\nTroupe-Event: \(event)\r\n"))
    #expect(try JSONValue(parsing: posted.body) == request)
  }

  @Test func aLongRequestIsPostedWhole() async throws {
    let server = try WebServer(answering: ["200 OK"])
    let request: JSONValue = ["prompt": .string(String(repeating: "\"é\\", count: 100_000))]
    try await hook(server.url).tell(request)
    #expect(errors.text.isEmpty)
    #expect(try JSONValue(parsing: try #require(server.received.first).body) == request)
  }

  @Test func whatIsPostedIsInNoFileMeanwhile() async throws {
    let secret = "body \(UUID())"
    let found = Lock<[String]>([])
    let server = try WebServer(answering: ["200 OK"]) {
      let folder = FileManager.default.temporaryDirectory
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
        guard name.hasSuffix(".json"),
          let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
        else { continue }
        if text.contains(secret) { found.withLock { $0.append(name) } }
      }
    }
    try await hook(server.url).tell(["name": .string(secret)])
    #expect(errors.text.isEmpty)
    #expect(server.received.first?.body.contains(secret) == true)
    #expect(found.withLock { $0 } == [])
  }

  @Test(arguments: ["404 Not Found", "302 Found\r\nLocation: /elsewhere"])
  func whatIsNotReceivedIsSaidWithoutTheAddress(answer: String) async throws {
    let server = try WebServer(answering: [answer])
    try await hook("\(server.url)/secret").tell(["name": "a"])
    #expect(errors.text.hasPrefix("warning: '--on-waiting' failed: exit code "))
    #expect(!errors.text.contains("secret"))
    #expect(server.received.count == 1)
  }

  @Test func whatFailsForAMomentIsPostedOnceMore() async throws {
    let server = try WebServer(answering: ["503 Service Unavailable", "200 OK"])
    try await hook(server.url).tell(["name": "a"])
    #expect(errors.text.isEmpty)
    #expect(server.received.map(\.body) == ["{\"name\":\"a\"}\n", "{\"name\":\"a\"}\n"])
  }

  @Test func whatIsNoAddressOfTheWebIsACommandAndAnAddressStandsAlone() throws {
    #expect(try hook("httpie http://localhost").words == ["httpie", "http://localhost"])
    #expect(try hook("HTTPS://localhost").words == Webhook.words)
    let error = #expect(throws: UsageError.self) { try hook("http://localhost --insecure") }
    #expect(error?.message == "option '--on-waiting' takes one URL, and nothing beside it")
  }
}
