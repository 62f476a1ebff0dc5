/*
 * fuzz_salvage.c - salvage plans: within the file; carried out, it is of the
 * same type and can be planned again. Where what is kept is sure by sizes or
 * check sums, nothing is left to do then.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "salvage.h"
#include "support/memory.h"

#define SURE_TYPES (WFS_TYPE_WAV | WFS_TYPE_OGG | WFS_TYPE_MP4)

static wfs_salvage plan_salvage(memory_file *file)
{
    wfs_reader reader = memory_file_reader(file);
    wfs_salvage plan = WFS_SALVAGE_INIT;

    REQUIRE(wfs_salvage_plan(&reader, &plan, NULL) == WFS_OK);
    REQUIRE((plan.kept_bytes == 0) == (plan.obstacle != NULL));
    REQUIRE(plan.kept_bytes <= file->length);
    REQUIRE(plan.kept_bytes > 0 || plan.patch_count == 0);
    REQUIRE(plan.kept_bytes > 0 || plan.appendix == NULL);
    for (size_t i = 0; i < plan.patch_count; i++) {
        REQUIRE(plan.patches[i].offset + plan.patches[i].length <=
                plan.kept_bytes);
    }
    REQUIRE(!plan.has_duration || isfinite(plan.duration_seconds));
    REQUIRE(!plan.has_duration || plan.duration_seconds >= 0.0);
    return plan;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    memory_file given = {(uint8_t *)(uintptr_t)bytes, length, 0, false};
    wfs_salvage plan = plan_salvage(&given);
    memory_file file;
    wfs_salvage again;

    if (plan.kept_bytes == 0) {
        return 0;
    }
    file = memory_file_copy(&given, length);
    memory_file_salvage(&file, &plan);
    again = plan_salvage(&file);
    REQUIRE(again.type == plan.type);
    if ((plan.type & SURE_TYPES) != 0) {
        REQUIRE(again.kept_bytes == file.length);
        REQUIRE(again.patch_count == 0 && again.appendix_length == 0);
    }
    wfs_salvage_release(&again);
    wfs_salvage_release(&plan);
    free(file.bytes);
    return 0;
}
