import Adapters
import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes

/// The operator of a running sandbox, examined as any other supplier: by a customer of its own, whose updates are sent to
/// the examination while it lasts.
enum SandboxedSupplier {
    /// Updates come within the half hour of the timetable, or never (decision 23); each moment is a minute of it.
    private static let minutesMax = 30

    static func check(
        in directory: String,
        listen: ListenAddress?,
        _ found: @escaping @Sendable (SupplierFinding) -> Void
    ) async throws -> [SupplierFinding] {
        let world = try await DemoWorld.open(directory: directory, waitingSeconds: 5)
        do {
            let findings = try await check(world, listen, found)
            _ = try await world.control(.put, "/endpoints", body: #"{"supplierUpdates":null}"#)
            await world.close()
            return findings
        } catch {
            _ = try? await world.control(.put, "/endpoints", body: #"{"supplierUpdates":null}"#)
            await world.close()
            throw error
        }
    }

    private static func check(
        _ world: DemoWorld,
        _ listen: ListenAddress?,
        _ found: @escaping @Sendable (SupplierFinding) -> Void
    ) async throws -> [SupplierFinding] {
        guard let loopback = listen ?? ListenAddress("127.0.0.1:0") else { return [] }
        let clock = VirtualClock(startingAt: try await now(of: world))
        let check = SupplierCheck(
            baseURL: world.told("supplierCheck", "baseURL"),
            tokenURL: world.told("supplierCheck", "tokenURL"),
            clientID: world.told("supplierCheck", "clientId"),
            clientSecret: world.told("supplierCheck", "clientSecret"),
            samples: try samples(of: world),
            addresses: AddressPolicy(.loopbackOnly),
            time: clock.source,
            momentsMax: minutesMax,
            moment: {
                try? await world.advance("PT1M")
                if let now = try? await now(of: world) { clock.move(to: now) }
            }
        )
        return try await check.run(
            listeningOn: loopback,
            opened: { base in
                _ = try await world.control(.put, "/endpoints", body: #"{"supplierUpdates":"\#(base)"}"#)
            },
            found: found
        )
    }

    /// The sandbox's, for its clock may have been turned.
    private static func now(of world: DemoWorld) async throws -> Date {
        let clock = try await world.control(.get, "/clock")
        guard let now = clock.root["now"]?.string.flatMap({ Timestamp.parse($0) }) else {
            throw DemoFailure("The sandbox does not tell the time.")
        }
        return now
    }

    /// Any house of the plain half of the town, so that the next examination finds another one free.
    private static func samples(of world: DemoWorld) throws -> SupplierSamples {
        guard let product = world.sample("product")?.string,
            let first = world.sample("addresses", "first")?.integer,
            let count = world.sample("addresses", "count")?.integer,
            let served = world.sample("services", "addressFirst")?.integer,
            let prefix = world.sample("services", "prefix")?.string,
            let services = world.sample("services", "count")?.integer,
            let service = world.sample("services", "first")?.integer
        else { throw DemoFailure("The sandbox has no samples.") }
        let house = first + Int64(IDSource.system.bits() % UInt64(max(count / 2, 1)))
        return SupplierSamples(
            address: .init(id: "\(house)", type: "UPRN"),
            unservedAddress: .init(id: "\(served)", type: "UPRN"),
            product: product,
            service: "\(prefix)\(service + Int64(IDSource.system.bits() % UInt64(max(services, 1))))",
            tenant: "TENANT1"
        )
    }
}
