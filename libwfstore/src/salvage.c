/* salvage.c - plan what is kept, with the planner of the file's type. */
#include "salvage.h"

#include <stdlib.h>
#include <string.h>

#include "ebml_write.h"
#include "error.h"
#include "salvage_parts.h"

#define WORTHWHILE_SECONDS 1.0

static void keep_all(wfs_window *window, wfs_salvage *plan)
{
    plan->kept_bytes = window->reader->size_bytes;
}

static const struct {
    wfs_type type;
    wfs_salvage_planner plan;
} planners[] = {
    {WFS_TYPE_WEBM, wfs_webm_salvage}, {WFS_TYPE_MATROSKA, wfs_webm_salvage},
    {WFS_TYPE_OGG, wfs_ogg_salvage},   {WFS_TYPE_MP4, wfs_mp4_salvage},
    {WFS_TYPE_WAV, wfs_wav_salvage},   {WFS_TYPE_FLAC, wfs_flac_salvage},
    {WFS_TYPE_MP3, wfs_mp3_salvage},   {WFS_TYPE_AAC, wfs_aac_salvage},
    {WFS_TYPE_AIFF, keep_all},         {WFS_TYPE_CAF, keep_all},
};

void wfs_salvage_release(wfs_salvage *salvage)
{
    free(salvage->appendix);
    salvage->appendix = NULL;
    salvage->appendix_length = 0;
}

uint64_t wfs_salvage_get_size(const wfs_salvage *salvage)
{
    return salvage->kept_bytes + salvage->appendix_length;
}

bool wfs_salvage_is_worthwhile(const wfs_salvage *salvage)
{
    return salvage->kept_bytes > 0 && salvage->has_duration &&
           salvage->duration_seconds >= WORTHWHILE_SECONDS;
}

void wfs_salvage_patch_bytes(wfs_window *window, wfs_salvage *plan,
                             uint64_t offset, const void *bytes, size_t length)
{
    const uint8_t *now = wfs_window_get(window, offset, length);
    wfs_salvage_patch *patch;

    if (now == NULL || memcmp(now, bytes, length) == 0 ||
        length > WFS_SALVAGE_PATCH_BYTES ||
        plan->patch_count == WFS_SALVAGE_PATCHES_MAX) {
        return;
    }
    patch = &plan->patches[plan->patch_count++];
    patch->offset = offset;
    patch->length = length;
    memcpy(patch->bytes, bytes, length);
}

void wfs_salvage_patch_big_endian(wfs_window *window, wfs_salvage *plan,
                                  uint64_t offset, uint64_t value,
                                  size_t length)
{
    uint8_t bytes[8];

    ebml_put_fixed(bytes, value, length);
    wfs_salvage_patch_bytes(window, plan, offset, bytes, length);
}

void wfs_salvage_patch_little_endian(wfs_window *window, wfs_salvage *plan,
                                     uint64_t offset, uint64_t value,
                                     size_t length)
{
    uint8_t bytes[8];

    for (size_t i = 0; i < length; i++) {
        bytes[i] = (uint8_t)(value >> (8 * i));
    }
    wfs_salvage_patch_bytes(window, plan, offset, bytes, length);
}

void wfs_salvage_append_zero(wfs_window *window, wfs_salvage *plan)
{
    plan->appendix = calloc(1, 1);
    plan->appendix_length = plan->appendix != NULL;
    if (plan->appendix == NULL) {
        window->status = WFS_ENOMEM;
    }
}

/* What the file will say of itself. */
static wfs_status read_facts(const wfs_reader *reader, wfs_salvage *plan)
{
    wfs_salvage_view view = {reader, plan};
    wfs_reader result = wfs_salvage_view_reader(&view);
    wfs_container_facts facts;
    wfs_status status = wfs_container_read(&result, &facts);

    if (status == WFS_OK && facts.has_duration) {
        plan->has_duration = true;
        plan->duration_seconds = facts.duration_seconds;
    }
    return status;
}

static void plan_by_type(wfs_window *window, wfs_salvage *plan)
{
    plan->type = wfs_window_detect(window);
    plan->obstacle = "it is no audio of a kind that can be cut";
    for (size_t i = 0; i < sizeof planners / sizeof planners[0]; i++) {
        if (planners[i].type == plan->type) {
            plan->obstacle = "it has no audio that is whole";
            planners[i].plan(window, plan);
        }
    }
    if (plan->kept_bytes > 0) {
        plan->obstacle = NULL;
    }
}

wfs_status wfs_salvage_plan(const wfs_reader *reader, wfs_salvage *ret_salvage,
                            wfs_error *error)
{
    wfs_salvage plan = WFS_SALVAGE_INIT;
    wfs_window window;
    wfs_status status;

    wfs_window_init(&window, reader);
    wfs_window_allow_walk(&window);
    plan_by_type(&window, &plan);
    status = window.status;
    if (status == WFS_OK && plan.kept_bytes > 0) {
        status = read_facts(reader, &plan);
    }
    if (status != WFS_OK) {
        wfs_salvage_release(&plan);
        return wfs_error_set(error, status, 0, "read",
                             status == WFS_ENOMEM ? "the store is out of memory"
                                                  : "the disk failed");
    }
    *ret_salvage = plan;
    return WFS_OK;
}
