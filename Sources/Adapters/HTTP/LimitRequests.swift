import Domain
import Engine
import HTTPTypes
import Hummingbird
import Metrics

/// Lets a tenant make only so many requests, and says with every answer how many are left (decision 38): the fields of
/// the IETF's `draft-ietf-httpapi-ratelimit-headers`, and on a refusal `Retry-After`.
///
/// A tenant is limited as a whole, whichever of its clients asks. What is refused is counted, and not written down:
/// else the log would carry the flood that the limit is there to stop.
package struct LimitRequests: RouterMiddleware {
    package typealias Context = TenantContext

    private let limits: RateLimits
    /// For tenants that have none of their own; `nil`: no limit.
    private let usual: RateLimit?

    package init(_ usual: RateLimit?, limits: RateLimits = RateLimits()) {
        self.usual = usual
        self.limits = limits
    }

    /// Takes a request that will surely be answered; what is said with the answer, or `nil` if it must be refused.
    func fields(for tenant: TenantID, _ terms: TenantTerms) -> HTTPFields? {
        guard let standing = take(tenant, terms) else { return [:] }
        return standing.retryAfter == nil ? standing.headers : nil
    }

    /// `nil`: there is no limit.
    private func take(_ tenant: TenantID, _ terms: TenantTerms) -> RateLimits.Standing? {
        (terms.rateLimit ?? usual).map { limits.take("tenant/\(tenant)", $0) }
    }

    package func handle(
        _ request: Request,
        context: TenantContext,
        next: (Request, TenantContext) async throws -> Response
    ) async throws -> Response {
        guard let standing = take(context.tenant, context.terms) else { return try await next(request, context) }
        if let retryAfter = standing.retryAfter {
            Counter(label: "pb_requests_limited_total", dimensions: [("tenant", context.tenant.rawValue)]).increment()
            var headers = standing.headers
            headers[.retryAfter] = String(retryAfter)
            throw APIError(
                .tooManyRequests,
                code: .tenantFault,
                "More than \(standing.limit.requests) requests in \(standing.limit.seconds) seconds. Wait \(retryAfter) seconds.",
                headers: headers
            )
        }
        do {
            var response = try await next(request, context)
            for field in standing.headers { response.headers[field.name] = field.value }
            return response
        } catch var error as APIError {
            for field in standing.headers { error.headers[field.name] = field.value }
            throw error
        }
    }
}

extension RateLimits.Standing {
    fileprivate var headers: HTTPFields {
        [
            .known("RateLimit-Policy"): "\"tenant\";q=\(limit.requests);w=\(limit.seconds)",
            .known("RateLimit"): "\"tenant\";r=\(remaining);t=\(reset)",
        ]
    }
}
