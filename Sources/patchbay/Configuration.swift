import Adapters
import Domain
import Engine

/// What the sandbox's house is built from: listeners, store, identities, accesses, limits. Parties aren't here: they live in the
/// store (decision 14).
struct Configuration: Sendable {
    enum Objects: Sendable {
        /// A directory of this machine, with one for each bucket in it.
        case directory(path: String)
        /// A store that speaks S3; buckets are the partners'.
        case s3(endpoint: String, region: String, credentials: S3Signature.Credentials)
    }

    struct Access: Sendable {
        let tokenURL: String
        let clientID: String
        let clientSecret: String
        var authentication = ClientAuthentication.basic
    }

    /// A supplier by the native contract alone, and the account that the gateway has with it: the operator knows by the
    /// account whom to tell.
    struct NativeAccount: Sendable {
        let supplier: SupplierID
        let customer: CustomerID
        /// The gateway's access to its Supplier API.
        let access: Access
        /// Its access to the gateway's Supplier Updates API.
        let updates: Access
    }

    var host = "127.0.0.1"
    var port: Int
    /// Where the plain and the mutual-TLS listener are reached, without a slash at the end.
    var plainURL: String
    var secureURL: String
    var server: TLSFiles
    /// The gateway as a buyer.
    var gatewayIdentity: TLSFiles
    /// The operator, towards buyers and partners.
    var operatorIdentity: TLSFiles
    /// The key that signs access tokens, PEM.
    var signingKey: String
    /// The gateway's access to the supplier's Supplier API.
    var supplierAccess: Access
    /// The operator's access to the gateway's Supplier Updates API.
    var updatesAccess: Access
    /// With which KCIs are signed for tenants without a key of their own: Standard Webhooks' key.
    var webhookKey: [UInt8]
    /// Under which the secrets that we show to others are sealed, 32 bytes (``SecretBox``).
    var secretKey: [UInt8]
    /// Where the files of visits are (I-031).
    var objects: Objects
    /// Where the network desk hears of tickets.
    var deskNewsURL: String
    var supplier: SupplierID
    /// The same operator once more, for problems and repair visits by the native contract as well.
    var nativeAccount: NativeAccount
    /// The one that does what an order's characteristics say (``DummySupplier``).
    var scriptedSupplier: SupplierID
    var partner: PartnerID
    var town: Town
    var pace: Pace
    /// What the simulated head end answers to the tries of jobs to come.
    var headEnd: @Sendable () -> [HeadEndAnswer]? = { nil }
    /// How long an outbound call may take, in real time: 10 s (decision 3), in the sandbox 2 s (decision 20).
    var outboundDeadline: Duration = .seconds(10)
    var addresses: AddressPolicy
    /// A folder whose tables stand in for those of ``InstallationData`` in the program.
    var installationData: String?
    var delivery = Dispatch.Limits()
}
