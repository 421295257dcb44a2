import Adapters

/// What a configuration names outside itself, with the place of each: files, ports, certificates, hosts. Noted while the file is
/// read, whatever else is wrong with it; looked at by ``ConfigurationCheck``.
///
/// A class, so that the readers of the file's parts note in one place; it does not leave the reading.
final class NamedParts {
    struct Identity {
        enum Use { case listener, client }

        let files: TLSFiles
        let use: Use
        let place: String
    }

    /// A file with a secret in it.
    struct Secret {
        let path: String
        /// `a private key`
        let what: String
        let place: String
    }

    var database: String?
    var listeners: [PortCheck.Listener] = []
    var identities: [Identity] = []
    var secrets: [Secret] = []
    /// Of parties.
    var certificates: [(place: String, certificate: KnownCertificate)] = []
    var called: [(place: String, url: String)] = []
    /// By which the listeners are reached from outside, as far as the file says so.
    var publicURL: String?
}
