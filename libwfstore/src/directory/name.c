/*
 * name.c - the names of an upload's files, written and read.
 */
#include "directory/directory_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define PART_SUFFIX "part"

void wfs_directory_write_name(wfs_blob_owner owner, uint64_t index,
                              char ret_name[UPLOAD_NAME_BYTES])
{
    if (index == WFS_UNKNOWN) {
        snprintf(ret_name, UPLOAD_NAME_BYTES, "%.64s.%" PRId64 ".%s", owner.id,
                 owner.row, PART_SUFFIX);
    } else {
        snprintf(ret_name, UPLOAD_NAME_BYTES, "%.64s.%" PRId64 ".%" PRIu64,
                 owner.id, owner.row, index);
    }
}

/* A decimal number up to `end`, as printf writes it; below 2^62. */
static bool read_number(const char *text, const char *end, uint64_t *ret_number)
{
    uint64_t number = 0;

    if (text == end || (*text == '0' && text + 1 != end)) {
        return false;
    }
    for (; text < end; text++) {
        if (*text < '0' || *text > '9' || number > UINT64_C(1) << 58) {
            return false;
        }
        number = number * 10 + (uint64_t)(*text - '0');
    }
    *ret_number = number;
    return true;
}

bool wfs_directory_read_name(const char *name, wfs_leftover *ret_leftover)
{
    const char *first = strchr(name, '.');
    const char *second = first != NULL ? strchr(first + 1, '.') : NULL;
    uint64_t row;
    uint64_t index = WFS_UNKNOWN;

    if (second == NULL || !wfs_id_is_valid(name, (size_t)(first - name)) ||
        !read_number(first + 1, second, &row) || row == 0) {
        return false;
    }
    if (strcmp(second + 1, PART_SUFFIX) != 0 &&
        !read_number(second + 1, second + strlen(second), &index)) {
        return false;
    }
    memset(ret_leftover, 0, sizeof(*ret_leftover));
    memcpy(ret_leftover->id, name, (size_t)(first - name));
    ret_leftover->row = (int64_t)row;
    ret_leftover->index = index;
    return true;
}
