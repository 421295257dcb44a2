import Testing

@testable import Adapters

@Suite struct SecretStrengthTests {
    @Test(arguments: [
        "", "aaaaaaaaaaaaaaaa", "passwordpassword", "secret-secret-secret", "0123456789abcdef", "password12345678",
        "abababababababababababababababab", "abcdefghijklmnopqrstuvwxyz",
    ])
    func `what repeats itself, counts up or is a single character is too easy`(secret: String) {
        #expect(!SecretStrength.isEnough(secret))
    }

    @Test(arguments: [
        "k7Qd2mXw9RtZ4bLs", "9f86d081884c7d659a2feaa0c55ad015", "a secret that is long enough",
        "Zm9vYmFyIHdpdGggc29tZSBlbnRyb3B5",
    ])
    func `what was drawn, or is a sentence, is enough`(secret: String) {
        #expect(SecretStrength.isEnough(secret))
    }

    @Test func `a key of equal bytes is no key`() {
        #expect(!SecretStrength.isEnough(key: [UInt8](repeating: 7, count: 32)))
        #expect(SecretStrength.isEnough(key: (0..<32).map { UInt8($0) }), "one that is in use already stays good")
    }
}
