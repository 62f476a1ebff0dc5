/*
 * store.c - opening and closing a store, its figures.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "commit.h"
#include "directory/directory.h"
#include "error.h"
#include "file_share.h"
#include "layout.h"
#include "live.h"
#include "publish.h"
#include "settle.h"
#include "store_internal.h"

int64_t wfs_now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static wfs_status fail_memory(wfs_error *error)
{
    return wfs_error_set(error, WFS_ENOMEM, 0, "malloc",
                         "the server is out of memory");
}

static char *join(const char *folder, const char *name)
{
    size_t length = strlen(folder) + 1 + strlen(name) + 1;
    char *path = malloc(length);

    if (path != NULL) {
        snprintf(path, length, "%s/%s", folder, name);
    }
    return path;
}

static wfs_status open_catalogue(wfs_store *store, const char *meta_path,
                                 bool may_create, wfs_error *error)
{
    wfs_catalogue_options options = {
        .durability = store->options.durability,
        .tombstone_ms = store->options.tombstone_ms,
        .may_create = may_create,
        .is_alone = store->is_alone,
    };

    wfs_status status = wfs_catalogue_open_sqlite(meta_path, &options,
                                                  &store->catalogue, error);

    if (status == WFS_ENOSTORE && !may_create) {
        status = wfs_error_set(error, WFS_ECORRUPT, 0, "catalogue",
                               "the store has lost its catalogue");
    }
    return status;
}

/*
 * Shared with all who have the store open; rebuilding wants it alone. With the
 * lock of creation held, so that nobody else is between the two steps.
 */
static wfs_status take_open_lock(wfs_store *store, wfs_error *error)
{
    wfs_error local = WFS_ERROR_INIT;
    wfs_status status =
        wfs_file_open(store->meta_dir, WFS_STORE_LOCK_FILE, WFS_FILE_CREATE,
                      &store->open_lock, &local);

    store->is_alone =
        status == WFS_OK &&
        wfs_file_lock(store->open_lock, WFS_STORE_LOCK_OPEN, 1, NULL) == WFS_OK;
    if (status == WFS_OK) {
        status = wfs_file_lock_shared(store->open_lock, WFS_STORE_LOCK_OPEN, 1,
                                      &local);
    }
    if (status == WFS_EBUSY) {
        return wfs_error_set(error, WFS_EBUSY, 0, "lock",
                             "the store is being rebuilt");
    }
    return status == WFS_OK ? WFS_OK : wfs_error_copy(error, &local);
}

/* With the lock of creation held: two processes may find no store at once. */
static wfs_status open_parts(wfs_store *store, const char *meta_path,
                             wfs_error *error)
{
    bool is_made = false;
    wfs_status status =
        wfs_layout_read_version(store->meta_dir, &is_made, error);

    if (status == WFS_OK && !is_made && store->options.existing) {
        status =
            wfs_error_set(error, WFS_ENOSTORE, 0, NULL, "there is no store");
    }
    if (status == WFS_OK) {
        status = wfs_directory_open(store->root_dir, store->meta_dir,
                                    &store->blobs, error);
    }
    if (status == WFS_OK) {
        status = open_catalogue(store, meta_path, !is_made, error);
    }
    if (status == WFS_OK && !is_made) {
        status = wfs_layout_write_version(store->meta_dir, error);
    }
    return status;
}

static wfs_status open_locked(wfs_store *store, const char *meta_path,
                              wfs_error *error)
{
    int lock = -1;
    wfs_status status = wfs_file_open(store->meta_dir, WFS_STORE_LOCK_FILE,
                                      WFS_FILE_CREATE, &lock, error);

    if (status == WFS_OK) {
        status = wfs_file_wait_lock(lock, WFS_STORE_LOCK_CREATE, 1, error);
    }
    if (status == WFS_OK) {
        status = take_open_lock(store, error);
    }
    if (status == WFS_OK) {
        status = wfs_settle_rebuilt(store->meta_dir, error);
    }
    if (status == WFS_OK) {
        status = open_parts(store, meta_path, error);
    }
    wfs_file_close(lock);
    return status;
}

static wfs_status open_services(wfs_store *store, wfs_error *error)
{
    wfs_status status =
        wfs_publisher_open(store->catalogue, store->root_dir, store->meta_dir,
                           &store->publisher, error);

    if (status == WFS_OK) {
        status = wfs_live_open(store->meta_dir, &store->live, error);
    }
    if (status == WFS_OK) {
        status = wfs_committer_open(store, &store->committer, error);
    }
    return status;
}

static wfs_status open_store(wfs_store *store, wfs_error *error)
{
    char *meta_path;
    wfs_status status =
        wfs_layout_open_folders(store->path, !store->options.existing,
                                &store->root_dir, &store->meta_dir, error);

    if (status != WFS_OK) {
        return status;
    }
    meta_path = join(store->path, WFS_STORE_FOLDER);
    if (meta_path == NULL) {
        return fail_memory(error);
    }
    status = open_locked(store, meta_path, error);
    if (status == WFS_OK) {
        status = open_services(store, error);
    }
    free(meta_path);
    return status;
}

wfs_status wfs_store_open(const char *path, const wfs_store_options *options,
                          wfs_store **ret_store, wfs_error *error)
{
    static const wfs_store_options defaults = WFS_STORE_OPTIONS_INIT;
    wfs_error local = WFS_ERROR_INIT;
    wfs_store *store = calloc(1, sizeof(*store));
    wfs_status status;

    if (store == NULL) {
        return fail_memory(error);
    }
    wfs_known_init(&store->known);
    store->root_dir = -1;
    store->meta_dir = -1;
    store->open_lock = -1;
    store->options = options != NULL ? *options : defaults;
    store->path = strdup(path);
    status =
        store->path != NULL ? open_store(store, &local) : fail_memory(&local);
    if (status != WFS_OK) {
        wfs_store_close(store);
        if (error != NULL) {
            *error = local;
        }
        return status;
    }
    *ret_store = store;
    return WFS_OK;
}

void wfs_store_close(wfs_store *store)
{
    if (store == NULL) {
        return;
    }
    wfs_committer_close(store->committer);
    wfs_live_close(store->live);
    wfs_publisher_close(store->publisher);
    if (store->catalogue != NULL) {
        store->catalogue->api->close(store->catalogue);
    }
    if (store->blobs != NULL) {
        store->blobs->api->close(store->blobs);
    }
    wfs_file_close(store->open_lock);
    wfs_file_close(store->meta_dir);
    wfs_file_close(store->root_dir);
    wfs_known_release(&store->known);
    free(store->path);
    free(store);
}

wfs_status wfs_store_get_stat(wfs_store *store, wfs_store_stat *ret_stat,
                              wfs_error *error)
{
    wfs_totals totals;
    wfs_catalogue_state state;
    wfs_store_stat stat = {0};
    wfs_status status =
        store->catalogue->api->get_totals(store->catalogue, &totals, error);

    if (status == WFS_OK) {
        status =
            store->catalogue->api->get_state(store->catalogue, &state, error);
    }
    if (status == WFS_OK) {
        status =
            store->blobs->api->get_free(store->blobs, &stat.free_bytes, error);
    }
    if (status != WFS_OK) {
        return status;
    }
    stat.recordings = totals.recordings;
    stat.recording_bytes = totals.recording_bytes;
    stat.uploads = totals.uploads;
    stat.upload_bytes = totals.upload_bytes;
    stat.damaged = totals.damaged;
    stat.oldest_ms = state.oldest_ms;
    stat.reserved_bytes = totals.reserved_bytes;
    stat.generation = totals.generation;
    wfs_publisher_get_state(store->publisher, totals.generation,
                            &stat.is_published, &stat.publish_failed);
    stat.is_check_due = state.is_check_due;
    stat.is_damaged = state.is_broken;
    stat.is_clock_doubtful = state.doubt_ms != 0;
    stat.is_writable = store->blobs->api->probe(store->blobs, NULL) == WFS_OK;
    *ret_stat = stat;
    return WFS_OK;
}

wfs_status wfs_store_get_generation(wfs_store *store, uint64_t *ret_generation,
                                    wfs_error *error)
{
    wfs_totals totals = {0};
    wfs_status status =
        store->catalogue->api->get_totals(store->catalogue, &totals, error);

    if (status == WFS_OK) {
        *ret_generation = totals.generation;
    }
    return status;
}

bool wfs_store_get_moment(const wfs_store *store, wfs_moment *ret_moment)
{
    return store->catalogue->api->get_moment(store->catalogue, ret_moment);
}

bool wfs_moment_is_same(const wfs_moment *one, const wfs_moment *other)
{
    return memcmp(one->words, other->words, sizeof one->words) == 0;
}

wfs_status wfs_store_finish_recording(wfs_store *store, const char *id,
                                      int64_t part, const char *filename,
                                      wfs_error *error)
{
    wfs_blob_owner owner = {id, part};
    wfs_status status =
        store->blobs->api->put_recording(store->blobs, owner, filename, error);

    if (status == WFS_OK) {
        status =
            store->catalogue->api->finish_rename(store->catalogue, id, error);
    }
    return status;
}
