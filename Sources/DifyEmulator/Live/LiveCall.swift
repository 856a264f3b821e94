import DifyProtocol

/// One call of a custom tool's API: its redirects, its cookies, and the tries of Dify's older releases.
struct LiveCall {
    let request: APIRequest
    let access: LiveAccess
    let profile: Profile

    /// The response that the tool gets to see.
    ///
    /// - Throws: ``StreamError`` with the words of Dify's HTTP client.
    func response() async throws(StreamError) -> APIResponse {
        for retry in 0... {
            do {
                let response = try await redirectedResponse()
                if !response.isRetried { return response }
            } catch {
                guard error.kind == .network, profile.retries > 0 else { throw StreamError(error.text) }
            }
            guard retry < profile.retries else { break }
            // A caller who is gone wants no further try.
            do { try await Task.sleep(for: access.pause * (1 << retry)) } catch { break }
        }
        throw .retriesUsedUp(url: request.url, profile)
    }

    private func redirectedResponse() async throws(LiveFailure) -> APIResponse {
        // Before 1.9.1 each try had a client of its own.
        let cookies = profile.has(.sharedCookies) ? access.cookies : CookieJar()
        var wire = request.wire
        addCookies(from: cookies, to: &wire)
        for _ in 0...Redirect.limit {
            let response = try await access.response(to: wire)
            cookies.take(from: response, to: wire)
            guard let redirect = Redirect(of: wire, by: response) else { return try APIResponse(response) }
            wire = try redirect.next()
            let pairs = cookies.pairs(for: wire)
            if !pairs.isEmpty { wire.headers.append(WireHeader("Cookie", pairs.joined(separator: "; "))) }
            // The client reads a redirect's body as well, and fails over one that cannot be decoded.
            _ = try APIResponse(response)
        }
        throw LiveFailure("Exceeded maximum allowed redirects.")
    }

    /// Puts the jar's cookies before the call's own, in one line. A header parameter called Cookie keeps both out.
    private func addCookies(from jar: CookieJar, to wire: inout WireRequest) {
        let isHeader = request.placements.contains { $0.place == .header && $0.name.lowercased() == "cookie" }
        let pairs = jar.pairs(for: wire)
        guard !pairs.isEmpty, !isHeader else { return }
        let line = pairs.joined(separator: "; ")
        if let index = wire.headers.firstIndex(where: { $0.isNamed("Cookie") }) {
            wire.headers[index].value = line + "; " + wire.headers[index].value
        } else {
            let length = wire.headers.firstIndex { $0.isNamed("Content-Length") } ?? wire.headers.endIndex
            wire.headers.insert(WireHeader("Cookie", line), at: length)
        }
    }
}
