import Domain
import Engine
import FoundationEssentials

/// A supplier inside the gateway, without a network: for tenants that try their side of a story (G-095, decision 27).
///
/// The same question has the same answer, and an order goes as its characteristic `SCRIPT` says. What it makes of orders
/// is kept where all else is, so it survives what the gateway survives, and its days pass with the gateway's clock.
package struct DummySupplier: SupplierAdapter {
    package static let contract = "dummy"

    package let id: SupplierID
    private let town: Town
    private let pace: Pace

    package init(id: SupplierID, town: Town, pace: Pace) {
        self.id = id
        self.town = town
        self.pace = pace
    }

    package func spell(_ message: Message, _ sender: any Aggregate, _ context: SpellingContext) throws -> Spelling? {
        try DummySpelling.spell(message, sender, isBrisk: pace.visits == .atOnce)
    }

    package func connect(to exchange: Exchange) -> SupplierConnection {
        let desk = DummyDesk(town: town, time: exchange.time)
        let offer = Suppliers.Supplier(
            id: id,
            name: "The scripted supplier",
            contracts: [
                .availability: Self.contract, .provideAppointments: Self.contract, .orders: Self.contract,
                .quotes: Self.contract, .tests: Self.contract,
            ],
            questions: [.availability: desk, .provideAppointments: desk],
            products: town.products,
            testRequired: false,
            catalogue: catalogue,
            rules: CharacteristicRules(
                orders: ScriptCharacteristics.problems(ofOrder:),
                tests: ScriptCharacteristics.problems(ofTest:)
            )
        )
        return SupplierConnection(offer: offer, courier: DummyCourier())
    }

    /// The town's, and what can be scripted.
    private var catalogue: Catalogue {
        var catalogue = town.catalogue
        let scripts = [
            Catalogue.Choice(name: ScriptCharacteristics.script, values: OrderScript.allCases.map(\.rawValue)),
            Catalogue.Choice(
                name: ScriptCharacteristics.days,
                values: (0...ScriptCharacteristics.daysMax).map { "\($0)" }
            ),
        ]
        catalogue.specifications = catalogue.specifications.map { each in
            Catalogue.Specification(
                id: each.id,
                name: each.name,
                serviceTypes: each.serviceTypes,
                characteristics: each.characteristics + scripts
            )
        }
        return catalogue
    }
}
