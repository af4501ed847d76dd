import Foundation
import Testing
import TroupeCommand

/// Real limits of real disks: runs stop at them with a clear error, and go on afterwards.
@Suite(.timeLimit(.minutes(10))) struct FullDiskTests {
  private static let newsroom = Executable(name: "TroupeNewsroom")

  /// What a script wrote, and how the executable ended in it, each time.
  private func run(
    _ script: String, _ arguments: String..., in folder: StoreFolder
  ) throws -> (codes: [Int32], text: String) {
    let newsroom = try Self.newsroom.path
    let shell = Executable(path: "/bin/sh")
    let result = try shell.start(
      ["-c", script, newsroom, folder.path] + arguments, in: folder.path
    )
    .end()
    let codes = result.output.split(separator: "\n").compactMap { line in
      line.hasPrefix("code ") ? Int32(line.dropFirst(5)) : nil
    }
    return (codes, result.output + result.errors)
  }

  /// What has an effect has its record, and what has its record is not done again.
  private func expectSound(_ folder: StoreFolder, before: [String]) {
    let steps = ["pack", "buy", "deliver"]
    #expect(Array(steps.prefix(before.count)) == before)
    #expect(folder.lines.starts(with: before))
    var distinct: [String] = []
    for line in folder.lines where distinct.last != line { distinct.append(line) }
    #expect(distinct == steps)
    #expect(folder.lines.count <= steps.count + 1, "at most what was at work is done again")
  }

  private let errand = """
    folder=$1
    errand() { "$0" run errand --quiet --set folder="$folder" --store "$store" --id a; echo code $?; }
    """

  @Test func aFileThatMayNotGrowStopsTheRunAtEveryRecord() async throws {
    var failures: Set<String> = []
    for blocks in 2...14 {
      try await StoreFolder.with { folder in
        try folder.open()
        let (codes, text) = try run(
          """
          \(errand)
          store=kept
          (ulimit -f $2; errand); cp ledger before 2>/dev/null; errand
          """, "\(blocks)", in: folder)
        try #require(codes.count == 2, "\(text)")
        #expect(codes[1] == 0, "\(text)")
        if codes[0] != 0 {
          failures.insert(codes[0] == 2 ? "before" : "midway")
          #expect(text.contains("File too large; raise the limit"), "\(text)")
          if codes[0] == 1 { #expect(text.contains("resume with: ")) }
        }
        expectSound(folder, before: try before(in: folder))
      }
    }
    #expect(failures.contains("midway"), "no limit was met in the middle of a run: \(failures)")
  }

  @Test(.enabled(if: Self.canMount))
  func aFullDiskStopsTheRunAtEveryRecord() async throws {
    var failures: Set<String> = []
    for size in stride(from: 4, through: 40, by: 4) {
      try await StoreFolder.with { folder in
        try folder.open()
        let (codes, text) = try run(
          """
          unshare -Urm sh -c '
          \(errand)
          mkdir small; store=small/kept
          mount -t tmpfs -o size=$2k tmpfs small
          errand; cp ledger before 2>/dev/null
          mount -o remount,size=1m small; errand' "$0" "$1" "$2"
          """, "\(size)", in: folder)
        try #require(codes.count == 2, "\(text)")
        #expect(codes[1] == 0, "\(text)")
        if codes[0] != 0 {
          failures.insert(codes[0] == 2 ? "before" : "midway")
          #expect(text.contains("No space left on device; free space"), "\(text)")
        }
        expectSound(folder, before: try before(in: folder))
      }
    }
    #expect(failures.contains("before"))
  }

  @Test(.enabled(if: Self.canMount))
  func aDiskThatCanOnlyBeReadIsNamedAndNothingIsDone() async throws {
    try await StoreFolder.with { folder in
      let (codes, text) = try run(
        """
        unshare -Urm sh -c '
        \(errand)
        mkdir small; store=small/kept
        mount -t tmpfs -o size=1m tmpfs small
        mount -o remount,ro small; errand; mount -o remount,rw small
        "$0" run errand --quiet --set folder="$folder" --store "$store" --id a &
        until grep -q buy ledger 2>/dev/null; do sleep 0.02; done; kill -KILL $!; wait
        mount -o remount,ro small; errand; "$0" runs --store "$store"; cp ledger before
        touch open; mount -o remount,rw small; errand' "$0" "$1"
        """, in: folder)
      #expect(codes == [2, 2, 0], "\(text)")
      #expect(
        text.contains(
          "cannot start a run in 'small/kept/runs/a': Read-only file system; make it writable"),
        "\(text)")
      #expect(
        text.contains(
          "cannot open a run in 'small/kept/runs/a': Read-only file system; make it writable"),
        "\(text)")
      #expect(text.contains("a    errand    interrupted"), "\(text)")
      #expect(try before(in: folder) == ["pack", "buy"])
      expectSound(folder, before: ["pack", "buy"])
    }
  }

  /// What had been done when the limit was met.
  private func before(in folder: StoreFolder) throws -> [String] {
    let text = (try? String(contentsOfFile: "\(folder.path)/before", encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init)
  }

  /// Whether a process may mount a disk of its own here.
  private static let canMount: Bool = {
    let script = "unshare -Urm sh -c 'mount -t tmpfs tmpfs /tmp && mount -o remount,ro /tmp'"
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script]
    (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()
}
