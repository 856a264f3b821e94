import DifyProtocol
import Foundation
import TestSupport
import Testing

/// Which release is imitated, and what belongs to it.
struct ProfileTests {
    @Test(
        "a release is named in full, by its minor version, or as its image is",
        arguments: [
            ("1.9.1", "1.9.1"), ("1.7", "1.7.2"), ("1.0", "1.0.1"), ("1.14", "1.14.2"), ("v1.4.2", "1.4.2"),
            ("1.10.1-fix.1", "1.10.1"), ("01.9.01", "1.9.1"),
        ])
    func names(_ text: String, _ version: String) throws {
        #expect(try Profile(text).description == version)
    }

    @Test(
        "another text is refused with the release to take",
        arguments: [
            (
                "1.99",
                "is none of the releases that can be imitated, which go from 1.0.0 to 1.14.2; the nearest is 1.14.2"
            ),
            ("1.7.9", "the nearest is 1.7.2"), ("1.15.0", "the nearest is 1.14.2"), ("2.0", "the nearest is 1.14.2"),
            ("0.15.3", "Dify 0.15.3 has no plugins; the first release with plugins is 1.0.0"),
            ("0.0", "has no plugins"), ("1", "write 1.9.1, or 1.9"), ("", "no version of Dify: \"\""),
            ("latest", "no version"), ("1.9.1.2", "no version"), ("1..2", "no version"), ("-1.2", "no version"),
            ("1.99999999999999999999", "no version"), ("1.9.1\n", "no version"), ("１.9", "no version"),
        ])
    func refusals(_ text: String, _ reason: String) {
        let error = #expect(throws: UnknownProfileError.self) { try Profile(text) }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    }

    @Test("releases are in order, and the last is the default")
    func releases() throws {
        #expect(Profile.releases == Profile.releases.sorted())
        #expect(Set(Profile.releases).count == Profile.releases.count)
        #expect(Profile.releases.last == .current)
        #expect(Profile.current.description == "1.14.2")
        for release in Profile.releases { #expect(try Profile(release.description) == release) }
    }

    @Test("a change starts with a release, and a fault ends with one", arguments: ProfileChange.allCases)
    func change(_ change: ProfileChange) throws {
        #expect(Profile.releases.contains(change.since))
        #expect(change.since.has(change))
        #expect(!change.before.isEmpty && !change.after.isEmpty && change.before != change.after)
        for release in Profile.releases where release < change.since {
            #expect(release.has(change) == (release == change.earlier))
        }
        for release in Profile.releases where release > change.since {
            #expect(release.has(change) == (change.until.map { release < $0 } ?? true))
        }
        if change.isAfterTag { #expect(change.since == .current) }
    }

    @Test("the table goes area by area, and in each from old to new")
    func order() throws {
        let areas = ProfileChange.Area.allCases
        let places = try ProfileChange.allCases.map { change in
            (try #require(areas.firstIndex(of: change.area)), change.since)
        }
        for (one, next) in zip(places, places.dropFirst()) { #expect(one <= next) }
    }

    @Test("the table promises nothing that no code asks for")
    func consulted() throws {
        let folder = Project.root.appending(path: "Sources")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var code = ""
        for case let file as URL in files where file.pathExtension == "swift" {
            code += try String(contentsOf: file, encoding: .utf8)
        }
        let missing = ProfileChange.allCases.filter { !code.contains("has(.\(String(describing: $0)))") }
        #expect(missing.isEmpty)
    }

    @Test("releases of a change in words")
    func words() {
        #expect(ProfileChange.rootName.releases == "1.7.0")
        #expect(ProfileChange.workflowFilesFail.releases == "1.12.0 to 1.12.1")
        #expect(ProfileChange.sessionUsers.releases == "1.9.0, 1.14.2+")
    }
}
