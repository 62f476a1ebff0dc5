
/*
 * The body of a POST or a PATCH becomes bytes of a file, in either dialect.
 *
 *     files_append.c        on the event loop: the body, and one answer
 *     files_append_end.c    … and how that ends
 *     files_append_open.c   on a thread: what is asked for, and what is there
 *     files_append_job.c    on a thread: appending, completing
 *     files_append_keep.c   on a thread: what is kept of one that ends
 *     files_append_parts.c  on a thread: a file made of others
 *     files_append_life.c   when nobody waits any more: what came is kept
 *     files_append_watch.c  receipts while it lasts; being taken over
 *
 * What has come is made the upload's every 4 MiB and every second, and when the
 * connection breaks; a newer request for the same file ends an older one. Like
 * a chunk (chunk.h) it is one job posted again and again with the steps to
 * take.
 */


#ifndef _NGX_HTTP_WAVEFORGE_FILES_APPEND_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_FILES_APPEND_H_INCLUDED_


#include "ngx_http_waveforge_body.h"
#include "ngx_http_waveforge_files_look.h"
#include "ngx_http_waveforge_store.h"


/* In this order. */

#define NGX_HTTP_WAVEFORGE_APPEND_OPEN      0x01
#define NGX_HTTP_WAVEFORGE_APPEND_RESUME    0x80
#define NGX_HTTP_WAVEFORGE_APPEND_WRITE     0x02
#define NGX_HTTP_WAVEFORGE_APPEND_RECEIPT   0x04
#define NGX_HTTP_WAVEFORGE_APPEND_SUBMIT    0x08
#define NGX_HTTP_WAVEFORGE_APPEND_COMPLETE  0x10
#define NGX_HTTP_WAVEFORGE_APPEND_STOP      0x20
#define NGX_HTTP_WAVEFORGE_APPEND_KEEP      0x40
#define NGX_HTTP_WAVEFORGE_APPEND_REFUSED  0x100


/* When the file is all there and becomes a recording. */

typedef enum {
    NGX_HTTP_WAVEFORGE_COMPLETE_AT_SIZE = 0,   /* all bytes declared are here */
    NGX_HTTP_WAVEFORGE_COMPLETE_AT_END,        /* with the body's end */
    NGX_HTTP_WAVEFORGE_COMPLETE_NEVER
} ngx_http_waveforge_complete_e;


/* What was wrong with a request that is refused with WFS_ECONFLICT. */

typedef enum {
    NGX_HTTP_WAVEFORGE_NO_FAULT = 0,
    NGX_HTTP_WAVEFORGE_OTHER_OFFSET,    /* state.offset is the right one */
    NGX_HTTP_WAVEFORGE_OTHER_SIZE,      /* than declared, or has arrived */
    NGX_HTTP_WAVEFORGE_NO_APPEND        /* it takes no bytes this way */
} ngx_http_waveforge_fault_e;


typedef ngx_int_t (*ngx_http_waveforge_append_answer_pt)(
    ngx_http_request_t *r, ngx_http_waveforge_append_t *ap);
typedef void (*ngx_http_waveforge_append_told_pt)(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);


/*
 * Set by the dialect between _create and _start; what is all zero by then is
 * its default:
 *
 * `id`         of the request's target
 * `creates`    make the upload as `create` says (borrowed; in r->pool). Without
 *              an id it gets a random one
 * `concat`     what tus was told of parts, or NULL
 * `parts`, `nparts`  make it of these files, which are parts; its id is then
 *              the same for the same parts and note
 * `offset`     what the client says has arrived
 * `declared`   the size of it all, if the client tells it now; WFS_UNKNOWN
 * `digest`     of the body: it counts as a whole or not at all
 * `completes`  see above; a partial upload never does
 * `whole`      SHA-256 that all of it must have to be completed, or no kind
 * `forfeits`   more bytes than declared end the upload, not only the request
 * `answer`     on the loop, once, at the end: job.status, job.error and fault
 *              say how it went. Returns what the request is finalised with
 * `describes`  fill `described` once the file is a recording
 * `told`       on the loop, when the file is there and before the body is asked
 *              for, and after each receipt; or NULL
 *
 * For `answer` and `told`:
 *
 * `state`        as it is now; state.offset moves with each receipt
 * `is_created`   by this request
 * `is_known`     set by `told`: the client knows where the file is, which stays
 *                even if nothing comes of this request
 * `described`    JSON, as /recording/complete answers
 *
 * The engine's own: `length` of the body or WFS_UNKNOWN; `append` from the
 * first chunk to the last; `chunk`, `written` what has no receipt yet;
 * `appended` what this request has receipts for.
 */

struct ngx_http_waveforge_append_s {
    ngx_http_waveforge_job_t               job;
    ngx_queue_t                            queue;

    char                                   id[WFS_ID_MAX_BYTES + 1];
    ngx_uint_t                             creates;
    wfs_create_spec                        create;
    ngx_str_t                             *concat;
    const char *const                     *parts;
    ngx_uint_t                             nparts;
    uint64_t                               offset;
    uint64_t                               declared;
    wfs_digest                             digest;
    ngx_http_waveforge_complete_e          completes;
    wfs_digest                             whole;
    ngx_uint_t                             forfeits;
    ngx_uint_t                             describes;
    ngx_http_waveforge_append_answer_pt    answer;
    ngx_http_waveforge_append_told_pt      told;

    ngx_http_waveforge_state_t             state;
    ngx_http_waveforge_fault_e             fault;
    ngx_uint_t                             is_created;
    ngx_uint_t                             is_known;
    wf_json                                described;

    wfs_append                            *append;
    wfs_chunk                             *chunk;
    uint64_t                               length;
    uint64_t                               written;
    uint64_t                               appended;
    ngx_msec_t                             receipted;
    wfs_limits                             limits;
    ngx_http_waveforge_change_t            change;

    ngx_uint_t                             steps;
    ngx_str_t                            pieces[NGX_HTTP_WAVEFORGE_PIECES];
    ngx_uint_t                             npieces;

    wfs_status                             outcome;
    wfs_error                              mishap;
    wfs_receipt                            receipt;
    ngx_int_t                              rc;

    unsigned                               has_body:1;
    unsigned                               is_begun:1;
    unsigned                               is_last:1;
    unsigned                               is_over:1;
};


/* For the request's target; goes with the request. */
ngx_http_waveforge_append_t *ngx_http_waveforge_append_create(
    ngx_http_request_t *r);

/* Returns what a content handler returns. */
ngx_int_t ngx_http_waveforge_append_start(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);


/* Between the files of the engine. */

void ngx_http_waveforge_append_run(ngx_http_waveforge_job_t *job);

/* On a thread: make or find the file, and begin to append if there is a body;
 * begin (again); make a recording of it. */
wfs_status ngx_http_waveforge_append_open(ngx_http_waveforge_append_t *ap,
    wfs_store *store);
wfs_status ngx_http_waveforge_append_begin(ngx_http_waveforge_append_t *ap,
    wfs_store *store);
wfs_status ngx_http_waveforge_append_complete(
    ngx_http_waveforge_append_t *ap, wfs_store *store);

/* Why it has to end, or WFS_OK; on the loop while it has no job. */
wfs_status ngx_http_waveforge_append_get_stop(
    ngx_http_waveforge_append_t *ap);

/*
 * On a thread, steps of an end: whether it has to; as its receipt, which came
 * when the chunk was no longer ours; all of what has come is kept. Then, after
 * any that failed, what is of no use goes.
 */
wfs_status ngx_http_waveforge_append_stop(ngx_http_waveforge_append_t *ap,
    wfs_store *store);
wfs_status ngx_http_waveforge_append_refused(ngx_http_waveforge_append_t *ap,
    wfs_store *store);
wfs_status ngx_http_waveforge_append_keep(ngx_http_waveforge_append_t *ap,
    wfs_store *store);
void ngx_http_waveforge_append_clean(ngx_http_waveforge_append_t *ap,
    wfs_store *store);

/* On the loop: a job with these steps; without it the request is at its end. */
void ngx_http_waveforge_append_post(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap, ngx_uint_t steps,
    ngx_http_waveforge_job_pt done);

/*
 * On the loop, the end: all of the body is here, or there was none; it broke
 * off, `rc` is what the request is finalised with; the one answer.
 */
void ngx_http_waveforge_append_ended(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);
void ngx_http_waveforge_append_break(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap, ngx_int_t rc);
void ngx_http_waveforge_append_finish(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);

/* On the loop: what a receipt was refused for is undone, then comes the end. */
void ngx_http_waveforge_append_undo(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);

/* On a thread: make the file of its parts. */
wfs_status ngx_http_waveforge_append_concatenate(
    ngx_http_waveforge_append_t *ap, wfs_store *store);

/* On the loop: take what has come, whatever it is, and make it the upload's. */
void ngx_http_waveforge_append_hurry(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);

/* Before a job in the middle of the body: nothing is read, nor waited for. */
void ngx_http_waveforge_append_pause(ngx_http_request_t *r);

/* It is to end: no more of the body is read. */
void ngx_http_waveforge_append_end(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);


#endif /* _NGX_HTTP_WAVEFORGE_FILES_APPEND_H_INCLUDED_ */
