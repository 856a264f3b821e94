import Foundation
import Synchronization

/// The cookies that APIs have set, by the rules of Python's `http.cookiejar`, on which Dify's HTTP client relies.
///
/// Dify keeps one jar for all custom tools of a process: what one answer sets, later calls send, whoever makes them.
final class CookieJar: Sendable {
    /// Most memory that cookies take. Dify has no bound; here the oldest make room.
    static let capacity = 1 << 20

    private let cookies: Mutex<[Cookie]> = Mutex([])
    private let now: @Sendable () -> Date

    /// An empty jar.
    init(now: @escaping @Sendable () -> Date = { Date() }) { self.now = now }

    /// Keeps what a response sets.
    func take(from response: WireResponse, to request: WireRequest) {
        let lines = response.headers.values("set-cookie")
        guard !lines.isEmpty else { return }
        let (now, place) = (now(), CookiePlace(request))
        cookies.withLock { cookies in
            guard let set = try? lines.compactMap({ try SetCookie($0, now: now) }) else { return }
            var taken: [Cookie] = []
            for line in set {
                guard let cookie = try? Cookie(line, from: place) else { return }
                if cookie.hasExpired(at: now) {
                    cookies.removeAll { $0.replaces(cookie) }
                } else {
                    taken.append(cookie)
                }
            }
            for cookie in taken where cookie.isAcceptable(from: place) { Self.put(cookie, into: &cookies) }
        }
    }

    private static func put(_ cookie: Cookie, into cookies: inout [Cookie]) {
        if let index = cookies.firstIndex(where: { $0.replaces(cookie) }) {
            cookies[index] = cookie
        } else {
            cookies.append(cookie)
        }
        var size = cookies.reduce(0) { $0 + $1.size }
        while size > capacity, cookies.count > 1 { size -= cookies.removeFirst().size }
    }

    /// What belongs into the request's `Cookie` line: longest path first, else as they came, by domain and path.
    func pairs(for request: WireRequest) -> [String] {
        let (now, place) = (now(), CookiePlace(request))
        let cookies = cookies.withLock { $0 }
        let domains = Order(cookies.map(\.domain))
        let paths = Order(cookies.map { $0.domain + " " + $0.path })
        return cookies.enumerated().filter { $0.element.isSent(to: place, at: now) }
            .map { offset, cookie in
                let places = (domains[cookie.domain], paths[cookie.domain + " " + cookie.path], offset)
                return (key: (-cookie.path.utf8.count, places.0, places.1, places.2), pair: cookie.pair)
            }
            .sorted { $0.key < $1.key }.map(\.pair)
    }

    /// Where texts first stand in a list.
    private struct Order {
        private let places: [String: Int]

        init(_ texts: [String]) {
            places = Dictionary(zip(texts, texts.indices), uniquingKeysWith: { first, _ in first })
        }

        subscript(text: String) -> Int { places[text] ?? .max }
    }
}

extension Cookie {
    /// Whether this cookie and another cannot both be kept.
    fileprivate func replaces(_ other: Cookie) -> Bool {
        name == other.name && domain == other.domain && path == other.path
    }
}
