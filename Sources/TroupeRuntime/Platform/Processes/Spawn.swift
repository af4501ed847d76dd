#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Starts a child with `posix_spawn`: in a process group of its own, with default signals, with
/// exactly the environment given, and with no descriptors but its three, and what it reads aside.
struct Spawn {
  let command: Command
  let input: Int32
  let output: Int32
  let error: Int32
  var aside: Int32?

  /// Starts the child and gives its process identifier, which is also its group's unless it shares
  /// that of this process.
  func start(inGroupOfItsOwn isAlone: Bool = true) throws(CommandError) -> pid_t {
    let path = try executablePath()
    if let directory = command.directory, PathKind.at(directory) != .folder {
      throw CommandError(command.executable, .noDirectory(directory))
    }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, error, 2)
    if let aside { posix_spawn_file_actions_adddup2(&actions, aside, 3) }
    if let directory = command.directory {
      guard FileActions.changeDirectory(&actions, directory) == 0 else {
        throw CommandError(
          command.executable, .unusable("this system cannot start a child in another directory"))
      }
    }
    FileActions.close(from: aside == nil ? 3 : 4, &actions)

    var all = sigset_t()
    var none = sigset_t()
    sigfillset(&all)
    sigdelset(&all, SIGKILL)
    sigdelset(&all, SIGSTOP)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    var flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    if isAlone { flags |= POSIX_SPAWN_SETPGROUP }
    #if canImport(Darwin)
      flags |= POSIX_SPAWN_CLOEXEC_DEFAULT
    #endif
    posix_spawnattr_setflags(&attributes, Int16(flags))

    let name = Array(command.executable.utf8)
    let arguments = CStrings([name] + command.arguments)
    let environment = CStrings(
      command.environment.sorted { $0.key < $1.key }.map { Array("\($0.key)=\($0.value)".utf8) })
    defer {
      arguments.free()
      environment.free()
    }
    var child = pid_t()
    let status = posix_spawn(
      &child, path, &actions, &attributes, arguments.pointers, environment.pointers)
    guard status == 0 else {
      throw CommandError(
        command.executable,
        status == EACCES ? .notExecutable : .system("posix_spawn", status))
    }
    return child
  }

  private func executablePath() throws(CommandError) -> String {
    let name = command.executable
    guard !name.isEmpty else { throw CommandError(name, .unusable("its name is empty")) }
    let texts = [Array(name.utf8)] + command.arguments
    guard !texts.contains(where: { $0.contains(0) }) else {
      throw CommandError(name, .unusable("an argument holds a NUL byte"))
    }
    guard !name.contains("/") else {
      // A relative path is one from the child's directory, as for a shell that has gone there.
      let isRelative = !name.hasPrefix("/")
      let place = isRelative ? (command.directory.map { "\($0)/\(name)" } ?? name) : name
      guard access(place, F_OK) == 0 else { throw CommandError(name, .notFound(path: nil)) }
      guard access(place, X_OK) == 0, PathKind.at(place) != .folder else {
        throw CommandError(name, .notExecutable)
      }
      return found(place, or: name)
    }
    let search = command.environment["PATH"] ?? ""
    var unusable = false
    for folder in search.split(separator: ":", omittingEmptySubsequences: true) {
      let candidate = "\(folder)/\(name)"
      guard access(candidate, F_OK) == 0, PathKind.at(candidate) != .folder else { continue }
      if access(candidate, X_OK) == 0 { return found(candidate, or: candidate) }
      unusable = true
    }
    throw CommandError(name, unusable ? .notExecutable : .notFound(path: search))
  }

  /// The path by which the child's executable is started.
  ///
  /// - Parameters:
  ///   - place: Where it is, seen from this process.
  ///   - name: Where it is, seen from the child's directory.
  private func found(_ place: String, or name: String) -> String {
    #if canImport(Darwin)
      // Darwin may say ENOENT of a relative path although it has started the child in its directory.
      guard command.directory != nil, !name.hasPrefix("/") else { return name }
      guard !place.hasPrefix("/"), let here = getcwd(nil, 0) else { return place }
      defer { Darwin.free(here) }
      return String(cString: here) + "/" + place
    #else
      return name
    #endif
  }
}

/// A list of C strings that ends with a null pointer.
private struct CStrings {
  let pointers: [UnsafeMutablePointer<CChar>?]

  init(_ texts: [[UInt8]]) {
    pointers =
      texts.map { text in
        let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: text.count + 1)
        for (index, byte) in text.enumerated() { pointer[index] = CChar(bitPattern: byte) }
        pointer[text.count] = 0
        return pointer
      } + [nil]
  }

  func free() {
    for case .some(let pointer) in pointers { pointer.deallocate() }
  }
}

/// Actions of a spawn that Glibc has but its Swift overlay does not show.
private enum FileActions {
  #if canImport(Darwin)
    typealias Actions = posix_spawn_file_actions_t?
  #else
    typealias Actions = posix_spawn_file_actions_t
  #endif

  static func changeDirectory(_ actions: inout Actions, _ directory: String) -> Int32 {
    #if canImport(Darwin)
      return posix_spawn_file_actions_addchdir_np(&actions, directory)
    #else
      typealias Function =
        @convention(c) (UnsafeMutablePointer<Actions>, UnsafePointer<CChar>) -> Int32
      guard let symbol = dlsym(nil, "posix_spawn_file_actions_addchdir_np") else { return ENOSYS }
      return unsafeBitCast(symbol, to: Function.self)(&actions, directory)
    #endif
  }

  /// Closes what others in this process have opened without close-on-exec. Where the system cannot
  /// (Glibc before 2.34), our own descriptors are close-on-exec all the same.
  static func close(from first: Int32, _ actions: inout Actions) {
    #if !canImport(Darwin)
      typealias Function = @convention(c) (UnsafeMutablePointer<Actions>, Int32) -> Int32
      guard let symbol = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") else { return }
      _ = unsafeBitCast(symbol, to: Function.self)(&actions, first)
    #endif
  }
}
