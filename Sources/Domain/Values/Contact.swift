/// A person to speak to (F-022). Never printed: its description redacts itself.
package struct Contact: Hashable, Codable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    package let name: String
    package let phoneNumber: String?
    package let email: String?

    package init(name: String, phoneNumber: String?, email: String? = nil) {
        self.name = name
        self.phoneNumber = phoneNumber
        self.email = email
    }

    package var description: String { "Contact(redacted)" }
    package var debugDescription: String { description }
}
