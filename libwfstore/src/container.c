/* container.c - read the facts of a container with the reader of its type. */
#include "container.h"

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

static wfs_type detect(wfs_window *window)
{
    uint64_t size = window->reader->size_bytes;
    size_t length =
        size < WFS_TYPE_DETECT_BYTES ? (size_t)size : WFS_TYPE_DETECT_BYTES;
    const uint8_t *bytes = wfs_window_get(window, 0, length);

    return bytes != NULL ? wfs_type_detect(bytes, length) : WFS_TYPE_UNKNOWN;
}

wfs_status wfs_container_read(const wfs_reader *reader,
                              wfs_container_facts *ret_facts)
{
    wfs_container_facts facts;
    wfs_window window;

    memset(&facts, 0, sizeof facts);
    wfs_window_init(&window, reader);
    facts.type = detect(&window);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].type == facts.type) {
            parts[i].read(&window, &facts);
        }
    }
    if (window.status == WFS_OK) {
        *ret_facts = facts;
    }
    return window.status;
}
