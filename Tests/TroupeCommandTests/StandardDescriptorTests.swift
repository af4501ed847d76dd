import Testing
import TroupeCommand

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct StandardDescriptorTests {
  /// Ends the process with what a command line first sees.
  private struct Newsroom: WorkflowCommand {
    static var workflows: [any Workflow] {
      // A file that got the number of standard output would be written into.
      exit(open("/dev/null", O_RDONLY) > 2 ? 0 : 1)
    }
  }

  @Test func whatIsOpenedNeverTakesTheNumberOfAStandardDescriptorThatIsClosed() async {
    await #expect(processExitsWith: .exitCode(0)) {
      for number: Int32 in 0...2 { close(number) }
      await Newsroom.main()
    }
  }
}
