
#include "ngx_http_waveforge_path.h"

#include "wf_component.h"


/* A literal stays as it is; a value is of one variable. */

typedef struct {
    ngx_str_t                  literal;
    ngx_http_complex_value_t  *value;
} ngx_http_waveforge_part_t;


static ngx_int_t ngx_http_waveforge_path_add_literal(ngx_array_t *parts,
    ngx_str_t *literal);
static ngx_int_t ngx_http_waveforge_path_add_value(ngx_conf_t *cf,
    ngx_array_t *parts, ngx_str_t *variable);
static size_t ngx_http_waveforge_path_cut(ngx_str_t *rest);
static ngx_int_t ngx_http_waveforge_path_append(ngx_http_request_t *r,
    ngx_http_waveforge_part_t *part, ngx_str_t *path);


ngx_array_t *
ngx_http_waveforge_path_parse(ngx_conf_t *cf, ngx_str_t *text)
{
    ngx_int_t     rc;
    ngx_str_t     rest, piece;
    ngx_array_t  *parts;

    parts = ngx_array_create(cf->pool, 4, sizeof(ngx_http_waveforge_part_t));
    if (parts == NULL) {
        return NULL;
    }

    if (text->data[0] != '/'
        && ngx_http_waveforge_path_add_literal(parts, &cf->cycle->prefix)
           != NGX_OK)
    {
        return NULL;
    }

    rest = *text;

    while (rest.len) {

        piece.data = rest.data;
        piece.len = ngx_http_waveforge_path_cut(&rest);

        rc = piece.data[0] == '$'
             ? ngx_http_waveforge_path_add_value(cf, parts, &piece)
             : ngx_http_waveforge_path_add_literal(parts, &piece);

        if (rc != NGX_OK) {
            return NULL;
        }
    }

    return parts;
}


static ngx_int_t
ngx_http_waveforge_path_add_literal(ngx_array_t *parts, ngx_str_t *literal)
{
    ngx_http_waveforge_part_t  *part;

    part = ngx_array_push(parts);
    if (part == NULL) {
        return NGX_ERROR;
    }

    part->literal = *literal;
    part->value = NULL;

    return NGX_OK;
}


/* What a variable's name may be is nginx's to say. */

static ngx_int_t
ngx_http_waveforge_path_add_value(ngx_conf_t *cf, ngx_array_t *parts,
    ngx_str_t *variable)
{
    ngx_http_waveforge_part_t         *part;
    ngx_http_compile_complex_value_t   ccv;

    part = ngx_array_push(parts);
    if (part == NULL) {
        return NGX_ERROR;
    }

    part->value = ngx_palloc(cf->pool, sizeof(ngx_http_complex_value_t));
    if (part->value == NULL) {
        return NGX_ERROR;
    }

    ngx_memzero(&ccv, sizeof(ngx_http_compile_complex_value_t));

    ccv.cf = cf;
    ccv.value = variable;
    ccv.complex_value = part->value;

    return ngx_http_compile_complex_value(&ccv);
}


/* Take one variable off the rest, or all up to the next one. */

static size_t
ngx_http_waveforge_path_cut(ngx_str_t *rest)
{
    u_char      ch, *p, *last;
    size_t      length;
    ngx_uint_t  is_braced;

    p = rest->data;
    last = p + rest->len;

    if (*p != '$') {
        while (p < last && *p != '$') {
            p++;
        }

    } else {
        p++;
        is_braced = (p < last && *p == '{');

        for (p += is_braced; p < last; p++) {
            ch = *p;

            if (is_braced && ch == '}') {
                p++;
                break;
            }

            if (!is_braced
                && !(ch >= 'A' && ch <= 'Z') && !(ch >= 'a' && ch <= 'z')
                && !(ch >= '0' && ch <= '9') && ch != '_')
            {
                break;
            }
        }
    }

    length = p - rest->data;

    rest->data = p;
    rest->len -= length;

    return length;
}


ngx_int_t
ngx_http_waveforge_path_get(ngx_http_request_t *r, ngx_array_t *parts,
    ngx_str_t *ret_path)
{
    ngx_int_t                   rc;
    ngx_str_t                   path;
    ngx_uint_t                  i;
    ngx_http_waveforge_part_t  *part;

    path.len = 0;
    path.data = ngx_pnalloc(r->pool, WF_COMPONENT_PATH_BYTES + 1);
    if (path.data == NULL) {
        return NGX_ERROR;
    }

    part = parts->elts;

    for (i = 0; i < parts->nelts; i++) {

        rc = ngx_http_waveforge_path_append(r, &part[i], &path);

        if (rc != NGX_OK) {
            return rc;
        }
    }

    if (!wf_component_fits((char *) path.data, path.len)) {
        return NGX_ABORT;
    }

    path.data[path.len] = '\0';
    *ret_path = path;

    return NGX_OK;
}


static ngx_int_t
ngx_http_waveforge_path_append(ngx_http_request_t *r,
    ngx_http_waveforge_part_t *part, ngx_str_t *path)
{
    char       encoded[WF_COMPONENT_ROOM(WF_COMPONENT_PATH_BYTES)];
    ngx_str_t  text;

    text = part->literal;

    if (part->value) {

        if (ngx_http_complex_value(r, part->value, &text) != NGX_OK) {
            return NGX_ERROR;
        }

        if (text.len == 0) {
            return NGX_DECLINED;
        }

        if (text.len > WF_COMPONENT_PATH_BYTES) {
            return NGX_ABORT;
        }

        text.len = wf_component_encode((char *) text.data, text.len, encoded);
        text.data = (u_char *) encoded;
    }

    if (text.len > WF_COMPONENT_PATH_BYTES - path->len) {
        return NGX_ABORT;
    }

    ngx_memcpy(path->data + path->len, text.data, text.len);
    path->len += text.len;

    return NGX_OK;
}
