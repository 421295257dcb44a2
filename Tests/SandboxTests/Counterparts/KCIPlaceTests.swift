import Formats
import FoundationEssentials
import HTTPTypes
import Testing

@testable import Sandbox

@Suite struct KCIPlaceTests {
    @Test func `the next number is in its place`() {
        #expect(KCIPlace(entity: "PROVIDE_ORDER/1", number: 4).problems(after: 3).isEmpty)
    }

    @Test func `a number that was passed is an inversion`() {
        #expect(
            KCIPlace(entity: "PROVIDE_ORDER/1", number: 2).problems(after: 3)
                == ["sequenceNumber 2 came after 3 (G-079)"]
        )
    }

    @Test func `a number too far is a gap`() {
        #expect(
            KCIPlace(entity: "PROVIDE_ORDER/1", number: 3).problems(after: 1)
                == ["sequenceNumber 3 came after 1: a gap (G-079)"]
        )
    }

    @Test func `numbers that the sender says are parked are no gap`() {
        #expect(KCIPlace(entity: "PROVIDE_ORDER/1", number: 4, missed: [2, 3]).problems(after: 1).isEmpty)
    }

    @Test func `one that is redelivered may come late`() {
        #expect(KCIPlace(entity: "PROVIDE_ORDER/1", number: 2, isRedelivered: true).problems(after: 4).isEmpty)
    }

    @Test func `it is read from a KCI`() throws {
        let document = try JSONDocument(
            parsing: #"{"entityType":"SERVICE_TEST","sequenceNumber":2,"entity":{"id":77},"missedSequenceNumbers":[1]}"#
        )
        #expect(
            KCIPlace(document.root) == KCIPlace(entity: "SERVICE_TEST/77", number: 2, missed: [1])
        )
    }
}

@Suite struct WebhookSignatureTests {
    /// The example of the Standard Webhooks specification's own library tests.
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private static let body = Array(#"{"test": 2432232314}"#.utf8)
    private static let right = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    private static func signature(_ text: String) throws -> WebhookSignature {
        var headers = HTTPFields()
        headers[try #require(HTTPField.Name("webhook-id"))] = "msg_p5jXN8AQM9LWM0D4loKWxJek"
        headers[try #require(HTTPField.Name("webhook-timestamp"))] = "1614265330"
        headers[try #require(HTTPField.Name("webhook-signature"))] = text
        return WebhookSignature(headers)
    }

    @Test func `the secret's own signature is valid, alone or among others`() throws {
        #expect(try Self.signature(Self.right).isValid(for: Self.body, secret: Self.secret))
        #expect(try Self.signature("v1,AAAA \(Self.right)").isValid(for: Self.body, secret: Self.secret))
    }

    @Test func `of another body it is not`() throws {
        #expect(try !Self.signature(Self.right).isValid(for: Self.body + [0x20], secret: Self.secret))
    }

    @Test func `no signature is no valid one`() throws {
        #expect(!WebhookSignature(HTTPFields()).isValid(for: Self.body, secret: Self.secret))
    }
}
