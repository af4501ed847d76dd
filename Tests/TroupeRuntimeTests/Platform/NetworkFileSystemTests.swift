import Testing

@testable import TroupeRuntime

@Suite struct NetworkFileSystemTests {
  private let table = """
    22 27 0:21 / /proc rw,relatime - proc proc rw
    27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
    40 27 0:52 / /home rw,relatime shared:7 master:2 - nfs4 server:/home rw,vers=4.2
    41 27 0:53 / /mnt/a\\040b rw - fuse.sshfs me@host:/ rw
    """

  @Test(arguments: [("254:0", "ext4"), ("0:52", "nfs4"), ("0:53", "fuse.sshfs"), ("0:21", "proc")])
  func theTypeIsFoundByTheDevice(_ device: String, _ type: String) {
    #expect(NetworkFileSystem.type(of: device, inMountTable: table) == type)
  }

  @Test func aDeviceThatIsNotMountedHasNoType() {
    #expect(NetworkFileSystem.type(of: "1:2", inMountTable: table) == nil)
    #expect(NetworkFileSystem.type(of: "1:2", inMountTable: "1 2 1:2\n\n - ") == nil)
  }

  @Test func theDevicesOfThisMachineAreNotOnAnother() async throws {
    #expect(try await PosixFiles().isNetwork("/dev/null") == false)
    await expectFailure(.missing) { _ = try await PosixFiles().isNetwork("/no/such/file") }
  }

  #if os(Linux)
    @Test func theDeviceOfAFileIsFoundInTheTable() throws {
      let bytes = try Descriptor.bytes(ofFile: "/proc/self/mountinfo", limit: 1 << 24)
      let mounts = String(decoding: bytes, as: UTF8.self)
      let device = try NetworkFileSystem.device(of: "/proc/self/mountinfo")
      #expect(NetworkFileSystem.type(of: device, inMountTable: mounts) == "proc")
    }
  #endif
}
