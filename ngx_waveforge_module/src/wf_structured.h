/*
 * wf_structured.h - values of Structured Field headers (RFC 9651): items and
 * dictionaries, as far as headers of ours have them.
 *
 * Parameters are read and left out, and so are values of kinds we have no use
 * for. What is not well-formed as a whole is not read at all: to the RFC such a
 * header was not sent.
 */
#ifndef WF_STRUCTURED_H
#define WF_STRUCTURED_H

#include "wf_item.h"

/* False: `text` is not one item. */
bool wf_item_parse(wf_span text, wf_item *ret_item);

/* An item of that kind; an unsigned one is an integer not below 0. */
bool wf_item_parse_boolean(wf_span text, bool *ret_value);
bool wf_item_parse_unsigned(wf_span text, uint64_t *ret_value);

/*
 * The value of `key`; of a repeated one the last. False: there is none, or
 * `text` is no dictionary.
 */
bool wf_dictionary_find(wf_span text, const char *key, wf_item *ret_item);

#endif
