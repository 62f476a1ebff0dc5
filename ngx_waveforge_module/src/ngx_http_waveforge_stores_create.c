
/*
 * Making the stores' folders, by the master: it may be root, and workers are
 * not.
 *
 * By a child of it, since a disk may hang: the master must not, when it is told
 * to reload. It waits for the child as long as a disk may take.
 */


#include "ngx_http_waveforge_store.h"

#include <sys/wait.h>


#define NGX_HTTP_WAVEFORGE_CREATE_MS  2000


static ngx_uint_t ngx_http_waveforge_stores_are_existing(ngx_array_t *stores);
static void ngx_http_waveforge_close_listening(ngx_array_t *listening);
static void ngx_http_waveforge_stores_make(ngx_cycle_t *cycle,
    ngx_array_t *stores);
static void ngx_http_waveforge_store_make(ngx_cycle_t *cycle,
    ngx_http_waveforge_store_t *store);
static void ngx_http_waveforge_create_wait(ngx_cycle_t *cycle, pid_t pid);


void
ngx_http_waveforge_stores_create(ngx_cycle_t *cycle, ngx_array_t *stores)
{
    pid_t  pid;

    if (ngx_http_waveforge_stores_are_existing(stores)) {
        return;
    }

    pid = fork();

    if (pid == -1) {
        ngx_log_error(NGX_LOG_ALERT, cycle->log, ngx_errno, "fork() failed");
        return;
    }

    if (pid) {
        ngx_http_waveforge_create_wait(cycle, pid);
        return;
    }

    /* it may outlive the server, which must be able to listen again */

    ngx_http_waveforge_close_listening(&cycle->listening);
    ngx_http_waveforge_close_listening(&cycle->old_cycle->listening);

    ngx_http_waveforge_stores_make(cycle, stores);

    _exit(0);
}


static ngx_uint_t
ngx_http_waveforge_stores_are_existing(ngx_array_t *stores)
{
    ngx_uint_t                    i;
    ngx_http_waveforge_store_t  **store;

    store = stores->elts;

    for (i = 0; i < stores->nelts; i++) {
        if (!store[i]->options.existing) {
            return 0;
        }
    }

    return 1;
}


static void
ngx_http_waveforge_close_listening(ngx_array_t *listening)
{
    ngx_uint_t        i;
    ngx_listening_t  *ls;

    ls = listening->elts;

    for (i = 0; i < listening->nelts; i++) {
        if (ls[i].fd != (ngx_socket_t) -1) {
            (void) close(ls[i].fd);
        }
    }
}


static void
ngx_http_waveforge_stores_make(ngx_cycle_t *cycle, ngx_array_t *stores)
{
    ngx_uint_t                    i;
    ngx_http_waveforge_store_t  **store;

    store = stores->elts;

    for (i = 0; i < stores->nelts; i++) {
        if (!store[i]->options.existing) {
            ngx_http_waveforge_store_make(cycle, store[i]);
        }
    }
}


/*
 * Only the last component: a disk that is not mounted must not become an empty
 * store. What fails here fails again in the workers, where it is answered.
 */

static void
ngx_http_waveforge_store_make(ngx_cycle_t *cycle,
    ngx_http_waveforge_store_t *store)
{
    ngx_core_conf_t  *ccf;

    ccf = (ngx_core_conf_t *) ngx_get_conf(cycle->conf_ctx, ngx_core_module);

    if (ngx_create_dir(store->path.data, 0750) == NGX_FILE_ERROR) {

        if (ngx_errno != NGX_EEXIST) {
            ngx_log_error(NGX_LOG_ERR, cycle->log, ngx_errno,
                          ngx_create_dir_n " \"%V\" failed", &store->path);
        }

        return;
    }

    if (geteuid() == 0
        && ccf->user != (ngx_uid_t) NGX_CONF_UNSET_UINT
        && chown((char *) store->path.data, ccf->user, ccf->group) == -1)
    {
        ngx_log_error(NGX_LOG_ERR, cycle->log, ngx_errno,
                      "chown() \"%V\" failed", &store->path);
    }
}


/* One that takes longer is left to nginx, which reaps its unknown children. */

static void
ngx_http_waveforge_create_wait(ngx_cycle_t *cycle, pid_t pid)
{
    ngx_uint_t  ms;

    for (ms = 0; ms < NGX_HTTP_WAVEFORGE_CREATE_MS; ms++) {

        if (waitpid(pid, NULL, WNOHANG) != 0) {
            return;
        }

        ngx_msleep(1);
    }

    ngx_log_error(NGX_LOG_ERR, cycle->log, 0,
                  "a disk of the waveforge stores does not answer");
}
