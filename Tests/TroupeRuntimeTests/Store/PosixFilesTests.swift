import Foundation
import Testing
import TroupeRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What only the files of this machine have.
@Suite(.timeLimit(.minutes(10))) struct PosixFilesTests {
  private let files = PosixFiles()

  private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? Int)
  }

  @Test func nothingIsReadableForAnybodyButTheOwner() async throws {
    try await withTemporaryFolder { folder in
      try await files.makeFolder("\(folder)/inner")
      try await files.create("\(folder)/file")
      try await files.lock("\(folder)/lock", note: "").release()
      #expect(try mode("\(folder)/inner") == 0o700)
      #expect(try mode("\(folder)/file") == 0o600)
      #expect(try mode("\(folder)/lock") == 0o600)
    }
  }

  @Test func aLinkInThePlaceOfAFileIsRefused() async throws {
    try await withTemporaryFolder { folder in
      try await files.create("\(folder)/file", "secret")
      let link = "\(folder)/link"
      try FileManager.default.createSymbolicLink(
        atPath: link, withDestinationPath: "\(folder)/file")
      let attempts: [@Sendable () async throws -> Void] = [
        { _ = try await files.read(link, limit: 100) },
        { _ = try await files.openForAppending(link) },
        { _ = try await files.lock(link, note: "note") },
        { try await files.truncate(link, to: 0) },
      ]
      for attempt in attempts {
        let error = await #expect(throws: SystemError.self) { try await attempt() }
        #expect(error?.code == ELOOP)
      }
      await expectFailure(.exists) { try await files.create(link) }
      try await files.remove(link)
      #expect(try await files.text("\(folder)/file") == "secret")
    }
  }

  @Test func aPipeInThePlaceOfAFileKeepsNobodyWaiting() async throws {
    try await withTemporaryFolder { folder in
      #expect(mkfifo("\(folder)/pipe", 0o600) == 0)
      await expectFailure(.invalid) { _ = try await files.read("\(folder)/pipe", limit: 100) }
      await expectFailure(.invalid) { _ = try await files.lock("\(folder)/pipe", note: "") }
      await #expect(throws: SystemError.self) {
        try await files.openForAppending("\(folder)/pipe")
      }
    }
  }

  #if os(Linux)
    @Test func aNameThatIsNoTextIsLeftOut() async throws {
      try await withTemporaryFolder { folder in
        let path = Array(folder.utf8) + [0x2F, 0xFF, 0xFE, 0]
        let number = path.withUnsafeBytes {
          Glibc.open($0.assumingMemoryBound(to: CChar.self).baseAddress!, O_CREAT | O_WRONLY, 0o600)
        }
        #expect(number >= 0)
        close(number)
        try await files.create("\(folder)/text")
        #expect(try await files.names(in: folder) == ["text"])
      }
    }

    @Test func noChildInheritsAFile() async throws {
      try await withTemporaryFolder { folder in
        try await files.create("\(folder)/a")
        let file = try await files.openForAppending("\(folder)/a")
        let lock = try await files.lock("\(folder)/lock", note: "")
        defer {
          file.close()
          lock.release()
        }
        // Not by way of `Command`, which closes all itself.
        let process = Process()
        process.executableURL = URL(filePath: "/bin/ls")
        process.arguments = ["-l", "/proc/self/fd"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let listing = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(!String(decoding: listing, as: UTF8.self).contains(folder))
      }
    }

    @Test func aFileThatMayNotGrowIsAFailureAndNotTheEndOfTheProcess() async throws {
      // In a process of its own, because limits are a process's.
      let result = try await #require(
        processExitsWith: .success, observing: [\.standardErrorContent]
      ) {
        let pool = BlockingPool(limit: 1, patience: .seconds(60))
        // Where tasks run signals may be blocked, and threads inherit that; not all do run there.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGXFSZ)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        pool.submit {}
        let files = PosixFiles(pool: pool)
        try await withTemporaryFolder { folder in
          try await files.create("\(folder)/a", "begin")
          let file = try await files.openForAppending("\(folder)/a")
          var limit = rlimit(rlim_cur: 1_000, rlim_max: 1_000)
          guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(1) }
          do {
            try await file.commit(String(repeating: "x", count: 2_000))
            exit(2)
          } catch let error as SystemError {
            guard error.cause == .tooLarge else { exit(3) }
          }
          guard try await files.read("\(folder)/a", limit: 2_000).count == 1_000 else { exit(4) }
        }
      }
      #expect(result.standardErrorContent.isEmpty)
    }
  #endif
}
