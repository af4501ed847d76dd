import Foundation
import Troupe
import TroupeRuntime

/// Measures what the design promises, each figure as a ratio to a baseline of the same process.
@main
struct TroupeBench {
  static func main() async throws {
    let options: BenchOptions
    do {
      options = try BenchOptions(Array(CommandLine.arguments.dropFirst()))
    } catch {
      try Descriptor.standardError.write(Array(("\(error)\n").utf8))
      exit(2)
    }
    guard !options.isHelp else {
      try Descriptor.standardOutput.write(Array((BenchOptions.help).utf8))
      return
    }
    DescriptorLimit.raise()
    var results: [Result] = []
    if !options.json { try Descriptor.standardOutput.write(Array(Result.heading.utf8)) }
    for figure in Figures.all(options)
    where options.only.isEmpty || options.only.contains(figure.name) {
      for size in figure.sizes {
        guard let result = try await figure.measure(size) else { continue }
        results.append(result)
        if !options.json { try Descriptor.standardOutput.write(Array(result.row.utf8)) }
      }
    }
    if options.json {
      let rows = JSONValue.array(results.map(\.json))
      try Descriptor.standardOutput.write(Array((rows.prettyText + "\n").utf8))
    }
    if options.checks, results.contains(where: \.isOver) { exit(1) }
  }
}
