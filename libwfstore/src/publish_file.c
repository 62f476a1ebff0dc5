/*
 * publish_file.c - writing all recordings to a file, and putting it in place.
 */
#include "publish_file.h"

#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "file.h"
#include "publish.h"

#define NEW_NAME "metadata.json.new"
#define BUFFER_BYTES 65536
#define PAGE_ROWS 200

static const char OPENING[] = "{\"recordings\":[";
static const char CLOSING[] = "\n]}\n";

/* A file being written from its start, through a buffer. */
typedef struct writer {
    int fd;
    uint64_t offset;
    size_t used;
    int64_t last_seq;
    size_t rows;
    char *buffer;
    wfs_error *error;
} writer;

static wfs_status flush(writer *w)
{
    wfs_status status =
        wfs_file_write(w->fd, w->offset, w->buffer, w->used, w->error);

    w->offset += w->used;
    w->used = 0;
    return status;
}

static wfs_status put(writer *w, const char *bytes, size_t length)
{
    wfs_status status = WFS_OK;

    while (length > 0 && status == WFS_OK) {
        size_t part = BUFFER_BYTES - w->used;

        part = length < part ? length : part;
        memcpy(w->buffer + w->used, bytes, part);
        w->used += part;
        bytes += part;
        length -= part;
        if (w->used == BUFFER_BYTES) {
            status = flush(w);
        }
    }
    return status;
}

static wfs_status put_recording(void *data, const wfs_recording_row *row)
{
    writer *w = data;
    bool is_first = w->last_seq == 0;
    char *json;
    size_t length;
    wfs_status status = wfs_recording_to_json(&row->recording, &json, &length);

    if (status != WFS_OK) {
        return status;
    }
    status = is_first ? put(w, "\n", 1) : put(w, ",\n", 2);
    if (status == WFS_OK) {
        status = put(w, json, length);
    }
    free(json);
    w->last_seq = row->seq;
    w->rows++;
    return status;
}

static wfs_status put_all(writer *w, wfs_catalogue *catalogue)
{
    wfs_status status = put(w, OPENING, sizeof OPENING - 1);

    do {
        w->rows = 0;
        if (status == WFS_OK) {
            status = catalogue->api->visit_recordings(
                catalogue, w->last_seq, PAGE_ROWS, put_recording, w, w->error);
        }
    } while (status == WFS_OK && w->rows == PAGE_ROWS);
    if (status == WFS_OK) {
        status = put(w, CLOSING, sizeof CLOSING - 1);
    }
    return status == WFS_OK ? flush(w) : status;
}

static wfs_status write_new(wfs_catalogue *catalogue, int fd, wfs_error *error)
{
    writer w = {.fd = fd, .buffer = malloc(BUFFER_BYTES), .error = error};
    wfs_status status;

    if (w.buffer == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "malloc",
                             "the store is out of memory");
    }
    status = put_all(&w, catalogue);
    free(w.buffer);
    return status == WFS_OK ? wfs_file_sync(fd, error) : status;
}

static wfs_status put_in_place(int fd, int root_dir, int meta_dir,
                               wfs_published_file *ret_file, wfs_error *error)
{
    wfs_file_stat stat;
    wfs_status status = wfs_file_get_stat(fd, &stat, error);

    if (status == WFS_OK) {
        status = wfs_file_rename(meta_dir, NEW_NAME, root_dir,
                                 WFS_PUBLISHED_NAME, error);
    }
    if (status == WFS_OK) {
        status = wfs_file_sync(root_dir, error);
    }
    if (status == WFS_OK) {
        ret_file->size_bytes = stat.size_bytes;
        ret_file->modified = (int64_t)stat.modified;
    }
    return status;
}

/* Never a file that is there: after a power cut the name may be a second one
 * of the published file. */
static wfs_status open_new(int meta_dir, int *ret_fd, wfs_error *error)
{
    wfs_error local = WFS_ERROR_INIT;
    wfs_status status = wfs_file_remove(meta_dir, NEW_NAME, &local);

    if (status != WFS_OK && status != WFS_ENOSTORE) {
        return wfs_error_copy(error, &local);
    }
    return wfs_file_open(meta_dir, NEW_NAME, WFS_FILE_NEW, ret_fd, error);
}

wfs_status wfs_publish_file_write(wfs_catalogue *catalogue, int root_dir,
                                  int meta_dir, wfs_published_file *ret_file,
                                  wfs_error *error)
{
    int fd = -1;
    wfs_status status = open_new(meta_dir, &fd, error);

    if (status != WFS_OK) {
        return status;
    }
    status = write_new(catalogue, fd, error);
    if (status == WFS_OK) {
        status = put_in_place(fd, root_dir, meta_dir, ret_file, error);
    }
    wfs_file_close(fd);
    if (status != WFS_OK) {
        (void)wfs_file_remove(meta_dir, NEW_NAME, NULL); /* its space counts */
    }
    return status;
}

bool wfs_publish_file_find(int root_dir, wfs_published_file *ret_file)
{
    wfs_file_stat stat;
    wfs_status status;
    int fd;

    if (wfs_file_open(root_dir, WFS_PUBLISHED_NAME, WFS_FILE_READ, &fd, NULL) !=
        WFS_OK) {
        return false;
    }
    status = wfs_file_get_stat(fd, &stat, NULL);
    wfs_file_close(fd);
    if (status != WFS_OK) {
        return false;
    }
    ret_file->size_bytes = stat.size_bytes;
    ret_file->modified = (int64_t)stat.modified;
    return true;
}
