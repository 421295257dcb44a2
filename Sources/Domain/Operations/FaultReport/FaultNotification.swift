/// Which of the notifications (T-090…T-101) a change is; the full ticket is spelt with it (T-014).
package struct FaultNotification: Codable, Equatable, Sendable {
    package init() {}
}
