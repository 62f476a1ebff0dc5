/*
 * wf_scan.h - reading a text from its front, character by character.
 */
#ifndef WF_SCAN_H
#define WF_SCAN_H

#include "wf_query.h"

/* Sets of characters; one may be written behind another. */
#define WF_SCAN_DIGITS "0123456789"
#define WF_SCAN_LOWER "abcdefghijklmnopqrstuvwxyz"
#define WF_SCAN_ALPHA WF_SCAN_LOWER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* A zero is in no set. */
bool wf_scan_is_one_of(char c, const char *set);

/* Its first character; a zero at the end. */
char wf_scan_front(wf_span rest);

/* Leave out `n` characters that are there. */
void wf_scan_advance(wf_span *rest, size_t n);

/* Take `c`; false: another one comes first, and stays. */
bool wf_scan_take(wf_span *rest, char c);

/* Leave out all of `set` that come first. */
void wf_scan_skip(wf_span *rest, const char *set);

#endif
