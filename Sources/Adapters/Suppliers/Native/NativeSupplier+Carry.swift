import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Storage

/// Carries orders, tests, problems, reservations asked for again and releases, and brings the answer home as an input like
/// any other (G-091).
extension NativeSupplier: Courier {
    package func carry(_ parcel: Parcel) async -> Delivered {
        guard let document = try? JSONDocument(parsing: parcel.body), let tenant = document.root["tenant"]?.string,
            let (method, path) = Self.route(of: parcel)
        else { return Delivered(.refused(reason: "the native contract has no \(parcel.message.operation)")) }
        guard !parcel.isTooLateToAsk else { return Delivered(.refused(reason: "nobody waits for the answer any more")) }
        let request = request(
            method,
            path,
            tenant: tenant,
            conversation: parcel.conversation,
            requestID: parcel.requestID,
            body: method == .delete ? [] : parcel.body
        )
        let answer = await access.send(request)
        let operation = NativeProblems.operation(of: parcel.message) ?? parcel.message.operation
        var message = logged(request, answer, as: operation, at: parcel.now)
        message.messageID = parcel.messageID.rawValue
        return Delivered(Self.judge(answer, to: parcel), status: message.status, exchanged: message)
    }

    private static func route(of parcel: Parcel) -> (HTTPRequest.Method, String)? {
        switch parcel.message {
        case .orderPlaced: (.post, "/service-orders")
        case .ethernetOrderPlaced: (.post, "/ethernet/service-orders")
        case .amendmentRequested: (.post, "/service-order-amendments")
        case .cancellationRequested: (.post, "/service-order-cancellations")
        case .testRequested: (.post, "/service-tests")
        case .problemRaised: (.post, "/service-problems")
        case .problemAmended: (.post, "/service-problem-amendments")
        case .problemCancelled: (.post, "/service-problem-cancellations")
        case .resolutionAnswered(_, _, let reference):
            reference.map { (.patch, "/service-problem-resolutions/\(FormText.encode($0))") }
        case .quoteRequested: (.post, "/quote")
        case .reservationReleased: (.delete, "/appointments/\(parcel.entity.number)")
        case .appointmentRequested: (.post, "/appointments")
        case .kci, .supplyUpdate, .faultNotification, .deskNews, .jobCreated, .jobCancelled, .provisioningResult,
            .jobReport, .filesReported, .telling:
            nil
        }
    }

    /// 201 acknowledges, 202 accepts, 422 rejects; a reservation that the supplier never knew is as good as released.
    static func judge(_ answer: Result<OutboundResponse, OutboundFailure>, to parcel: Parcel) -> Outcome {
        guard case .success(let response) = answer else { return Outcome(judging: answer) }
        switch response.status {
        case 200..<300: return .delivered(reply: reply(response, to: parcel))
        case 404 where parcel.message == .reservationReleased: return .delivered()
        case 422:
            let reasons = reasons(in: response)
            return .refused(reason: reasons.joined(separator: " "), reply: rejection(reasons, of: parcel))
        case 501: return .refused(reason: "the supplier does not offer it")
        case _: return Outcome(judging: answer)
        }
    }

    private static func reply(_ response: OutboundResponse, to parcel: Parcel) -> Telling? {
        let number = parcel.entity.number
        let body = try? JSONDocument(parsing: response.body)
        switch parcel.message {
        case .orderPlaced, .ethernetOrderPlaced:
            guard response.status != 202 else { return .serviceOrder(id: ID(number), input: .supplierAccepted) }
            return .serviceOrder(
                id: ID(number),
                input: .supplierAcknowledged(
                    reference: body?.root["supplierOrderReference"]?.string,
                    committedDate: body?.root["committedDate"]?.string.flatMap { CivilDate($0) },
                    targetDate: body?.root["targetDate"]?.string.flatMap { CivilDate($0) },
                    status: body?.root["status"]?.string.flatMap { ServiceOrder.AcknowledgedAs(rawValue: $0) }
                        ?? .acknowledged
                )
            )
        case .amendmentRequested(let order), .cancellationRequested(let order):
            let reference = body?.root["supplierReference"]?.string
            return .serviceOrder(
                id: order,
                input: .requestAnswered(
                    request: ID(number),
                    answer: response.status == 201 ? .done(reference: reference) : .taken(reference: reference)
                )
            )
        case .testRequested:
            guard response.status != 202 else { return .serviceTest(id: ID(number), input: .supplierAccepted) }
            return .serviceTest(
                id: ID(number),
                input: .supplierAcknowledged(
                    reference: body?.root["supplierReference"]?.string,
                    result: body.flatMap { ReceivedUpdate.result(inAnswer: $0) }
                )
            )
        case .quoteRequested(let supplier):
            guard response.status != 202 else {
                return .quote(id: ID(number), input: .supplierTook(supplier: supplier))
            }
            guard let answers = NativeQuotes.answers(in: response.body) else {
                let reason = "The supplier's answer cannot be read."
                return .quote(id: ID(number), input: .sendingFailed(supplier: supplier, reason: reason))
            }
            return .quote(id: ID(number), input: .supplierAnswered(supplier: supplier, answers: answers))
        case .appointmentRequested:
            guard let reserved = try? reservedSlot(in: response) else { return nil }
            return .reservation(
                id: ID(number),
                input: .supplierReserved(reference: reserved.reference, until: reserved.expires, slot: reserved.slot)
            )
        case .problemRaised, .problemAmended, .problemCancelled, .resolutionAnswered:
            return NativeProblems.reply(response, to: parcel)
        case .kci, .reservationReleased, .supplyUpdate, .faultNotification, .deskNews, .jobCreated, .jobCancelled,
            .provisioningResult, .jobReport, .filesReported, .telling:
            return nil
        }
    }

    private static func rejection(_ reasons: [String], of parcel: Parcel) -> Telling? {
        let number = parcel.entity.number
        return switch parcel.message {
        case .orderPlaced, .ethernetOrderPlaced:
            .serviceOrder(id: ID(number), input: .supplierRejected(problems: reasons))
        case .amendmentRequested(let order), .cancellationRequested(let order):
            .serviceOrder(
                id: order,
                input: .requestAnswered(request: ID(number), answer: .refused(problems: reasons))
            )
        case .testRequested: .serviceTest(id: ID(number), input: .supplierRejected(problems: reasons))
        case .quoteRequested(let supplier):
            .quote(id: ID(number), input: .supplierRefused(supplier: supplier, reasons: reasons))
        case .appointmentRequested:
            .reservation(id: ID(number), input: .supplierRefused(reason: reasons.joined(separator: "; ")))
        case .problemRaised, .problemAmended, .problemCancelled, .resolutionAnswered:
            NativeProblems.rejection(reasons, of: parcel)
        case .kci, .reservationReleased, .supplyUpdate, .faultNotification, .deskNews, .jobCreated, .jobCancelled,
            .provisioningResult, .jobReport, .filesReported, .telling:
            nil
        }
    }
}

extension Parcel {
    /// What is asked again is asked under its first identity: the supplier must not hold a second slot.
    var requestID: MessageID {
        guard case .appointmentRequested(let first, _) = message else { return messageID }
        return first
    }

    /// After a minute the slot counts as lost, and its release is the next in the lane (decision 3).
    var isTooLateToAsk: Bool {
        guard case .appointmentRequested = message else { return false }
        return now >= row.content.created + Reservation.answerWithin
    }
}
