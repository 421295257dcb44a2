/// What changes about a person to speak to: members that are absent stay (G-057: a new phone keeps the old
/// name). Never printed, like the ``Contact`` itself.
package struct ContactChange: Hashable, Codable, Sendable, CustomStringConvertible {
    package let name: String?
    package let phoneNumber: String?
    package let email: String?

    package init(name: String? = nil, phoneNumber: String? = nil, email: String? = nil) {
        self.name = name
        self.phoneNumber = phoneNumber
        self.email = email
    }

    /// Members that a first contact must have and this one lacks; none where there is somebody to change.
    package func missing(for contact: Contact?) -> [String] {
        guard contact == nil else { return [] }
        return (name == nil ? ["name"] : []) + (phoneNumber == nil ? ["phoneNumber"] : [])
    }

    package var description: String { "ContactChange(redacted)" }
}

extension Contact {
    /// Somebody new, or the same with other members; `nil` for a new one without a name.
    package static func merged(_ contact: Contact?, _ change: ContactChange?) -> Contact? {
        guard let change else { return contact }
        guard let name = change.name ?? contact?.name else { return contact }
        return Contact(
            name: name,
            phoneNumber: change.phoneNumber ?? contact?.phoneNumber,
            email: change.email ?? contact?.email
        )
    }
}
