import DifyEmulator
import DifyProtocol
import Testing

/// Every place where Dify cannot answer: answered and told, or as in Dify and told.
struct QuirkTests {
    private static let seed =
        Requests.seed + """

            plugins:
              - id: acme/files
                tools:
                  - {name: link, reply: [{binary_link: /x}]}
                  - {name: file, reply: [{file: {url: /x, type: document}}]}
              - id: acme/small
                permission: {storage: {enabled: true, size: 1024}, app: {enabled: true}, tool: {enabled: true}}
            """

    private static let extractor: JSONObject = [
        "model": [
            "provider": "acme/quokka/quokka", "name": "mini", "mode": "chat", "completion_params": [:],
        ], "query": "tags: a, b", "instruction": "",
    ]

    /// A call that meets the quirk. The app of one is made for it.
    private static func call(_ quirk: Quirk) throws -> (InvocationType, JSONObject) {
        let everything = Dictionary(Requests.all, uniquingKeysWith: { first, _ in first })
        switch quirk {
        case .completionApp:
            return (
                .app, ["app_id": "1f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c33", "inputs": [:], "response_mode": "blocking"]
            )
        case .speechToText: return (.speechToText, try #require(everything[.speechToText]))
        case .multimodal: return (.multimodalRerank, try #require(everything[.multimodalRerank]))
        case .continuedConversation:
            // A chatflow would start a new conversation, which is no error.
            return (
                .app,
                [
                    "app_id": "1f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c34", "query": "More", "response_mode": "streaming",
                    "conversation_id": "2f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c34",
                ]
            )
        case .booleanParameter:
            return (.parameterExtractor, extractor.merging(["parameters": [["name": "b", "type": "boolean"]]]))
        case .arrayParameter:
            return (
                .parameterExtractor, extractor.merging(["parameters": [["name": "tags", "type": "array[string]"]]])
            )
        case .completionParams:
            let model: JSONObject = ["provider": "acme/quokka/quokka", "name": "mini", "mode": "chat"]
            return (.parameterExtractor, extractor.merging(["model": .object(model), "parameters": []]))
        case .binaryLink, .fileMessage:
            let tool = quirk == .binaryLink ? "link" : "file"
            let call = ToolInvocation(kind: .builtin, provider: "acme/files/files", tool: tool, parameters: [:])
            return (.tool, call.invocation.request)
        case .localFile:
            return (
                .app,
                [
                    "app_id": "1f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c35", "response_mode": "blocking",
                    "inputs": [
                        "picture": [
                            "transfer_method": "local_file", "type": "document",
                            "upload_file_id": "4f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c30",
                        ]
                    ],
                ]
            )
        case .overQuota:
            return (.storage, ["opt": "set", "key": "k", "value": .string(String(repeating: "00", count: 2000))])
        }
    }

    private static let apps = """
        workspace: everything
        apps:
          - {id: 1f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c33, name: Mail, mode: completion}
          - {id: 1f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c34, name: Chat, mode: chat}
          - id: 1f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c35
            name: Picture
            mode: workflow
            inputs: [{name: picture, type: file}]
        files: [{id: 4f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c30, name: p.txt, mime_type: text/plain, text: hello}]
        conversations:
          - {id: 2f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c34, app: Chat, user: ann, messages: [{query: Hi, answer: Hello}]}
        """

    @Test("each use is told, whichever way it is treated", arguments: Quirk.allCases)
    func isTold(_ quirk: Quirk) throws {
        for treatment in Quirk.Treatment.allCases {
            var options = Platform.Options()
            options.quirks = treatment
            let platform = try Platform(
                seeds: [.text(Self.seed, name: "everything.yaml"), .text(Self.apps, name: "apps.yaml")],
                options: options)
            let (type, request) = try Self.call(quirk)
            let caller = quirk == .overQuota ? Caller(plugin: "acme/small") : nil
            let answer = platform.answer(
                Invocation(type: type, request: request), in: platform.defaultWorkspace, from: caller)
            let notes = answer.diagnosis.notes.joined(separator: "\n")
            #expect(notes.contains("(\(quirk.rawValue))"), "\(treatment): \(notes)")
            let answersWithData: Set<Quirk> = [.arrayParameter, .binaryLink, .fileMessage]
            let error = answer.events.immediate?.contains { if case .error = $0 { true } else { false } }
            if quirk == .overQuota {
                #expect(error == true)
            } else {
                #expect(error == (treatment == .dify && !answersWithData.contains(quirk)))
            }
        }
    }
}
