import Domain
import Engine
import Foundation
import Formats
import HTTPTypes

@testable import Adapters

/// What tenants ask, with what comes to their minds about what they have.
extension RandomTenancy {
    func act(_ life: TenancyLife) async throws {
        let tenant = chance.pick(TenancyLife.tenants, "step \(steps) tenant")
        if draw(12, "again") == 0, let (ask, answer) = pickSettled() { return try await repeats(ask, answer, life) }
        guard let ask = ask(by: tenant) else { return }
        try await send(ask, life)
    }

    /// What was not answered is asked again, under its own id.
    func askAgain(_ life: TenancyLife) async throws {
        for _ in unanswered.indices { try await send(unanswered.removeFirst(), life) }
    }

    // MARK: -

    private func send(_ ask: Ask, _ life: TenancyLife) async throws {
        let answer: TenancyLife.Answer
        do {
            answer = try await life.ask(
                ask.method,
                ask.path,
                ask.body,
                as: ask.tenant,
                request: ask.id,
                conversation: ask.conversation
            )
        } catch {
            // The gateway died over it, perhaps once it was done: the tenant cannot know.
            unanswered.append(ask)
            throw error
        }
        guard answer.status < 500 || answer.status == 501 else { return unanswered.append(ask) }
        guard answer.status < 300 else { return }
        note(ask, answer)
        settled.append((ask, answer))
    }

    private func pickSettled() -> (ask: Ask, answer: TenancyLife.Answer)? {
        // Answers are remembered for a day; after that the same request is a new one.
        let recent = settled.suffix(10).filter { clock.now < $0.ask.at + 23 * 3_600 }
        return recent.isEmpty ? nil : chance.pick(recent, "step \(steps) which again")
    }

    /// The same request once more is answered as before, and does nothing.
    private func repeats(_ ask: Ask, _ first: TenancyLife.Answer, _ life: TenancyLife) async throws {
        let again = try await life.ask(
            ask.method,
            ask.path,
            ask.body,
            as: ask.tenant,
            request: ask.id,
            conversation: ask.conversation
        )
        guard again.status < 500 else { return }
        if again.status != first.status || again.body != first.body {
            wire.audit { $0.find("\(ask.tenant): \(ask.path) again was answered \(again.status) \(again.json)") }
        }
    }

    /// Tells the auditor what a tenant knows from an answer.
    private func note(_ ask: Ask, _ answer: TenancyLife.Answer) {
        let (tenant, number) = (ask.tenant.rawValue, answer.json["id"] as? Int ?? 0)
        func founded(_ kind: String) {
            mine["\(tenant) \(kind)", default: []].append(number)
            wire.audit { $0.founded("\(kind) \(number)", by: tenant, in: ask.conversation, as: answer.body) }
        }
        func wished(_ member: String) {
            guard let about = ask.about else { return }
            mine["\(tenant) \(ask.path)", default: []].append(number)
            wire.audit {
                $0.wished(
                    .init(tenant: tenant, about: about, member: member, number: number, founding: answer.body)
                )
            }
        }
        switch ask.path {
        case "/v1/service-orders": founded("order")
        case "/v1/ethernet/service-orders":
            mine["\(tenant) circuit", default: []].append(number)
            founded("order")
        case "/v1/service-tests": founded("test")
        case "/v1/service-problems": founded("problem")
        case "/v1/appointments": mine["\(tenant) \(answer.json["purpose"] ?? "") visit", default: []].append(number)
        case "/v1/quote": mine["\(tenant) quote", default: []].append(number)
        case "/v1/service-order-amendments": wished("serviceOrderAmendmentId")
        case "/v1/service-order-cancellations": wished("serviceOrderCancellationId")
        case "/v1/service-problem-amendments": wished("serviceProblemAmendmentId")
        case "/v1/service-problem-cancellations": wished("serviceProblemCancellationId")
        case _:
            guard let about = ask.about else { return }
            let moment = Timestamp.format(clock.now)
            wire.audit { $0.answered(about, by: tenant, answer.body, at: moment) }
        }
    }

    // MARK: What is asked

    private func ask(by tenant: TenantID) -> Ask? {
        asked += 1
        let supplier = chance.pick(["ALPHA", "ALPHA", "BETA"], "step \(steps) supplier")
        let words = TenancyWords(tenant: tenant.rawValue, supplier: supplier, today: clock.now)
        func ask(_ path: String, _ body: String, about: String? = nil) -> Ask {
            Ask(
                tenant: tenant,
                method: .post,
                path: "/v1/\(path)",
                body: body,
                id: "\(tenant)-\(asked)",
                conversation: "\(tenant)-c\(asked)",
                at: clock.now,
                about: about
            )
        }
        switch draw(20, "which") {
        case 0...4: return ask("service-orders", words.order(visit: pick("PROVIDE visit", of: tenant), draw(5, "sort")))
        case 5: return ask("ethernet/service-orders", words.circuit)
        case 6, 7, 8:
            guard let number = pick("order", of: tenant) else { return nil }
            let visit = draw(3, "with a visit") == 0 ? pick("PROVIDE visit", of: tenant) : nil
            let body = words.amendment(of: number, visit: visit, asked)
            return ask("service-order-amendments", body, about: "order \(number)")
        case 9, 10, 11:
            guard let number = pick("order", of: tenant) else { return nil }
            return ask("service-order-cancellations", words.cancellation(of: number), about: "order \(number)")
        case 12: return ask("service-tests", words.test)
        case 13, 14:
            return ask("service-problems", words.problem(visit: pick("REPAIR visit", of: tenant), draw(3, "sort")))
        case 15:
            guard let number = pick("problem", of: tenant) else { return nil }
            let body = words.problemAmendment(of: number, asked)
            return ask("service-problem-amendments", body, about: "problem \(number)")
        case 16:
            guard let number = pick("problem", of: tenant) else { return nil }
            return ask(
                "service-problem-cancellations",
                words.problemCancellation(of: number),
                about: "problem \(number)"
            )
        case 17:
            let purpose = draw(2, "purpose") == 0 ? "REPAIR" : "PROVIDE"
            return ask("appointments", words.appointment(purpose))
        case 18: return resolve(for: tenant) ?? ask("quote", words.quote(asked))
        case _:
            wire.withSupplier(SupplierID(supplier)) { $0.cease(aLineOf: tenant.rawValue, at: clock.now) }
            return nil
        }
    }

    private func pick(_ kind: String, of tenant: TenantID) -> Int? {
        let all = mine["\(tenant) \(kind)", default: []].suffix(6)
        return all.isEmpty ? nil : chance.pick(Array(all), "step \(steps) \(kind)")
    }

    /// An answer to the latest resolution that the tenant was told of.
    private func resolve(for tenant: TenantID) -> Ask? {
        let offered = wire.audit { $0.offeredResolutions(to: tenant.rawValue) }
        guard let (problem, resolution) = offered.last else { return nil }
        let accepts = draw(2, "accepts") == 0
        return Ask(
            tenant: tenant,
            method: .patch,
            path: "/v1/service-problem-resolutions/\(resolution)",
            body: #"{"status":"\#(accepts ? "ACCEPTED" : "REJECTED")","tenantNotes":"said by \#(tenant)"}"#,
            id: "\(tenant)-\(asked)",
            conversation: "\(tenant)-c\(asked)",
            at: clock.now,
            about: problem
        )
    }
}
