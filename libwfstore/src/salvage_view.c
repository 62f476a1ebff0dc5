/* salvage_view.c - a file as a plan would leave it, without writing it. */
#include <string.h>

#include "salvage_parts.h"

/* Copy what of [from, from + count) lies in [offset, offset + length). */
static void lay_over(uint8_t *buffer, uint64_t offset, size_t length,
                     const uint8_t *bytes, uint64_t from, size_t count)
{
    uint64_t start = from > offset ? from : offset;
    uint64_t end =
        from + count < offset + length ? from + count : offset + length;

    if (start < end) {
        memcpy(buffer + (start - offset), bytes + (start - from),
               (size_t)(end - start));
    }
}

static wfs_status read_kept(const wfs_salvage_view *view, uint64_t offset,
                            void *buffer, size_t length, size_t *ret_length)
{
    uint64_t kept = view->plan->kept_bytes;
    uint64_t rest = offset < kept ? kept - offset : 0;

    *ret_length = 0;
    if (rest == 0) {
        return WFS_OK;
    }
    return view->reader->read(view->reader->data, offset, buffer,
                              length < rest ? length : (size_t)rest,
                              ret_length);
}

static wfs_status read_view(void *data, uint64_t offset, void *buffer,
                            size_t length, size_t *ret_length)
{
    const wfs_salvage_view *view = data;
    const wfs_salvage *plan = view->plan;
    uint64_t size = wfs_salvage_get_size(plan);
    uint64_t rest = offset < size ? size - offset : 0;
    size_t count = length < rest ? length : (size_t)rest;
    size_t read = 0;
    wfs_status status = read_kept(view, offset, buffer, count, &read);

    if (status != WFS_OK) {
        return status;
    }
    memset((uint8_t *)buffer + read, 0, count - read);
    for (size_t i = 0; i < plan->patch_count; i++) {
        lay_over(buffer, offset, count, plan->patches[i].bytes,
                 plan->patches[i].offset, plan->patches[i].length);
    }
    lay_over(buffer, offset, count, plan->appendix, plan->kept_bytes,
             plan->appendix_length);
    *ret_length = count;
    return WFS_OK;
}

wfs_reader wfs_salvage_view_reader(wfs_salvage_view *view)
{
    wfs_reader reader = {read_view, view, wfs_salvage_get_size(view->plan)};

    return reader;
}
