/// Something that went wrong while a command ran, in words. Exit status 1, no usage text.
struct CommandError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
