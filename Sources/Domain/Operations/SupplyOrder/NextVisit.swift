/// Which visit a closed job asks for by its codes (I-020…I-022), besides what they mean for the order (SM-04).
///
/// Works outside need a date and nobody at home, so they go out at once. A code that only says that the customer must be
/// seen again asks for nothing here: that visit has to be agreed, and ``SupplyOrder/book(_:_:at:)`` sends it.
package enum NextVisit {
    /// - Parameter last: the kind of visit that was closed. One never asks for another of its own kind: that is for
    ///   people to look at.
    package static func after(_ closure: JobClosure, of last: JobPack.JobType) -> JobPack.JobType? {
        let next = wanted(after: closure)
        return next == last ? nil : next
    }

    private static func wanted(after closure: JobClosure) -> JobPack.JobType? {
        switch closure.code.meaning {
        case .faultAtNode, .revisitFaultAtNode:
            closure.secondary.map { digging.contains($0) } == true ? .civils : .external
        case .externalFaultAtNode:
            closure.secondary.map { digging.contains($0) } == true ? .civils : nil
        case .poleFault, .revisitPoleFault, .unforeseen, .revisitUnforeseen:
            .external
        case .civilsComplete:
            closure.secondary.map { splicing.contains($0) } == true ? .external : .revisit
        // The inside is still to be done, unless the line gives light already: then it was the last job.
        case .externalComplete:
            closure.isProvisioned ? nil : .revisit
        case .serviceProvided, .partialInstall, .unsafe, .noAccess, .noAccessForGood, .salesQuery,
            .unableToAttendWithNotice, .failedToAttend, .faultAtPOP, .faultAtONT, .noTruckRoll, .revisitComplete,
            .revisitSalesQuery, .revisitUnsafe, .revisitNoAccess, .revisitFaultAtPOP, .revisitFaultAtONT,
            .revisitAssistance, .externalUnsafe, .externalFaultAtPOP, .externalSalesQuery, .civilsRestriction,
            .civilsNoNetworkAccess, .civilsPermissionRefused, .civilsQuoteRefused, .other:
            nil
        }
    }

    /// The Toby must move, or the duct is blocked: somebody must dig (I-022).
    private static let digging: Set<String> = [
        "CON05", "CON07", "CON08", "CON09", "REVCON01", "REVCON02", "REVCON03", "EXTCON07", "EXTCON08", "EXTCON09",
        "EXTCON13", "EXTCON14", "EXTCON17", "EXTCON18",
    ]
    /// The civil works are done, and the fibre must be spliced.
    private static let splicing: Set<String> = ["CIVCOMP02", "CIVCOMP07"]
}
