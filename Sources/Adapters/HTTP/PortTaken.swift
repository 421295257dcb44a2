import NIOCore

/// Somebody else listens where we should.
package struct PortTaken: Error, CustomStringConvertible {
    package let description: String

    /// - Parameter words: what to tell a person instead of the system's words.
    /// - Returns: `nil` if the error is another one.
    package init?(_ error: any Error, words: String) {
        // EADDRINUSE
        guard let error = error as? IOError, error.errnoCode == 98 else { return nil }
        description = words
    }
}
