import Foundation
import TroupeRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Answers so many requests, one after the other, and keeps what it received.
final class WebServer: Sendable {
  struct Request: Sendable {
    var head = ""
    var body = ""
  }

  static let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
  static let hasCurl = path.split(separator: ":").contains {
    FileManager.default.isExecutableFile(atPath: "\($0)/curl")
  }

  let url: String
  private let requests = Lock([Request]())

  var received: [Request] { requests.withLock { $0 } }

  /// - Parameters:
  ///   - answers: What follows `HTTP/1.1` in each answer.
  ///   - look: Called when a request has been received and before it is answered.
  init(answering answers: [String], _ look: @escaping @Sendable () -> Void = {}) throws {
    let listener = socket(AF_INET, Self.stream, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 8) == 0
          && getsockname(listener, $0, &length) == 0
      }
    }
    guard isListening else { throw CocoaError(.fileReadUnknown) }
    url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
    try BlockingThread.start { [requests] in
      for answer in answers {
        let connection = accept(listener, nil, nil)
        let request = Self.read(connection)
        requests.withLock { $0.append(request) }
        look()
        let text = "HTTP/1.1 \(answer)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        _ = write(connection, text, text.utf8.count)
        close(connection)
      }
      close(listener)
    }
  }

  private static func read(_ connection: Int32) -> Request {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var request = Request()
    while true {
      if request.head.isEmpty, let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
        request.head = String(decoding: bytes[..<end.upperBound], as: UTF8.self)
        bytes.removeSubrange(..<end.upperBound)
        if request.head.contains("Expect: 100-continue") {
          let text = "HTTP/1.1 100 Continue\r\n\r\n"
          _ = write(connection, text, text.utf8.count)
        }
      }
      let length = request.head.split(separator: "\r\n").lazy
        .compactMap { $0.hasPrefix("Content-Length: ") ? Int($0.dropFirst(16)) : nil }.first
      if let length, bytes.count >= length { break }
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    request.body = String(decoding: bytes, as: UTF8.self)
    return request
  }

  #if canImport(Glibc)
    private static let stream = Int32(SOCK_STREAM.rawValue)
  #else
    private static let stream = SOCK_STREAM
  #endif
}
