import DifyProtocol

extension Platform {
    /// The image behind an address that this platform has signed for one of its own files, which Dify reads from its
    /// storage instead of asking itself (`core/file/remote_fetcher.py`).
    ///
    /// - Returns: nil for any other address, and for one that is too old: they are asked for over the network.
    func ownImage(at address: String, profile: Profile) -> Result<ToolFile, MessageError>? {
        guard let signed = SignedFileAddress(address, base: filesBase) else { return nil }
        let response: WireResponse
        do {
            let file = try file(id: signed.fileID, query: signed.query)
            let type = WireHeader("Content-Type", file.mimeType)
            response = WireResponse(status: 200, headers: [type], body: Array(file.content))
        } catch {
            guard error == .notFound else { return nil }
            response = WireResponse(status: 404)
        }
        return Result { () throws(MessageError) in
            try ImageResponse(uncoded: response, shown: signed.shown).file(of: address, profile: profile)
        }
    }
}

/// An address of one of this platform's own files, with a signature.
private struct SignedFileAddress {
    /// The address as Dify's HTTP client shows it in errors.
    let shown: String
    let fileID: String
    let query: PreviewQuery

    /// - Parameter base: The address below which the platform serves files.
    /// - Returns: nil for any other address.
    init?(_ address: String, base: String) {
        guard let url = try? ClientURL(address), let own = try? ClientURL(base), url.scheme == own.scheme,
            url.place == own.place, url.path.hasPrefix("/files/tools/"),
            let query = try? PreviewQuery(url.query ?? "")
        else { return nil }
        let name = url.path.dropFirst("/files/tools/".count)
        guard !name.contains("/"), let dot = name.firstIndex(of: "."), name.index(after: dot) < name.endIndex,
            name[..<dot].allSatisfy({ $0.isHexDigit || $0 == "-" })
        else { return nil }
        (shown, fileID, self.query) = (url.text, String(name[..<dot]), query)
    }
}
