import DifyEmulator
import DifyProtocol

/// Shows what Dify would do with a call.
struct Explanation {
    let content: CallExplanation

    /// Prints the request, what became of the arguments, the traps, and what would answer.
    func show() {
        Console.out(Console.styled(content.call.printable, .bold))
        for note in content.notes { Console.out("  " + note.printable) }
        if let request = content.request { show(request) }
        showArguments()
        if let failure = content.failure { show(failure) }
        showTraps()
        showViolations()
        if !content.answer.isEmpty { heading("What would answer", [content.answer]) }
    }

    private func heading(_ title: String, _ lines: [String]) {
        Console.out()
        Console.out(Console.styled(title, .bold))
        for line in lines { Console.out("  " + line.printable) }
    }

    private func show(_ request: CallExplanation.Request) {
        let lines = request.headers.map { "\($0.name): \($0.value)" }
        heading("The request", ["\(request.method) \(request.url)"] + lines)
        guard !request.body.isEmpty else { return }
        Console.out()
        for line in request.body.split(separator: "\n", omittingEmptySubsequences: false) {
            Console.out("  " + String(line).printable)
        }
    }

    private func show(_ failure: CallExplanation.Failure) {
        let step =
            switch failure.stage {
            case .lookup: "while it looks for the tool"
            case .cast: "while it casts the arguments"
            case .request: "while it builds the request; the tool is found and the arguments are cast"
            }
        heading("Dify fails \(step)", failure.message.split(separator: "\n").map(String.init))
    }

    // MARK: - Arguments

    private func showArguments() {
        guard !content.arguments.isEmpty else { return }
        let isPlaced = content.arguments.contains { $0.destination != nil }
        heading("The arguments", [])
        var header = ["ARGUMENT", "TYPE", "GIVEN", "CAST"]
        if isPlaced { header += ["IN", "SENT", "REMARK"] }
        let rows = content.arguments.map { argument in
            let cells = [
                argument.name, argument.type ?? "", Self.shown(argument.given?.description),
                Self.shown(argument.cast?.description),
            ]
            guard isPlaced else { return cells }
            return cells + [argument.destination ?? "", Self.shown(argument.sent), argument.remark ?? ""]
        }
        for line in Console.table(header, rows) { Console.out("  " + line) }
    }

    /// Long values by their beginning.
    private static func shown(_ text: String?) -> String {
        guard let text else { return "-" }
        return text.count > 40 ? text.prefix(39) + "…" : text
    }

    // MARK: - Findings

    private func showTraps() {
        guard !content.traps.isEmpty else { return }
        heading("Traps", [])
        for trap in content.traps {
            Console.out("  " + trap.place.description.printable)
            Console.out("      " + trap.problem.printable)
            Console.out("      remedy: " + trap.remedy.printable)
        }
    }

    private func showViolations() {
        guard !content.violations.isEmpty else { return }
        heading("What the API would reject by its document", [])
        for violation in content.violations {
            Console.out("  " + violation.place.description.printable)
            Console.out("      " + "\(violation.subject): \(violation.problem)".printable)
        }
    }
}
