import Domain
import FoundationEssentials

/// How a visit goes under a scenario: what the automatic engineer does next, judging by the job's book alone.
struct VisitStory: Equatable, Sendable {
    let scenario: Scenario

    /// A box that is on another installation, which the engineer of `duplicate-ont` takes from the van first.
    static let usedBox = (fsan: "ALCL0D0B1E00", serialNumber: "SN-0D0B1E00")

    /// What comes next; `nil` to wait for the operator, or for good.
    func next(in order: WorkOrder) -> VisitEvent? {
        guard scenario != .silence, let stage = order.stage else { return nil }
        switch stage {
        case .received: return .accept
        case .accepted: return .assign
        case .assigned: return .enRoute
        case .enRoute: return scenario == .cancelledOnTheWay ? .close : .onSite
        case .onSite: return scenario.endsAtTheDoor ? .close : .scan
        case .scanned: return nil
        case .provisioningFailed: return order.needsAnotherBox ? .scan : .close
        case .provisioned: return order.hasLight ? .close : nil
        }
    }

    /// What the engineer says with it.
    func words(for event: VisitEvent, in order: WorkOrder) -> VisitWords {
        switch event {
        case .scan where scenario == .duplicateONT && order.results.isEmpty:
            var words = VisitWords()
            words.fsan = Self.usedBox.fsan
            words.serialNumber = Self.usedBox.serialNumber
            return words
        case .close:
            return closing(order)
        case .scan, .accept, .decline, .assign, .enRoute, .onSite:
            return VisitWords()
        }
    }

    private func closing(_ order: WorkOrder) -> VisitWords {
        switch scenario {
        case .noAccess:
            VisitWords(closing: "NA", "Nobody opened")
        case .nodeFault:
            VisitWords(closing: "CON", secondary: "CON04", "The splitter is full")
        case .lightOutOfRange:
            VisitWords(closing: "POP", secondary: "POP03", "The light is too low", lightLevelDbm: -31.5)
        case .poleNeedsCherryPicker:
            VisitWords(closing: "CPR", "The pole must not be climbed")
        case .cancelledOnTheWay:
            VisitWords(closing: "ASQ", "The customer called off on the phone")
        case _:
            order.hasLight
                ? VisitWords(closing: "SP", lightLevelDbm: -18.5)
                : VisitWords(closing: "PSP", "The ONT could not be provisioned")
        }
    }
}

extension WorkOrder {
    /// The last box was refused as such (5, 6, 7), and not by the network.
    fileprivate var needsAnotherBox: Bool {
        switch results.last?.outcome {
        case .incorrectDeviceType, .incorrectFormat, .duplicateDevice: true
        case .provisioned, .installSuccessful, .failed, .retrying, nil: false
        }
    }
}
