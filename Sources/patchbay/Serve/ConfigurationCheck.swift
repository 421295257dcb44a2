import Adapters
import Engine
import Formats
import FoundationEssentials
import Storage

/// Looks at what a configuration names: certificates, keys, ports, directories, modes of files; and for `doctor` at names.
struct ConfigurationCheck {
    private let parts: NamedParts
    private let now: Date
    private let look: FileLook
    private let ports: PortCheck

    /// - Parameter now: certificates age in real time.
    init(
        _ parts: NamedParts,
        now: Date = TimeSource.real.now(),
        look: FileLook = .real,
        ports: PortCheck = PortCheck()
    ) {
        self.parts = parts
        self.now = now
        self.look = look
        self.ports = ports
    }

    /// Everything that can be seen from this machine alone.
    func findings() async -> [Finding] {
        var found = files()
        found += ports.findings(parts.listeners, isServed: parts.database.map { look.isServed($0) } ?? false)
        for identity in parts.identities {
            found += IdentityCheck(identity.files, for: use(of: identity), at: .init(below: identity.place))
                .findings(at: now)
        }
        return found + (await certificates())
    }

    private func files() -> [Finding] {
        let check = FileCheck(look)
        var seen: Set<String> = []
        let secrets = parts.secrets.filter { seen.insert($0.path).inserted }
        return (parts.database.map { check.database($0, at: "/database") } ?? [])
            + secrets.flatMap { check.secret($0.path, with: $0.what, at: $0.place) }
    }

    /// The plain listener's public name is the only one that a configuration has: the other listener is mostly reached by it too.
    private func use(of identity: NamedParts.Identity) -> IdentityCheck.Use {
        switch identity.use {
        case .client: .client
        case .listener: .server(names: parts.publicURL.flatMap { (try? HTTPURL($0))?.host }.map { [$0] } ?? [])
        }
    }

    /// A party's certificate that is not taken today is a warning: every other party is served.
    private func certificates() async -> [Finding] {
        let listener = parts.identities.first { $0.use == .listener }
        let checks = try? PartyChecks(
            addresses: AddressPolicy(.loopbackOnly),
            authorities: listener?.files.authorities,
            realTime: TimeSource(isVirtual: true) { [now] in now }
        )
        var found: [Finding] = []
        for (place, certificate) in parts.certificates {
            for text in await checks?.doubts(about: certificate) ?? [] {
                let advice = "Ask its holder for a certificate that is valid, and register it beside this one."
                found.append(Finding(.warning, place, text, advice))
            }
        }
        return found
    }
}
