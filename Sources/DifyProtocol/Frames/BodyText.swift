/// The JSON that stands as a whole in the body of an answer of Dify's APIs, behind it a line feed
/// (flask-restx' `output_json`, and flask-restful's before it).
public enum BodyText {
    /// The text as a release writes it: with `ujson`, compact and `/` as `\/`; the older ones with Python's `json`.
    public static func of(_ value: JSONValue, in profile: Profile) -> String {
        let text =
            profile.has(.compactErrors)
            ? JSONWriter.string(NumberForm.ujson.apply(to: value), style: .errorBody)
            : JSONWriter.string(NumberForm.python.apply(to: value), style: .pythonASCII)
        return text + "\n"
    }
}
