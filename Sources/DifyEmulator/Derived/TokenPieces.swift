/// A text in the pieces in which a model would emit it; joined they are the text. Their number is its token count.
///
/// The cuts are those a reader expects of a tokenizer: a word with the space before it, long words in parts, three
/// digits together, one piece for each Chinese, Japanese or Korean character. No vendor's tokenizer is meant.
enum TokenPieces {
    /// The pieces, in order, none of them empty.
    static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var start = text.unicodeScalars.startIndex
        forEachEnd(in: text) { end in
            pieces.append(String(text.unicodeScalars[start..<end]))
            start = end
        }
        return pieces
    }

    /// How many pieces the text has.
    static func count(_ text: String) -> Int {
        var count = 0
        forEachEnd(in: text) { _ in count += 1 }
        return count
    }

    /// What may stand together in one piece.
    private enum Kind {
        case letters, digits, ideograph, space, newline, sign
        /// Belongs to what stands before it: accents that combine, joiners, variation selectors.
        case mark

        init(_ scalar: Unicode.Scalar) {
            switch scalar {
            case "a"..."z", "A"..."Z": self = .letters
            case "0"..."9": self = .digits
            case " ", "\t": self = .space
            case "\n", "\r": self = .newline
            case _ where scalar.isASCII: self = .sign
            case _ where scalar.standsAlone: self = .ideograph
            case "\u{200D}", "\u{FE00}"..."\u{FE0F}", "\u{1F3FB}"..."\u{1F3FF}": self = .mark
            default: self = Self.named(scalar.properties)
            }
        }

        private static func named(_ properties: Unicode.Scalar.Properties) -> Kind {
            switch properties.generalCategory {
            case .nonspacingMark, .spacingMark, .enclosingMark: .mark
            case .decimalNumber: .digits
            case .lineSeparator, .paragraphSeparator: .newline
            case .spaceSeparator: .space
            default: properties.isAlphabetic ? .letters : .sign
            }
        }

        /// How many scalars of this kind one piece takes from a run of so many.
        func share(of run: Int) -> Int {
            switch self {
            case .letters: run <= 8 ? run : min(run, 6)
            case .digits: min(run, 3)
            case .ideograph, .mark, .sign: 1
            case .space, .newline: run
            }
        }
    }

    /// Longest row of marks behind one character that stays with it; text can hold thousands.
    private static let maximumMarks = 16

    private static func forEachEnd(in text: String, _ body: (String.Index) -> Void) {
        let scalars = text.unicodeScalars
        var position = scalars.startIndex
        while position < scalars.endIndex {
            var kind = Kind(scalars[position])
            // The last space of a row belongs to the word behind it.
            if kind == .space, scalars[position] == " " {
                let next = scalars.index(after: position)
                if next < scalars.endIndex {
                    let following = Kind(scalars[next])
                    if following == .letters || following == .digits || following == .sign {
                        kind = following
                        position = next
                    }
                }
            }
            position = end(of: kind, from: position, in: scalars)
            body(position)
        }
    }

    private static func end(
        of kind: Kind, from start: String.Index, in scalars: String.UnicodeScalarView
    ) -> String.Index {
        var position = skippingMarks(from: scalars.index(after: start), in: scalars)
        var ends = [position]
        // A run is looked at only as far as one piece may reach, which keeps the whole walk linear.
        while ends.count < 16, position < scalars.endIndex, Kind(scalars[position]) == kind {
            let next = scalars.index(after: position)
            // Of several spaces before a word the last one is the word's.
            if kind == .space, next < scalars.endIndex, Kind(scalars[next]) != .space { break }
            position = skippingMarks(from: next, in: scalars)
            ends.append(position)
        }
        return ends[kind.share(of: ends.count) - 1]
    }

    private static func skippingMarks(
        from start: String.Index, in scalars: String.UnicodeScalarView
    ) -> String.Index {
        var position = start
        var count = 0
        while count < maximumMarks, position < scalars.endIndex, Kind(scalars[position]) == .mark {
            position = scalars.index(after: position)
            count += 1
        }
        return position
    }
}
