/*
 * fuzz_container.c - the container readers: facts are of their ranges.
 */
#include <math.h>
#include <string.h>

#include "container.h"
#include "fuzz.h"
#include "support/memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    memory_file file = {(uint8_t *)(uintptr_t)bytes, length, 0, false};
    wfs_reader reader = memory_file_reader(&file);
    wfs_container_facts facts;

    REQUIRE(wfs_container_read(&reader, &facts) == WFS_OK);
    REQUIRE(memchr(facts.codec, 0, sizeof facts.codec) != NULL);
    REQUIRE(!facts.has_duration || isfinite(facts.duration_seconds));
    REQUIRE(!facts.has_duration || facts.duration_seconds >= 0.0);
    return 0;
}
