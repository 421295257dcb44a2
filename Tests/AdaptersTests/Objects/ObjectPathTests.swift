import Testing

@testable import Adapters

@Suite struct ObjectPathTests {
    @Test(arguments: [
        "s3://photos/J1/front.jpg", "S3://photos/J1/front.jpg", "photos/J1/front.jpg", "/J1/front.jpg", "J1/front.jpg",
    ])
    func `the forms of a path mean the same object`(text: String) {
        #expect(ObjectPath(text, in: "photos")?.key == "J1/front.jpg")
    }

    @Test(arguments: [
        "", "/", "photos/", "../secret", "J1/../../secret", "J1//front.jpg", "J1/./front.jpg", "J1/front.jpg/",
        "s3://other/J1/front.jpg", "https://photos/J1/front.jpg", "J1/a\u{0}.jpg", "J1/a\n.jpg", "J1\\front.jpg",
    ])
    func `a path that leaves its bucket is none`(text: String) {
        #expect(ObjectPath(text, in: "photos") == nil)
    }

    @Test func `a key is no longer than a store takes`() {
        #expect(ObjectPath(String(repeating: "ü", count: 512), in: "photos") != nil)
        #expect(ObjectPath(String(repeating: "ü", count: 513), in: "photos") == nil)
    }
}
