/*
 * check_recordings.c - the recordings, and whether all that tells of them
 * agrees.
 */
#include "check.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PATH_BYTES 8192
#define PAUSE_NS 20000000
#define PAUSES 1000

/* The first `count` chunks, made whole. */
static bool is_made_of(const wfs_blob_ref *blob, const plan *planned,
                       size_t count)
{
    size_t size = plan_get_offset(planned, count);
    uint8_t *expected = plan_make_bytes(planned);
    uint8_t *got = malloc(size);
    bool is_same;

    plan_salvage(expected, size);
    is_same = got != NULL && blob->size_bytes == size &&
              pread(blob->fd, got, size, 0) == (ssize_t)size &&
              memcmp(got, expected, size) == 0;
    free(expected);
    free(got);
    return is_same;
}

/* Before salvaging was acknowledged the sender may have gone on instead. */
bool check_bytes(const wfs_blob_ref *blob, const promise *it)
{
    bool may_be_whole = it->salvaged == 0 || !it->is_complete;

    return (may_be_whole &&
            is_made_of(blob, it->planned, it->planned->count)) ||
           (it->salvaged > 0 && is_made_of(blob, it->planned, it->salvaged));
}

static bool check_found(check *self, const promise *it,
                        const wfs_recording *recording,
                        const wfs_blob_ref *blob)
{
    if (it->is_deleted) {
        return check_fail(self, "deleted recording %s is back",
                          it->planned->id);
    }
    if (!check_bytes(blob, it)) {
        return check_fail(self, "recording %s has wrong bytes",
                          it->planned->id);
    }
    if (strcmp(recording->name, it->name) != 0 &&
        strcmp(recording->name, it->next_name) != 0) {
        return check_fail(self, "recording %s is called %s again",
                          it->planned->id, recording->name);
    }
    return true;
}

bool check_recording(check *self, const promise *it)
{
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_blob_ref blob = WFS_BLOB_REF_INIT;
    wfs_error error = WFS_ERROR_INIT;
    wfs_status status = wfs_recording_open(self->store, it->planned->id,
                                           &recording, &blob, &error);
    bool is_well;

    if (status == WFS_ENORECORDING) {
        return !it->is_complete || it->is_deleting ||
               check_fail(self, "recording %s is lost", it->planned->id);
    }
    if (status != WFS_OK) {
        return check_fail(self, "recording %s: %s: %s", it->planned->id,
                          wfs_status_name(status), error.detail);
    }
    is_well = check_found(self, it, &recording, &blob);
    wfs_recording_release(&recording);
    wfs_blob_ref_release(&blob);
    return is_well;
}

static bool has_file(const wfs_recording_page *page, const char *name)
{
    for (size_t i = 0; i < page->count; i++) {
        if (strcmp(page->recordings[i].filename, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether the folder has nothing but `page`'s files, names with a dot in front
 * and metadata.json. */
static bool check_folder(check *self, const char *path,
                         const wfs_recording_page *page)
{
    DIR *stream = opendir(path);
    const struct dirent *entry;

    while (stream != NULL && (entry = readdir(stream)) != NULL) {
        if (entry->d_name[0] != '.' &&
            strcmp(entry->d_name, "metadata.json") != 0 &&
            !has_file(page, entry->d_name)) {
            (void)check_fail(self, "%s belongs to nobody", entry->d_name);
        }
    }
    if (stream != NULL) {
        (void)closedir(stream);
    }
    return !self->has_failed;
}

static bool check_list(check *self, const wfs_recording_page *page,
                       const wfs_store_stat *stat)
{
    if (stat->recordings != page->count || page->total != page->count) {
        (void)check_fail(self, "%d recordings are counted and %d are there",
                         (int)stat->recordings, (int)page->count);
    }
    if (stat->uploads != 0 || stat->upload_bytes != 0) {
        (void)check_fail(self, "%d uploads are counted and none is there",
                         (int)stat->uploads);
    }
    return !self->has_failed && check_listed(self, self->path, page);
}

/* What was slow once may lag for a while. */
static bool wait_until_published(check *self, wfs_store_stat *ret_stat)
{
    const struct timespec pause = {0, PAUSE_NS};
    wfs_status status = WFS_OK;
    uint64_t next_ms;

    for (int i = 0; i < PAUSES && status == WFS_OK; i++) {
        status = wfs_store_get_stat(self->store, ret_stat, NULL);
        if (status == WFS_OK && ret_stat->is_published) {
            return true;
        }
        (void)nanosleep(&pause, NULL);
        (void)wfs_store_tend(self->store, 1000, &next_ms, NULL);
    }
    return check_fail(self, "nothing is published");
}

bool check_agreement(check *self)
{
    static const wfs_recording_page nothing = WFS_RECORDING_PAGE_INIT;
    wfs_list_query query = WFS_LIST_QUERY_INIT;
    wfs_recording_page page = WFS_RECORDING_PAGE_INIT;
    wfs_store_stat stat;
    char uploads[PATH_BYTES];

    (void)snprintf(uploads, sizeof uploads, "%s/.wfstore/uploads", self->path);
    if (!check_status(self,
                      wfs_recording_list(self->store, &query, &page, NULL),
                      "list", "") ||
        !wait_until_published(self, &stat)) {
        return false;
    }
    (void)(check_list(self, &page, &stat) &&
           check_folder(self, self->path, &page) &&
           check_folder(self, uploads, &nothing));
    wfs_recording_page_release(&page);
    return !self->has_failed;
}
