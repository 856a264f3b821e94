import DifyProtocol
import Testing

@testable import DifyEmulator

/// The workflow nodes: what is found in a query, and what Dify makes of it.
struct NodeTests {
    private static let model = NodeModel(provider: "acme/quokka/quokka", name: "quokka-mini")
    private static let usage = ModelUsage(
        promptTokens: 21, completionTokens: 6,
        pricing: ModelPricing(input: "0.15", output: "0.6", unit: "0.000001"), latency: 0.9131)

    /// A required parameter, written as its name, its type and its options.
    private static func parameter(_ text: String) -> ExtractedParameter {
        let words = text.split(separator: " ").map(String.init)
        return ExtractedParameter(
            name: words[0], type: words[1], options: Array(words.dropFirst(2)), description: "the \(words[0])",
            required: true)
    }

    private static func call(_ query: String, _ parameters: String...) -> ParameterExtractorInvocation {
        ParameterExtractorInvocation(parameters: parameters.map(parameter), model: model, query: query)
    }

    // MARK: - What stands in a query

    struct Reading: Sendable, CustomTestStringConvertible {
        let query: String
        let parameters: [String]
        let found: JSONObject
        var testDescription: String { query }

        init(_ query: String, _ parameters: [String], _ found: JSONObject) {
            self.query = query
            self.parameters = parameters
            self.found = found
        }
    }

    private static let readings: [Reading] = [
        // Text is announced.
        Reading("town: Perth", ["town string"], ["town": "Perth"]),
        Reading("The town is Alice Springs.", ["town string"], ["town": "Alice Springs"]),
        Reading("town=Perth", ["town string"], ["town": "Perth"]),
        Reading("town=\"Rio, Brazil\", please", ["town string"], ["town": "Rio, Brazil"]),
        Reading("HOME TOWN: Perth", ["homeTown string"], ["homeTown": "Perth"]),
        Reading("home_town: Perth", ["home_town string"], ["home_town": "Perth"]),
        Reading("url = https://dify.ai/a?b=1. Bye", ["url string"], ["url": "https://dify.ai/a?b=1"]),
        Reading("Perth is a town", ["town string"], [:]),
        Reading("Three days in Perth", ["town string"], [:]),
        Reading("town:", ["town string"], [:]),
        // Numbers stand beside their name.
        Reading("days 3", ["days number"], ["days": 3]),
        Reading("For 3 days in June", ["days number"], ["days": 3]),
        Reading("Three days in Perth", ["days number"], ["days": 3]),
        Reading("a 1-day trip", ["days number"], ["days": 1]),
        Reading("days: about 3.5", ["days number"], ["days": 3.5]),
        Reading("a budget of 5, or $1,500.50 budget", ["budget number"], ["budget": 1500.5]),
        Reading("temperature: -4", ["temperature number"], ["temperature": -4]),
        Reading("3 days 2 nights", ["nights number", "days number"], ["nights": 2, "days": 3]),
        Reading("days 3 nights 2", ["nights number", "days number"], ["nights": 2, "days": 3]),
        Reading("many days. 3 of them", ["days number"], [:]),
        // A select is one of its options.
        Reading("the Large one", ["size select small large"], ["size": "large"]),
        Reading("size: large, not small", ["size select small large"], ["size": "large"]),
        Reading("a smallish one", ["size select small large"], [:]),
        // Truth.
        Reading("urgent: yes", ["urgent bool"], ["urgent": true]),
        Reading("urgent=no", ["urgent bool"], ["urgent": false]),
        Reading("it is urgent", ["urgent bool"], ["urgent": true]),
        Reading("it is not urgent", ["urgent bool"], ["urgent": false]),
        Reading("breakfast is false", ["breakfast boolean"], ["breakfast": false]),
        Reading("yes", ["urgent bool"], [:]),
        // Lists.
        Reading("tags a, b and c", ["tags array[string]"], ["tags": ["a", "b", "c"]]),
        Reading("tags: [\"red\", green]", ["tags array[string]"], ["tags": ["red", "green"]]),
        Reading("scores: 3, 4 and 5.5", ["scores array[number]"], ["scores": [3, 4, 5.5]]),
        Reading("answers: yes, no", ["answers array[boolean]"], ["answers": [true, false]]),
        Reading("no list", ["tags array[string]"], [:]),
        Reading("whatever", ["things array[object]"], ["things": []]),
        // One value ends where the next name begins.
        Reading(
            "town is Perth for the next 3 days", ["town string", "days number"], ["town": "Perth", "days": 3]),
        Reading(
            "title is War and Peace and days is 3", ["title string", "days number"],
            ["title": "War and Peace", "days": 3]),
        Reading(
            "scores 3, 4 and 5 for 2 days", ["scores array[number]", "days number"],
            ["scores": [3, 4, 5], "days": 2]),
    ]

    @Test("what a query holds", arguments: readings)
    func reading(_ reading: Reading) {
        let parameters = reading.parameters.map(Self.parameter)
        #expect(ParameterSearch.values(of: parameters, in: reading.query) == reading.found)
    }

    @Test func longQueriesAreReadInPart() {
        let text = String(repeating: "a ", count: QueryWords.maximumLength)
        let found = ParameterSearch.values(of: [Self.parameter("town string")], in: text + "town: Perth")
        #expect(found.isEmpty)
    }

    // MARK: - What Dify makes of it

    /// Recorded from Dify's node: values that a model found, and what came out of it.
    @Test("Dify's own treatment", arguments: try Recorded.all("extractor-cases"))
    func treatment(_ example: Recorded) throws {
        let call = ParameterExtractorInvocation(
            parameters: (example.value["parameters"]?.array ?? []).map(Self.recordedParameter), model: Self.model,
            query: "q")
        let answer = ParameterExtraction.answer(
            call, found: example.value["found"]?.object, usage: Self.usage, callID: "call_1", wrapsArrays: true)
        let passedOn = RecordedApps.passedOn(answer, answering: .parameterExtractor)
        var outputs = try #require(passedOn["outputs"]?.object)
        outputs["__usage"] = nil
        #expect(JSONValue.object(outputs) == example.value["outputs"])
        if let inputs = example.value["inputs"] { #expect(passedOn["inputs"]?["parameters"] == inputs) }
        if let schema = example.value["schema"] {
            #expect(passedOn["process_data"]?["function"]?["parameters"] == schema)
        }
    }

    private static func recordedParameter(_ value: JSONValue) -> ExtractedParameter {
        ExtractedParameter(
            name: value["name"]?.string ?? "", type: value["type"]?.string ?? "",
            options: (value["options"]?.array ?? []).compactMap(\.string),
            required: value["required"]?.bool ?? true)
    }

    @Test func arraysArePlainUnlessWrapped() throws {
        let call = Self.call("tags: a, b", "tags array[string]")
        let found = ParameterExtraction.values(in: call)
        let plain = ParameterExtraction.answer(call, found: found, usage: Self.usage, callID: "call_1")
        #expect(plain["outputs"]?["tags"] == ["a", "b"])
        let nothing = ParameterExtraction.answer(call, found: nil, usage: Self.usage, callID: "call_1")
        #expect(nothing["outputs"]?["tags"] == [])
    }

    @Test(
        "the recorded answers",
        arguments: ["success", "nothing found: defaults with a reason", "wrong number of parameters"])
    func recordedExtraction(_ name: String) throws {
        let (call, expected) = try Self.recorded("node_parameter_extractor", name)
        let tool = expected["process_data"]?["tool_call"]?["function"]?["arguments"]?.string
        let found = try tool.flatMap { try JSONParser.parse($0).object }
        let given = ParameterExtraction.answer(
            try ParameterExtractorInvocation(request: call), found: found, usage: Self.usage, callID: "call_p1")
        let answer = RecordedApps.passedOn(given, answering: .parameterExtractor)
        #expect(answer.keys == expected.keys)
        #expect(answer["inputs"] == expected["inputs"])
        #expect(Self.withoutUsage(answer["outputs"]) == Self.withoutUsage(expected["outputs"]))
        #expect(Self.keys(answer["process_data"]) == Self.keys(expected["process_data"]))
        for key in ["function", "tool_call", "model_mode", "model_name", "model_provider"] {
            #expect(answer["process_data"]?[key] == expected["process_data"]?[key], "\(key)")
        }
        #expect(Self.keys(answer["outputs"]?["__usage"]) == Self.keys(expected["outputs"]?["__usage"]))
        #expect(answer["outputs"]?["__usage"]?["total_price"] == "0.0000068")
    }

    @Test func scriptedOutputsStandAsTheyAre() throws {
        let call = Self.call("q", "town string", "days number")
        let scripted: JSONObject = ["town": "Perth", "extra": [1]]
        let answer = ParameterExtraction.answer(call, scripted: scripted, usage: Self.usage, callID: "call_1")
        let outputs = try #require(answer["outputs"]?.object)
        #expect(outputs.keys == ["__is_success", "__reason", "__usage", "town", "days", "extra"])
        #expect(outputs["__is_success"] == 1)
        #expect(outputs["__reason"] == .null)
        #expect(outputs["town"] == "Perth")
        #expect(outputs["days"] == 0)
        let failed = ParameterExtraction.answer(
            call, scripted: ["__is_success": 0, "__reason": "no"], usage: Self.usage, callID: "call_1")
        #expect(failed["outputs"]?["__is_success"] == 0)
        #expect(failed["outputs"]?["__reason"] == "no")
    }

    @Test func reservedNames() {
        #expect(ParameterExtraction.reservedName(in: Self.call("q", "town string")) == nil)
        #expect(ParameterExtraction.reservedName(in: Self.call("q", "__reason string")) == "__reason")
    }

    // MARK: - Classes

    @Test(
        "classes",
        arguments: [
            ("A COMPLAINT about my room", 1), ("booking or complaint?", 0), ("My room was cold", 0),
        ])
    func position(_ query: String, _ position: Int) {
        #expect(QuestionClassification.position(for: Self.classifier(query)) == position)
    }

    @Test func scriptedClassesGoByNameOrID() {
        let classes = Self.classifier("q").classes
        #expect(QuestionClassification.position(of: "Complaint", in: classes) == 1)
        #expect(QuestionClassification.position(of: "2", in: classes) == 1)
        #expect(QuestionClassification.position(of: "Praise", in: classes) == nil)
    }

    @Test(
        "the recorded classes",
        arguments: [("second class", 1), ("unreadable answer falls back to the first class", 0)])
    func recordedClass(_ name: String, _ position: Int) throws {
        let (request, expected) = try Self.recorded("node_question_classifier", name)
        let call = try QuestionClassifierInvocation(request: request)
        let given = try #require(QuestionClassification.answer(call, position: position, usage: Self.usage))
        let answer = RecordedApps.passedOn(given, answering: .questionClassifier)
        #expect(answer.keys == expected.keys)
        #expect(answer["inputs"] == expected["inputs"])
        #expect(Self.withoutUsage(answer["outputs"]) == Self.withoutUsage(expected["outputs"]))
        #expect(Self.keys(answer["process_data"]) == Self.keys(expected["process_data"]))
        #expect(answer["process_data"]?["finish_reason"] == "stop")
        #expect(Self.keys(answer["outputs"]?["usage"]) == Self.keys(expected["outputs"]?["usage"]))
    }

    @Test func withoutClassesTheNodeFails() throws {
        let call = QuestionClassifierInvocation(classes: [], model: Self.model, query: "q")
        let position = QuestionClassification.position(for: call)
        #expect(QuestionClassification.answer(call, position: position, usage: Self.usage) == nil)
    }

    @Test("failed nodes", arguments: [InvocationType.parameterExtractor, .questionClassifier])
    func failure(_ type: InvocationType) throws {
        let rows = try RecordedApps.rows(type.rawValue)
        let recorded = rows.compactMap { $0["events"]?.array?.first?["message"]?.string }
            .filter { $0.contains("InvokeNodeResponse") }
        #expect(recorded == [NodeAnswer.failure(of: type).text])
    }

    // MARK: - Recorded exchanges

    private static func classifier(_ query: String) -> QuestionClassifierInvocation {
        QuestionClassifierInvocation(
            classes: [QuestionClass(id: "1", name: "Booking"), QuestionClass(id: "2", name: "Complaint")],
            model: model, query: query)
    }

    private static func recorded(_ file: String, _ name: String) throws -> (request: JSONObject, data: JSONObject) {
        let row = try #require(try RecordedApps.rows(file).first { $0["name"]?.string == name })
        let request = try #require(row["request"]?.object)
        return (request, try #require(row["events"]?.array?.first?["data"]?.object))
    }

    private static func keys(_ value: JSONValue?) -> [String]? { value?.object?.keys }

    private static func withoutUsage(_ value: JSONValue?) -> JSONObject? {
        var object = value?.object
        object?["__usage"] = nil
        object?["usage"] = nil
        return object
    }
}
