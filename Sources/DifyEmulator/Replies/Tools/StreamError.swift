/// An exception inside the stream of a tool's answer.
struct StreamError: Error {
    let message: String

    init(_ message: String) { self.message = message }
}
