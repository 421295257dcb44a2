/// An input on its way to an aggregate: a courier's reply, or one aggregate's news for another.
///
/// Closed on purpose: the compiler lists every place that must have an opinion on a new aggregate.
package enum Telling: Codable, Equatable, Sendable {
    case serviceOrder(id: ID<ServiceOrder>, input: ServiceOrder.Input)
    case reservation(id: ID<Reservation>, input: Reservation.Input)
    case serviceTest(id: ID<ServiceTest>, input: ServiceTest.Input)
    case serviceProblem(id: ID<ServiceProblem>, input: ServiceProblem.Input)
    case problemChange(id: ID<ProblemChange>, input: ProblemChange.Input)
    case quote(id: ID<Quote>, input: Quote.Input)
    case scriptedOrder(id: ID<ScriptedOrder>, input: ScriptedOrder.Input)
    case supplyOrder(id: ID<SupplyOrder>, input: SupplyOrder.Input)
    case lineTest(id: ID<LineTest>, input: LineTest.Input)
    case faultReport(id: ID<FaultReport>, input: FaultReport.Input)
    case appointment(id: ID<Appointment>, input: Appointment.Input)
    case appointmentDay(id: ID<AppointmentDay>, input: AppointmentDay.Input)
    case installationJob(id: ID<InstallationJob>, input: InstallationJob.Input)
    case workOrder(id: ID<WorkOrder>, input: WorkOrder.Input)

    package var target: EntityRef {
        switch self {
        case .serviceOrder(let id, _): EntityRef(kind: .serviceOrder, number: id.number)
        case .reservation(let id, _): EntityRef(kind: .reservation, number: id.number)
        case .serviceTest(let id, _): EntityRef(kind: .serviceTest, number: id.number)
        case .serviceProblem(let id, _): EntityRef(kind: .serviceProblem, number: id.number)
        case .problemChange(let id, _): EntityRef(kind: .problemChange, number: id.number)
        case .quote(let id, _): EntityRef(kind: .quote, number: id.number)
        case .scriptedOrder(let id, _): EntityRef(kind: .scriptedOrder, number: id.number)
        case .supplyOrder(let id, _): EntityRef(kind: .supplyOrder, number: id.number)
        case .lineTest(let id, _): EntityRef(kind: .lineTest, number: id.number)
        case .faultReport(let id, _): EntityRef(kind: .faultReport, number: id.number)
        case .appointment(let id, _): EntityRef(kind: .appointment, number: id.number)
        case .appointmentDay(let id, _): EntityRef(kind: .appointmentDay, number: id.number)
        case .installationJob(let id, _): EntityRef(kind: .installationJob, number: id.number)
        case .workOrder(let id, _): EntityRef(kind: .workOrder, number: id.number)
        }
    }
}
