import Domain
import Logging
import Metrics
import Storage

extension Exchange {
    /// Looks whether the wall clock was set. If so, waits that were begun before it are as long as they were, and both loops look
    /// at once at what is due.
    func followClock() async {
        guard let step = clock.look() else { return }
        Counter(label: "pb_clock_steps_total").increment()
        logger.warning(
            "the wall clock was set: waits are armed anew",
            metadata: ["pb-seconds": "\(step.by.seconds)"]
        )
        do {
            try await store.write { try $0.moveWaits(Self.waits, by: step.by, dueAfter: step.from) }
        } catch {
            clock.forget(step)
            logger.error("waits could not be armed anew", metadata: ["pb-error": "\(error)"])
        }
        ring()
    }

    /// The timers that end a wait: with the clock they are moved. The others stay at the moment that a calendar or a promise says.
    static let waits: [WaitKey] = Kind.allCases.flatMap { kind -> [WaitKey] in
        switch kind {
        case .serviceOrder: waits(of: ServiceOrder.self)
        case .changeRequest: waits(of: ChangeRequest.self)
        case .reservation: waits(of: Reservation.self)
        case .serviceTest: waits(of: ServiceTest.self)
        case .serviceProblem: waits(of: ServiceProblem.self)
        case .problemChange: waits(of: ProblemChange.self)
        case .quote: waits(of: Quote.self)
        case .addressIdentity: waits(of: AddressIdentity.self)
        case .scriptedOrder: waits(of: ScriptedOrder.self)
        case .supplyOrder: waits(of: SupplyOrder.self)
        case .lineTest: waits(of: LineTest.self)
        case .faultReport: waits(of: FaultReport.self)
        case .appointment: waits(of: Appointment.self)
        case .appointmentDay: waits(of: AppointmentDay.self)
        case .installationJob: waits(of: InstallationJob.self)
        case .workOrder: waits(of: WorkOrder.self)
        case .party: waits(of: Party.self)
        // Counterparts keep their own books (``Stage``).
        case .playedVisit, .playedTicket, .playedObjection, .playedBehaviour: []
        }
    }

    private static func waits<A: Aggregate>(of type: A.Type) -> [WaitKey] {
        A.Alarm.allCases.filter { !A.fixedAlarms.contains($0) }.map { WaitKey(kind: A.kind, alarm: $0.rawValue) }
    }
}
