/* container.c - read the facts of a container with the reader of its type. */
#include "container.h"

#include <math.h>
#include <string.h>

#include "container_parts.h"

typedef struct container_part {
    wfs_type type;
    void (*read)(wfs_window *window, wfs_container_facts *facts);
} container_part;

static const container_part parts[] = {
    {WFS_TYPE_WEBM, wfs_webm_read}, {WFS_TYPE_MATROSKA, wfs_webm_read},
    {WFS_TYPE_OGG, wfs_ogg_read},   {WFS_TYPE_MP4, wfs_mp4_read},
    {WFS_TYPE_WAV, wfs_wav_read},   {WFS_TYPE_FLAC, wfs_flac_read},
    {WFS_TYPE_MP3, wfs_mp3_read},   {WFS_TYPE_AAC, wfs_aac_read},
};

wfs_status wfs_container_read(const wfs_reader *reader,
                              wfs_container_facts *ret_facts)
{
    wfs_container_facts facts;
    wfs_window window;

    memset(&facts, 0, sizeof facts);
    wfs_window_init(&window, reader);
    facts.type = wfs_window_detect(&window);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].type == facts.type) {
            parts[i].read(&window, &facts);
        }
    }
    if (!isfinite(facts.duration_seconds)) {
        facts.has_duration = false;
        facts.duration_seconds = 0.0;
    }
    if (window.status == WFS_OK) {
        *ret_facts = facts;
    }
    return window.status;
}
