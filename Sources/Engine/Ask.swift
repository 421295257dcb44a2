import Domain
import FoundationEssentials

/// Questions to a supplier that a tenant waits for: availability, slots, a reservation (F-002).
///
/// A plain call with a deadline; nothing is stored (decision 3). A supplier's adapter conforms, once per contract.
package protocol SupplierQuestions: Sendable {
    /// The addresses of a postcode or a UPRN (G-010).
    func addresses(_ question: AddressesQuestion) async throws -> [KnownAddress]
    func availability(_ question: AvailabilityQuestion) async throws -> AvailabilityAnswer
    func slots(_ question: SlotsQuestion) async throws -> [TimeSlot]
    func reserve(_ question: ReserveQuestion) async throws -> ReservedSlot
}

/// Which contract answers for a supplier's capability (G-094, decision 27).
package enum Capability: String, CaseIterable, Sendable {
    case addressLookup, availability, provideAppointments, repairAppointments, orders, quotes, tests, problems
}

/// The suppliers as configured: for each capability the adapter that offers it.
package struct Suppliers: Sendable {
    package struct Supplier: Sendable {
        package let id: SupplierID
        package let name: String
        /// What it offers, by which contract (`native`, `cityfibre-soap`).
        package let contracts: [Capability: String]
        package let questions: [Capability: any SupplierQuestions]
        /// Products it sells, for `GET /suppliers`.
        package let products: [String]
        /// Whether a problem needs a test before it (G-104).
        package let testRequired: Bool
        /// Whether a tenant is asked to confirm a resolution, and may reject it (§3.4).
        package let confirmsResolutions: Bool
        package let catalogue: Catalogue
        package let rules: CharacteristicRules

        package init(
            id: SupplierID,
            name: String,
            contracts: [Capability: String],
            questions: [Capability: any SupplierQuestions],
            products: [String],
            testRequired: Bool,
            confirmsResolutions: Bool = true,
            catalogue: Catalogue = Catalogue(specifications: []),
            rules: CharacteristicRules = .none
        ) {
            self.id = id
            self.name = name
            self.contracts = contracts
            self.questions = questions
            self.products = products
            self.testRequired = testRequired
            self.confirmsResolutions = confirmsResolutions
            self.catalogue = catalogue
            self.rules = rules
        }
    }

    package let all: [Supplier]

    package init(_ all: [Supplier]) { self.all = all }

    package func supplier(_ id: SupplierID) -> Supplier? { all.first { $0.id == id } }
}

/// Why a supplier's answer isn't to be had.
package enum Unanswered: Error, Equatable, Sendable {
    /// No answer within the deadline (504 SUPPLIER_TIMED_OUT).
    case timedOut
    /// It understood and refused, with its reasons (422).
    case refused(reasons: [String])
    /// It failed, or cannot be reached (502 SUPPLIER_FAULT).
    case failed(reason: String)
    /// It doesn't offer this (501).
    case notOffered
}

/// Who asks, in every question: what southbound headers carry.
package struct Asker: Sendable {
    package let tenant: TenantID
    package let conversation: ConversationID
    package let requestID: MessageID

    package init(tenant: TenantID, conversation: ConversationID, requestID: MessageID) {
        self.tenant = tenant
        self.conversation = conversation
        self.requestID = requestID
    }
}

package struct AddressesQuestion: Sendable {
    package let asker: Asker
    package let postcode: Postcode?
    package let uprn: Int64?

    package init(asker: Asker, postcode: Postcode?, uprn: Int64?) {
        self.asker = asker
        self.postcode = postcode
        self.uprn = uprn
    }
}

package struct AvailabilityQuestion: Sendable {
    package let asker: Asker
    package let address: PremisesAddress

    package init(asker: Asker, address: PremisesAddress) {
        self.asker = asker
        self.address = address
    }
}

/// What a supplier can do at an address (G-021…G-024).
package struct AvailabilityAnswer: Equatable, Sendable {
    package struct Offer: Equatable, Sendable {
        package let id: String
        package let name: String
        /// Allowed values by characteristic, such as `LINE_PROFILE`.
        package let characteristics: [String: [String]]

        package init(id: String, name: String, characteristics: [String: [String]]) {
            self.id = id
            self.name = name
            self.characteristics = characteristics
        }
    }

    package struct Reason: Equatable, Sendable {
        package let code: String
        package let text: String

        package init(code: String, text: String) {
            self.code = code
            self.text = text
        }
    }

    package var offers: [Offer]
    package var site: SiteInformation
    package var reasons: [Reason]

    package init(offers: [Offer], site: SiteInformation, reasons: [Reason]) {
        self.offers = offers
        self.site = site
        self.reasons = reasons
    }
}

package struct SlotsQuestion: Sendable {
    package let asker: Asker
    package let address: PremisesAddress
    package let specification: ServiceSpecification
    package let purpose: AppointmentPurpose
    package let service: ServiceID?
    package let from: CivilDate?

    package init(
        asker: Asker,
        address: PremisesAddress,
        specification: ServiceSpecification,
        purpose: AppointmentPurpose,
        service: ServiceID?,
        from: CivilDate?
    ) {
        self.asker = asker
        self.address = address
        self.specification = specification
        self.purpose = purpose
        self.service = service
        self.from = from
    }
}

package struct ReserveQuestion: Sendable {
    package let asker: Asker
    package let reservation: ID<Reservation>
    package let address: PremisesAddress
    package let specification: ServiceSpecification
    package let purpose: AppointmentPurpose
    package let service: ServiceID?
    package let slot: TimeSlot

    package init(
        asker: Asker,
        reservation: ID<Reservation>,
        address: PremisesAddress,
        specification: ServiceSpecification,
        purpose: AppointmentPurpose,
        service: ServiceID?,
        slot: TimeSlot
    ) {
        self.asker = asker
        self.reservation = reservation
        self.address = address
        self.specification = specification
        self.purpose = purpose
        self.service = service
        self.slot = slot
    }
}

extension ReserveQuestion {
    /// The question behind a reservation, as it was put the first time.
    package init(_ reservation: Reservation, as first: MessageID) {
        let request = reservation.request
        self.init(
            asker: Asker(tenant: reservation.tenant, conversation: reservation.conversation, requestID: first),
            reservation: reservation.id,
            address: request.address,
            specification: request.specification,
            purpose: request.purpose,
            service: request.serviceID,
            slot: request.slot
        )
    }
}

package struct ReservedSlot: Equatable, Sendable {
    /// The supplier's reservation key (G-046).
    package let reference: String
    package let expires: Date
    package let slot: TimeSlot

    package init(reference: String, expires: Date, slot: TimeSlot) {
        self.reference = reference
        self.expires = expires
        self.slot = slot
    }
}
