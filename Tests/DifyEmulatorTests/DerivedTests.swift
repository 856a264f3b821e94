import DifyProtocol
import Foundation
import TestSupport
import Testing

@testable import DifyEmulator

struct TextPieceTests {
    private static func cut(_ text: String, at words: [String]) -> String {
        var stops = StopWords(words)
        return stops.pass(text) + stops.flush()
    }

    @Test(
        "pieces",
        arguments: [
            ("The quokka.", ["The", " quokka", "."]), ("", []), ("a  b", ["a", " ", " b"]),
            ("one\n\ntwo", ["one", "\n\n", "two"]), ("extraordinarily", ["extrao", "rdinar", "ily"]),
            ("12345", ["123", "45"]), ("你好 ok", ["你", "好", " ok"]), (" \n", [" ", "\n"]),
            ("cafe\u{301}s", ["cafe\u{301}s"]), ("\u{301}", ["\u{301}"]),
        ])
    func pieces(_ text: String, _ expected: [String]) {
        #expect(TokenPieces.pieces(of: text) == expected)
        #expect(TokenPieces.count(text) == expected.count)
    }

    @Test(
        "pieces joined are the text",
        arguments: [
            "Hello, world!  Two  spaces\tand\r\nlines.\n", "日本語のテキスト、한국어 텍스트",
            "👩‍👩‍👧‍👦 family 🇳🇿 flags e\u{301}\u{301}\u{301}",
            String(repeating: "\u{301}", count: 100), String(repeating: " ", count: 50) + "end",
            String(repeating: "x", count: 1000), "{\"a\": [1, 2.50, null]}", "\u{2028}\u{FEFF}\u{0}",
        ])
    func joined(_ text: String) {
        let pieces = TokenPieces.pieces(of: text)
        #expect(pieces.joined().unicodeScalars.elementsEqual(text.unicodeScalars))
        #expect(pieces.allSatisfy { !$0.isEmpty && $0.unicodeScalars.count < 300 })
        #expect(TokenPieces.count(text) == pieces.count)
    }

    @Test(
        "stop words",
        arguments: [
            ("one two three", ["three", "two"], "one "), ("one", ["two"], "one"), ("one", [""], "one"),
            ("one", [], "one"), ("", ["a"], ""), ("aab", ["ab"], "a"), ("aaab", ["aab", "b"], "a"),
            ("ababac", ["abac"], "ab"), ("END", ["END"], ""), ("a\u{301}b", ["a"], ""), ("a\r\nb", ["\n"], "a\r"),
            ("stop", ["Stop", "STOP"], "stop"), ("x###y", ["##"], "x"),
        ])
    func stopWords(_ text: String, _ words: [String], _ expected: String) {
        #expect(Self.cut(text, at: words).unicodeScalars.elementsEqual(expected.unicodeScalars))
    }

    @Test func stopWordsThatRepeatThemselvesCostLittle() {
        let text = String(repeating: "a", count: 200_000)
        let word = String(repeating: "a", count: 50_000) + "b"
        #expect(Self.cut(text, at: [word]) == text)
    }

    @Test(
        "first sentences",
        arguments: [
            ("Short.", 100, "Short."), ("  Short.  ", 100, "Short."), ("One. Two. Three.", 9, "One. Two."),
            ("One. Two. Three.", 8, "One."), ("Pi is 3.14. Yes it is.", 12, "Pi is 3.14."), ("一。二。三。", 4, "一。二。"),
            ("line\nnext line", 6, "line"), ("A sentence without end", 12, "A sentence…"),
            ("incomprehensibilities", 6, "incom…"), ("text", 0, ""), ("text", -1, ""), ("text", 1, "…"), ("", 5, ""),
            ("He said \"No.\" Then he left.", 15, "He said \"No.\""),
            ("Wait... what? Oh no, really", 14, "Wait... what?"),
        ])
    func sentences(_ text: String, _ limit: Int, _ expected: String) {
        #expect(FirstSentences.summary(of: text, limit: limit) == expected)
        #expect(FirstSentences.summary(of: text, limit: limit).unicodeScalars.count <= max(limit, 0))
    }
}

struct VectorTests {
    private static func dot(_ first: [Double], _ second: [Double]) -> Double {
        zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
    }

    @Test(
        "vectors have the dimension and length 1",
        arguments: ["", "a", "the quick brown fox", "!!!", "你好", " ", "a a a a"], [1, 2, 3, 64, 256, 1536])
    func unit(_ text: String, _ dimension: Int) {
        let vector = WordVector.vector(of: text, dimension: dimension)
        #expect(vector.count == dimension)
        #expect(abs(Self.dot(vector, vector) - 1) < 1e-9)
        #expect(vector == WordVector.vector(of: text, dimension: dimension))
    }

    @Test func dimensionsBelowOneCountAsOne() {
        #expect(WordVector.vector(of: "a", dimension: 0).count == 1)
        #expect(WordVector.vector(ofBytes: [], dimension: -3).count == 1)
    }

    @Test("texts that share words are closer", arguments: [64, 128, 256, 1536])
    func closer(_ dimension: Int) {
        let query = WordVector.vector(of: "Which animal smiles?", dimension: dimension)
        let near = WordVector.vector(of: "The animal that smiles is the quokka", dimension: dimension)
        let far = WordVector.vector(of: "Buses leave every ten minutes", dimension: dimension)
        #expect(Self.dot(query, near) > Self.dot(query, far) + 0.2)
        #expect(Self.dot(query, WordVector.vector(of: "which ANIMAL smiles", dimension: dimension)) > 0.999)
    }

    @Test func vectorsAreTheSameOnEveryMachine() {
        #expect(WordVector.vector(of: "", dimension: 3) == [1, 0, 0])
        #expect(FNVHash("a").value == 0xAF63_DC4C_8601_EC8C)
        #expect(FNVHash("a").spread(0) == 6_857_225_946_766_476_583)
    }

    @Test func vectorsOfBytesDependOnAllBytes() {
        let first = WordVector.vector(ofBytes: [1, 2, 3], dimension: 64)
        let second = WordVector.vector(ofBytes: [1, 2, 4], dimension: 64)
        #expect(abs(Self.dot(first, first) - 1) < 1e-9)
        #expect(first.allSatisfy { $0 != 0 })
        #expect(abs(Self.dot(first, second)) < 0.5)
    }

    @Test func overlapOrdersDocuments() {
        let documents = ["quokka facts", "All quokka facts in one long book", "numbat facts", "bus times"]
        let scores = documents.map { WordOverlap(query: "quokka facts").score(of: $0) }
        #expect(scores == scores.sorted(by: >))
        #expect(Set(scores).count == 4)
        #expect(scores.first == 1)
        #expect(scores.last == 0)
    }

    @Test(
        "overlap",
        arguments: [
            ("Quokka", "QUOKKA!", 1), ("a b", "a c", 0.475), ("a b c", "a", 0.333333), ("!!!", "!!!", 1),
            ("!!!", "???", 0),
            ("", "a", 0), ("a", "", 0), ("你", "你好", 0.95),
        ] as [(String, String, Double)])
    func overlap(_ query: String, _ document: String, _ score: Double) {
        #expect(WordOverlap(query: query).score(of: document) == score)
    }
}

struct ToneTests {
    private static func number(_ bytes: [UInt8], _ place: Int, _ size: Int) -> Int {
        bytes[place..<place + size].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    @Test(
        "length follows from the text",
        arguments: [("", 1600), ("abc", 1600), ("Good morning.", 6240), (String(repeating: "x", count: 500), 40_000)])
    func header(_ text: String, _ samples: Int) {
        let bytes = ToneAudio.wav(for: text)
        #expect(bytes.count == 44 + 2 * samples)
        #expect(bytes.prefix(4) == Array("RIFF".utf8)[...])
        #expect(bytes[8..<16] == Array("WAVEfmt ".utf8)[...])
        #expect(Self.number(bytes, 4, 4) == bytes.count - 8)
        let format = [(16, 4), (20, 2), (22, 2), (24, 4), (28, 4), (32, 2), (34, 2)].map {
            Self.number(bytes, $0.0, $0.1)
        }
        #expect(format == [16, 1, 1, 8000, 16_000, 2, 16])
        #expect(Self.number(bytes, 40, 4) == 2 * samples)
    }

    @Test func toneSwellsAndFades() {
        let bytes = ToneAudio.wav(for: "Good morning.")
        let samples = stride(from: 44, to: bytes.count, by: 2).map {
            Int(Int16(truncatingIfNeeded: Self.number(bytes, $0, 2)))
        }
        #expect(samples.first == 0)
        #expect(samples.last == 0)
        #expect((7000...8200).contains(samples.max() ?? 0))
        #expect((-8200 ... -7000).contains(samples.min() ?? 0))
        // No two neighbours lie further apart than the steepest part of the tone.
        #expect(zip(samples, samples.dropFirst()).allSatisfy { abs($0 - $1) < 4000 })
        #expect(bytes == ToneAudio.wav(for: "Good morning."))
        #expect(Set((0..<20).map { ToneAudio.wav(for: "text \($0)").prefix(200) }).count > 2)
    }
}

struct UsageTests {
    private static let pricing = ModelPricing(input: "0.15", output: "0.60", unit: "0.000001", currency: "USD")

    @Test func usageOfAnLLM() throws {
        let usage = ModelUsage(promptTokens: 21, completionTokens: 6, pricing: Self.pricing, latency: 0.9131)
        #expect(usage.llm()["time_to_first_token"] == JSONValue.null)
        let chunk = RecordedApps.passedOn(["delta": ["usage": .object(usage.llm())]], answering: .llm)
        #expect(
            chunk["delta"]?["usage"]?.description
                == #"{"prompt_tokens":21,"prompt_unit_price":"0.15","prompt_price_unit":"0.000001","#
                + #""prompt_price":"0.0000032","completion_tokens":6,"completion_unit_price":"0.6","#
                + #""completion_price_unit":"0.000001","completion_price":"0.0000036","total_tokens":27,"#
                + #""total_price":"0.0000068","currency":"USD","latency":0.9131}"#)
    }

    @Test func usageAsDifyWritesIt() {
        let usage = ModelUsage(promptTokens: 42, completionTokens: 17, pricing: Self.pricing, latency: 1.25)
        #expect(
            JSONValue.object(usage.platform()).description
                == #"{"prompt_tokens":42,"prompt_unit_price":"0.15","prompt_price_unit":"0.000001","#
                + #""prompt_price":"0.0000063","completion_tokens":17,"completion_unit_price":"0.60","#
                + #""completion_price_unit":"0.000001","completion_price":"0.0000102","total_tokens":59,"#
                + #""total_price":"0.0000165","currency":"USD","latency":1.25,"time_to_first_token":0.417,"#
                + #""time_to_generate":0.833}"#)
        let unstreamed = usage.platform(isStreamed: false)
        #expect(unstreamed["time_to_first_token"] == JSONValue.null)
        #expect(unstreamed["time_to_generate"] == JSONValue.null)
        #expect(unstreamed.count == 14)
    }

    @Test func usageOfAnEmbedding() {
        let pricing = ModelPricing(input: "0.02", output: "0", unit: "0.000001", currency: "USD")
        let usage = ModelUsage(promptTokens: 5, completionTokens: 0, pricing: pricing, latency: 0.05)
        let result = RecordedApps.passedOn(["usage": .object(usage.embedding())], answering: .textEmbedding)
        #expect(
            result["usage"]?.description
                == #"{"tokens":5,"total_tokens":5,"unit_price":"0.02","price_unit":"0.000001","#
                + #""total_price":"0.0000001","currency":"USD","latency":0.05}"#)
        #expect(usage.platform()["total_price"] == "1E-7")
    }

    @Test func withoutPricingEverythingIsFree() {
        let usage = ModelUsage(promptTokens: 5, completionTokens: 7, pricing: ModelPricing(), latency: 0)
        for form in [usage.llm(), usage.platform()] {
            #expect(form.filter { $0.key.contains("price") }.allSatisfy { $0.value == "0" })
            #expect(form["currency"] == "USD")
            #expect(form["latency"] == 0.0)
            #expect(form["total_tokens"] == 12)
        }
    }

    @Test(
        "prices round half up at the seventh decimal",
        arguments: [
            (1, "0.15", "0.000001", "0.0000002"), (1, "0.149", "0.000001", "0.0000001"),
            (3, "0.05", "0.000001", "0.0000002"), (1000, "0.15", "0.000001", "0.00015"), (2, "1.5", "1", "3"),
            (0, "5", "1", "0"), (7, "free", "1", "0"), (7, "-1", "1", "0"), (7, "1", "", "0"),
            (10, "2e-3", "1", "0.02"),
            (1, "1E3", "0.001", "1"), (1_000_000, "999999.999999", "999999.999999", "999999999998000000.000001"),
            (Int.max, "999999999999999999", "999999999999999999", "0"), (1, ".5", "1.", "0.5"), (1, "1.2.3", "1", "0"),
        ])
    func price(_ tokens: Int, _ price: String, _ unit: String, _ expected: String) {
        #expect(ModelPricing.price(of: tokens, at: price, unit: unit).trimmedText == expected)
    }
}
