/*
 * entries.c - metadata.json in memory, read entry by entry.
 */
#include "support/entries.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

wfs_status test_entries_keep(void *data, const wfs_metadata_entry *entry)
{
    test_entries_result *r = data;
    size_t used = strlen(r->log);
    const char *blank = used == 0 ? "" : " ";

    r->count++;
    if (entry->recording == NULL) {
        assert_true(strlen(entry->fault) > 0);
        snprintf(r->log + used, sizeof r->log - used, "%s!%d", blank,
                 (int)entry->line);
        return WFS_OK;
    }
    snprintf(r->log + used, sizeof r->log - used, "%s%s", blank,
             entry->recording->id);
    r->last = *entry->recording;
    r->last.metadata = NULL;
    return r->count == r->stop_at ? WFS_ECANCELED : WFS_OK;
}

wfs_status test_entries_read_text(void *data, uint64_t offset, void *buffer,
                                  size_t length, size_t *ret_length)
{
    const test_entries_text *t = data;
    size_t left = offset < t->length ? t->length - (size_t)offset : 0;

    if (t->is_broken) {
        return WFS_EIO;
    }
    *ret_length = left < length ? left : length;
    memcpy(buffer, t->bytes + offset * (*ret_length > 0), *ret_length);
    return WFS_OK;
}

wfs_status test_entries_read(test_entries_result *r, const char *bytes)
{
    test_entries_text t = {bytes, strlen(bytes), false};
    wfs_reader reader = {test_entries_read_text, &t, t.length};

    return wfs_metadata_read(&reader, test_entries_keep, r, NULL);
}

void test_entries_expect(const char *bytes, const char *log)
{
    test_entries_result r = {.log = ""};

    assert_int_equal(test_entries_read(&r, bytes), WFS_OK);
    assert_string_equal(r.log, log);
}
