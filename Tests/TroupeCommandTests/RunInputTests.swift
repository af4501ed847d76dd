import Foundation
import Testing
import Troupe
import TroupeCommand

@Suite struct RunInputTests {
  private let example =
    #"  for example: newsroom run greeting --input '{"age":0,"loud":false,"name":"…"}'"#

  private func errors(_ arguments: String...) async -> String {
    let errors = BufferSink()
    let tool = Tool(name: "newsroom", workflows: [Greeting(), Echo(), Doomed()])
    let code = await tool.run(
      Console(
        arguments: ["run"] + arguments, environment: [:], output: BufferSink(), errors: errors))
    #expect(code == .usage)
    return errors.text
  }

  private func letter(_ arguments: String..., input: String = "") async -> String {
    let output = BufferSink()
    let errors = BufferSink()
    let tool = Tool(name: "newsroom", workflows: [Greeting()])
    _ = await tool.run(
      Console(
        arguments: ["run", "greeting", "--quiet"] + arguments, environment: [:], output: output,
        errors: errors, readInput: { Array(input.utf8) }))
    return output.text + errors.text
  }

  @Test func anInputThatDoesNotFitIsExplainedWithAnExample() async throws {
    #expect(
      await errors("greeting") == """
        error: 'greeting' needs an input of type 'TroupeCommandTests.Greeting.Guest'
        \(example)

        """)
    #expect(
      await errors("greeting", "--input", #"{"name": 7}"#) == """
        error: the input does not fit its type 'TroupeCommandTests.Greeting.Guest'
          name: expected a string, found the number 7
        \(example)

        """)
    #expect(
      await errors("greeting", "--input", #"{"name": "Ada", "agee": 7}"#) == """
        error: the input's type 'TroupeCommandTests.Greeting.Guest' has no key 'agee'; \
        did you mean 'age'?
        \(example)

        """)
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try Data("{}".utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(
      await errors("greeting", "--input", path).contains(
        "\n  to read the file '\(path)', put an @ before it: --input '@\(path)'\n"))
    #expect(
      await errors("greeting", "--input", "{") == """
        error: '--input' is no JSON: line 1, column 2: expected a key in quotes, \
        found the end of the text
        \(example)

        """)
    #expect(
      await errors("greeting", "--input", "@/no/such.json")
        == "error: '/no/such.json': there is no such file\n")
    #expect(
      await errors("echo") == """
        error: 'echo' needs an input of type 'String'
          for example: newsroom run echo --input 'some text'

        """)
  }

  @Test func aKeyThatNobodyKnowsSuggestsTheNearest() async {
    #expect(
      await errors("greeting", "--set", "nam=Ada") == """
        error: 'nam' is neither a parameter of 'greeting' nor a key of its input; \
        did you mean 'name'?
          parameters: greeting, tone, limits, loud
          keys of the input: name, age, loud

        """)
    #expect(
      await errors("doomed", "--set", "x=1") == """
        error: 'x' is neither a parameter of 'doomed' nor a key of its input
          parameters: none
          keys of the input: depth

        """)
  }

  @Test func aKeyThatBothHaveIsAnErrorThatNamesTheWayOut() async {
    #expect(
      await errors("greeting", "--set", "loud=true") == """
        error: 'loud' is a parameter of 'greeting' and also a key of its input
          set parameters.loud or input.loud

        """)
    #expect(
      await letter("--set=name=Ada", "--set", "input.loud=true") == "Letter: Dear Ada (warm)\n")
    #expect(
      await letter("--set=name=Ada", "--set", "parameters.loud=true")
        == "Letter: Dear Ada (warm)\n")
    #expect(await errors("greeting", "--set=age=1", "--set=age=2") == "error: 'age' is set twice\n")
  }

  @Test func aKeyThatIsAPartOfAnotherIsNotLost() async {
    #expect(
      await errors("greeting", "--set", "limits.size=1", "--set", #"limits={"size":2}"#)
        == "error: 'limits.size' and 'limits' are both set, and one is a part of the other\n")
    #expect(
      await errors("greeting", "--set", #"limits={"size":2}"#, "--set", "parameters.limits.size=1")
        == "error: 'limits' and 'limits.size' are both set, and one is a part of the other\n")
    #expect(
      await letter("--set=name=A", "--set=limits.size=4", "--set=limits.unit=5")
        == "Letter: Dear A (warm)\n")
  }

  @Test func anInputWithoutKeysIsToBeGivenWhole() async {
    #expect(
      await errors("echo", "--set", "text=x") == """
        error: 'text' is neither a parameter of 'echo' nor a key of its input
          parameters: none
          its input is a string, and has no keys to set: give all of it with '--input'
          for example: newsroom run echo --input 'some text'

        """)
    let simulated = await Shell().call("simulate", "echo", "--set", "text=x").errors
    #expect(simulated.hasSuffix("\n  for example: newsroom simulate echo --input 'some text'\n"))
    let list = await Shell(workflows: [Sum()]).call("run", "sum", "--set", "numbers=1")
    #expect(
      list.errors == """
        error: 'numbers' is neither a parameter of 'sum' nor a key of its input
          parameters: none
          its input is an array, and has no keys to set: give all of it with '--input'
          for example: newsroom run sum --input '[0]'

        """)
  }

  /// Takes a list.
  private struct Sum: Workflow {
    let input = Artifact<[Int]>("numbers")
    let output = Artifact<Int>("sum")
    var body: some Step { Stage("add", reads: input, writes: output) { $0.reduce(0, +) } }
  }

  @Test func aValueThatIsNearlyJSONIsRefusedWithItsPlace() async {
    #expect(
      await errors("greeting", "--set", "limits.size=1e400")
        == "error: the value of 'limits.size' is no JSON: line 1, column 1: "
        + "expected a number within the range of Double, found 1e400\n")
    #expect(
      await errors("greeting", "--set", #"limits={"size":4"#)
        == "error: the value of 'limits' is no JSON: line 1, column 10: "
        + "expected ',' or '}', found the end of the text\n")
    #expect(
      await errors("greeting", "--input", "nobody").hasPrefix(
        "error: '--input' is no JSON: line 1, column 1: expected a value, found 'n'\n"))
  }

  @Test func parametersThatDoNotFitAreExplained() async {
    let defaults =
      #"  by default they are: {"greeting":"Dear","limits":{"size":3},"loud":false,"tone":"warm"}"#
    #expect(
      await errors("greeting", "--set", "tone=hot") == """
        error: a parameter of 'greeting' does not fit its type
          tone: expected one of "warm", "cool", found the string "hot"
        \(defaults)

        """)
    #expect(
      await errors("greeting", "--set", "limits.sise=4") == """
        error: 'limits.sise' is no parameter of 'greeting'; did you mean 'limits.size'?
        \(defaults)

        """)
    #expect(
      await errors("greeting", "--set", "limits.size=big").contains(
        #"limits.size: expected an integer, found the string "big""#))
  }

  @Test func settingsAreReadAsTheirTypesWant() async {
    #expect(await letter("--set", "name=42") == "Letter: Dear 42 (warm)\n")
    #expect(await letter("--set", "name=true", "--set", "age=9") == "Letter: Dear true, 9 (warm)\n")
    #expect(await letter("--set", "name=a=b") == "Letter: Dear a=b (warm)\n")
    #expect(
      await letter("--set", "name=Ada", "--set", "tone=cool", "--set", "greeting=7")
        == "Letter: 7 Ada (cool)\n")
    #expect(
      await letter("--set=name=A", "--set=limits.size=4", "--set=limits.unit=5")
        == "Letter: Dear A (warm)\n")
  }

  @Test func settingsLieOverTheInputWhereverItComesFrom() async throws {
    let json = #"{"name": "Ada", "age": 36}"#
    #expect(await letter("--input", json, "--set", "age=37") == "Letter: Dear Ada, 37 (warm)\n")
    #expect(await letter("--input", "-", input: json) == "Letter: Dear Ada, 36 (warm)\n")
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try Data(json.utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(await letter("--input", "@\(path)", "--set=name=Bo") == "Letter: Dear Bo, 36 (warm)\n")
    #expect(
      await letter("--input", "[1]", "--set", "age=37")
        == "error: '--set' sets a key of the input, but the input is an array of 1 element\n"
        + example + "\n")
  }

  @Test func textNeedsNoQuotes() async {
    let shell = Shell(input: "from\nhere\n")
    #expect(await shell.call("run", "echo", "--quiet", "--input", "it's 7").output == "it's 7\n")
    #expect(await shell.call("run", "echo", "--quiet", "--input", "7").output == "7\n")
    #expect(await shell.call("run", "echo", "--quiet", "--input", #""a\tb""#).output == "a\tb\n")
    #expect(await shell.call("run", "echo", "--quiet", "--input", "-").output == "from\nhere\n")
  }
}
