import Crypto
import DifyProtocol
import Foundation

/// What `invoke/encrypt` is asked: to make the secret fields of an endpoint's settings unreadable, or readable again
/// (`PluginEncrypter`).
package struct EncryptionRequest: Sendable {
    enum Operation: String, Sendable {
        case encrypt
        case decrypt
        /// Forgets what Dify keeps of earlier answers. Nothing is kept here.
        case clear
    }

    let operation: Operation
    /// Whose settings they are.
    let identity: String
    private let data: JSONObject
    /// The names of the fields of type `secret-input`. Of two fields with one name the last one counts.
    private let secrets: [String]

    /// A request by the fields that Dify's model has read.
    init(_ fields: JSONObject) {
        operation = Operation(rawValue: fields.text("opt")) ?? .clear
        identity = fields.text("identity")
        data = fields.object("data")
        let types = JSONObject(fields.objects("config").map { ($0.text("name"), $0["type"] ?? .null) })
        secrets = types.filter { $0.value == "secret-input" }.map(\.key)
    }

    /// The settings with their secrets changed.
    ///
    /// - Throws: The exception with which Dify fails on a secret that is no text.
    func answer(_ cipher: SecretCipher) throws(StreamError) -> JSONObject {
        var data = data
        switch operation {
        case .clear: return [:]
        case .encrypt:
            for name in secrets {
                guard let value = data[name] else { continue }
                guard let text = PythonText.isTruthy(value) ? value.string : "" else {
                    throw StreamError("'\(PythonText.typeName(value))' object has no attribute 'encode'")
                }
                data[name] = .string(cipher.encrypt(text))
            }
        case .decrypt:
            // What cannot be decrypted stays as it is.
            for name in secrets {
                data[name] = data[name]?.string.flatMap(cipher.decrypt).map(JSONValue.string) ?? data[name]
            }
        }
        return data
    }
}

/// Makes texts of one workspace unreadable, always in the same way.
///
/// Dify encrypts each time differently, with a key pair of the tenant. Nobody but the emulator reads what it wrote.
struct SecretCipher: Sendable {
    private let key: SymmetricKey

    init(tenantID: ProviderUUID, seed: Int) {
        key = SymmetricKey(data: SHA256.hash(data: Data("dify-emulator secrets \(seed) \(tenantID)".utf8)))
    }

    /// Base64, like Dify's.
    func encrypt(_ text: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)
        // The nonce follows from the text, so that equal texts stay equal and no two texts share one.
        guard let nonce = try? AES.GCM.Nonce(data: Data(code).prefix(12)),
            let box = try? AES.GCM.seal(Data(text.utf8), using: key, nonce: nonce), let bytes = box.combined
        else { return "" }
        return bytes.base64EncodedString()
    }

    /// - Returns: nil for what this cipher has not written.
    func decrypt(_ text: String) -> String? {
        guard let bytes = Data(base64Encoded: text), let box = try? AES.GCM.SealedBox(combined: bytes),
            let plain = try? AES.GCM.open(box, using: key)
        else { return nil }
        return String(data: plain, encoding: .utf8)
    }
}
