
/*
 * Chunks on one thread, two by turns, a buffer of each at a time: their digests
 * are made at once.
 *
 * None waits for another that is not at hand. The second one begins only if
 * that takes no waiting; else it gets a thread of its own.
 */


#include "ngx_http_waveforge_carrier.h"
#include "ngx_http_waveforge_chunk.h"


#define NGX_HTTP_WAVEFORGE_SEATS  2


/*
 * `wc`      NULL: nobody sits there
 * `length`  bytes in the buffer that are not written yet
 */

typedef struct {
    ngx_http_waveforge_chunk_t    *wc;
    u_char                        *buffer;
    size_t                         length;
} ngx_http_waveforge_seat_t;


typedef struct {
    ngx_http_waveforge_carrier_t  *carrier;
    ngx_http_waveforge_seat_t      seats[NGX_HTTP_WAVEFORGE_SEATS];
    ngx_uint_t                     count;
} ngx_http_waveforge_pair_t;


static void ngx_http_waveforge_pair_welcome(ngx_http_waveforge_pair_t *pair);
static void ngx_http_waveforge_pair_sit(ngx_http_waveforge_pair_t *pair,
    ngx_http_waveforge_seat_t *seat, ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_pair_read(ngx_http_waveforge_pair_t *pair);
static ngx_uint_t ngx_http_waveforge_seat_read(
    ngx_http_waveforge_seat_t *seat);
static void ngx_http_waveforge_pair_write(ngx_http_waveforge_pair_t *pair);
static void ngx_http_waveforge_seat_get_piece(ngx_http_waveforge_seat_t *seat,
    wfs_chunk_piece *ret_piece);
static void ngx_http_waveforge_pair_leave(ngx_http_waveforge_pair_t *pair,
    ngx_http_waveforge_seat_t *seat);


void
ngx_http_waveforge_pair_run(ngx_http_waveforge_carrier_t *carrier)
{
    ngx_http_waveforge_pair_t  pair;

    ngx_memzero(&pair, sizeof(ngx_http_waveforge_pair_t));

    pair.carrier = carrier;

    ngx_http_waveforge_pair_sit(&pair, &pair.seats[0], carrier->job);
    ngx_http_waveforge_carrier_free_seat(carrier);

    while (pair.count) {
        ngx_http_waveforge_pair_welcome(&pair);
        ngx_http_waveforge_pair_read(&pair);
        ngx_http_waveforge_pair_write(&pair);
    }
}


static void
ngx_http_waveforge_pair_welcome(ngx_http_waveforge_pair_t *pair)
{
    ngx_http_waveforge_job_t  *job;

    if (pair->count == NGX_HTTP_WAVEFORGE_SEATS) {
        return;
    }

    job = ngx_http_waveforge_carrier_take(pair->carrier);

    if (job) {
        ngx_http_waveforge_job_began(job);
        ngx_http_waveforge_pair_sit(pair, &pair->seats[pair->seats[0].wc ? 1
                                                                         : 0],
                                    job);
    }
}


static void
ngx_http_waveforge_pair_sit(ngx_http_waveforge_pair_t *pair,
    ngx_http_waveforge_seat_t *seat, ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_chunk_t *wc = (ngx_http_waveforge_chunk_t *) job;

    job->status = ngx_http_waveforge_chunk_prepare(wc, pair->count > 0);

    if (job->status == WFS_EBUSY && pair->count > 0 && wc->chunk == NULL) {
        ngx_http_waveforge_job_send_back(job);
        ngx_http_waveforge_carrier_free_seat(pair->carrier);
        return;
    }

    seat->wc = wc;
    seat->length = 0;
    pair->count++;

    if (job->status == WFS_OK && !job->awaits_commit) {
        seat->buffer = ngx_http_waveforge_buffer_take(job->worker);

        if (seat->buffer == NULL) {
            job->status = WFS_ENOMEM;
        }
    }
}


static void
ngx_http_waveforge_pair_read(ngx_http_waveforge_pair_t *pair)
{
    ngx_uint_t                  i;
    ngx_http_waveforge_seat_t  *seat;

    for (i = 0; i < NGX_HTTP_WAVEFORGE_SEATS; i++) {

        seat = &pair->seats[i];

        if (seat->wc && !ngx_http_waveforge_seat_read(seat)) {
            ngx_http_waveforge_pair_leave(pair, seat);
        }
    }
}


static ngx_uint_t
ngx_http_waveforge_seat_read(ngx_http_waveforge_seat_t *seat)
{
    ngx_http_waveforge_chunk_t  *wc;

    wc = seat->wc;

    if (wc->job.status != WFS_OK || wc->job.awaits_commit) {
        return 0;
    }

    seat->length = ngx_http_waveforge_drain_read(&wc->drain, seat->buffer);

    return seat->length > 0;
}


static void
ngx_http_waveforge_pair_write(ngx_http_waveforge_pair_t *pair)
{
    ngx_uint_t                  i, n;
    wfs_chunk_piece             pieces[NGX_HTTP_WAVEFORGE_SEATS];
    ngx_http_waveforge_seat_t  *seat, *seats[NGX_HTTP_WAVEFORGE_SEATS];

    n = 0;

    for (i = 0; i < NGX_HTTP_WAVEFORGE_SEATS; i++) {

        seat = &pair->seats[i];

        if (seat->wc && seat->length) {
            ngx_http_waveforge_seat_get_piece(seat, &pieces[n]);
            seats[n++] = seat;
        }
    }

    if (n == NGX_HTTP_WAVEFORGE_SEATS) {
        wfs_chunk_write_both(&pieces[0], &pieces[1]);

    } else if (n) {
        pieces[0].status = wfs_chunk_write(pieces[0].chunk, pieces[0].bytes,
                                           pieces[0].length, pieces[0].error);
    }

    for (i = 0; i < n; i++) {

        seat = seats[i];

        seat->length = 0;
        seat->wc->job.status = pieces[i].status;

        if (pieces[i].status != WFS_OK || seat->wc->drain.rest == 0) {
            ngx_http_waveforge_pair_leave(pair, seat);
        }
    }
}


static void
ngx_http_waveforge_seat_get_piece(ngx_http_waveforge_seat_t *seat,
    wfs_chunk_piece *ret_piece)
{
    ret_piece->chunk = seat->wc->chunk;
    ret_piece->bytes = seat->buffer;
    ret_piece->length = seat->length;
    ret_piece->error = &seat->wc->job.error;
    ret_piece->status = WFS_OK;
}


/* The chunk ends here, or goes on when its client has sent more. */

static void
ngx_http_waveforge_pair_leave(ngx_http_waveforge_pair_t *pair,
    ngx_http_waveforge_seat_t *seat)
{
    ngx_http_waveforge_job_t    *job, *next;
    ngx_http_waveforge_chunk_t  *wc;

    wc = seat->wc;
    job = &wc->job;
    next = NULL;

    if (seat->buffer) {
        ngx_http_waveforge_buffer_give(job->worker, seat->buffer);
    }

    seat->buffer = NULL;
    seat->wc = NULL;
    pair->count--;

    ngx_http_waveforge_chunk_conclude(wc);

    if (pair->count == 0) {
        next = ngx_http_waveforge_carrier_end(pair->carrier, job);

        if (next == NULL) {
            return;
        }
    }

    if (next == NULL) {
        ngx_http_waveforge_carrier_free_seat(pair->carrier);
        ngx_http_waveforge_job_tell(job);
        return;
    }

    ngx_http_waveforge_job_tell(job);

    ngx_http_waveforge_job_began(next);
    ngx_http_waveforge_pair_sit(pair, seat, next);
    ngx_http_waveforge_carrier_free_seat(pair->carrier);
}
