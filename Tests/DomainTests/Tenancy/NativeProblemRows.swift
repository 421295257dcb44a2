import Foundation

@testable import Domain

/// What a native supplier says of a problem (G-091, G-093), in every state of it.
enum NativeProblemRows {
    static var inputs: [TenancyTable<ServiceProblem>.Input] {
        let replies: [(String, ServiceProblem.Input)] = [
            ("supplier answers 201", .supplierAcknowledged(reference: "P-1")),
            ("supplier answers 202", .supplierAccepted(reference: "P-1")),
            ("supplier answers 422", .ticketRejected(reason: "unknown")),
        ]
        let moved: [(String, SupplierNews)] = [
            ServiceProblem.Status.acknowledged, .inProgress, .pending, .held, .networkIncident,
        ]
        .map { ("UPDATE, now \($0.rawValue)", .aboutProblem(.update, now: $0)) }
        let news =
            SupplyUpdate.Reason.allCases.map { ($0.rawValue, SupplierNews.aboutProblem($0)) } + moved + [
                ("REAPPOINT, work goes on", .aboutProblem(.reappoint, now: .inProgress)),
                ("CONFIRM, the same resolution", .aboutProblem(.confirm, resolution: "R-77")),
            ]
        return (replies + news.map { ($0.0, .supplierUpdated($0.1)) }).map { name, input in
            (name, { try $0.hear(input, at: .placed + 5) })
        }
    }
}

extension SupplierNews {
    /// An update about a problem, with everything that any reason needs.
    static func aboutProblem(
        _ reason: SupplyUpdate.Reason,
        _ sequence: Int64? = nil,
        now status: ServiceProblem.Status? = nil,
        resolution: String = "R-78",
        as number: ID<Resolution> = ID(78)
    ) -> SupplierNews {
        var news = SupplierNews.sample(reason, sequence)
        news.supplierReference = "P-1"
        news.problem = ProblemNews(
            status: status,
            resolution: OfferedResolution(
                id: number,
                reference: resolution,
                text: "Splice mended",
                supplierCodes: ["FR"],
                findings: Resolution.Findings(
                    code: "FIBRE_FAULT",
                    category: "FAULTY_EQUIPMENT",
                    faultCodes: ["DAMAGED_ONT"],
                    violations: ["EXCEEDED_SLA_TIME_TO_REPAIR"]
                )
            )
        )
        return news
    }
}
