import Foundation
import Testing

@testable import DifyServer

/// Forms as `werkzeug` takes them apart.
struct MultipartTests {
    /// What `werkzeug` 3.1 makes of the header of a file.
    @Test(
        "names of files",
        arguments: [
            (#"form-data; name="file"; filename="a.png""#, "a.png"),
            (#"form-data; name=file; filename=a.png"#, "a.png"),
            (#"form-data; name="file"; filename="a\"b%22c\\d.png""#, #"a"b"c\d.png"#),
            (#"form-data; name="file"; filename="C:\dir\x.png""#, #"C:\dir\x.png"#),
            (#"form-data; name="file"; filename="../../x.png""#, "../../x.png"),
            (#"form-data; name="file"; filename="semi;colon.png"; size=3"#, "semi;colon.png"),
            (#"form-data; name="file"; filename="naïve 漢字.png""#, "naïve 漢字.png"),
            (#"form-data; name="file"; filename*=UTF-8''na%C3%AFve%20x.png"#, "naïve x.png"),
            (#"form-data; name="file"; filename*=iso-8859-1''%e9.png"#, "é.png"),
            (#"form-data; name="file"; filename*=koi8-r''%e9.png"#, "%e9.png"),
            (#"form-data; name="file"; filename="plain"; filename*=UTF-8''star"#, "star"),
            (#"form-data; name="file"; filename*=UTF-8''star; filename="plain""#, "plain"),
            (#"form-data; name="file"; filename*0="ab"; filename*1="cd.png""#, "abcd.png"),
            (#"form-data; name="file"; filename*0*=UTF-8''a%20; filename*1*=b%20c; filename*2="d""#, "a b cd"),
            (#"FORM-DATA; NAME="file"; FILENAME="up""#, "up"), (#"form-data; name="file"; filename="""#, ""),
            (#"  form-data ;name="file";filename="tight"; ; =; x"#, "tight"), ("form-data; name=\"file\"", nil),
            (#"form-data; name="file"; filename="never closed"#, nil), (#"; name="file"; filename="x""#, nil),
            (#"form-data; name="other"; filename="x""#, nil),
        ] as [(String, String?)])
    func readsNames(disposition: String, filename: String?) throws {
        let body = "--B\r\nContent-Disposition: \(disposition)\r\nContent-Type: a/b\r\n\r\nx\r\n--B--\r\n"
        let file = try Self.form(body).file("file")
        #expect(file?.filename == filename)
        if let file { #expect(String(decoding: file.content, as: UTF8.self) == "x") }
    }

    @Test(
        "contents of files",
        arguments: [
            "", "x", "\r\n", "\r\n\r\n", "\n", "\r", "--Bx", "\r\n--Bx\r\n", "\r\n--B-", "a\r\n--B x\r\nb",
        ])
    func readsContents(content: String) throws {
        for (start, lineBreak, end) in [("", "\r\n", ""), ("preamble\r\n", "\r\n", "epilogue"), ("\n", "\n", "\n")] {
            // Where a line feed is all that ends a line, a line break at the content's end belongs to it.
            guard lineBreak == "\r\n" || !content.contains(where: \.isNewline) else { continue }
            let lines = [
                "\(start)--B", "Content-Disposition: form-data; name=\"file\"; filename=\"a\"", "Content-Type: a/b", "",
                content, "--B--\(end)",
            ]
            let file = try #require(try Self.form(lines.joined(separator: lineBreak)).file("file"))
            #expect(Array(file.content) == Array(content.utf8))
        }
    }

    @Test(
        "types of files",
        arguments: [
            ("Content-Type: image/png", "image/png"), ("content-type:Text/HTML; charset=utf-8", "text/html"),
            ("Content-Type:", ""), ("X-Other: 1", ""), ("Content-Type: a/b\r\nContent-Type: c/d", "a/b"),
            ("X-Long: 1\r\n 2\r\nContent-Type: a/b", "a/b"),
        ])
    func readsTypes(header: String, mimeType: String) throws {
        let body = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\(header)\r\n\r\n\r\n--B--"
        #expect(try Self.form(body).file("file")?.mimeType == mimeType)
    }

    @Test func firstFileOfAFieldCounts() throws {
        let file = { (name: String) in
            "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n\(name)\r\n"
        }
        let field = "--B\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\ntext\r\n"
        let form = try Self.form(field + file("one") + file("two") + "--B--\r\n")
        #expect(form.files.map(\.filename) == ["one", "two"])
        #expect(form.file("file")?.filename == "one")
        #expect(try Self.form("--B--").files.isEmpty)
    }

    @Test(
        "bodies that are no form",
        arguments: [
            "", "--B", "--B\r\n", "--B\r\nContent-Disposition: form-data\r\n",
            "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
            "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--B\r\n",
            "--B\r\nContent-Type: a/b\r\n\r\nx\r\n--B--", "--B\r\n\r\nx\r\n--B--", "--C--",
        ])
    func refusesOtherBodies(body: String) {
        #expect(throws: MultipartForm.Fault.self) { try Self.form(body) }
    }

    @Test func boundaryIsNeeded() throws {
        let body = Data("--B--".utf8)
        for type in [
            "", "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=B",
            "application/json",
        ] {
            #expect(throws: MultipartForm.Fault.self) { try MultipartForm(body, contentType: type) }
        }
        for type in ["Multipart/Form-Data; Boundary=B", "multipart/form-data; charset=x; boundary=\"B\""] {
            #expect(throws: Never.self) { try MultipartForm(body, contentType: type) }
        }
    }

    @Test func formsAreBounded() throws {
        let part = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n"
        #expect(try Self.form(String(repeating: part, count: 1000) + "--B--").files.isEmpty)
        #expect(throws: MultipartForm.Fault.tooLarge) {
            try Self.form(String(repeating: part, count: 1001) + "--B--")
        }
        let field = { (rest: String) in "--B\r\nContent-Disposition: form-data; name=\"a\"\(rest)\r\n\r\n" }
        let text = String(repeating: "x", count: 500_001) + "\r\n--B--"
        #expect(throws: MultipartForm.Fault.tooLarge) { try Self.form(field("") + text) }
        #expect(try Self.form(field("; filename=\"b\"") + text).files.first?.content.count == 500_001)
        #expect(throws: MultipartForm.Fault.self) {
            try Self.form("--B\r\nX: " + String(repeating: "x", count: 70_000) + "\r\n\r\n\r\n--B--")
        }
    }

    private static func form(_ body: String) throws -> MultipartForm {
        try MultipartForm(Data(body.utf8), contentType: "multipart/form-data; boundary=B")
    }
}
