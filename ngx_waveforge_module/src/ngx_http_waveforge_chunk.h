
/*
 * A chunk on its way: PARSED -> BEGINNING -> RECEIVING <-> WRITING ->
 * FINISHING -> QUEUED -> ACCEPTED.
 *
 * One job per chunk is posted again and again, each time with the steps to
 * take. `chunk` belongs to the job while that runs, else to the loop; a job in
 * which a step fails discards it itself, so that it is unlocked before the
 * client hears of it. If the request ends otherwise the loop posts a last job
 * that discards it and that nobody waits for.
 */


#ifndef _NGX_HTTP_WAVEFORGE_CHUNK_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_CHUNK_H_INCLUDED_


#include "ngx_http_waveforge_body.h"
#include "ngx_http_waveforge_drain.h"
#include "ngx_http_waveforge_problem.h"
#include "ngx_http_waveforge_task.h"

#include "wf_fields.h"


/* In this order. */

#define NGX_HTTP_WAVEFORGE_HASH            0x01
#define NGX_HTTP_WAVEFORGE_BEGIN           0x02
#define NGX_HTTP_WAVEFORGE_BEGIN_UNPLACED  0x04
#define NGX_HTTP_WAVEFORGE_WRITE           0x08
#define NGX_HTTP_WAVEFORGE_DRAIN           0x10
#define NGX_HTTP_WAVEFORGE_PLACE           0x20
#define NGX_HTTP_WAVEFORGE_SUBMIT          0x40
#define NGX_HTTP_WAVEFORGE_STOP            0x80
#define NGX_HTTP_WAVEFORGE_DISCARD         0x100


typedef struct ngx_http_waveforge_form_s  ngx_http_waveforge_form_t;


/*
 * `queue`   of the chunks of the store
 * `is_begun`  the library knows which chunk it is: if that is busy from then on
 *             a newer connection has taken it over
 * `steps`, `pieces`  of the next job
 * `drain`    where the job reads the body itself; submits if that was all
 * `hasher`   of a whole multipart body, against `message`; or NULL
 * `outcome`, `fault`, `receipt`  what the committer said
 * `members`  of the problem
 * `refusal`, `detail`, `rc`  what to answer once the chunk is discarded: `rc`
 *                            goes first if it is not 0
 */

struct ngx_http_waveforge_chunk_s {
    ngx_http_waveforge_job_t       job;
    ngx_queue_t                    queue;

    wfs_chunk                     *chunk;
    ngx_uint_t                     is_begun;
    wf_fields                      fields;
    uint64_t                       length;
    wfs_limits                     limits;

    ngx_uint_t                     steps;
    ngx_str_t                      pieces[NGX_HTTP_WAVEFORGE_PIECES];
    ngx_uint_t                     npieces;
    ngx_http_waveforge_drain_t     drain;

    wfs_hasher                    *hasher;
    wfs_digest                     message;

    wfs_status                     outcome;
    wfs_error                      fault;
    wfs_receipt                    receipt;
    wf_json                        members;

    ngx_http_waveforge_problem_e   refusal;
    char                           detail[128];
    ngx_int_t                      rc;

    ngx_http_waveforge_form_t     *form;
};


/* All zero but for its limits; goes with the request. */
ngx_http_waveforge_chunk_t *ngx_http_waveforge_chunk_create(
    ngx_http_request_t *r);

/* No chunk yet. */
void ngx_http_waveforge_chunks_init(ngx_http_waveforge_store_t *store,
    ngx_log_t *log);

/* While there are any, look every 20 ms whether one has to end. */
void ngx_http_waveforge_chunks_watch(ngx_http_waveforge_store_t *store);

/* Discard all of a store's, when no thread is left. */
void ngx_http_waveforge_chunks_discard(ngx_queue_t *chunks);

/* After its last job: a status to finalise the request with. */
ngx_int_t ngx_http_waveforge_chunk_answer(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc);

/* The thread's side: takes `steps`. */
void ngx_http_waveforge_chunk_run(ngx_http_waveforge_job_t *job);


/*
 * The fields and digest of a raw chunk, and what the headers of either form
 * forbid. NGX_OK, or NGX_DECLINED: refusal and detail say why.
 */
ngx_int_t ngx_http_waveforge_chunk_parse(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc);
ngx_int_t ngx_http_waveforge_chunk_check_headers(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc);

/*
 * What to do with the body next: sets steps and pieces and returns NGX_OK, or
 * NGX_AGAIN to be called again from the body's handler, or a status to finalise
 * with. NGX_DECLINED: refusal and detail say why.
 */
ngx_int_t ngx_http_waveforge_form_feed(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc);

/* NGX_OK, or NGX_DECLINED: no form that can be read. */
ngx_int_t ngx_http_waveforge_form_create(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc);

/* Note a refusal; returns NGX_DECLINED. */
ngx_int_t ngx_http_waveforge_chunk_decline(ngx_http_waveforge_chunk_t *wc,
    ngx_http_waveforge_problem_e refusal, const char *detail);
ngx_int_t ngx_http_waveforge_chunk_decline_field(
    ngx_http_waveforge_chunk_t *wc, wf_field_status status);


#endif /* _NGX_HTTP_WAVEFORGE_CHUNK_H_INCLUDED_ */
