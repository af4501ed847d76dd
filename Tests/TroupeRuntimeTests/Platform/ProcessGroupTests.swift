import Testing

@testable import TroupeRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct ProcessGroupTests {
  @Test func aGroupRunsUntilItsLastProcessHasEnded() throws {
    let group = ProcessGroup(leader: try start("/bin/sleep", "1000"))
    #expect(group.isRunning)
    group.signal(SIGKILL)
    reap(group)
    #expect(!group.isRunning)
  }

  @Test func aProcessThatNobodyReapsDoesNotRun() throws {
    let group = ProcessGroup(leader: try start("/bin/sleep", "0"))
    var info = siginfo_t()
    while waitid(P_PID, id_t(group.leader), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR {}
    #expect(kill(group.leader, 0) == 0, "it is still there")
    #expect(!group.isRunning)
    reap(group)
  }

  private func start(_ executable: String, _ argument: String) throws -> pid_t {
    let command = Command(executable, arguments: [Array(argument.utf8)], environment: [:])
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { close(null) }
    return try Spawn(command: command, input: null, output: null, error: null).start()
  }

  private func reap(_ group: ProcessGroup) {
    var status: Int32 = 0
    while waitpid(group.leader, &status, 0) < 0 && errno == EINTR {}
  }
}
