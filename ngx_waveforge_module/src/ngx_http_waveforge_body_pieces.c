
#include "ngx_http_waveforge_body_file.h"
#include "ngx_http_waveforge_body_pieces.h"
#include "ngx_http_waveforge_metrics.h"


ngx_int_t
ngx_http_waveforge_pieces_take(ngx_http_request_t *r,
    ngx_http_waveforge_body_t *body)
{
    ngx_buf_t    *b;
    ngx_chain_t  *cl, **last;

    last = &body->taken;

    while (body->next && body->npieces < NGX_HTTP_WAVEFORGE_PIECES) {

        cl = body->next;
        b = cl->buf;

        if (!ngx_buf_in_memory(b) && b->in_file) {

            if (body->npieces) {
                return NGX_OK;
            }

            return ngx_http_waveforge_body_read_file(r, body);
        }

        if (b->last > b->pos) {
            body->pieces[body->npieces].data = b->pos;
            body->pieces[body->npieces].len = b->last - b->pos;
            body->npieces++;
        }

        body->next = cl->next;

        if (!body->is_read) {
            cl->next = NULL;
            *last = cl;
            last = &cl->next;
        }
    }

    body->is_last = (body->next == NULL && !r->reading_body);

    return NGX_OK;
}


void
ngx_http_waveforge_pieces_count(ngx_http_request_t *r,
    ngx_http_waveforge_body_t *body)
{
    size_t      size;
    ngx_uint_t  i;

    size = 0;

    for (i = 0; i < body->npieces; i++) {
        size += body->pieces[i].len;
    }

    ngx_http_waveforge_ctx(r)->received += size;

    ngx_http_waveforge_metrics_count(NGX_HTTP_WAVEFORGE_RECEIVED_BYTES, size);
}


void
ngx_http_waveforge_pieces_give_back(ngx_http_request_t *r,
    ngx_http_waveforge_body_t *body)
{
    ngx_chain_t  *cl, *next;

    if (body->npieces) {
        /* nothing was asked of the client meanwhile */
        r->connection->read->timedout = 0;
    }

    for (cl = body->taken; cl; cl = next) {
        next = cl->next;
        cl->buf->pos = cl->buf->last;
        ngx_free_chain(r->pool, cl);
    }

    body->taken = NULL;
    body->npieces = 0;
}
