import TroupeRuntime

/// Text that goes to a descriptor of the process.
struct DescriptorSink: TextSink {
  let descriptor: Descriptor

  func write(_ text: String) throws {
    do {
      try descriptor.write(text.utf8)
    } catch {
      guard !error.isBrokenPipe else { throw BrokenPipe() }
      throw Refusal("error: what was to be printed could not be written: \(error)", code: .failed)
    }
  }
}
