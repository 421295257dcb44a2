#include "CSimdJSON.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <vector>

#include <simdjson.h>

namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

/// Beyond this a thread's parser gives its memory back, so that one large document does not cost for ever.
constexpr size_t kept_capacity_max = 4u << 20;

/// Above this many members, duplicates are found by sorting instead of by comparing each with each.
constexpr size_t pairwise_members_max = 12;

struct walker {
    uint32_t nodes_max;
    std::vector<csj_node> nodes;
    std::vector<uint8_t> strings;
    std::vector<uint32_t> keys;
    uint32_t status = CSJ_OK;
    uint32_t offender = 0;

    walker() {
        nodes.reserve(256);
        strings.reserve(4096);
        keys.reserve(64);
    }

    void begin(uint32_t count) {
        nodes_max = count;
        nodes.clear();
        strings.clear();
        keys.clear();
        status = CSJ_OK;
        offender = 0;
    }

    /// Keeps the first finding; the walk goes on, so that every container gets its `end`.
    void report(uint32_t what, uint32_t where) {
        if (status == CSJ_OK) {
            status = what;
            offender = where;
        }
    }

    bool full() {
        if (nodes.size() < nodes_max) return false;
        status = CSJ_TOO_MANY_NODES;
        return true;
    }

    uint32_t add(uint32_t kind) {
        csj_node node{};
        node.kind = kind;
        node.end = static_cast<uint32_t>(nodes.size()) + 1;
        nodes.push_back(node);
        return node.end - 1;
    }

    uint32_t add_string(std::string_view text) {
        uint32_t index = add(CSJ_STRING);
        nodes[index].offset = strings.size();
        nodes[index].count = static_cast<uint32_t>(text.size());
        auto *bytes = reinterpret_cast<const uint8_t *>(text.data());
        strings.insert(strings.end(), bytes, bytes + text.size());
        if (forbidden(bytes, text.size())) report(CSJ_FORBIDDEN_CHARACTER, index);
        return index;
    }

    /// U+0000-001F but tab, LF and CR; U+FFFE and U+FFFF; and surrogates, which UTF-8 does not have.
    static bool forbidden(const uint8_t *bytes, size_t length) {
        for (size_t i = 0; i < length; i++) {
            uint8_t byte = bytes[i];
            if (byte < 0x20) {
                if (byte != 0x09 && byte != 0x0A && byte != 0x0D) return true;
            } else if (byte >= 0xED && i + 2 < length) {
                if (byte == 0xED && bytes[i + 1] >= 0xA0) return true;
                if (byte == 0xEF && bytes[i + 1] == 0xBF && bytes[i + 2] >= 0xBE) return true;
            }
        }
        return false;
    }

    std::string_view key(uint32_t index) const {
        return {reinterpret_cast<const char *>(strings.data()) + nodes[index].offset, nodes[index].count};
    }

    /// Looks at the keys collected since `first`, and forgets them.
    void check_duplicates(size_t first) {
        size_t count = keys.size() - first;
        if (count <= pairwise_members_max) {
            for (size_t i = first + 1; i < keys.size(); i++)
                for (size_t j = first; j < i; j++)
                    if (key(keys[i]) == key(keys[j])) report(CSJ_DUPLICATE_KEY, keys[i]);
        } else {
            auto begin = keys.begin() + static_cast<std::ptrdiff_t>(first);
            std::sort(begin, keys.end(), [this](uint32_t a, uint32_t b) {
                int order = key(a).compare(key(b));
                return order != 0 ? order < 0 : a < b;
            });
            uint32_t second = UINT32_MAX;
            for (size_t i = first + 1; i < keys.size(); i++)
                if (key(keys[i]) == key(keys[i - 1])) second = std::min(second, keys[i]);
            if (second != UINT32_MAX) report(CSJ_DUPLICATE_KEY, second);
        }
        keys.resize(first);
    }

    /// False when the walk must stop.
    bool visit(element value, uint32_t depth) {
        if (full()) return false;
        switch (value.type()) {
        case element_type::NULL_VALUE:
            add(CSJ_NULL);
            return true;
        case element_type::BOOL:
            add(bool(value.get_bool().value_unsafe()) ? CSJ_TRUE : CSJ_FALSE);
            return true;
        case element_type::INT64: {
            uint32_t index = add(CSJ_INTEGER);
            nodes[index].integer = value.get_int64().value_unsafe();
            return true;
        }
        case element_type::UINT64: {
            uint32_t index = add(CSJ_UNSIGNED);
            nodes[index].large = value.get_uint64().value_unsafe();
            return true;
        }
        case element_type::DOUBLE: {
            uint32_t index = add(CSJ_DECIMAL);
            nodes[index].decimal = value.get_double().value_unsafe();
            return true;
        }
        case element_type::STRING:
            add_string(value.get_string().value_unsafe());
            return true;
        case element_type::ARRAY:
            return visit_array(value.get_array().value_unsafe(), depth);
        case element_type::OBJECT:
            return visit_object(value.get_object().value_unsafe(), depth);
        }
        return false;
    }

    bool enter(uint32_t depth) {
        if (depth < CSJ_DEPTH_MAX) return true;
        status = CSJ_TOO_DEEP;
        return false;
    }

    bool visit_array(simdjson::dom::array array, uint32_t depth) {
        if (!enter(depth)) return false;
        uint32_t index = add(CSJ_ARRAY);
        uint32_t count = 0;
        for (element child : array) {
            if (!visit(child, depth + 1)) return false;
            count++;
        }
        nodes[index].count = count;
        nodes[index].end = static_cast<uint32_t>(nodes.size());
        return true;
    }

    bool visit_object(simdjson::dom::object object, uint32_t depth) {
        if (!enter(depth)) return false;
        uint32_t index = add(CSJ_OBJECT);
        uint32_t count = 0;
        size_t first = keys.size();
        for (auto member : object) {
            if (full()) return false;
            keys.push_back(add_string(member.key));
            if (!visit(member.value, depth + 1)) return false;
            count++;
        }
        check_duplicates(first);
        nodes[index].count = count;
        nodes[index].end = static_cast<uint32_t>(nodes.size());
        return true;
    }
};

struct workspace {
    simdjson::dom::parser parser;
    walker walk;
};

csj_document failed(uint32_t status, const char *reason) {
    csj_document document{};
    document.status = status;
    document.reason = reason;
    return document;
}

/// One allocation for both arrays; NULL `nodes` if there is no memory.
csj_document copied_out(const walker &walk) {
    size_t node_bytes = walk.nodes.size() * sizeof(csj_node);
    auto *block = static_cast<uint8_t *>(std::malloc(node_bytes + walk.strings.size()));
    if (block == nullptr) return failed(CSJ_NO_MEMORY, "out of memory");
    std::memcpy(block, walk.nodes.data(), node_bytes);
    if (!walk.strings.empty()) std::memcpy(block + node_bytes, walk.strings.data(), walk.strings.size());

    csj_document document{};
    document.nodes = reinterpret_cast<const csj_node *>(block);
    document.strings = block + node_bytes;
    document.node_count = static_cast<uint32_t>(walk.nodes.size());
    document.status = walk.status;
    document.offender = walk.offender;
    document.reason = "";
    return document;
}

csj_document parse(const uint8_t *bytes, size_t length, uint32_t nodes_max) {
    thread_local std::unique_ptr<workspace> space;
    if (!space) {
        space = std::make_unique<workspace>();
        // Two more than we allow, so that our own check decides, and its answer is the same for every processor.
        if (space->parser.allocate(16384, CSJ_DEPTH_MAX + 2)) {
            space.reset();
            return failed(CSJ_NO_MEMORY, "out of memory");
        }
    }
    element root;
    auto error = space->parser.parse(bytes, length, true).get(root);
    if (error == simdjson::DEPTH_ERROR) return failed(CSJ_TOO_DEEP, "nested too deeply");
    if (error == simdjson::MEMALLOC) return failed(CSJ_NO_MEMORY, "out of memory");
    if (error) return failed(CSJ_SYNTAX, simdjson::error_message(error));

    walker &walk = space->walk;
    walk.begin(nodes_max);
    bool whole = walk.visit(root, 0);
    csj_document document = whole ? copied_out(walk) : failed(walk.status, "");
    if (space->parser.capacity() > kept_capacity_max) space.reset();
    return document;
}

} // namespace

csj_document csj_parse(const uint8_t *bytes, size_t length, uint32_t nodes_max) {
    try {
        return parse(bytes, length, nodes_max);
    } catch (const std::exception &) {
        return failed(CSJ_NO_MEMORY, "out of memory");
    }
}

void csj_free(csj_document document) {
    std::free(const_cast<csj_node *>(document.nodes));
}
