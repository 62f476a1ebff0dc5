
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


/* In this order. A form begins by itself, where its file does. */

#define NGX_HTTP_WAVEFORGE_BEGIN    0x01
#define NGX_HTTP_WAVEFORGE_TAKE     0x02
#define NGX_HTTP_WAVEFORGE_DRAIN    0x04
#define NGX_HTTP_WAVEFORGE_SUBMIT   0x08
#define NGX_HTTP_WAVEFORGE_STOP     0x10
#define NGX_HTTP_WAVEFORGE_DISCARD  0x20


typedef struct ngx_http_waveforge_form_s  ngx_http_waveforge_form_t;


/*
 * `queue`   of the chunks of the store
 * `is_begun`  the library knows which chunk it is: if that is busy from then on
 *             a newer connection has taken it over
 * `steps`    of the next job
 * `is_hurried`  it begins without waiting for anybody, or not at all
 * `pieces`   of the body, for it to take
 * `drain`    where the job reads the body itself; submits if that was all
 * `hasher`   of a whole multipart body, against `message`; or NULL
 * `outcome`, `fault`, `receipt`  what the committer said
 * `members`  of the problem
 * `is_declined`  `refusal` and `detail` are what to answer
 * `rc`       what to finalise with once the chunk is discarded, 0: the answer
 * `form`     which the body is, or NULL; belongs to whom `chunk` does
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
    ngx_uint_t                     is_hurried;
    ngx_str_t                      pieces[NGX_HTTP_WAVEFORGE_PIECES];
    ngx_uint_t                     npieces;
    ngx_http_waveforge_drain_t     drain;

    wfs_hasher                    *hasher;
    wfs_digest                     message;

    wfs_status                     outcome;
    wfs_error                      fault;
    wfs_receipt                    receipt;
    wf_json                        members;

    ngx_uint_t                     is_declined;
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

/* At its end: a status to finalise the request with. */
ngx_int_t ngx_http_waveforge_chunk_answer(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc);

/* Have a thread take `steps`. */
ngx_int_t ngx_http_waveforge_chunk_post(ngx_http_waveforge_chunk_t *wc);

/* The thread's side: takes them. */
void ngx_http_waveforge_chunk_run(ngx_http_waveforge_job_t *job);

/*
 * There, of a chunk that may share its thread: all that the carrier is offered;
 * and of each what comes before its body is read, in a hurry if another waits
 * meanwhile (WFS_EBUSY: it did not begin), and what comes after.
 */
void ngx_http_waveforge_pair_run(ngx_http_waveforge_carrier_t *carrier);
wfs_status ngx_http_waveforge_chunk_prepare(ngx_http_waveforge_chunk_t *wc,
    ngx_uint_t is_hurried);
void ngx_http_waveforge_chunk_conclude(ngx_http_waveforge_chunk_t *wc);

/*
 * There: begin a chunk whose place is known, or one whose fields say later
 * where it belongs; place that then, or tell what else they say. After _begin
 * the job may wait for the commit already: no more of the body is needed.
 */
wfs_status ngx_http_waveforge_chunk_begin(ngx_http_waveforge_chunk_t *wc);
wfs_status ngx_http_waveforge_chunk_begin_unplaced(
    ngx_http_waveforge_chunk_t *wc);
wfs_status ngx_http_waveforge_chunk_place(ngx_http_waveforge_chunk_t *wc);
wfs_status ngx_http_waveforge_chunk_amend(ngx_http_waveforge_chunk_t *wc);

/* There: the job waits for the commit, if it was taken. */
wfs_status ngx_http_waveforge_chunk_submit(ngx_http_waveforge_chunk_t *wc);


/*
 * The fields and digest of a raw chunk, and what the headers of either form
 * forbid. NGX_OK, or NGX_DECLINED: refusal and detail say why.
 */
ngx_int_t ngx_http_waveforge_chunk_parse(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc);
ngx_int_t ngx_http_waveforge_chunk_check_headers(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc);

/* Content-Digest. NGX_DECLINED: there is none; NGX_ERROR: it cannot be read. */
ngx_int_t ngx_http_waveforge_chunk_get_digest(ngx_http_request_t *r,
    wfs_digest *ret_digest);

/* NGX_OK, or NGX_DECLINED: no form that can be read, or too large a one. */
ngx_int_t ngx_http_waveforge_form_create(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc);

/*
 * On a thread: the next bytes of the form; and that they were the last: it is
 * whole, and its chunk in its place. WFS_EINVAL: declined, or what the library
 * says.
 */
wfs_status ngx_http_waveforge_form_take(ngx_http_waveforge_chunk_t *wc,
    const u_char *bytes, size_t length);
wfs_status ngx_http_waveforge_form_end(ngx_http_waveforge_chunk_t *wc);

/* Note a refusal, on the loop or a thread; returns NGX_DECLINED. */
ngx_int_t ngx_http_waveforge_chunk_decline(ngx_http_waveforge_chunk_t *wc,
    ngx_http_waveforge_problem_e refusal, const char *detail);
ngx_int_t ngx_http_waveforge_chunk_decline_field(
    ngx_http_waveforge_chunk_t *wc, wf_field_status status);


#endif /* _NGX_HTTP_WAVEFORGE_CHUNK_H_INCLUDED_ */
