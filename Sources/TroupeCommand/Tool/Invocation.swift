/// One call of a command: the executable, the parsed arguments, and the world around it.
struct Invocation {
  let tool: Tool
  let arguments: Arguments
  let console: Console
}
