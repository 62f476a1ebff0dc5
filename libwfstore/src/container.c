/* container.c - read the facts of a container with the reader of its type. */
#include "container.h"

#include <string.h>

#include "container_parts.h"

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
    switch (facts.type) {
    case WFS_TYPE_WEBM:
    case WFS_TYPE_MATROSKA:
        wfs_webm_read(&window, &facts);
        break;
    case WFS_TYPE_WAV:
        wfs_wav_read(&window, &facts);
        break;
    case WFS_TYPE_MP4:
        wfs_mp4_read(&window, &facts);
        break;
    default:
        break;
    }
    if (window.status == WFS_OK) {
        *ret_facts = facts;
    }
    return window.status;
}
