import Crypto
import Foundation

/// Signs the addresses to which files are uploaded and from which they are fetched (`api/core/tools/signature.py`).
///
/// Dify signs with the secret of its installation. Here the secret follows from the workspace's number, so that a seed
/// always gives the same addresses: a signature shows that an address was given out, and protects nothing.
struct FileSignature: Sendable {
    /// How long an address is good for, in seconds (`FILES_ACCESS_TIMEOUT`).
    static let lifetime = 300

    private let secret: SymmetricKey

    init(seed: Int) { secret = SymmetricKey(data: Data("dify-emulator \(seed)".utf8)) }

    /// The signature of an address to which one file can be uploaded.
    ///
    /// - Parameters:
    ///   - timestamp: The moment of signing, Unix time in seconds.
    ///   - nonce: Makes addresses differ that are otherwise the same.
    func ofUpload(
        filename: String, mimeType: String, tenantID: String, userID: String, timestamp: String, nonce: String
    ) -> String {
        sign("upload|\(filename)|\(mimeType)|\(tenantID)|\(userID)|\(timestamp)|\(nonce)")
    }

    /// The signature of an address from which a file can be fetched.
    func ofPreview(fileID: String, timestamp: String, nonce: String) -> String {
        sign("file-preview|\(fileID)|\(timestamp)|\(nonce)")
    }

    /// Whether something signed at a moment still counts. What was signed in the future does.
    static func isCurrent(_ timestamp: String, now: Int) -> Bool {
        guard let moment = Int(timestamp) else { return false }
        let (age, overflows) = now.subtractingReportingOverflow(moment)
        return !overflows && age <= lifetime
    }

    private func sign(_ text: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: secret)
        return Base64URL.encode(Data(Array(code)))
    }
}

/// Base64 for addresses: `-` and `_` in place of `+` and `/`, with padding, as Python's `urlsafe_b64encode` writes it.
enum Base64URL {
    static func encode(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
    }
}
