/*
 * salvage_files.c - bytes that lie in files become an upload, to be salvaged.
 *
 * Of an upload whose rows are lost nobody knows which bytes were accepted. But
 * what was never written at all is a hole of its file, where the file system
 * can tell.
 */
#include "salvage_files.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "message.h"

#define BUFFER_BYTES 65536

/* `end`: of what is there without a gap. */
typedef struct source {
    const char *path;
    int fd;
    uint64_t size;
    uint64_t end;
    int64_t changed_ms;
} source;

static cli_exit fail(const char *path)
{
    cli_exit result = errno == ENOENT ? CLI_MISSING : CLI_FAILED;

    cli_message("%s: %s", path, strerror(errno));
    return result;
}

static cli_exit measure(source *self)
{
    struct stat info;
    off_t hole;

    if (fstat(self->fd, &info) != 0) {
        return fail(self->path);
    }
    if (!S_ISREG(info.st_mode)) {
        cli_message("%s: is not a file", self->path);
        return CLI_FAILED;
    }
    hole = lseek(self->fd, 0, SEEK_HOLE);
    self->size = (uint64_t)info.st_size;
    self->end = hole >= 0 && hole < info.st_size ? (uint64_t)hole : self->size;
    self->changed_ms =
        (int64_t)info.st_mtim.tv_sec * 1000 + info.st_mtim.tv_nsec / 1000000;
    if (self->end == 0) {
        cli_message("%s: %s", self->path,
                    self->size == 0 ? "is empty" : "begins with a gap");
        return CLI_FAILED;
    }
    return CLI_DONE;
}

/* A pipe would wait for ever. */
static cli_exit open_source(source *self, const char *path)
{
    cli_exit result;

    self->path = path;
    self->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (self->fd == -1) {
        return fail(path);
    }
    result = measure(self);
    if (result != CLI_DONE) {
        (void)close(self->fd);
    }
    return result;
}

/* All of the chunk's bytes, or a complaint. */
static cli_exit copy(const source *from, wfs_chunk *chunk,
                     cli_progress *progress)
{
    char bytes[BUFFER_BYTES];
    wfs_error error = WFS_ERROR_INIT;
    uint64_t at = 0;

    while (at < from->end) {
        uint64_t left = from->end - at;
        size_t wanted = left < sizeof bytes ? (size_t)left : sizeof bytes;
        ssize_t length = pread(from->fd, bytes, wanted, (off_t)at);

        if (length <= 0) {
            errno = length == 0 ? EIO : errno;
            return fail(from->path);
        }
        if (wfs_chunk_write(chunk, bytes, (size_t)length, &error) != WFS_OK) {
            return cli_message_fail(from->path, &error);
        }
        at += (uint64_t)length;
        if (!cli_progress_update(progress, at, from->end)) {
            cli_message("%s: interrupted", from->path);
            return CLI_FAILED;
        }
    }
    return CLI_DONE;
}

static cli_exit receive(wfs_store *store, const wfs_chunk_spec *spec,
                        const source *from, cli_progress *progress)
{
    wfs_error error = WFS_ERROR_INIT;
    wfs_chunk *chunk = NULL;
    wfs_receipt receipt;
    cli_exit result;

    if (wfs_upload_begin_chunk(store, spec, &chunk, &error) != WFS_OK) {
        return cli_message_fail(spec->id, &error);
    }
    result = copy(from, chunk, progress);
    cli_progress_clear(progress);
    if (result != CLI_DONE) {
        wfs_chunk_discard(chunk);
        return result;
    }
    if (wfs_chunk_commit(chunk, &receipt, &error) != WFS_OK) {
        return cli_message_fail(from->path, &error);
    }
    return CLI_DONE;
}

/* Completing would end the writers of an upload that goes on. */
static cli_exit check_new(wfs_store *store, const char *id)
{
    wfs_upload_info info = WFS_UPLOAD_INFO_INIT;
    wfs_error error = WFS_ERROR_INIT;
    wfs_status status = wfs_upload_get(store, id, false, &info, &error);

    if (status == WFS_ENOUPLOAD) {
        return CLI_DONE;
    }
    if (status != WFS_OK) {
        return cli_message_fail(id, &error);
    }
    wfs_upload_info_release(&info);
    cli_message("%s: there is an upload of this id; name another", id);
    return CLI_FAILED;
}

/* `ret_from`: what was found of it. */
static cli_exit receive_file(wfs_store *store, wfs_chunk_spec *spec,
                             const char *path, cli_progress *progress,
                             source *ret_from)
{
    cli_exit result = open_source(ret_from, path);

    if (result != CLI_DONE) {
        return result;
    }
    spec->length = ret_from->end;
    result = receive(store, spec, ret_from, progress);
    (void)close(ret_from->fd);
    if (result == CLI_DONE && ret_from->end < ret_from->size) {
        cli_message("%s: a gap after %" PRIu64 " of %" PRIu64
                    " bytes; what follows is left out",
                    path, ret_from->end, ret_from->size);
    }
    return result;
}

cli_exit cli_salvage_receive(wfs_store *store, const char *id,
                             char *const *files, int count,
                             cli_progress *progress, int64_t *ret_timestamp_ms)
{
    wfs_chunk_spec spec = WFS_CHUNK_SPEC_INIT;
    source from = {.fd = -1};
    cli_exit result = check_new(store, id);

    spec.id = id;
    for (int i = 0; i < count && result == CLI_DONE && from.end == from.size;
         i++) {
        spec.index = (uint64_t)i;
        result = receive_file(store, &spec, files[i], progress, &from);
        if (i == 0) {
            *ret_timestamp_ms = from.changed_ms;
        }
    }
    return result;
}
