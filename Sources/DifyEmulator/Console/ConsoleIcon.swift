import DifyProtocol

/// The icons of providers in the console.
package enum ConsoleIcon {
    /// What Dify shows where an icon cannot be read.
    static let fallback: JSONObject = ["background": "#252525", "content": "😁"]

    /// An icon as Dify reads it: two texts, and nothing else of it counts.
    static func valid(_ icon: JSONObject) -> JSONObject {
        guard let background = icon["background"]?.string, let content = icon["content"]?.string else {
            return fallback
        }
        return ["background": .string(background), "content": .string(content)]
    }

    private static let prefix = "/console/api/workspaces/current"

    /// The address of a hard-coded provider's icon. Without an address of its own Dify writes none of the host.
    static func address(ofBuiltin provider: String) -> String { "\(prefix)/tool-provider/builtin/\(provider)/icon" }

    /// The address of a plugin's icon.
    static func address(ofPluginIn tenantID: ProviderUUID) -> String {
        "\(prefix)/plugin/icon?tenant_id=\(tenantID)&filename=icon.svg"
    }

    /// The picture behind both addresses: the emulator has no plugins' files.
    package static let picture = """
        <svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">
          <rect x="2" y="2" width="12" height="12" rx="3" fill="#667085"/>
        </svg>

        """
}
