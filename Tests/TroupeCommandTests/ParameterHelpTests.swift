import Testing
import Troupe
import TroupeCommand

/// What the command line says of the parameters of a workflow.
@Suite struct ParameterHelpTests {
  /// Says itself what its parameters must be and mean.
  private struct Printing: Workflow {
    struct Parameters: Codable, Sendable, SchemaProviding {
      var copies = 2
      var title: String?

      static var jsonSchema: JSONSchema {
        JSONSchema([
          "type": "object", "additionalProperties": false, "required": ["copies"],
          "properties": [
            "copies": [
              "type": "integer", "minimum": 1, "maximum": 9, "default": 1,
              "description": "How often it is \u{1B}printed.",
            ],
            "title": ["type": "string", "maxLength": 40, "description": "What stands above."],
          ],
        ])
      }
    }

    let input = Artifact<String>("text")
    let output = Artifact<String>("print")
    var parameters = Parameters()
    var body: some Step { Stage("print", reads: input, writes: output) { $0 } }
  }

  private func parameters(_ shell: Shell, of name: String, in command: String) async throws
    -> String
  {
    let help = await shell.call(command, name, "--help")
    #expect(help.code == .done)
    for line in help.output.split(separator: "\n") where !line.hasPrefix("usage:") {
      #expect(line.count <= 80, "\(line)")
    }
    let rest = try #require(help.output.split(separator: "\nParameters of ").dropFirst().first)
    return rest.split(separator: "\n\n").first.map(String.init) ?? ""
  }

  @Test(arguments: ["run", "simulate"])
  func typesAndDefaultsComeFromTheDeclaration(_ command: String) async throws {
    #expect(
      try await parameters(Shell(), of: "greeting", in: command) == """
        'greeting', for '--set':
          greeting     a string; "Dear" if left out
          tone         one of "warm", "cool"; "warm" if left out
          limits.size  an integer; 3 if left out
          limits.unit  a string; may be left out
          loud         true or false; false if left out
        """)
  }

  @Test func boundsAndMeaningComeFromTheSchemaAndTheDefaultFromTheWorkflow() async throws {
    #expect(
      try await parameters(Shell(workflows: [Printing()]), of: "printing", in: "run") == """
        'printing', for '--set':
          copies  an integer, from 1 to 9; 2 if left out
                  How often it is \\u{1B}printed.
          title   a string, at most 40 characters; may be left out
                  What stands above.
        """)
  }

  @Test func whatHasNoParametersSaysSo() async {
    let help = await Shell().call("run", "echo", "--help").output
    #expect(help.contains("\nParameters of 'echo': none\n"))
    #expect(help.contains("newsroom run echo --input 'some text'\n"))
    for words in [
      ["run", "--help"], ["run", "nothing", "--help"], ["plan", "greeting", "--help"],
    ] {
      #expect(await !Shell().call(words).output.contains("Parameters of"))
    }
  }

  @Test func theListGivesSchemasAndDefaultsAsJSON() async throws {
    let text = await Shell(workflows: [Printing(), Echo()]).call("list", "--json").output
    guard case .array(let workflows) = try JSONValue(parsing: text) else {
      Issue.record("\(text)")
      return
    }
    #expect(workflows.map { $0["name"] } == ["printing", "echo"])
    #expect(workflows[0]["parameters"] == Printing.Parameters.jsonSchema.json)
    #expect(workflows[0]["defaults"] == ["copies": 2])
    #expect(workflows[1]["defaults"] == [:])
    #expect(workflows[1]["input"] == ["type": "string"])
  }
}
