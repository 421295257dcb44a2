/// What the desk can do with a ticket, as the path's last part spells it (decision 22).
package enum DeskEvent: String, CaseIterable, Sendable {
    case triage
    case start
    case hold
    /// One more try to reach the end user while the ticket waits (T-019).
    case contactAttempts = "contact-attempts"
    case resume
    case resolve
    case cancel
    case reject
    case comment
    case priority
    case appointmentConfirmed = "appointment-confirmed"
    case appointmentFailed = "appointment-failed"
    case appointmentCancelled = "appointment-cancelled"
    case appointmentCompleted = "appointment-completed"
    case appointmentMissed = "appointment-missed"
}
