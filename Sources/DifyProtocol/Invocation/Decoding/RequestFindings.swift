/// What the daemon finds wrong with one request.
///
/// A reference, since the readers of all structs in a request write into the same one.
final class RequestFindings {
    private var decodingErrors: [String] = []
    private var failures: [InvalidRequest.Failure] = []

    /// How many findings of a kind are kept, so that a list of a million empty objects does not make a text of
    /// hundreds of megabytes. The daemon keeps them all.
    private static let limit = 1000

    /// Notes that the decoder cannot put a value into its variable.
    func add(decodingError: String) {
        if decodingErrors.count < Self.limit { decodingErrors.append(decodingError) }
    }

    /// Notes that the validator refuses a field.
    func add(_ failure: InvalidRequest.Failure) {
        if failures.count < Self.limit { failures.append(failure) }
    }

    /// - Throws: ``InvalidRequest`` when anything was found. The validator never sees what could not be decoded.
    func check() throws(InvalidRequest) {
        if !decodingErrors.isEmpty { throw InvalidRequest(decodingErrors: decodingErrors) }
        if !failures.isEmpty { throw InvalidRequest(failures: failures) }
    }
}
