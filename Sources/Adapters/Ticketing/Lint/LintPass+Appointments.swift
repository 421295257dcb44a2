import Formats

extension LintPass {
    /// The two requests about appointments (T-042, T-044, X-17, X-18).
    func checkAppointmentRequest() {
        let cfh = TicketingSchemas.cfhNamespace
        if let flag = element.first("reappointment", namespace: cfh),
            !["true", "false", "1", "0"].contains(flag.value)
        {
            report(
                "X-18",
                .warning,
                at: flag,
                "reappointment is a string in the schema, but only an xs:boolean is understood; this counts as false",
                expected: "true, false, 1 or 0"
            )
        }
        let expected = message == .reserveAppointmentRequest ? cfh : TicketingSchemas.niccNamespace
        if let key = element.first("addressKey"), key.namespace != expected {
            report(
                "X-17",
                .error,
                at: key,
                "addressKey is in the wrong namespace: the two requests differ in it",
                expected: expected,
                found: key.namespace ?? "no namespace"
            )
        }
    }
}
