/*
 * finding.c - telling what was found, and digesting a file to find it.
 */
#include "finding.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "file_share.h"
#include "wfstore/digest.h"

#define BUFFER_BYTES 262144

const char *wfs_finding_kind_name(wfs_finding_kind kind)
{
    static const char *const names[] = {
        [WFS_FINDING_ROT] = "rot",
        [WFS_FINDING_SIZE] = "size",
        [WFS_FINDING_MISSING] = "missing",
        [WFS_FINDING_UNREADABLE] = "unreadable",
        [WFS_FINDING_STRAY] = "stray",
        [WFS_FINDING_ENTRY] = "entry",
        [WFS_FINDING_DUPLICATE] = "duplicate",
        [WFS_FINDING_NOT_AUDIO] = "not-audio",
        [WFS_FINDING_FOUND] = "found",
        [WFS_FINDING_PART] = "part",
        [WFS_FINDING_CATALOGUE] = "catalogue",
    };
    size_t index = (size_t)kind;

    if (index >= sizeof names / sizeof names[0] || names[index] == NULL) {
        return "unknown";
    }
    return names[index];
}

wfs_status wfs_tell(const wfs_teller *teller, wfs_finding_kind kind,
                    const char *id, const char *filename, wfs_error *error,
                    const char *format, ...)
{
    char detail[WFS_ERROR_DETAIL_BYTES];
    wfs_finding finding = {kind, id == NULL ? "" : id,
                           filename == NULL ? "" : filename, detail};
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(detail, sizeof detail, format, arguments);
    va_end(arguments);
    if (teller->visitor == NULL || teller->visitor(teller->data, &finding)) {
        return WFS_OK;
    }
    return wfs_error_set(error, WFS_ECANCELED, 0, NULL, "it was cancelled");
}

void wfs_join_name(const char *prefix, const char *name,
                   char ret_filename[WFS_FINDING_NAME_BYTES])
{
    (void)snprintf(ret_filename, WFS_FINDING_NAME_BYTES, "%s%s", prefix, name);
}

static wfs_status digest_all(int fd, uint64_t size_bytes, wfs_pace *pace,
                             wfs_hasher *hasher, uint8_t *buffer,
                             wfs_error *error)
{
    uint64_t at = 0;
    wfs_status status = WFS_OK;

    while (at < size_bytes && status == WFS_OK) {
        uint64_t left = size_bytes - at;
        size_t want = left < BUFFER_BYTES ? (size_t)left : BUFFER_BYTES;
        size_t got = 0;

        status = wfs_file_read(fd, at, buffer, want, &got, error);
        if (status == WFS_OK && got < want) {
            status = wfs_error_set(error, WFS_ECORRUPT, 0, "read",
                                   "the file ends early");
        }
        if (status == WFS_OK) {
            wfs_hasher_update(hasher, buffer, got);
            status = wfs_pace_add(pace, got, got, error);
        }
        at += got;
    }
    return status;
}

wfs_status wfs_digest_file(int fd, uint64_t size_bytes, wfs_pace *pace,
                           uint8_t ret_sha256[WFS_SHA256_BYTES],
                           wfs_error *error)
{
    wfs_hasher *hasher = wfs_hasher_open(WFS_DIGEST_SHA256);
    uint8_t *buffer = malloc(BUFFER_BYTES);
    wfs_digest digest;
    wfs_status status;

    if (hasher == NULL || buffer == NULL) {
        status = wfs_error_set(error, WFS_ENOMEM, 0, "malloc",
                               "the store is out of memory");
    } else {
        wfs_file_forget_cached(fd);
        status = digest_all(fd, size_bytes, pace, hasher, buffer, error);
    }
    if (status == WFS_OK) {
        wfs_hasher_finish(hasher, &digest);
        memcpy(ret_sha256, digest.bytes, WFS_SHA256_BYTES);
    }
    free(buffer);
    wfs_hasher_close(hasher);
    return status;
}
