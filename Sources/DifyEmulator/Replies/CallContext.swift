import DifyProtocol
import Foundation

/// Where a call takes place: who makes it, in which workspace, and what its ids follow from.
struct CallContext {
    let workspace: Workspace
    let catalog: Catalog
    let caller: Caller
    let platform: Platform
    let invocation: Invocation
    /// Whether the answer goes to the daemon itself, by the inner API, and not through one to a plugin.
    var speaksToDaemon = false

    var options: Platform.Options { platform.options }
    /// The present moment, Unix time in seconds.
    var now: Int { Int(options.clock.now.timeIntervalSince1970) }
    var profile: Profile { catalog.profile }
    var answersUsefully: Bool { options.quirks == .useful }

    /// What there is to say about a call that meets a quirk.
    func note(_ quirk: Quirk) -> String { quirk.note(options.quirks) }

    /// What the ids of this call's answer follow from. Counts the call, so it is asked for once.
    func identity() -> CallIdentity { workspace.identity(of: invocation, from: caller) }

    /// The answer to the call that takes place here: resolve, then script, reply or derived answer.
    func answer(_ call: CheckedInvocation) -> Answer {
        if case .tool(let call) = call { return ToolAnswering(context: self).answer(call) }
        return CallAnswering(context: self).answer(call)
    }
}

/// What makes a call different from all others of its workspace: its request, and how often that came before.
///
/// Calls in parallel then get the same ids in whatever order they arrive.
struct CallIdentity: Sendable, Hashable {
    let seed: Int
    /// The request's digest.
    let digest: String
    /// How often the same request came before.
    let occurrence: Int

    /// An id within the call's answer.
    func id(_ name: String) -> String {
        ProviderUUID(seed: seed, "call", digest, "\(occurrence)", name).description
    }
}

extension Workspace {
    /// The identity of a call that arrives now.
    func identity(of invocation: Invocation, from caller: Caller) -> CallIdentity {
        let request = JSONValue.object(invocation.request).description
        let seed = catalog.seed
        let digest = ProviderUUID(
            seed: seed, invocation.type.rawValue, caller.plugin, caller.user, request
        ).description
        return CallIdentity(seed: seed, digest: digest, occurrence: countCall(digest))
    }
}
