/// A class into which a question classifier can put a text.
public struct QuestionClass: Sendable, Hashable {
    /// The id under which the answer names it.
    public let id: String
    /// What belongs into it.
    public let name: String

    /// A class.
    public init(id: String, name: String) {
        self.id = id
        self.name = name
    }

    init(reading fields: RequestFields) {
        id = fields.text("id", as: "ID", .required)
        name = fields.text("name", as: "Name", .required)
    }

    /// The class as the SDK sends it.
    var value: JSONValue { ["id": .string(id), "name": .string(name)] }
}
