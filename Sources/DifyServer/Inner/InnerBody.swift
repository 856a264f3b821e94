import DifyEmulator
import DifyProtocol
import NIOCore

/// The bytes of an answer of the inner API: frames, one object, or the error with which the call was refused.
struct InnerBody: Sendable {
    private let route: InnerRoute
    private let profile: Profile
    private let refusal: Refusal?
    /// Whether the one object, or the error in its place, was written.
    private var isComplete = false

    init(_ route: InnerRoute, in profile: Profile, refusal: Refusal?) {
        self.route = route
        self.profile = profile
        self.refusal = refusal
    }

    var status: Int { refusal?.status ?? 200 }

    var contentType: String {
        refusal == nil && route.form == .stream ? "text/event-stream; charset=utf-8" : "application/json"
    }

    /// Appends what becomes of events.
    mutating func append(_ events: [ReplyEvent], to buffer: inout ByteBuffer) {
        for event in events {
            if let refusal {
                complete(refusal.body(in: profile), &buffer)
            } else if route.form == .stream {
                guard let frame = Self.frame(event) else { continue }
                var bytes: [UInt8] = []
                FrameEncoding(profile).append(frame, to: &bytes)
                buffer.writeBytes(bytes)
            } else {
                complete(BodyText.of(object(event), in: profile), &buffer)
            }
        }
    }

    private mutating func complete(_ text: String, _ buffer: inout ByteBuffer) {
        if !isComplete { buffer.writeString(text) }
        isComplete = true
    }

    /// - Returns: nil for the end, which is that of the body.
    private static func frame(_ event: ReplyEvent) -> StreamFrame? {
        switch event {
        case .response(let data): .data(data)
        case .error(let failure):
            switch failure.cause {
            case .exception(let text): .error(text)
            // Seeds can say so in the middle of a stream, where there is no status any more.
            case .refusal(let refusal): .error(refusal.message)
            case .answer(let data): .data(data)
            case .other: .error(failure.text)
            }
        case .end: nil
        }
    }

    /// The whole answer. One of nothing holds no data.
    private func object(_ event: ReplyEvent) -> JSONValue {
        switch Self.frame(event) {
        case .data(let data)?: ["data": route.nests ? ["data": data] : data, "error": ""]
        case .error(let text)?: ["data": .null, "error": .string(text)]
        case nil: ["data": .null, "error": ""]
        }
    }
}
