import FoundationEssentials

/// A file that a buyer adds to a ticket (T-066, G-142): announced by name, then sent to the place that we named.
package struct Attachment: Codable, Equatable, Sendable {
    package enum State: Codable, Equatable, Sendable {
        /// Expected until then.
        case awaited(until: Date)
        case uploaded(content: AttachmentContent, at: Date)
    }

    package let name: String
    /// The last part of the place's address: nobody can guess it, and it is of use only with the buyer's certificate.
    package internal(set) var key: String
    package internal(set) var state: State

    package var isUploaded: Bool { content != nil }

    package var content: AttachmentContent? {
        guard case .uploaded(let content, _) = state else { return nil }
        return content
    }
}

/// What came: it is kept under its hash, so the same file twice is kept once.
package struct AttachmentContent: Codable, Equatable, Sendable {
    /// SHA-256 in lower-case hex.
    package let hash: String
    package let bytes: Int

    package init(hash: String, bytes: Int) {
        self.hash = hash
        self.bytes = bytes
    }
}

/// A file that a message announces, with the key that was drawn for it.
package struct AttachmentWish: Equatable, Sendable {
    package let name: String
    package let key: String

    package init(name: String, key: String) {
        self.name = name
        self.key = key
    }
}
