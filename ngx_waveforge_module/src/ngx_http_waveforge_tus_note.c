
/*
 * tus: what has to be told again as it was given, kept as the file's note: a
 * line per header, of a letter and the value.
 */


#include "ngx_http_waveforge_files_append.h"
#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_tus.h"


static u_char *ngx_http_waveforge_tus_put_line(u_char *p, u_char letter,
    ngx_str_t *value);
static ngx_int_t ngx_http_waveforge_tus_add_line(ngx_http_request_t *r,
    const char *line, size_t length);


ngx_int_t
ngx_http_waveforge_tus_put_note(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap, ngx_str_t *metadata)
{
    u_char     *note, *p;
    ngx_str_t  *concat;

    concat = ap->concat;

    if (metadata == NULL && concat == NULL) {
        return NGX_OK;
    }

    note = ngx_pnalloc(r->pool, (metadata ? metadata->len : 0)
                                + (concat ? concat->len : 0) + 5);
    if (note == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    p = note;

    p = ngx_http_waveforge_tus_put_line(p, 'm', metadata);
    p = ngx_http_waveforge_tus_put_line(p, 'c', concat);

    *p = '\0';

    ap->create.note = (char *) note;

    return NGX_OK;
}


static u_char *
ngx_http_waveforge_tus_put_line(u_char *p, u_char letter, ngx_str_t *value)
{
    if (value == NULL) {
        return p;
    }

    *p++ = letter;
    p = ngx_cpymem(p, value->data, value->len);
    *p++ = '\n';

    return p;
}


ngx_int_t
ngx_http_waveforge_tus_add_note(ngx_http_request_t *r, const char *note)
{
    const char  *end;

    if (note == NULL) {
        return NGX_OK;
    }

    for (end = strchr(note, '\n'); end; end = strchr(note, '\n')) {

        if (ngx_http_waveforge_tus_add_line(r, note, end - note) != NGX_OK) {
            return NGX_ERROR;
        }

        note = end + 1;
    }

    return NGX_OK;
}


/* Copied: the job it comes from goes before the last byte is sent. */

static ngx_int_t
ngx_http_waveforge_tus_add_line(ngx_http_request_t *r, const char *line,
    size_t length)
{
    ngx_str_t    value, copy;
    const char  *name;

    name = line[0] == 'm' ? "Upload-Metadata"
                          : line[0] == 'c' ? "Upload-Concat" : NULL;

    if (name == NULL) {
        return NGX_OK;
    }

    value.data = (u_char *) line + 1;
    value.len = length - 1;

    copy.len = value.len;
    copy.data = ngx_pstrdup(r->pool, &value);

    if (copy.data == NULL) {
        return NGX_ERROR;
    }

    return ngx_http_waveforge_add_header(r, name, &copy);
}


ngx_uint_t
ngx_http_waveforge_tus_is_final(const char *note)
{
    const char  *concat;

    if (note == NULL) {
        return 0;
    }

    concat = note[0] == 'c' ? note : strstr(note, "\nc");

    return concat && strncmp(concat + (concat[0] != 'c'), "cfinal;", 7) == 0;
}
