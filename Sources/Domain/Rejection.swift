/// Understood and refused. Every protocol maps every code in an exhaustive switch.
///
/// Nothing has changed when one is thrown.
package struct Rejection: Error, Equatable, Sendable {
    package enum Code: String, CaseIterable, Codable, Sendable {
        /// There is no such entity, or it is another's: the same answer for both.
        case notFound
        /// A value breaks a rule; ``Rejection/problems`` says which and where.
        case invalid
        /// Something unique is there already.
        case alreadyExists
        /// The entity's state does not allow it.
        case illegalTransition
        /// A reservation is unknown, another's, expired, used, or for another purpose (decision 37).
        case reservationUnusable
        /// An appointment is needed and missing, or given and forbidden (T-012).
        case appointmentRule
        /// The slot was taken by somebody quicker.
        case slotTaken
        /// This cannot be ordered, tested or reported: unknown service, product or address.
        case unknownService
        /// No such supplier for this tenant.
        case unknownSupplier
        /// The supplier does not offer the capability.
        case notOffered
        /// A closure code and its secondary do not belong together (−32003).
        case closureCodeMismatch
        /// The device is on another open installation (−32004).
        case duplicateDevice
        /// The job was this partner's and went to another (−32005).
        case notYours
        /// The same key came with other content.
        case keyReused
    }

    /// One thing that is wrong, and where: a JSON pointer, or an element's name.
    package struct Problem: Equatable, Codable, Sendable {
        package let pointer: String
        package let message: String

        package init(_ pointer: String, _ message: String) {
            self.pointer = pointer
            self.message = message
        }
    }

    package let code: Code
    package let message: String
    package let problems: [Problem]

    package init(_ code: Code, _ message: String, problems: [Problem] = []) {
        self.code = code
        self.message = message
        self.problems = problems
    }
}
