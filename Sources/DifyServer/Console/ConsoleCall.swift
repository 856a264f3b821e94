import DifyEmulator
import DifyProtocol
import HTTPTypes
import Hummingbird

/// A request to the console that has an address and may be answered.
struct ConsoleCall: Sendable {
    let console: DifyConsole
    let signIn: ConsoleSignIn
    let query: JSONObject
    let headers: HTTPFields
    /// nil where none is read.
    let body: ConsoleBody?

    /// The body's JSON.
    var payload: JSONValue {
        get throws(Refusal) { try body?.json() ?? .null }
    }

    /// By which a server of an API document is chosen.
    var environment: String? { HTTPField.Name("X-Request-Env").flatMap { headers[$0] } }

    // MARK: - Signing in

    /// `POST login`: the token is the password, whatever the e-mail address. Until 1.9 the answer holds the tokens,
    /// since 1.10 they come as cookies.
    func login() throws(Refusal) -> Response {
        let password = try DifyConsole.loginPassword(payload: payload)
        guard signIn.isPassword(password) else {
            throw Refusal(status: 401, code: "authentication_failed", message: "Invalid email or password.")
        }
        return signedIn
    }

    /// `POST refresh-token`: here a token does not age.
    func refresh() throws(Refusal) -> Response {
        let given = Cookies(headers)["refresh_token"] ?? (try? body?.json())?["refresh_token"]?.string
        guard let given else { throw Refusal(status: 401, code: "unauthorized", message: "No refresh token provided") }
        guard signIn.isToken(given) else {
            throw Refusal(status: 401, code: "unauthorized", message: "Invalid refresh token")
        }
        return signedIn
    }

    /// `POST logout`
    func logout() -> Response {
        var response = ConsoleResponse.json(["result": "success"])
        for cookie in Self.cookies {
            response.headers.append(HTTPField(name: .setCookie, value: "\(cookie)=; Max-Age=0; Path=/; SameSite=Lax"))
        }
        return response
    }

    private static let cookies = ["access_token", "refresh_token", "csrf_token"]

    private var signedIn: Response {
        guard console.profile.has(.cookieSignIn) else {
            let token = JSONValue.string(signIn.token)
            return ConsoleResponse.json(
                ["result": "success", "data": ["access_token": token, "refresh_token": token]])
        }
        var response = ConsoleResponse.json(["result": "success"])
        for cookie in Self.cookies {
            // Scripts send the last one back as a header, so that it must be readable for them.
            let isHidden = cookie == "csrf_token" ? "" : "HttpOnly; "
            response.headers.append(
                HTTPField(
                    name: .setCookie, value: "\(cookie)=\(signIn.token); \(isHidden)Max-Age=3600; Path=/; SameSite=Lax"
                ))
        }
        return response
    }
}
