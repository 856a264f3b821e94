import Foundation

/// Measures the emulator against yardsticks taken in the same run, and prints ratios.
///
///     swift run -c release --package-path Benchmarks Benchmarks
@main
struct Benchmarks {
    static func main() async throws {
        try await CallBenchmark().run()
        try await TransactionBenchmark().run()
        try ImportBenchmark().run()
    }
}

/// Times a piece of work.
enum Stopwatch {
    /// The fastest of several rounds, in seconds for one repetition: what the work costs when nothing disturbs it.
    static func best(rounds: Int = 7, repetitions: Int, _ work: () async throws -> Void) async rethrows -> Double {
        var best = Double.infinity
        for _ in 0..<rounds {
            let start = ContinuousClock.now
            for _ in 0..<repetitions { try await work() }
            let (seconds, attoseconds) = (ContinuousClock.now - start).components
            best = min(best, (Double(seconds) + Double(attoseconds) / 1e18) / Double(repetitions))
        }
        return best
    }
}

/// One line of results.
func report(_ what: String, _ seconds: Double, against yardstick: Double, _ name: String) {
    let micros = (seconds * 1e7).rounded() / 10
    let ratio = (seconds / yardstick * 100).rounded() / 100
    print("  \(what): \(micros) us, \(ratio) x \(name)")
}
