import Foundation

/// Where the command line writes. Results go to standard output, everything about them to standard error.
enum Console {
    /// Writes a line of results.
    ///
    /// When nobody takes them any more (a closed pipe, a full disk) there is nothing left to do, and the command ends.
    static func out(_ line: String = "") {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
        } catch {
            exit(EXIT_FAILURE)
        }
    }

    /// Writes a line about the results.
    ///
    /// Lost when nobody reads it: a server goes on without its log.
    static func note(_ line: String) { try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8)) }

    /// Text in a colour, where the output is a terminal that wants colours.
    static func styled(_ text: String, _ style: Style, on descriptor: Int32 = STDOUT_FILENO) -> String {
        let wantsColour = isatty(descriptor) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
        return wantsColour ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    enum Style: Int {
        case bold = 1
        case dim = 2
        case red = 31
        case green = 32
        case yellow = 33
    }

    /// Rows in columns, each as wide as its widest cell.
    static func table(_ header: [String], _ rows: [[String]]) -> [String] {
        let rows = rows.map { $0.map(\.printable) }
        let widths = header.indices.map { column in
            ([header] + rows).map { $0[column].count }.max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            var text = ""
            for (column, cell) in cells.enumerated() {
                let isLast = column == cells.count - 1
                text += isLast ? cell : cell + String(repeating: " ", count: widths[column] + 2 - cell.count)
            }
            return text
        }
        return [styled(line(header), .bold)] + rows.map(line)
    }
}

extension String {
    /// The text with control characters written out, so that no name can move the cursor or forge a line.
    var printable: String {
        guard unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return self }
        return unicodeScalars.reduce(into: "") { text, scalar in
            text +=
                scalar.properties.generalCategory == .control
                ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
        }
    }
}
