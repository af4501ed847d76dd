/// What the command line of the benchmark says.
struct BenchOptions {
  var json = false
  var quick = false
  var checks = false
  var isHelp = false
  var rounds = 5
  var only: Set<String> = []

  static let help = """
    usage: troupe-bench [--quick] [--only NAME]… [--rounds N] [--json] [--check]

    Measures the figures that Troupe holds, each as a ratio to a baseline measured in the same
    process: the median of several rounds in which baseline and measured take turns.

      --quick      small sizes and three rounds
      --only NAME  only this figure: memory, chain, fan-out, parallel, dataflow, compile, simulation,
                   type-check, durable, group, runs, resume, waiting, answered, dispatch, assign,
                   idle, urgent
      --rounds N   the rounds of each figure; 5 by default
      --json       print JSON instead of a table
      --check      exit with 1 if a figure is over what it is to hold
      --help       print this

    Build it with `swift build -c release`; figures of a debug build mean nothing.

    """

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    func value(of option: String) throws -> String {
      guard let value = rest.popFirst() else { throw Usage("\(option) needs a value") }
      return value
    }
    while let argument = rest.popFirst() {
      switch argument {
      case "--json": json = true
      case "--quick": (quick, rounds) = (true, 3)
      case "--check": checks = true
      case "--help", "-h": isHelp = true
      case "--only":
        let name = try value(of: argument)
        guard Figures.names.contains(name) else {
          throw Usage(
            "there is no figure '\(name)'; there are \(Figures.names.joined(separator: ", "))")
        }
        only.insert(name)
      case "--rounds":
        guard let number = Int(try value(of: argument)), number > 0 else {
          throw Usage("--rounds needs a number of at least 1")
        }
        rounds = number
      default: throw Usage("unknown option '\(argument)'; see troupe-bench --help")
      }
    }
  }

  struct Usage: Error, CustomStringConvertible {
    let description: String
    init(_ text: String) { description = "troupe-bench: \(text)" }
  }
}
