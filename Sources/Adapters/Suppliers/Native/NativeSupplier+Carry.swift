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
        guard !parcel.isTooLateToAsk else { return Delivered(.refused(reason: "the answer is no longer waited for")) }
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
        let outcome = Self.judge(answer, to: parcel, warnings: &message.warnings)
        return Delivered(outcome, status: message.status, exchanged: message)
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

    /// By ``NativeAnswer``, and what the entity hears of it.
    static func judge(
        _ answer: Result<OutboundResponse, OutboundFailure>,
        to parcel: Parcel,
        warnings: inout [String]
    ) -> Outcome {
        guard case .success(let response) = answer, let (operation, number) = operation(of: parcel) else {
            return Outcome(judging: answer)
        }
        let judged = NativeAnswer(response, to: operation, number: number, isRepeat: parcel.isRepeat)
        warnings += judged.warnings
        switch judged.verdict {
        case .done(let reference):
            return .delivered(reply: reply(judged, reference, isDone: true, to: parcel, &warnings))
        case .accepted(let reference):
            return .delivered(reply: reply(judged, reference, isDone: false, to: parcel, &warnings))
        case .refused(let reasons):
            return .refused(reason: reasons.joined(separator: " "), reply: rejection(reasons, of: parcel))
        case .notOffered: return .refused(reason: "the supplier does not offer it")
        case .unreadable(let reason): return .retry(reason: reason, after: response.retryAfter)
        case .other: return Outcome(judging: answer)
        }
    }

    /// Which operation it is, and the number by which its answer names it.
    private static func operation(of parcel: Parcel) -> (NativeAnswer.Operation, Int64)? {
        let number = parcel.entity.number
        return switch parcel.message {
        case .orderPlaced, .ethernetOrderPlaced: (.order, number)
        case .amendmentRequested: (.amendment, number)
        case .cancellationRequested: (.cancellation, number)
        case .testRequested: (.test, number)
        case .quoteRequested: (.quote, number)
        case .appointmentRequested: (.reservation, number)
        case .reservationReleased: (.release, number)
        case .problemRaised: (.problem, number)
        case .problemAmended(let change): (.amendment, change.number)
        case .problemCancelled(let change): (.cancellation, change.number)
        case .resolutionAnswered: (.resolution, number)
        case .kci, .supplyUpdate, .faultNotification, .deskNews, .jobCreated, .jobCancelled, .provisioningResult,
            .jobReport, .filesReported, .telling:
            nil
        }
    }

    private static func reply(
        _ answer: NativeAnswer,
        _ reference: String?,
        isDone: Bool,
        to parcel: Parcel,
        _ warnings: inout [String]
    ) -> Telling? {
        let number = parcel.entity.number
        switch parcel.message {
        case .orderPlaced, .ethernetOrderPlaced:
            guard isDone else { return .serviceOrder(id: ID(number), input: .supplierAccepted) }
            return .serviceOrder(
                id: ID(number),
                input: .supplierAcknowledged(
                    reference: reference,
                    committedDate: day("committedDate", of: answer, &warnings),
                    targetDate: day("targetDate", of: answer, &warnings),
                    status: answer["status"]?.string.flatMap { ServiceOrder.AcknowledgedAs(rawValue: $0) }
                        ?? .acknowledged
                )
            )
        case .amendmentRequested(let order), .cancellationRequested(let order):
            return .serviceOrder(
                id: order,
                input: .requestAnswered(
                    request: ID(number),
                    answer: isDone ? .done(reference: reference) : .taken(reference: reference)
                )
            )
        case .testRequested:
            guard isDone else { return .serviceTest(id: ID(number), input: .supplierAccepted) }
            return .serviceTest(
                id: ID(number),
                input: .supplierAcknowledged(reference: reference, result: result(in: answer, &warnings))
            )
        case .quoteRequested(let supplier):
            guard isDone, let answers = answer.quotes else {
                return .quote(id: ID(number), input: .supplierTook(supplier: supplier))
            }
            return .quote(id: ID(number), input: .supplierAnswered(supplier: supplier, answers: answers))
        case .appointmentRequested:
            guard let reserved = answer.reservedSlot else { return nil }
            return .reservation(
                id: ID(number),
                input: .supplierReserved(reference: reserved.reference, until: reserved.expires, slot: reserved.slot)
            )
        case .problemRaised, .problemAmended, .problemCancelled, .resolutionAnswered:
            return NativeProblems.reply(reference, isDone: isDone, to: parcel)
        case .kci, .reservationReleased, .supplyUpdate, .faultNotification, .deskNews, .jobCreated, .jobCancelled,
            .provisioningResult, .jobReport, .filesReported, .telling:
            return nil
        }
    }

    /// A date that cannot be read is none.
    private static func day(_ member: String, of answer: NativeAnswer, _ warnings: inout [String]) -> CivilDate? {
        guard let value = answer[member], !value.isNull else { return nil }
        guard let text = value.string, text.utf8.count <= 40, let date = CivilDate(text) else {
            warnings.append("\(member) is no date that can be read: not taken over")
            return nil
        }
        return date
    }

    private static func result(in answer: NativeAnswer, _ warnings: inout [String]) -> TestResult? {
        guard let value = answer["result"], !value.isNull else { return nil }
        guard let result = ReceivedUpdate.result(inAnswer: value) else {
            warnings.append("result cannot be read: not taken over")
            return nil
        }
        return result
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

    /// It was sent before: a reservation that is asked for again always was.
    var isRepeat: Bool {
        guard case .appointmentRequested = message else { return attempt > 1 }
        return true
    }

    /// After a minute the slot counts as lost, and its release is the next in the lane (decision 3).
    var isTooLateToAsk: Bool {
        guard case .appointmentRequested = message else { return false }
        return now >= row.content.created + Reservation.answerWithin
    }
}
