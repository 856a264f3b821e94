/// Something that Dify does to a call of a custom tool and that its caller hardly meant: the whole list, each with what
/// to do about it.
enum CallTrap: Sendable, Hashable {
    /// How a list or an object reaches the API after all.
    enum Rescue: Sendable, Hashable {
        /// Dify decodes JSON text there; an example.
        case jsonText(String)
        /// The document refers to a schema that Dify does not look up.
        case reference
        case plainText
    }

    case pythonText(kind: String, text: String, Rescue)
    case capitalBoolean(String, isDeclared: Bool)
    case looseBoolean(String)
    case cutNumber(given: String, sent: String)
    case typeless
    case readOnly(String)
    case file
    case changedPath(String, encoded: String)
    case emptyQuery
    case sentEmpty
    case unknownArgument(String, hint: String)
    case declaredTwice(String)
    case sharedParameter(String)
    case bodyReference
    case composedBody(String)
    case bodyWithoutObject(String)
    case otherContentTypes(first: String)
    case formBody(String)
    case droppedQuery(String)
    case serverVariable(String)
    case relativeServer
    case userInfo
    case doubleSlash
    case ownServer
    case missingCredentials

    /// What happens.
    var problem: String {
        switch self {
        case .pythonText(let kind, let text, _): "the \(kind) arrives as Python text: \(text)"
        case .capitalBoolean(let text, _): "the boolean arrives as \(text)"
        case .looseBoolean(let text): "the text \(text) counts as true"
        case .cutNumber(let given, let sent): "\(given) is cut to \(sent)"
        case .typeless: "the property has no type, so null is sent whatever is given"
        case .readOnly(let name): "\(name) is filled by the API (readOnly), and yet Dify demands it"
        case .file: "a file, which a plugin's call cannot carry: the call fails"
        case .changedPath(let text, _): "\(text) changes the address: Dify writes / ? # and .. as they are"
        case .emptyQuery: "an empty text in a query is left out"
        case .sentEmpty: "is sent empty although nothing is given"
        case .unknownArgument(let name, _): "no parameter is called \(name), so it is not sent"
        case .declaredTwice(let name):
            "\(name) is declared more than once: the value goes to each place, cast to the last type"
        case .sharedParameter(let name):
            "\(name) is declared for the whole path, which Dify does not read: it is never sent"
        case .bodyReference: "Dify does not follow this reference: no body is sent"
        case .composedBody(let keyword): "what stands under \(keyword) gives no parameters and is not sent"
        case .bodyWithoutObject(let type): "a body of type \(type) cannot be given: {} is sent"
        case .otherContentTypes(let first): "of several content types only the first is sent: \(first)"
        case .formBody(let type): "the body goes out as a URL-encoded form under the type \(type)"
        case .droppedQuery(let query): "of the address the part from ? on is dropped: ?\(query)"
        case .serverVariable(let name): "the server's variable {\(name)} is not filled in"
        case .relativeServer: "the address has no host: the request fails"
        case .userInfo: "user and password of the address go out as Authorization and replace the stored key"
        case .doubleSlash: "server and path are joined as they are, so the address has two slashes"
        case .ownServer: "another server is named here; Dify calls the document's first one"
        case .missingCredentials: "the document asks for credentials, and none are stored"
        }
    }

    /// What to do about it.
    var remedy: String {
        switch self {
        case .pythonText(_, _, .jsonText(let example)): "pass JSON text, which Dify decodes there: \(example)"
        case .pythonText(_, _, .reference):
            "write the schema with its type in place of the reference, then pass JSON text"
        case .pythonText(_, _, .plainText): "pass the text that the API expects"
        case .capitalBoolean(_, isDeclared: true): "declare it as a string and pass the text true or false"
        case .capitalBoolean(_, isDeclared: false): "pass the text true or false"
        case .looseBoolean: "pass true or false, or one of the texts yes, no, y, n, 1, 0"
        case .cutNumber: "pass a whole number, or declare the type number"
        case .typeless: "give the property a type in the document"
        case .readOnly: "take it out of required in the document, or pass any value"
        case .file: "let the API take the file's address or its base64 text; a script can answer the tool"
        case .changedPath(_, let encoded): "pass it with percent escapes: \(encoded)"
        case .emptyQuery: "there is no way to send it empty; let the API take another word for it"
        case .sentEmpty: "give it a value, or take it out of the document"
        case .unknownArgument(_, let hint): hint
        case .declaredTwice: "rename one of them in the document"
        case .sharedParameter: "repeat it among the operation's own parameters"
        case .bodyReference: "write the body itself here; its schema may be a reference"
        case .composedBody: "list the members under properties, or refer to a schema that lists them"
        case .bodyWithoutObject: "let the API take an object that holds it"
        case .otherContentTypes: "put the one that is to be sent first"
        case .formBody: "describe application/json or application/x-www-form-urlencoded first"
        case .droppedQuery: "declare the pairs as query parameters with a default"
        case .serverVariable: "write the address out in the document"
        case .relativeServer: "write the whole address, with https://"
        case .userInfo: "take them out of the address and store a key with the API (`credentials`)"
        case .doubleSlash: "let the server's address end without a slash"
        case .ownServer: "put it first in the document's servers"
        case .missingCredentials: "give the API `credentials` in the seed, or a key in Dify"
        }
    }
}

/// A trap and where it comes from: a JSON pointer into the document.
struct FoundTrap {
    let pointer: String
    let trap: CallTrap
}
