/*
 * fuzz_json.c - user metadata: compact text stays what it is, and a merge keeps
 * within the limits. A zero byte parts the document from the patch.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "json.h"

static char *compact(const char *text, size_t length)
{
    char *first = NULL;
    char *second = NULL;
    wfs_error error = WFS_ERROR_INIT;

    if (wfs_json_compact_metadata(text, length, &first, &error) != WFS_OK) {
        REQUIRE(first == NULL && error.status != WFS_OK);
        return NULL;
    }
    REQUIRE(strlen(first) <= WFS_METADATA_MAX_BYTES);
    REQUIRE(wfs_json_compact_metadata(first, strlen(first), &second, NULL) ==
            WFS_OK);
    REQUIRE(strcmp(first, second) == 0);
    free(second);
    return first;
}

static void merge(const char *metadata, const char *patch, size_t length)
{
    char *merged = NULL;
    char *again = NULL;

    if (wfs_json_merge_metadata(metadata, patch, length, &merged, NULL) !=
        WFS_OK) {
        return;
    }
    REQUIRE(strlen(merged) <= WFS_METADATA_MAX_BYTES);
    REQUIRE(wfs_json_merge_metadata(merged, patch, length, &again, NULL) ==
            WFS_OK);
    REQUIRE(strlen(again) ==
            strlen(merged)); /* merging twice is merging once */
    free(again);
    free(merged);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *text = (const char *)bytes;
    const char *zero = length > 0 ? memchr(text, 0, length) : NULL;
    size_t first = zero != NULL ? (size_t)(zero - text) : length;
    char *metadata = compact(text, first);

    if (metadata != NULL && zero != NULL) {
        merge(metadata, zero + 1, length - first - 1);
    }
    free(metadata);
    return 0;
}
