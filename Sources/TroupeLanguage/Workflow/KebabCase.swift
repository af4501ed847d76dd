/// Turns the name of a type into the name of a workflow: `HTTPCheck2` is `http-check2`.
enum KebabCase {
  static func name(of type: Any.Type) -> String {
    let full = String(describing: type)
    let bare = full.prefix { $0 != "<" }
    let letters = Array(bare.split(separator: ".").last ?? bare[...])
    var name = ""
    for (index, letter) in letters.enumerated() {
      let startsWord =
        letter.isUppercase && index > 0
        && (!letters[index - 1].isUppercase
          || (index + 1 < letters.count && letters[index + 1].isLowercase))
      if startsWord { name += "-" }
      name += letter.lowercased()
    }
    return name
  }
}
