#ifndef CLIBXML2_H
#define CLIBXML2_H

#include <stddef.h>
#include <stdint.h>

/// libxml2 as far as Patchbay needs it, behind opaque types: its headers do not reach Swift.
///
/// Nothing here loads anything from a file or a network; no DTD is ever read, so there are no entities to expand.
typedef struct cxml_document cxml_document;
typedef struct cxml_node cxml_node;
typedef struct cxml_schema cxml_schema;

typedef enum cxml_verdict {
    CXML_OK = 0,
    CXML_DOCTYPE,
    CXML_TOO_DEEP,
    CXML_TOO_MANY_NODES,
    CXML_NOT_WELL_FORMED,
    CXML_NO_MEMORY,
} cxml_verdict;

typedef struct cxml_limits {
    int32_t depth_max;
    /// Elements and attributes together.
    int32_t nodes_max;
    int32_t attributes_max;
} cxml_limits;

/// The first thing that is wrong. Texts are NULL if there are none; `cxml_parsed_free` frees them.
typedef struct cxml_parsed {
    cxml_document *document;
    cxml_verdict verdict;
    int32_t line;
    int32_t column;
    char *reason;
    /// Set for an end tag that does not match its start tag: their names.
    char *opened;
    char *closed;
} cxml_parsed;

/// Parses a document. On any verdict but CXML_OK there is no document.
cxml_parsed cxml_parse(const uint8_t *bytes, size_t length, cxml_limits limits);
/// Frees the texts, not the document.
void cxml_parsed_free(cxml_parsed parsed);
void cxml_document_free(cxml_document *document);

const cxml_node *cxml_root(const cxml_document *document);
/// The first child element, or NULL.
const cxml_node *cxml_first_child(const cxml_node *node);
/// The next sibling element, or NULL.
const cxml_node *cxml_next(const cxml_node *node);
/// The first element of that name from this one on, itself or a later sibling, or NULL. Namespace NULL: any.
const cxml_node *cxml_next_named(const cxml_node *first, const char *name, const char *namespace_uri);
/// The element around this one, or NULL for the root.
const cxml_node *cxml_parent(const cxml_node *node);
const char *cxml_name(const cxml_node *node);
/// The namespace's URI, or NULL.
const char *cxml_namespace(const cxml_node *node);
int32_t cxml_line(const cxml_node *node);
int32_t cxml_attribute_count(const cxml_node *node);

/// The text directly inside, where it stands in the document, if it is in one piece there as most are; otherwise NULL.
const char *cxml_text_in_place(const cxml_node *node, size_t *length);
/// A text, NULL if there is none; freed with `cxml_string_free`.
char *cxml_text(const cxml_node *node, size_t *length);
/// Namespace NULL: the attribute that has none.
char *cxml_attribute(const cxml_node *node, const char *name, const char *namespace_uri);
void cxml_string_free(char *text);

/// A schema document that another imports or includes.
typedef struct cxml_import {
    const char *location;
    const uint8_t *bytes;
    size_t length;
} cxml_import;

typedef struct cxml_problem {
    int32_t line;
    char *element;
    char *message;
    /// What it is about, in the document that was validated, or NULL; of a schema that was compiled it is of no use.
    const cxml_node *node;
} cxml_problem;

/// Problems in document order; freed with `cxml_problems_free`.
typedef struct cxml_problems {
    cxml_problem *items;
    int32_t count;
    /// Beyond what is kept.
    int32_t omitted;
} cxml_problems;

/// Compiles a schema. Imports and includes are served from `imports` by location and from nowhere else.
/// NULL on failure, with the reasons in `problems`.
cxml_schema *cxml_schema_compile(
    const uint8_t *bytes, size_t length, const cxml_import *imports, size_t import_count, cxml_problems *problems);
void cxml_schema_free(cxml_schema *schema);

/// Validates one element, wherever it stands in its document, as if it were the root; namespaces declared around it
/// count. No problems: valid. -1: libxml2 itself failed, which is not a statement about the element.
/// Space around a value of a type that collapses it says nothing.
/// One validation of a document at a time: libxml2 does not promise that it only reads; others wait here.
int32_t cxml_validate(
    const cxml_schema *schema, cxml_document *document, const cxml_node *node, cxml_problems *problems);
void cxml_problems_free(cxml_problems problems);

#endif
