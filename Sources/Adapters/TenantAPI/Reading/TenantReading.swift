import Formats
import HTTPTypes
import Hummingbird

/// The reading of one request: all its problems, and what was let pass with a warning (invariant 7).
///
/// A class, so that the readers of a request's parts report to one place; it does not leave the reading.
final class TenantReading {
    let problems = Problems()
    /// Whether unknown fields are refused (decision 38).
    let isStrict: Bool
    private(set) var warnings: [String] = []
    /// Whether something could not be read at all: then the answer is 400, not 422.
    private(set) var isMalformed = false

    init(isStrict: Bool) { self.isStrict = isStrict }

    func becomeMalformed() { isMalformed = true }

    func malformed(_ pointer: String, _ message: String) {
        isMalformed = true
        problems.report(.wrongType, at: pointer, message)
    }

    func warn(_ warning: String) { warnings.append(warning) }

    /// Call it last on each object: fields that nobody asked for are refused, or passed over with a warning.
    func close(_ reader: ObjectReader?) {
        guard let reader else { return }
        guard !isStrict else { return reader.finish(rejectUnknown: true) }
        for key in reader.unknownFields() { warn("\(reader.pointer(to: key)) is unknown and was ignored") }
    }

    /// - Throws: everything that was reported, if anything was.
    func finish(_ status: HTTPResponse.Status) throws(APIError) {
        guard !problems.isEmpty else { return }
        let all = problems.all
        guard !isMalformed else { throw APIError(.badRequest, "The request cannot be read.", problems: all) }
        throw APIError(status, code: .invalidRequest, "The request breaks a rule.", problems: all)
    }
}
