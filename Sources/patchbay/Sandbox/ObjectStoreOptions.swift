import Adapters
import ArgumentParser
import Formats
import FoundationEssentials

/// Which object store the files of visits are in (I-031), and with whose credentials.
struct ObjectStoreOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "An S3 store on this machine that holds the files of visits, instead of the sandbox's directory. "
                + "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are its credentials, AWS_REGION its region (us-east-1).",
            valueName: "http://127.0.0.1:port"
        )
    )
    var objects: String?

    func validate() throws {
        guard let objects else { return }
        guard let url = try? HTTPURL(objects), ["", "/"].contains(url.path), url.query == nil else {
            throw ValidationError("--objects must be scheme, host and port, and no more: http://127.0.0.1:9000.")
        }
        let missing = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].filter { (variable($0) ?? "").isEmpty }
        guard missing.isEmpty else {
            throw ValidationError("--objects needs \(missing.joined(separator: " and ")) in the environment.")
        }
    }

    /// `nil`: none was named.
    var store: Configuration.Objects? {
        guard let url = objects.flatMap({ try? HTTPURL($0) }), let key = variable("AWS_ACCESS_KEY_ID"),
            let secret = variable("AWS_SECRET_ACCESS_KEY")
        else { return nil }
        return .s3(
            // As it is in the `Host` header, which is signed.
            endpoint: "\(url.scheme.rawValue)://\(url.authority)",
            region: variable("AWS_REGION") ?? "us-east-1",
            credentials: .init(accessKeyID: key, secretAccessKey: secret)
        )
    }

    private func variable(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }
}
