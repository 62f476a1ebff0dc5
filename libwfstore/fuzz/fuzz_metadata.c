/*
 * fuzz_metadata.c - metadata.json as rebuilding reads it: each entry is told
 * as a recording within its limits or as a fault, in the order of the file.
 */
#include <math.h>
#include <string.h>

#include "fuzz.h"
#include "metadata_reader.h"
#include "support/memory.h"

static wfs_status visit(void *data, const wfs_metadata_entry *entry)
{
    uint64_t *line = data;
    const wfs_recording *recording = entry->recording;

    REQUIRE(entry->line >= *line);
    *line = entry->line;
    REQUIRE((recording == NULL) == (entry->fault != NULL));
    if (recording != NULL) {
        REQUIRE(wfs_id_is_valid(recording->id, strlen(recording->id)));
        REQUIRE(memchr(recording->filename, 0, sizeof recording->filename) !=
                NULL);
        REQUIRE(recording->name[0] == '\0' ||
                wfs_name_is_valid(recording->name, strlen(recording->name)));
        REQUIRE(!recording->has_duration ||
                isfinite(recording->duration_seconds));
    }
    return WFS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    memory_file file = {(uint8_t *)(uintptr_t)bytes, length, 0, false};
    wfs_reader reader = memory_file_reader(&file);
    uint64_t line = 1;

    REQUIRE(wfs_metadata_read(&reader, visit, &line, NULL) == WFS_OK);
    return 0;
}
