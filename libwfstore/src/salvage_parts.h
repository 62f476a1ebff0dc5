/*
 * salvage_parts.h - one planner per container, called by salvage.c, and what
 * they share.
 *
 * A planner sets `kept_bytes`, or leaves 0 and names the obstacle, and adds
 * patches and appendix. It may set the duration; else the container's reader
 * is asked, of the file as it will be.
 */
#ifndef WFS_SALVAGE_PARTS_H
#define WFS_SALVAGE_PARTS_H

#include "reader.h"
#include "salvage.h"

typedef void (*wfs_salvage_planner)(wfs_window *window, wfs_salvage *plan);

void wfs_webm_salvage(wfs_window *window, wfs_salvage *plan);
void wfs_ogg_salvage(wfs_window *window, wfs_salvage *plan);
void wfs_wav_salvage(wfs_window *window, wfs_salvage *plan);
void wfs_mp4_salvage(wfs_window *window, wfs_salvage *plan);
void wfs_flac_salvage(wfs_window *window, wfs_salvage *plan);
void wfs_mp3_salvage(wfs_window *window, wfs_salvage *plan);
void wfs_aac_salvage(wfs_window *window, wfs_salvage *plan);

/* The bytes at `offset` are to be these; does nothing if they are already. */
void wfs_salvage_patch_bytes(wfs_window *window, wfs_salvage *plan,
                             uint64_t offset, const void *bytes, size_t length);

/* The same for a number of `length` bytes. */
void wfs_salvage_patch_big_endian(wfs_window *window, wfs_salvage *plan,
                                  uint64_t offset, uint64_t value,
                                  size_t length);
void wfs_salvage_patch_little_endian(wfs_window *window, wfs_salvage *plan,
                                     uint64_t offset, uint64_t value,
                                     size_t length);

/* Append one byte of 0. */
void wfs_salvage_append_zero(wfs_window *window, wfs_salvage *plan);

/* The file as it will be: patched, cut, appended to. Borrows both. */
typedef struct wfs_salvage_view {
    const wfs_reader *reader;
    const wfs_salvage *plan;
} wfs_salvage_view;

wfs_reader wfs_salvage_view_reader(wfs_salvage_view *view);

#endif
