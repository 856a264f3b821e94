import Crypto
import DifyProtocol
import Foundation

/// `tts`: speech for a text, in pieces.
struct SpeechCall: AnswerableCall {
    private let call: TTSInvocation
    private let model: CatalogModel
    let facts: JSONObject

    /// Half a second of the derived audio.
    private static let pieceSize = 8000

    init(_ call: TTSInvocation, in context: CallContext) throws(FailedCall) {
        self.call = call
        // Dify looks the model up when the first piece is asked for.
        model = try context.model(call.model, for: .tts)
        facts = [
            "provider": .string(call.model.provider), "model": .string(call.model.model), "text": .string(call.text),
            "voice": .string(call.voice),
        ]
    }

    var subject: CallSubject { .model(.tts, model.identity) }
    var title: String { "tts \(model.identity.provider) \(model.identity.model)" }
    var reply: ReplySequence? { model.reply }

    func derived() -> [FilledItem] {
        let audio = ToneAudio.wav(for: call.text)
        return stride(from: 0, to: audio.count, by: Self.pieceSize).map { start in
            let piece = audio[start..<min(start + Self.pieceSize, audio.count)]
            return .part(.audio, ["hex": .string(HexText.encode(piece))])
        }
    }

    func events(of items: [FilledItem]) -> [ReplyStream.Scheduled] {
        var events: [ReplyStream.Scheduled] = []
        for item in items {
            switch item.content {
            case .part(_, let value):
                var data: JSONObject = ["result": value["hex"] ?? ""]
                data["mime_type"] = value["mime_type"]
                events.append(.response(data, delay: item.delay))
            case .raw(let data): events.append(.init(delay: item.delay, event: .response(data)))
            case .error(let text):
                return events + [.error(InvocationType.tts.failure(exception: text), delay: item.delay)]
            case .rawError(let text): return events + [.error(text, delay: item.delay)]
            case .refuse(let refusal): return [.error(InvocationType.tts.failure(refusal: refusal), delay: item.delay)]
            }
        }
        return events
    }
}

/// `speech2text`: the text of an audio file.
struct TranscriptCall: SingleAnswerCall {
    private let model: CatalogModel
    private let sum: String
    private let transcript: String?
    private let quirk: String
    let facts: JSONObject

    init(_ call: SpeechToTextInvocation, in context: CallContext) throws(FailedCall) {
        model = try context.model(call.model, for: .speechToText)
        var audio = try Self.decode(Array(call.file.utf8))
        // Dify decodes once more what is no longer hex.
        if !context.answersUsefully { audio = try Self.decode(audio, notes: [context.note(.speechToText)]) }
        quirk = context.note(.speechToText)
        sum = HexText.encode(Array(SHA256.hash(data: audio)))
        transcript = context.catalog.state.transcripts[sum]
        facts = [
            "provider": .string(call.model.provider), "model": .string(call.model.model), "sha256": .string(sum),
        ]
    }

    /// - Throws: ``FailedCall`` with the texts of Python's `binascii`.
    private static func decode(_ hex: [UInt8], notes: [String] = []) throws(FailedCall) -> [UInt8] {
        let type = InvocationType.speechToText
        guard hex.count % 2 == 0 else { throw FailedCall(type.failure(exception: "Odd-length string"), notes: notes) }
        guard let bytes = try? HexText.decode(String(decoding: hex, as: UTF8.self)) else {
            throw FailedCall(type.failure(exception: "Non-hexadecimal digit found"), notes: notes)
        }
        return bytes
    }

    var subject: CallSubject { .model(.speechToText, model.identity) }
    var isSeeded: Bool { transcript != nil }
    var title: String { "speech2text \(model.identity.provider) \(model.identity.model)" }
    var reply: ReplySequence? { model.reply }

    var notes: [String] {
        guard transcript == nil, reply == nil else { return [quirk] }
        return [
            quirk,
            "no transcript is stored for this audio; `transcripts: {\"\(sum)\": \"…\"}` in the seed gives it one",
        ]
    }

    func derived() -> [FilledItem] {
        [.part(.text, .string(transcript ?? "[dify-emulator] no transcript is stored for this audio"))]
    }

    func data(of items: [FilledItem]) -> JSONObject { ["result": .string(items.text(of: .text))] }
}
