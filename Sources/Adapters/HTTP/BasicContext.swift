import Domain
import Hummingbird
import NIOCore

/// A request on any listener, before anybody is known: what routes without credentials get, and what authentication
/// turns into a context that proves who asks.
package struct BasicContext: RequestContext, RemoteAddressRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let channel: any Channel
    package let remoteAddress: SocketAddress?
    /// Set by authentication. A ``Caller`` can only be made from a verified token or a client certificate.
    var caller: Caller?
    var headers: ConversationHeaders?

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
        remoteAddress = source.channel.remoteAddress
    }
}
