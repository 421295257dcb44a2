/// What the store itself may answer with; none of it is the caller's mistake.
package enum StoreError: Error, Equatable, Sendable {
    /// Written by a newer program, whose changes this one cannot read (decision 13).
    case schemaTooNew(readableFrom: Int, program: Int)
    /// The file is a database, but not one of ours.
    case foreignDatabase(path: String)
    /// Another process, or another store of this one, holds the file.
    case inUse(path: String)
    /// The database would lose what it promises: a setting isn't what it was set to.
    case notDurable(setting: String, value: String)
    /// A stored body that this program cannot read.
    case undecodable(name: String, path: String, reason: String)
    /// The commit failed, so nothing of its batch was done.
    case commitFailed(reason: String)
    case cannotOpen(path: String, reason: String)
    case closed
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .schemaTooNew(let readableFrom, let program):
            "The database needs a program that knows schema version \(readableFrom); this one knows \(program). "
                + "Start the newer program, or restore a copy from before its migration."
        case .foreignDatabase(let path): "\(path) is a database, but not one of Patchbay's."
        case .inUse(let path): "\(path) is in use by another process."
        case .notDurable(let setting, let value):
            "The database isn't durable: \(setting) is \(value). Nothing is served on it."
        case .undecodable(let name, let path, let reason): "The stored \(name) cannot be read at \(path): \(reason)"
        case .commitFailed(let reason): "The commit failed, and nothing of it was done: \(reason)"
        case .cannotOpen(let path, let reason): "\(path) cannot be opened: \(reason)"
        case .closed: "The store is closed."
        }
    }
}
