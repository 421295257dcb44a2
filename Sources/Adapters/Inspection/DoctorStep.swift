/// One thing that must be so before a peer can be spoken to, and whether it is.
package struct DoctorStep: Equatable, Sendable {
    /// In the order in which they are taken.
    package enum Name: String, CaseIterable, Sendable {
        /// Our own certificate and key: readable, fitting, in date.
        case certificate
        /// The host has an address.
        case name
        /// Somebody listens there.
        case connection
        /// Whoever listens proves to be the host, with days to spare.
        case tls
        /// Without a certificate nobody is served (T-003, I-001).
        case stranger
        /// With ours, we are.
        case acceptance
        /// Something that only this contract has is there (T-006), so the base is right.
        case path
        /// A message is refused in the contract's form (T-035, T-076, G-132).
        case echo

        /// Without which of the others it says nothing.
        var needs: [Name] {
            switch self {
            case .certificate, .name: []
            case .connection: [.name]
            case .tls: [.connection]
            // Else it would be we who refuse.
            case .stranger: [.tls]
            case .acceptance: [.certificate, .tls]
            case .path, .echo: [.acceptance]
            }
        }
    }

    package enum Outcome: String, Sendable {
        case passed, failed
        /// Something that it needs has failed.
        case untried
    }

    package let name: Name
    package let outcome: Outcome
    /// What was seen, for a person.
    package let seen: String
    /// What to do next; also of a step that passed, if something will soon have to be done.
    package let advice: String?

    package init(_ name: Name, _ outcome: Outcome, _ seen: String, advice: String? = nil) {
        self.name = name
        self.outcome = outcome
        self.seen = seen
        self.advice = advice
    }
}
