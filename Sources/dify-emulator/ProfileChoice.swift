import ArgumentParser
import DifyEmulator
import DifyProtocol

/// Which Dify is imitated: a release, or the current one with its gaps.
enum ProfileChoice {
    case release(Profile)
    /// The word `dify`: the current release, which in the places of the quirks does what Dify does.
    case dify

    /// - Throws: ``UnknownProfileError`` for a text that is neither.
    init(_ text: String) throws {
        self = text == "dify" ? .dify : .release(try Profile(text))
    }

    /// Makes a platform imitate it.
    func apply(to options: inout Platform.Options) {
        switch self {
        case .release(let profile): options.profile = profile
        case .dify: (options.profile, options.quirks) = (.current, .dify)
        }
    }
}

/// `--profile`.
struct ProfileOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The Dify release to imitate, such as 1.9.1, or 1.9 for its last patch; `profiles` lists what differs. dify is the newest one, with --quirks dify.",
            valueName: "x.y.z"),
        transform: { try ProfileChoice($0) })
    var profile: ProfileChoice?
}
