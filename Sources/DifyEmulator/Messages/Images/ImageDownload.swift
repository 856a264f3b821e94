package import DifyProtocol

/// The download of an image, by which Dify replaces its address (`ToolFileManager.create_file_by_url` and
/// `core/helper/ssrf_proxy.py`): redirects are not followed, failures are tried again three times.
package struct ImageDownload: Sendable {
    private static let retries = 3

    private let address: String
    private let request: ImageRequest
    private let live: LiveAccess
    private let clock: any PlatformClock
    private let profile: Profile

    /// A download.
    ///
    /// - Returns: nil when the address's host may not be called.
    package init?(of address: String, over live: LiveAccess, clock: any PlatformClock, profile: Profile = .current) {
        request = ImageRequest(address)
        guard live.allows(request.wire) else { return nil }
        self.address = address
        self.live = live
        self.clock = clock
        self.profile = profile
    }

    /// The image, or the text of the exception that Dify raises.
    package func file() async -> Result<ToolFile, MessageError> {
        do {
            return .success(try await fetched())
        } catch {
            return .failure(error)
        }
    }

    private func fetched() async throws(MessageError) -> ToolFile {
        for retry in 0...Self.retries {
            if let response = try await response(), !response.isRetried {
                return try response.file(of: address, profile: profile)
            }
            // A caller who is gone wants no further try.
            guard retry < Self.retries, (try? await clock.sleep(for: .milliseconds(500 << retry))) != nil else { break }
        }
        throw MessageError("Reached maximum retries (\(Self.retries)) for URL \(address)")
    }

    /// - Returns: nil for a failure after which Dify tries again.
    private func response() async throws(MessageError) -> ImageResponse? {
        switch request {
        case .invalid(let text): throw MessageError(text)
        case .unsendable: return nil
        case .sent(let wire, let shown):
            do {
                return try ImageResponse(try await response(to: wire), shown: shown)
            } catch {
                guard error.kind == .network else { throw MessageError(error.text) }
                return nil
            }
        }
    }

    /// Since 1.9.1 Dify fetches images with the client that custom tools use, and so with its cookies.
    private func response(to request: WireRequest) async throws(LiveFailure) -> WireResponse {
        guard profile.has(.sharedCookies) else { return try await live.response(to: request) }
        var request = request
        let cookies = live.cookies.pairs(for: request)
        if !cookies.isEmpty { request.headers.append(WireHeader("Cookie", cookies.joined(separator: "; "))) }
        let response = try await live.response(to: request)
        live.cookies.take(from: response, to: request)
        return response
    }
}
