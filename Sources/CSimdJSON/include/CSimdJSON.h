#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How deep arrays and objects may nest; a constant, because a thread's parser is made for it once.
#define CSJ_DEPTH_MAX 64

/// What a node is. Integers are only those that are spelt without fraction and exponent.
enum csj_kind {
    CSJ_NULL = 0,
    CSJ_FALSE = 1,
    CSJ_TRUE = 2,
    CSJ_INTEGER = 3,
    /// An integer above INT64_MAX and not above UINT64_MAX.
    CSJ_UNSIGNED = 4,
    CSJ_DECIMAL = 5,
    CSJ_STRING = 6,
    CSJ_ARRAY = 7,
    CSJ_OBJECT = 8,
};

/// One value, in document order. A member of an object is two nodes: its key (a string), then its value.
typedef struct csj_node {
    union {
        int64_t integer;
        uint64_t large;
        double decimal;
        /// Where a string's UTF-8 begins in the block's string buffer.
        uint64_t offset;
    };
    /// A string's bytes; an array's elements; an object's members.
    uint32_t count;
    /// The index just behind this node and everything in it: its next sibling.
    uint32_t end;
    uint32_t kind;
} csj_node;

enum csj_status {
    CSJ_OK = 0,
    /// simdjson refused the bytes; `reason` says why in its words.
    CSJ_SYNTAX = 1,
    CSJ_TOO_DEEP = 2,
    CSJ_TOO_MANY_NODES = 3,
    /// `offender` is the second key of that name.
    CSJ_DUPLICATE_KEY = 4,
    /// `offender` is the string, value or key, that holds the character.
    CSJ_FORBIDDEN_CHARACTER = 5,
    CSJ_NO_MEMORY = 6,
};

/// A parsed document in one allocation: the nodes, then the strings. The caller frees it with `csj_free`.
typedef struct csj_document {
    /// The allocation, or NULL when there is nothing to free.
    const csj_node *nodes;
    const uint8_t *strings;
    uint32_t node_count;
    uint32_t status;
    /// The node that `status` is about; meaningless for CSJ_SYNTAX, CSJ_TOO_DEEP, CSJ_TOO_MANY_NODES, CSJ_NO_MEMORY.
    uint32_t offender;
    /// A static string, never NULL.
    const char *reason;
} csj_document;

/// Parses the bytes and copies the result out of the parser, so that nothing refers to the parser afterwards.
///
/// Safe on any thread: every thread has a parser of its own. With CSJ_DUPLICATE_KEY and CSJ_FORBIDDEN_CHARACTER
/// the nodes are there as well, so that the caller can say where the offender is.
csj_document csj_parse(const uint8_t *bytes, size_t length, uint32_t nodes_max);

void csj_free(csj_document document);

#ifdef __cplusplus
}
#endif

#endif
