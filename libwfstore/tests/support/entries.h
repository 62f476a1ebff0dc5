/*
 * entries.h - metadata.json in memory, read entry by entry.
 */
#ifndef WFS_TEST_ENTRIES_H
#define WFS_TEST_ENTRIES_H

#include "metadata_reader.h"

#define HEAD "{\"recordings\":["
#define TAIL "\n]}\n"
#define DIGEST                                                                 \
    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define NAME(id) "recording_20240115_140456_" id ".webm"
#define ENTRY(id)                                                              \
    "{\"id\":\"" id "\",\"filename\":\"" NAME(                                 \
        id) "\",\"name\":\"Take\","                                            \
            "\"timestamp\":1705327496000,\"size\":10,\"duration\":1.5,"        \
            "\"mime_type\":\"audio/webm\",\"codec\":\"opus\",\"channels\":1,"  \
            "\"sample_rate\":48000,\"sha256\":\"" DIGEST "\","                 \
            "\"stored\":1705327616500,\"metadata\":{\"a\":[1,{\"b\":2}]}}"

/* What was read: ids in order, "!" and the line for each that is broken. */
typedef struct test_entries_result {
    char log[512];
    wfs_recording last;
    size_t count;
    size_t stop_at;
} test_entries_result;

typedef struct test_entries_text {
    const char *bytes;
    size_t length;
    bool is_broken;
} test_entries_text;

/* Visits: keeps what was read in `data`, a test_entries_result. */
wfs_status test_entries_keep(void *data, const wfs_metadata_entry *entry);

/* Reads `data`, a test_entries_text. */
wfs_status test_entries_read_text(void *data, uint64_t offset, void *buffer,
                                  size_t length, size_t *ret_length);

wfs_status test_entries_read(test_entries_result *r, const char *bytes);

/* The whole is read, with this in the log. */
void test_entries_expect(const char *bytes, const char *log);

#endif
