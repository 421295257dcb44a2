/// What changes of a person to speak to: what is absent stays (G-057). Never printed, like the ``Contact`` itself.
package struct ContactChange: Hashable, Codable, Sendable, CustomStringConvertible {
    package let name: String?
    package let phoneNumber: String?
    package let email: String?

    package init(name: String? = nil, phoneNumber: String? = nil, email: String? = nil) {
        self.name = name
        self.phoneNumber = phoneNumber
        self.email = email
    }

    package var description: String { "ContactChange(redacted)" }
}

extension Contact {
    package func changed(by change: ContactChange?) -> Contact {
        guard let change else { return self }
        return Contact(
            name: change.name ?? name,
            phoneNumber: change.phoneNumber ?? phoneNumber,
            email: change.email ?? email
        )
    }
}

extension Contact? {
    /// Somebody who wasn't named before is named whole: a name and a number.
    package func changed(by change: ContactChange?) -> Contact? {
        if let self { return self.changed(by: change) }
        guard let change, let name = change.name, let phoneNumber = change.phoneNumber else { return nil }
        return Contact(name: name, phoneNumber: phoneNumber, email: change.email)
    }
}
