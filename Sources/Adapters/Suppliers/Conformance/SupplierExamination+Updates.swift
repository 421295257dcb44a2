import Domain

extension SupplierExamination {
    /// Everything that the supplier told, as a whole.
    mutating func examineUpdates(of order: Ordered?) async {
        let rules: [SupplierRule] = [
            .updates, .updateToken, .updateShape, .updateSubject, .updateSequence, .updateAgain, .updateAfterEnd,
        ]
        // What was turned away once is on its way again.
        let first = allUpdates.first
        let isBack = await comesTrue { updates in updates.dropFirst().contains { $0.body == first?.body } }
        let heard = updates
        guard let first, !heard.isEmpty else {
            let told = order == nil ? "no order was taken" : "nothing was told"
            find(.updates, order == nil ? .untried : .fails, told)
            return leave(Array(rules.dropFirst()), because: told)
        }
        judgeProgress(of: order, in: heard)
        let bare = allUpdates.count { $0.authorization?.hasPrefix("Bearer ") != true }
        find(.updateToken, bare == 0, bare == 0 ? "every one" : "\(bare) of \(allUpdates.count) have none")
        let problems = Set(allUpdates.flatMap(\.problems)).sorted()
        let shapes = problems.isEmpty ? "\(heard.count) updates" : problems.joined(separator: "; ")
        find(.updateShape, problems.isEmpty, shapes)
        judgeSubjects(of: heard)
        judgeNumbers(of: heard)
        let again = isBack ? "the first was sent twice" : "\(first.reason?.rawValue ?? "the first") never came again"
        find(.updateAgain, isBack, again)
        judgeEnd(of: order, in: heard)
    }

    private mutating func judgeProgress(of order: Ordered?, in heard: [HeardUpdate]) {
        guard let order else { return find(.updates, .untried, "no order was taken") }
        let reasons = heard.filter { $0.number == order.number }.compactMap(\.reason)
        guard !reasons.isEmpty else { return find(.updates, .fails, "none is about the order") }
        let isAcknowledged = order.isAcknowledged || reasons.contains(.acknowledged)
        let words = reasons.map(\.rawValue).joined(separator: ", ")
        find(.updates, isAcknowledged, isAcknowledged ? words : "it was never ACKNOWLEDGED: \(words)")
    }

    /// Ours are of the numbers that this examination drew.
    private mutating func judgeSubjects(of heard: [HeardUpdate]) {
        let strange = heard.filter { update in
            !isOurs(update.number) || update.tenant.map { $0 != samples.tenant } == true
        }
        let words = strange.map { "\($0.subject ?? "?") \($0.number.map { "\($0)" } ?? "without a number")" }
        find(.updateSubject, strange.isEmpty, strange.isEmpty ? "all are ours" : words.joined(separator: ", "))
    }

    private mutating func judgeNumbers(of heard: [HeardUpdate]) {
        let once = heard.reduce(into: [HeardUpdate]()) { once, update in
            if update.id == nil || !once.contains(where: { $0.id == update.id }) { once.append(update) }
        }
        let entities = Dictionary(grouping: once) { "\($0.subject ?? "") \($0.number ?? 0)" }
        let wrong = entities.filter { _, updates in
            updates.map { $0.sequence ?? 0 }.sorted() != (1...Int64(updates.count)).map(\.self)
        }
        let words = wrong.map { entity, updates in
            "\(entity): " + updates.map { $0.sequence.map { "\($0)" } ?? "none" }.joined(separator: ", ")
        }
        find(.updateSequence, wrong.isEmpty, wrong.isEmpty ? "of each" : words.sorted().joined(separator: "; "))
    }

    private mutating func judgeEnd(of order: Ordered?, in heard: [HeardUpdate]) {
        let reasons = heard.filter { $0.number == order?.number }.compactMap(\.reason)
        guard let end = reasons.firstIndex(where: Self.ends.contains) else {
            return find(.updateAfterEnd, .untried, "the order did not end")
        }
        let later = reasons[(end + 1)...].filter { $0 != .additional && $0 != reasons[end] }
        find(.updateAfterEnd, later.isEmpty, later.isEmpty ? "nothing" : later.map(\.rawValue).joined(separator: ", "))
    }

    private static let ends: Set<SupplyUpdate.Reason> = [.cancelled, .completed, .terminated, .orderRejected]
}
