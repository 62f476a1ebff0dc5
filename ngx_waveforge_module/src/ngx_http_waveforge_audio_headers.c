
/*
 * The headers of a recording's bytes.
 */


#include "ngx_http_waveforge_audio.h"
#include "ngx_http_waveforge_response.h"

#include "wf_disposition.h"


static ngx_int_t ngx_http_waveforge_audio_set_etag(ngx_http_request_t *r,
    wfs_recording *recording);
static ngx_int_t ngx_http_waveforge_audio_set_disposition(
    ngx_http_request_t *r, wfs_recording *recording);


ngx_int_t
ngx_http_waveforge_audio_set_headers(ngx_http_request_t *r,
    wfs_recording *recording)
{
    ngx_str_t  value;

    ngx_str_set(&value, "sandbox");

    if (ngx_http_waveforge_add_header(r, "Content-Security-Policy", &value)
        != NGX_OK
        || ngx_http_waveforge_audio_set_etag(r, recording) != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (recording->has_sha256
        && ngx_http_waveforge_audio_add_digest(r, recording->sha256) != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (ngx_http_waveforge_ctx(r)->target.resource == WF_RESOURCE_DOWNLOAD) {
        return ngx_http_waveforge_audio_set_disposition(r, recording);
    }

    return NGX_OK;
}


/*
 * Without a SHA-256 what tells contents apart is when they were stored, and
 * how long they are: a recording's bytes never change.
 */

static ngx_int_t
ngx_http_waveforge_audio_set_etag(ngx_http_request_t *r,
    wfs_recording *recording)
{
    u_char  *last, text[2 * WFS_SHA256_BYTES];

    if (recording->has_sha256) {
        last = ngx_hex_dump(text, recording->sha256, WFS_SHA256_BYTES);

    } else {
        last = ngx_snprintf(text, sizeof(text), "%xL-%xL",
                            (int64_t) recording->stored_ms,
                            (int64_t) recording->size_bytes);
    }

    return ngx_http_waveforge_set_etag(r, (char *) text, last - text);
}


ngx_int_t
ngx_http_waveforge_audio_add_digest(ngx_http_request_t *r,
    const uint8_t sha256[WFS_SHA256_BYTES])
{
    u_char     *last;
    ngx_str_t   digest, base64, value;

    digest.data = (u_char *) sha256;
    digest.len = WFS_SHA256_BYTES;

    value.data = ngx_pnalloc(r->pool, sizeof("sha-256=::")
                                      + ngx_base64_encoded_length(digest.len));
    if (value.data == NULL) {
        return NGX_ERROR;
    }

    last = ngx_cpymem(value.data, "sha-256=:", sizeof("sha-256=:") - 1);

    base64.data = last;
    ngx_encode_base64(&base64, &digest);

    last += base64.len;
    *last++ = ':';

    value.len = last - value.data;

    return ngx_http_waveforge_add_header(r, "Repr-Digest", &value);
}


/* Under its own name, with the ending of what it is. */

static ngx_int_t
ngx_http_waveforge_audio_set_disposition(ngx_http_request_t *r,
    wfs_recording *recording)
{
    char       *ending, name[WFS_NAME_MAX_BYTES + 8];
    size_t      length, n;
    ngx_str_t   value;

    ending = strrchr(recording->filename, '.');
    length = ngx_strlen(recording->name);
    n = ending ? ngx_strlen(ending) : 0;

    ngx_memzero(name, sizeof(name));
    ngx_memcpy(name, recording->name, length);

    if (n && n < sizeof(name) - length
        && (length < n || ngx_strcasecmp((u_char *) name + length - n,
                                         (u_char *) ending) != 0))
    {
        ngx_memcpy(name + length, ending, n);
    }

    value.data = ngx_pnalloc(r->pool, WF_DISPOSITION_BYTES);
    if (value.data == NULL) {
        return NGX_ERROR;
    }

    value.len = wf_disposition_format(length ? name : recording->filename,
                                      (char *) value.data);

    return ngx_http_waveforge_add_header(r, "Content-Disposition", &value);
}
