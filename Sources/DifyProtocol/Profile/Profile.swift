/// The release of Dify that is imitated where releases differ.
///
/// A profile always is a release that exists: the short form `1.7` is its last patch. What differs is the list of
/// ``ProfileChange``.
public struct Profile: Sendable, Hashable {
    private let major: Int
    private let minor: Int
    private let patch: Int

    /// The release that is imitated unless told otherwise.
    ///
    /// The facts behind it were recorded on Dify's main branch of 2026-06-12, a month after 1.14.2 and before 1.15.0.
    /// What came in that month counts with 1.14.2 here (``ProfileChange/isAfterTag``).
    public static let current = Profile(1, 14, 2)

    /// Every release that can be imitated, oldest first: since plugins exist, up to ``current``.
    ///
    /// These are the tags of langgenius/dify without betas, release candidates and rebuilds.
    public static let releases: [Profile] = [2, 4, 1, 2, 4, 2, 1, 3, 2, 3, 2, 5, 2, 4, 3].enumerated()
        .flatMap { minor, patches in (0..<patches).map { Profile(1, minor, $0) } }

    /// A release by its version: `1.9.1`, or `1.9` for the last patch of 1.9.
    ///
    /// A `v` before it is accepted, and a rebuild (`1.10.1-fix.1`) counts as the release that it rebuilds.
    public init(_ text: String) throws(UnknownProfileError) {
        let version = (text.hasPrefix("v") ? text.dropFirst() : text[...]).replacing(/-fix\.[0-9]+$/, with: "")
        let pieces = version.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = pieces.filter { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }.compactMap { Int($0) }
        guard (2...3).contains(pieces.count), numbers.count == pieces.count else {
            throw UnknownProfileError(text: text, reason: .notAVersion)
        }
        guard let release = Self.releases.last(where: { $0.numbers.starts(with: numbers) }) else {
            let wanted = Profile(numbers[0], numbers[1], numbers.count == 3 ? numbers[2] : 0)
            throw UnknownProfileError(text: text, reason: .noRelease(wanted))
        }
        self = release
    }

    init(_ major: Int, _ minor: Int, _ patch: Int) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    private var numbers: [Int] { [major, minor, patch] }

    /// Whether this release has the change, or for a fault that was mended later, the fault.
    public func has(_ change: ProfileChange) -> Bool {
        if change.earlier == self { return true }
        guard let until = change.until else { return change.since <= self }
        return change.since <= self && self < until
    }
}

extension Profile: Comparable {
    public static func < (one: Profile, other: Profile) -> Bool {
        (one.major, one.minor, one.patch) < (other.major, other.minor, other.patch)
    }
}

extension Profile: CustomStringConvertible {
    /// The version, all three numbers.
    public var description: String { "\(major).\(minor).\(patch)" }
}

/// A text that names no release of Dify that can be imitated.
public struct UnknownProfileError: Error, Sendable, Hashable, CustomStringConvertible {
    enum Reason: Sendable, Hashable {
        case notAVersion
        /// A version, but none of ``Profile/releases``.
        case noRelease(Profile)
    }

    let text: String
    let reason: Reason

    /// What is wrong, with the release to take instead.
    public var description: String {
        let first = Profile.releases.first ?? .current
        switch reason {
        case .notAVersion:
            return "no version of Dify: \(text.debugDescription); write 1.9.1, or 1.9 for its last patch"
        case .noRelease(let wanted) where wanted < first:
            return "Dify \(text) has no plugins; the first release with plugins is \(first)"
        case .noRelease(let wanted):
            let nearest = Profile.releases.last { $0 < wanted } ?? first
            return """
                Dify \(text) is none of the releases that can be imitated, which go from \(first) to \
                \(Profile.current); the nearest is \(nearest)
                """
        }
    }
}
