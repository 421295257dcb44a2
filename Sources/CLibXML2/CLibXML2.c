#include "CLibXML2.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>

#define PROBLEMS_MAX 100

// Loading: nothing but what the schema being compiled on this thread may import.

static _Thread_local const cxml_import *current_imports;
static _Thread_local size_t current_import_count;

static xmlParserInputPtr load(const char *url, const char *id, xmlParserCtxtPtr context) {
    (void)id;
    for (size_t i = 0; url != NULL && i < current_import_count; i++) {
        const cxml_import *import = &current_imports[i];
        if (strcmp(import->location, url) != 0) continue;
        xmlParserInputBufferPtr buffer =
            xmlParserInputBufferCreateMem((const char *)import->bytes, (int)import->length, XML_CHAR_ENCODING_NONE);
        if (buffer == NULL) return NULL;
        xmlParserInputPtr input = xmlNewIOInputStream(context, buffer, XML_CHAR_ENCODING_NONE);
        if (input == NULL) {
            xmlFreeParserInputBuffer(buffer);
            return NULL;
        }
        input->filename = (const char *)xmlStrdup((const xmlChar *)url);
        return input;
    }
    return NULL;
}

static void silent(void *context, const char *message, ...) {
    (void)context;
    (void)message;
}

static void initialise_once(void) {
    xmlInitParser();
    // Lazily initialised by libxml2 without a lock, so here.
    xmlSchemaInitTypes();
    xmlSetExternalEntityLoader(load);
}

static void initialise(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, initialise_once);
    // A thread's own: without it libxml2 prints to standard error what no handler takes.
    xmlSetGenericErrorFunc(NULL, silent);
}

// Parsing

struct cxml_document {
    xmlDocPtr tree;
    pthread_mutex_t validating;
};

static cxml_document *wrapped(xmlDocPtr tree) {
    cxml_document *document = malloc(sizeof(cxml_document));
    if (document == NULL) return NULL;
    document->tree = tree;
    pthread_mutex_init(&document->validating, NULL);
    return document;
}

typedef struct parse_state {
    cxml_limits limits;
    int32_t nodes;
    cxml_parsed parsed;
} parse_state;

static char *copied(const char *text) {
    return text == NULL ? NULL : strdup(text);
}

static char *copied_without_prefix(const char *name) {
    const char *colon = name == NULL ? NULL : strchr(name, ':');
    return copied(colon == NULL ? name : colon + 1);
}

static void refuse(xmlParserCtxtPtr context, cxml_verdict verdict) {
    parse_state *state = context->_private;
    if (state->parsed.verdict == CXML_OK) {
        state->parsed.verdict = verdict;
        state->parsed.line = context->input != NULL ? context->input->line : 0;
        state->parsed.column = context->input != NULL ? context->input->col : 0;
    }
    xmlStopParser(context);
}

static void on_doctype(void *opaque, const xmlChar *name, const xmlChar *id, const xmlChar *system) {
    (void)name;
    (void)id;
    (void)system;
    refuse(opaque, CXML_DOCTYPE);
}

static void on_start(
    void *opaque, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespaces,
    const xmlChar **declared, int attributes, int defaulted, const xmlChar **values) {
    xmlParserCtxtPtr context = opaque;
    parse_state *state = context->_private;
    state->nodes += 1 + attributes + namespaces;
    if (context->nodeNr >= state->limits.depth_max) {
        refuse(context, CXML_TOO_DEEP);
    } else if (state->nodes > state->limits.nodes_max || attributes + namespaces > state->limits.attributes_max) {
        refuse(context, CXML_TOO_MANY_NODES);
    } else {
        xmlSAX2StartElementNs(opaque, name, prefix, uri, namespaces, declared, attributes, defaulted, values);
    }
}

static void on_error(void *opaque, xmlErrorPtr error) {
    xmlParserCtxtPtr context = opaque;
    parse_state *state = context == NULL ? NULL : context->_private;
    if (state == NULL || error->level < XML_ERR_ERROR || state->parsed.verdict != CXML_OK) return;
    cxml_parsed *parsed = &state->parsed;
    parsed->verdict = error->code == XML_ERR_NO_MEMORY ? CXML_NO_MEMORY : CXML_NOT_WELL_FORMED;
    parsed->line = error->line;
    parsed->column = error->int2;
    parsed->reason = copied(error->message);
    if (error->code == XML_ERR_TAG_NAME_MISMATCH) {
        parsed->opened = copied_without_prefix(error->str1);
        parsed->closed = copied_without_prefix(error->str2);
    }
}

cxml_parsed cxml_parse(const uint8_t *bytes, size_t length, cxml_limits limits) {
    initialise();
    parse_state state = {.limits = limits};
    xmlParserCtxtPtr context = xmlNewParserCtxt();
    if (context == NULL || length > INT32_MAX) {
        xmlFreeParserCtxt(context);
        state.parsed.verdict = CXML_NO_MEMORY;
        return state.parsed;
    }
    context->_private = &state;
    context->sax->internalSubset = on_doctype;
    context->sax->startElementNs = on_start;
    // Neither becomes a node: nothing of ours means anything by them, and text stays in one piece.
    context->sax->comment = NULL;
    context->sax->processingInstruction = NULL;
    context->sax->serror = on_error;

    // Never NOENT, DTDLOAD, DTDATTR, HUGE, RECOVER.
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_COMPACT
        | XML_PARSE_BIG_LINES;
    xmlDocPtr tree = xmlCtxtReadMemory(context, (const char *)bytes, (int)length, NULL, NULL, options);
    if (state.parsed.verdict == CXML_OK && (!context->wellFormed || tree == NULL)) {
        state.parsed.verdict = CXML_NOT_WELL_FORMED;
        state.parsed.line = context->lastError.line;
        state.parsed.column = context->lastError.int2;
        state.parsed.reason = copied(context->lastError.message);
    }
    if (state.parsed.verdict == CXML_OK) {
        state.parsed.document = wrapped(tree);
        if (state.parsed.document == NULL) state.parsed.verdict = CXML_NO_MEMORY;
    }
    if (state.parsed.document == NULL && tree != NULL) xmlFreeDoc(tree);
    xmlFreeParserCtxt(context);
    return state.parsed;
}

void cxml_parsed_free(cxml_parsed parsed) {
    free(parsed.reason);
    free(parsed.opened);
    free(parsed.closed);
}

void cxml_document_free(cxml_document *document) {
    if (document == NULL) return;
    xmlFreeDoc(document->tree);
    pthread_mutex_destroy(&document->validating);
    free(document);
}

// Looking around

static const cxml_node *element_from(const xmlNode *node) {
    while (node != NULL && node->type != XML_ELEMENT_NODE) node = node->next;
    return (const cxml_node *)node;
}

const cxml_node *cxml_root(const cxml_document *document) {
    return (const cxml_node *)xmlDocGetRootElement(document->tree);
}

const cxml_node *cxml_first_child(const cxml_node *node) {
    return element_from(((const xmlNode *)node)->children);
}

const cxml_node *cxml_next(const cxml_node *node) {
    return element_from(((const xmlNode *)node)->next);
}

const cxml_node *cxml_next_named(const cxml_node *first, const char *name, const char *namespace_uri) {
    for (const xmlNode *node = (const xmlNode *)first; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || strcmp((const char *)node->name, name) != 0) continue;
        if (namespace_uri == NULL) return (const cxml_node *)node;
        if (node->ns != NULL && strcmp((const char *)node->ns->href, namespace_uri) == 0) return (const cxml_node *)node;
    }
    return NULL;
}

const cxml_node *cxml_parent(const cxml_node *node) {
    const xmlNode *parent = ((const xmlNode *)node)->parent;
    return parent != NULL && parent->type == XML_ELEMENT_NODE ? (const cxml_node *)parent : NULL;
}

const char *cxml_name(const cxml_node *node) {
    return (const char *)((const xmlNode *)node)->name;
}

const char *cxml_namespace(const cxml_node *node) {
    const xmlNs *ns = ((const xmlNode *)node)->ns;
    return ns == NULL ? NULL : (const char *)ns->href;
}

int32_t cxml_line(const cxml_node *node) {
    return (int32_t)xmlGetLineNo((const xmlNode *)node);
}

int32_t cxml_attribute_count(const cxml_node *node) {
    int32_t count = 0;
    for (const xmlAttr *attribute = ((const xmlNode *)node)->properties; attribute != NULL; attribute = attribute->next)
        count++;
    return count;
}

static bool is_text(const xmlNode *node) {
    return (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) && node->content != NULL;
}

const char *cxml_text_in_place(const cxml_node *node, size_t *length) {
    const char *text = "";
    bool found = false;
    for (const xmlNode *child = ((const xmlNode *)node)->children; child != NULL; child = child->next) {
        if (!is_text(child)) continue;
        if (found) return NULL;
        found = true;
        text = (const char *)child->content;
    }
    *length = strlen(text);
    return text;
}

char *cxml_text(const cxml_node *node, size_t *length) {
    *length = 0;
    for (const xmlNode *child = ((const xmlNode *)node)->children; child != NULL; child = child->next)
        if (is_text(child)) *length += strlen((const char *)child->content);
    char *text = malloc(*length + 1);
    if (text == NULL) return NULL;
    char *end = text;
    for (const xmlNode *child = ((const xmlNode *)node)->children; child != NULL; child = child->next)
        if (is_text(child)) {
            size_t part = strlen((const char *)child->content);
            memcpy(end, child->content, part);
            end += part;
        }
    *end = 0;
    return text;
}

char *cxml_attribute(const cxml_node *node, const char *name, const char *namespace_uri) {
    xmlChar *value = namespace_uri == NULL
        ? xmlGetNoNsProp((const xmlNode *)node, (const xmlChar *)name)
        : xmlGetNsProp((const xmlNode *)node, (const xmlChar *)name, (const xmlChar *)namespace_uri);
    char *copy = copied((const char *)value);
    if (value != NULL) xmlFree(value);
    return copy;
}

void cxml_string_free(char *text) {
    free(text);
}

// Schemas

static char *copied_line(const char *text) {
    char *copy = copied(text == NULL ? "" : text);
    if (copy != NULL) {
        size_t length = strlen(copy);
        while (length > 0 && (copy[length - 1] == '\n' || copy[length - 1] == ' ')) copy[--length] = 0;
    }
    return copy;
}

// In place: no space at either end, and one where there were several, tabs or line ends.
static void collapse(char *text) {
    char *end = text;
    for (const char *next = text; *next != 0; next++) {
        bool is_space = *next == ' ' || *next == '\t' || *next == '\n' || *next == '\r';
        if (!is_space) {
            *end++ = *next;
        } else if (end > text && end[-1] != ' ') {
            *end++ = ' ';
        }
    }
    if (end > text && end[-1] == ' ') end--;
    *end = 0;
}

// Whether a value is refused for its space alone. All built-in types that can refuse a value have it collapsed first (XML
// Schema 1.0, part 2, 4.3.6); libxml2 judges dates, times and bounded integers as they stand. So what it refuses is judged
// again, and nothing else costs anything.
static bool is_refused_for_space(xmlErrorPtr error) {
    static const char words[] = " is not a valid value of the atomic type 'xs:";
    static const char last[] = "'.\n";
    const xmlNode *node = error->node;
    if (error->code != XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1 || error->message == NULL) return false;
    if (node == NULL || node->type != XML_ELEMENT_NODE) return false;
    // The value comes first in the message, whatever it says; its type's name comes last.
    const char *found = NULL;
    for (const char *next = strstr(error->message, words); next != NULL; next = strstr(next + 1, words)) found = next;
    if (found == NULL) return false;
    const char *name = found + sizeof(words) - 1;
    size_t length = strcspn(name, "'");
    char type_name[32];
    if (length >= sizeof(type_name) || strcmp(name + length, last) != 0) return false;
    memcpy(type_name, name, length);
    type_name[length] = 0;
    xmlSchemaTypePtr type = xmlSchemaGetPredefinedType(
        (const xmlChar *)type_name, (const xmlChar *)"http://www.w3.org/2001/XMLSchema");
    char *text = type == NULL ? NULL : cxml_text((const cxml_node *)node, &length);
    if (text == NULL) return false;
    size_t before = strlen(text);
    collapse(text);
    // Where there was no space it was refused for another reason, such as a prefix that nothing declares.
    bool is_valid = strlen(text) < before && xmlSchemaValidatePredefinedType(type, (const xmlChar *)text, NULL) == 0;
    free(text);
    return is_valid;
}

static void collect(void *opaque, xmlErrorPtr error) {
    cxml_problems *problems = opaque;
    if (error->level < XML_ERR_ERROR) return;
    if (problems->count >= PROBLEMS_MAX) {
        problems->omitted++;
        return;
    }
    if (problems->items == NULL) problems->items = calloc(PROBLEMS_MAX, sizeof(cxml_problem));
    if (problems->items == NULL) return;
    const xmlNode *node = error->node;
    if (node != NULL && node->type == XML_ATTRIBUTE_NODE) node = node->parent;
    cxml_problem *problem = &problems->items[problems->count++];
    problem->line = error->line;
    problem->element = node != NULL && node->type == XML_ELEMENT_NODE ? copied((const char *)node->name) : NULL;
    problem->message = copied_line(error->message);
    problem->node = problem->element != NULL ? (const cxml_node *)node : NULL;
}

typedef struct validation {
    cxml_problems *problems;
    bool has_forgiven;
} validation;

static void collect_unforgiven(void *opaque, xmlErrorPtr error) {
    validation *state = opaque;
    if (is_refused_for_space(error)) {
        state->has_forgiven = true;
    } else {
        collect(state->problems, error);
    }
}

cxml_schema *cxml_schema_compile(
    const uint8_t *bytes, size_t length, const cxml_import *imports, size_t import_count, cxml_problems *problems) {
    initialise();
    if (length > INT32_MAX) return NULL;
    xmlSchemaParserCtxtPtr context = xmlSchemaNewMemParserCtxt((const char *)bytes, (int)length);
    if (context == NULL) return NULL;
    xmlSchemaSetParserStructuredErrors(context, collect, problems);
    current_imports = imports;
    current_import_count = import_count;
    xmlSchemaPtr schema = xmlSchemaParse(context);
    current_imports = NULL;
    current_import_count = 0;
    xmlSchemaFreeParserCtxt(context);
    return (cxml_schema *)schema;
}

void cxml_schema_free(cxml_schema *schema) {
    if (schema != NULL) xmlSchemaFree((xmlSchemaPtr)schema);
}

int32_t cxml_validate(
    const cxml_schema *schema, cxml_document *document, const cxml_node *node, cxml_problems *problems) {
    initialise();
    xmlSchemaValidCtxtPtr context = xmlSchemaNewValidCtxt((xmlSchemaPtr)schema);
    if (context == NULL) return -1;
    validation state = {.problems = problems};
    xmlSchemaSetValidStructuredErrors(context, collect_unforgiven, &state);
    pthread_mutex_lock(&document->validating);
    int verdict = xmlSchemaValidateOneElement(context, (xmlNodePtr)node);
    pthread_mutex_unlock(&document->validating);
    xmlSchemaFreeValidCtxt(context);
    // Positive is libxml2's "not valid"; it then has said why.
    return verdict < 0 || (verdict > 0 && problems->count == 0 && !state.has_forgiven) ? -1 : 0;
}

void cxml_problems_free(cxml_problems problems) {
    for (int32_t i = 0; i < problems.count; i++) {
        free(problems.items[i].element);
        free(problems.items[i].message);
    }
    free(problems.items);
}
