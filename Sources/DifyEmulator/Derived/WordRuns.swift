/// The words of a text, as vectors and scores compare them: lower case, letters and digits only.
enum WordRuns {
    /// The words in order. Each Chinese, Japanese or Korean character is one.
    static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        func finish() {
            if !word.isEmpty { words.append(String(word)) }
            word = String.UnicodeScalarView()
        }
        for scalar in text.lowercased().unicodeScalars {
            if scalar.standsAlone {
                finish()
                words.append(String(scalar))
            } else if scalar.isWordPart {
                word.append(scalar)
            } else {
                finish()
            }
        }
        finish()
        return words
    }
}
