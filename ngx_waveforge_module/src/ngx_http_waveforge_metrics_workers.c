
/* What the workers have done, and do. */


#include "ngx_http_waveforge_metrics_answer.h"
#include "ngx_http_waveforge_problem.h"


typedef struct {
    const char  *name;
    const char  *help;
} ngx_http_waveforge_family_t;


/* In the order of ngx_http_waveforge_gauge_e. */

static const ngx_http_waveforge_family_t  ngx_http_waveforge_gauges[] = {
    { "waveforge_chunks_in_flight", "Chunks that are being received." },
    { "waveforge_requests_waiting",
      "Requests that wait for a store, up to waveforge_max_waiting." },
    { "waveforge_jobs_queued",
      "Jobs that wait for a thread of a pool." },
    { "waveforge_jobs_running",
      "Jobs that a thread of a pool is at." },
    { "waveforge_open_stores",
      "Stores behind variables that workers have open, each for itself." },
};


/* Those that have no label, in the order of ngx_http_waveforge_counter_e. */

static const ngx_http_waveforge_family_t  ngx_http_waveforge_counters[] = {
    { "waveforge_received_bytes_total",
      "Bytes of request bodies that were taken." },
    { "waveforge_stored_bytes_total",
      "Bytes of chunks that were accepted, repeats left out." },
    { "waveforge_take_overs_total",
      "Chunks that a newer connection has taken over from an older one." },
    { NULL, NULL }
};


/* What goes by itself. */

static const struct {
    ngx_http_waveforge_counter_e  counter;
    const char                   *kind;
} ngx_http_waveforge_swept[] = {
    { NGX_HTTP_WAVEFORGE_EXPIRED_UPLOADS, "expired" },
    { NGX_HTTP_WAVEFORGE_SALVAGED_UPLOADS, "salvaged" },
    { NGX_HTTP_WAVEFORGE_RETIRED_RECORDINGS, "retention" },
    { NGX_HTTP_WAVEFORGE_COUNTERS, NULL }
};


/* In the order of ngx_http_waveforge_time_e. */

static const ngx_http_waveforge_family_t  ngx_http_waveforge_times[] = {
    { "waveforge_chunk_duration_seconds",
      "Requests that brought an accepted chunk, from first byte to answer." },
    { "waveforge_chunk_store_duration_seconds",
      "Of the same requests, the time they waited for the store." },
    { "waveforge_complete_duration_seconds",
      "Requests that completed a recording, from first byte to answer." },
    { "waveforge_sync_duration_seconds",
      "Syncs of the bytes of uploads, of chunks and by completing." },
    { "waveforge_commit_duration_seconds",
      "Transactions of the catalogue that accept chunks." },
};


static void ngx_http_waveforge_put_process(ngx_http_request_t *r,
    wf_metrics *metrics, ngx_uint_t workers);
static void ngx_http_waveforge_put_requests(wf_metrics *metrics,
    ngx_http_waveforge_metrics_t *sum);
static void ngx_http_waveforge_put_refusals(wf_metrics *metrics,
    ngx_http_waveforge_metrics_t *sum);
static uint64_t ngx_http_waveforge_count_refusals(
    ngx_http_waveforge_metrics_t *sum, const char *code);
static ngx_uint_t ngx_http_waveforge_is_told(const char *code,
    ngx_uint_t before);
static void ngx_http_waveforge_put_gauges(wf_metrics *metrics,
    ngx_http_waveforge_metrics_t *sum);
static void ngx_http_waveforge_put_counters(wf_metrics *metrics,
    ngx_http_waveforge_metrics_t *sum);
static void ngx_http_waveforge_put_times(wf_metrics *metrics,
    ngx_http_waveforge_metrics_t *sum);


void
ngx_http_waveforge_put_worker_metrics(ngx_http_request_t *r,
    wf_metrics *metrics)
{
    ngx_uint_t                     workers;
    ngx_http_waveforge_metrics_t  *sum;

    sum = ngx_pcalloc(r->pool, sizeof(ngx_http_waveforge_metrics_t));
    if (sum == NULL) {
        metrics->has_failed = true;
        return;
    }

    workers = ngx_http_waveforge_metrics_sum(r, sum);

    ngx_http_waveforge_put_process(r, metrics, workers);
    ngx_http_waveforge_put_requests(metrics, sum);
    ngx_http_waveforge_put_refusals(metrics, sum);
    ngx_http_waveforge_put_gauges(metrics, sum);
    ngx_http_waveforge_put_counters(metrics, sum);
    ngx_http_waveforge_put_times(metrics, sum);
}


static void
ngx_http_waveforge_put_process(ngx_http_request_t *r, wf_metrics *metrics,
    ngx_uint_t workers)
{
    wf_metrics_begin(metrics, "waveforge_build_info", "gauge",
                     "What runs here; the value is always 1.");
    wf_metrics_label(metrics, "version", NGX_HTTP_WAVEFORGE_VERSION);
    wf_metrics_label(metrics, "nginx", NGINX_VERSION);
    wf_metrics_uint(metrics, 1);

    wf_metrics_begin(metrics, "waveforge_uptime_seconds", "gauge",
                     "Time since the configuration was loaded.");
    wf_metrics_uint(metrics, (uint64_t) (ngx_time()
                                     - ngx_http_waveforge_main(r)->loaded));

    wf_metrics_begin(metrics, "waveforge_workers", "gauge",
                     "Worker processes, with those that are leaving.");
    wf_metrics_uint(metrics, workers);
}


static void
ngx_http_waveforge_put_requests(wf_metrics *metrics,
    ngx_http_waveforge_metrics_t *sum)
{
    u_char      code[NGX_HTTP_WAVEFORGE_CODE_BYTES];
    ngx_uint_t  i, resource;

    wf_metrics_begin(metrics, "waveforge_requests_total", "counter",
                     "Requests that have ended, by resource and status.");

    for (resource = 0; resource < WF_RESOURCES; resource++) {
        for (i = 0; ngx_http_waveforge_metrics_code(i, code); i++) {

            if (sum->requests[resource][i] == 0) {
                continue;
            }

            wf_metrics_label(metrics, "endpoint",
                             ngx_http_waveforge_metrics_endpoint(resource));
            wf_metrics_label(metrics, "code", (char *) code);
            wf_metrics_uint(metrics, sum->requests[resource][i]);
        }
    }
}


/* All of them from the start: a rate sees the first one. */

static void
ngx_http_waveforge_put_refusals(wf_metrics *metrics,
    ngx_http_waveforge_metrics_t *sum)
{
    ngx_uint_t   i;
    const char  *code;

    wf_metrics_begin(metrics, "waveforge_refusals_total", "counter",
                     "Answers of application/problem+json, by their code.");

    for (i = 0; (code = ngx_http_waveforge_problem_code(i)); i++) {

        if (ngx_http_waveforge_is_told(code, i)) {
            continue;
        }

        wf_metrics_label(metrics, "code", code);
        wf_metrics_uint(metrics, ngx_http_waveforge_count_refusals(sum, code));
    }

    code = ngx_http_waveforge_problem_code(NGX_HTTP_WAVEFORGE_DIGEST_MISMATCH);

    wf_metrics_begin(metrics, "waveforge_digest_mismatches_total", "counter",
                     "Bodies whose bytes did not have the digest given.");
    wf_metrics_uint(metrics, ngx_http_waveforge_count_refusals(sum, code));
}


/* Problems of several statuses share a code: it is told with the first. */

static ngx_uint_t
ngx_http_waveforge_is_told(const char *code, ngx_uint_t before)
{
    ngx_uint_t  i;

    for (i = 0; i < before; i++) {
        if (ngx_strcmp(code, ngx_http_waveforge_problem_code(i)) == 0) {
            return 1;
        }
    }

    return 0;
}


static uint64_t
ngx_http_waveforge_count_refusals(ngx_http_waveforge_metrics_t *sum,
    const char *code)
{
    uint64_t     count;
    ngx_uint_t   i;
    const char  *other;

    count = 0;

    for (i = 0; (other = ngx_http_waveforge_problem_code(i)); i++) {
        if (ngx_strcmp(code, other) == 0) {
            count += sum->refusals[i];
        }
    }

    return count;
}


static void
ngx_http_waveforge_put_gauges(wf_metrics *metrics,
    ngx_http_waveforge_metrics_t *sum)
{
    ngx_uint_t        i;
    ngx_atomic_int_t  value;

    for (i = 0; i < NGX_HTTP_WAVEFORGE_GAUGES; i++) {

        value = (ngx_atomic_int_t) sum->gauges[i];

        wf_metrics_begin(metrics, ngx_http_waveforge_gauges[i].name, "gauge",
                         ngx_http_waveforge_gauges[i].help);
        wf_metrics_uint(metrics, (uint64_t) ngx_max(value, 0));
    }
}


static void
ngx_http_waveforge_put_counters(wf_metrics *metrics,
    ngx_http_waveforge_metrics_t *sum)
{
    ngx_uint_t  i;

    for (i = 0; ngx_http_waveforge_counters[i].name; i++) {
        wf_metrics_begin(metrics, ngx_http_waveforge_counters[i].name,
                         "counter", ngx_http_waveforge_counters[i].help);
        wf_metrics_uint(metrics, sum->counters[i]);
    }

    wf_metrics_begin(metrics, "waveforge_swept_total", "counter",
                     "Uploads and recordings that went by themselves.");

    for (i = 0; ngx_http_waveforge_swept[i].kind; i++) {
        wf_metrics_label(metrics, "kind", ngx_http_waveforge_swept[i].kind);
        wf_metrics_uint(metrics,
                        sum->counters[ngx_http_waveforge_swept[i].counter]);
    }
}


static void
ngx_http_waveforge_put_times(wf_metrics *metrics,
    ngx_http_waveforge_metrics_t *sum)
{
    uint64_t    counts[NGX_HTTP_WAVEFORGE_BOUNDS + 1];
    ngx_uint_t  i, bucket;

    for (i = 0; i < NGX_HTTP_WAVEFORGE_TIMES; i++) {

        for (bucket = 0; bucket <= NGX_HTTP_WAVEFORGE_BOUNDS; bucket++) {
            counts[bucket] = sum->times[i].counts[bucket];
        }

        wf_metrics_histogram(metrics, ngx_http_waveforge_times[i].name,
                             ngx_http_waveforge_times[i].help,
                             ngx_http_waveforge_metrics_bounds,
                             NGX_HTTP_WAVEFORGE_BOUNDS, counts,
                             sum->times[i].sum_ns);
    }
}
