import Formats

/// A message of the Installation contract, in either direction, answers among them.
package enum InstallationMessage: String, CaseIterable, Sendable {
    case notifyJob
    case closeJob
    case createJob
    case cancelJob
    /// The operator's notifyJob.
    case provisioningResult
    /// `{}`
    case acknowledgement
    case acknowledgementWithNumber
    case acknowledgementInJSONRPC
    case error

    package enum Sender: String, Sendable { case partner, `operator`, either }

    package var sender: Sender {
        switch self {
        case .notifyJob, .closeJob, .acknowledgementWithNumber: .partner
        case .createJob, .cancelJob, .provisioningResult: .operator
        case .acknowledgement, .acknowledgementInJSONRPC, .error: .either
        }
    }

    /// Where the contract describes it.
    package var clause: String {
        switch self {
        case .notifyJob: "G-125"
        case .closeJob: "G-126"
        case .createJob: "G-128"
        case .cancelJob: "G-129"
        case .provisioningResult: "G-130"
        case .acknowledgement, .acknowledgementWithNumber: "X-29"
        case .acknowledgementInJSONRPC, .error: "G-132"
        }
    }

    /// By what only such a message has; its method decides between those of one form.
    init?(_ root: JSONValue) {
        let method = root["method"]?.string
        if method == nil {
            if root["error"] != nil {
                self = .error
            } else if root["result"] != nil {
                self = .acknowledgementInJSONRPC
            } else if root["providerJobId"] != nil {
                self = .acknowledgementWithNumber
            } else if root.count == 0 {
                self = .acknowledgement
            } else {
                return nil
            }
            return
        }
        // A partner who took the operator's words for the parameters still says which version of JSON-RPC it is.
        let isDispatch = root["params"] == nil && (root["sent"] != nil || root["ref"] != nil || root["jsonrpc"] == nil)
        switch method {
        case "createJob": self = .createJob
        case "cancelJob": self = .cancelJob
        case "closeJob": self = .closeJob
        case "notifyJob": self = isDispatch ? .provisioningResult : .notifyJob
        case _: return nil
        }
    }
}
