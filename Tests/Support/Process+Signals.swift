import Foundation

extension Process {
    /// Starts the process with no signal blocked.
    ///
    /// Tests run on threads that block signals, and a child inherits that. Python's gevent then never hears that its
    /// own children have ended.
    func runWithSignals() throws {
        var none = sigset_t()
        var previous = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &previous)
        defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
        try run()
    }
}
