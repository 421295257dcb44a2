import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes

/// Journey A: availability, a slot, an order; then the engineer's day, to a live line.
struct OrderJourney {
    private var journey: Journey

    init(world: DemoWorld, timeline: Timeline) { journey = Journey(world: world, timeline: timeline) }

    func walk() async throws {
        var journey = journey
        let world = journey.world
        let timeline = journey.timeline
        try await journey.begin()
        let supplier = world.sample("supplier")?.string ?? ""
        let product = world.sample("product")?.string ?? ""
        let first = world.sample("addresses", "first")?.integer ?? 0
        // Any address of the town will do; a fresh one each time, so that the demo can be walked again.
        let uprn = first + Int64(IDSource.system.bits() % 900_000)
        let address = #"{"id":"\#(uprn)","type":"UPRN"}"#

        timeline.step("What can be had at UPRN \(uprn)?")
        let available = try await world.tenant(
            .get,
            "/service-availability?address=\(PercentText.encode(address))",
            conversation: journey.conversation
        )
        guard let offer = available.root.elements.first(where: { $0["supplier"]?.string == supplier }),
            offer["serviceSpecifications"]?.elements.contains(where: { $0["id"]?.string == product }) == true
        else { throw DemoFailure("\(supplier) does not offer \(product) there.") }
        try await journey.show()

        timeline.step("Book the first visit on offer.")
        let visit = try await journey.book(purpose: .provide, address: address, supplier: supplier, product: product)
        try await journey.show()

        timeline.step("Order \(product), with the visit on \(visit.start).")
        let placed = try await world.tenant(
            .post,
            "/service-orders",
            conversation: journey.conversation,
            body: Self.order(supplier: supplier, product: product, address: address, visit: visit.id)
        )
        guard let id = placed.root["id"]?.integer else { throw DemoFailure("The order has no id.") }

        timeline.step("Turn the clock, and watch the order travel to the supplier, the installer and back.")
        let conversation = journey.conversation
        var last = ""
        try await journey.advance(by: "PT1H", atMost: 24 * 14) {
            let order = try await world.tenant(.get, "/service-orders/\(id)", conversation: conversation + "-look")
            last = order.root["status"]?.string ?? ""
            return ["COMPLETED", "REJECTED", "FAILED", "CANCELLED", "FAILED_TO_SEND", "PARTIAL"].contains(last)
        }
        guard last == "COMPLETED" else { throw DemoFailure("Order \(id) ended as \(last), not COMPLETED.") }
        timeline.success("Order \(id) is COMPLETED.")
    }

    static func order(supplier: String, product: String, address: String, visit: Int64) -> [UInt8] {
        JSONWriter.bytes { json in
            json.object { json in
                json.field("orderType", "NEW")
                json.field("supplier", supplier)
                json.raw("address", Array(address.utf8))
                json.object("serviceOrderItem") { json in
                    json.object("serviceSpecification") { $0.field("id", product) }
                    json.array("serviceCharacteristics") { json in
                        json.object { json in
                            json.field("name", "LINE_PROFILE")
                            json.field("value", "1G_1G")
                        }
                    }
                }
                json.object("primaryContact") { json in
                    json.field("name", "Robin Sample")
                    json.field("phoneNumber", "01632 960123")
                }
                json.field("appointmentReservationId", visit)
            }
        }
    }
}
