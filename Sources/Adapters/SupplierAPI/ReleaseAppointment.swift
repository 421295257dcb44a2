import Domain
import Engine
import HTTPTypes
import Hummingbird

extension Wholesale {
    /// `DELETE /appointments/{id}`: the customer gives an unused reservation back, by its own number for it
    /// (decision 3). Saying so again changes nothing.
    @Sendable func releaseAppointment(request: Request, context: CustomerContext) async throws -> ByteResponse {
        try await serve(request, context, as: "ReleaseAppointment") { asked in
            let number = try context.parameters.require("id")
            let book = book
            return try await answer(asked) { change in
                try book.release(customerReference: number, of: asked.owner, in: &change)
                return CustomerAnswer(emptyAbout: nil)
            }
        }
    }
}
