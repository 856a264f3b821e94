import Testing

@testable import DifyEmulator

/// Types and extensions as the Python of Dify's image guesses them. The expectations come from Python 3.12.1 with the
/// list of media-types 10.0.0.
struct FileTypeTests {
    @Test(
        "types of file names and addresses",
        arguments: [
            ("https://img.test/p/pic.png", "image/png"), ("a.PNG", "image/png"), ("a/b.c/d", nil),
            ("https://img.test/pic.png?size=1", nil), ("a.xml", "application/xml"), ("a.xsl", "application/xslt+xml"),
            ("a.tar.gz", "application/x-tar"), ("a.tgz", "application/x-tar"), ("a.svgz", "image/svg+xml"),
            ("a.gz", nil), ("a.png.GZ", "application/gzip"), (".png", nil), ("..png", nil), ("a/.png", nil),
            ("a.opus", "audio/ogg"),
            ("http://example.com", "application/x-msdos-program"), ("no", nil), ("", nil),
        ])
    func types(_ name: String, _ type: String?) {
        #expect(FileExtension.type(of: name) == type)
    }

    @Test(
        "extensions of types, the one that Python lists first",
        arguments: [
            ("audio/ogg", ".oga"), ("audio/opus", ".opus"), ("text/xml", ".xml"), ("application/xml", ".xsl"),
            ("Text/Markdown", ".md"), ("application/x-sh", ".sh"), ("image/x-icon", nil), ("audio/wav", nil),
            ("text/plain; charset=utf-8", nil), ("", nil),
        ])
    func extensions(_ type: String, _ fileExtension: String?) {
        #expect(FileExtension.guessed(for: type) == fileExtension)
    }

    /// A line of the list with an extension that another line claims would make the answer depend on the order.
    @Test func everyExtensionMeansOneType() {
        let claims = FileExtension.list.split(separator: "\n").flatMap { $0.split(separator: " ").dropFirst() }
            .filter { $0.first != "*" }
        #expect(Set(claims).count == claims.count)
    }
}
