import ArgumentParser
import DifyEmulator
import DifyProtocol

/// Lists the places where Dify itself cannot answer.
struct QuirksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quirks",
        abstract: "List the places where Dify cannot answer, and what happens there instead.",
        discussion: "With --quirks dify the emulator does in all of them what Dify does.")

    @Flag(help: "Print the table as JSON.")
    var json = false

    func run() {
        guard !json else {
            let rows = Quirk.allCases.map { quirk -> JSONValue in
                [
                    "quirk": .string(quirk.rawValue), "dify": .string(quirk.inDify),
                    "useful": .string(quirk.usefully),
                ]
            }
            Console.out(JSONValue.array(rows).description)
            return
        }
        for quirk in Quirk.allCases {
            Console.out(Console.styled(quirk.rawValue, .bold))
            Console.out("  Dify:    \(quirk.inDify)")
            Console.out("  useful:  \(quirk.usefully)")
        }
    }
}
