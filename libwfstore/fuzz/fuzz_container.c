/*
 * fuzz_container.c - a libFuzzer target for the container readers; the seed
 * corpus is tests/data.
 *
 *     clang -g -O1 -fsanitize=fuzzer,address,undefined -Iinclude -Isrc \
 *         fuzz/fuzz_container.c $CONTAINER_SOURCES -lm -o fuzz_container
 *     ./fuzz_container -max_total_time=600 CORPUS tests/data
 */
#include <math.h>
#include <string.h>

#include "container.h"

typedef struct memory_file {
    const uint8_t *bytes;
    size_t length;
} memory_file;

static wfs_status read_memory(void *data, uint64_t offset, void *buffer,
                              size_t length, size_t *ret_length)
{
    const memory_file *file = data;
    size_t rest = offset < file->length ? file->length - (size_t)offset : 0;

    *ret_length = length < rest ? length : rest;
    if (*ret_length > 0) {
        memcpy(buffer, file->bytes + offset, *ret_length);
    }
    return WFS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    memory_file file = {bytes, length};
    wfs_reader reader = {read_memory, &file, length};
    wfs_container_facts facts;

    if (wfs_container_read(&reader, &facts) != WFS_OK ||
        memchr(facts.codec, 0, sizeof(facts.codec)) == NULL ||
        (facts.has_duration && !(facts.duration_seconds >= 0.0)) ||
        (facts.has_duration && isinf(facts.duration_seconds))) {
        __builtin_trap();
    }
    return 0;
}
