package import DifyProtocol

/// The one account of the console, who owns every workspace.
package enum ConsoleAccount {
    /// Also the author of all that is made in the console.
    static let name = "dify-emulator"
    private static let email = "owner@dify-emulator.local"

    private static func id(in workspace: Workspace) -> String {
        ProviderUUID(seed: workspace.catalog.seed, "account", email).description
    }

    /// `GET account/profile` (`AccountResponse`, `api/controllers/console/workspace/account.py`).
    fileprivate static func profile(in workspace: Workspace) -> JSONValue {
        [
            "avatar": .null, "id": .string(id(in: workspace)), "name": .string(name), "email": .string(email),
            "is_password_set": true, "interface_language": "en-US", "interface_theme": "light", "timezone": "UTC",
            "last_login_at": .null, "last_login_ip": .null, "created_at": 0, "avatar_url": .null,
        ]
    }
}

extension DifyConsole {
    /// `GET account/profile`
    package func accountProfile() -> JSONValue { ConsoleAccount.profile(in: workspace) }

    /// `POST workspaces/current` (`TenantInfoResponse`, `api/controllers/console/workspace/workspace.py`).
    package func workspaceInfo() -> JSONValue {
        [
            "id": .string(workspace.tenantID.description), "name": .string(workspace.name), "plan": "sandbox",
            "status": "normal", "created_at": 0, "role": "owner", "in_trial": .null, "trial_end_reason": .null,
            "custom_config": .null, "trial_credits": .null, "trial_credits_used": .null,
            "next_credit_reset_date": .null,
        ]
    }

    /// `GET workspaces`
    package func workspaces() -> JSONValue {
        [
            "workspaces": [
                [
                    "id": .string(workspace.tenantID.description), "name": .string(workspace.name), "plan": "sandbox",
                    "status": "normal", "created_at": 0, "current": true,
                ]
            ]
        ]
    }
}
