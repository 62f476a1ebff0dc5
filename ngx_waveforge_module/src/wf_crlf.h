/*
 * wf_crlf.h - finds the ends of lines in bytes that are no text.
 */
#ifndef WF_CRLF_H
#define WF_CRLF_H

/*
 * The first CRLF from `pos` on, or a CR that is the last byte: what follows may
 * make it one. `last` if there is neither.
 *
 * In audio every 256th byte is a CR, and only every 65536th begins a CRLF: both
 * bytes are looked for at once, many places at a time.
 */
const char *wf_crlf_find(const char *pos, const char *last);

#endif
