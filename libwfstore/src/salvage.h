/*
 * salvage.h - what of an unfinished upload is whole, and how it is made a
 * recording that plays.
 *
 * A plan is made from the bytes alone and changes nothing: where to cut, a few
 * patches of what the header says (sizes, duration, where the index is), and
 * an appendix (the index). Applying it writes them; the caller then cuts and
 * syncs. Planning again after a plan was applied in part, or whole, leads to
 * the same file, so an interrupted salvage is simply repeated. But patches go
 * over accepted bytes: the upload must be closed to chunks for good before.
 *
 *     WebM, Matroska  cut behind the last whole block, the size of its Cluster
 *                     patched. Where the header has room (a Void in Info and
 *                     one behind SeekHead, as our recorder and ffmpeg leave
 *                     them) Segment size, Duration and SeekHead are filled in
 *                     and Cues appended, so that it seeks; where it has none,
 *                     sizes stay unknown, which every player takes.
 *     Ogg             cut behind the last page whose check sum is right.
 *     WAV, RF64, BW64 cut at a whole sample of all channels; sizes patched.
 *     MP4             in fragments: cut behind the last whole fragment. Else
 *                     its index comes last and nothing plays without it.
 *     FLAC, MP3, AAC  cut behind the last whole frame. FLAC's and MP3's header
 *                     are told how many there are.
 *     AIFF, CAF       kept as they are, which most players take.
 *
 * Memory: 256 KiB while planning a WebM, and Cues of at most
 * WFS_SALVAGE_CUES_MAX points; a take with more clusters five seconds apart
 * gets them at twice the distance. Time: one pass over the file at most.
 */
#ifndef WFS_SALVAGE_H
#define WFS_SALVAGE_H

#include "blobs.h"
#include "container.h"

#define WFS_SALVAGE_PATCHES_MAX 12
#define WFS_SALVAGE_PATCH_BYTES 128
#define WFS_SALVAGE_CUES_MAX 16384

typedef struct wfs_salvage_patch {
    uint64_t offset;
    size_t length;
    uint8_t bytes[WFS_SALVAGE_PATCH_BYTES];
} wfs_salvage_patch;

/*
 * `kept_bytes`  the file is cut here; 0: nothing of it plays
 * `obstacle`    then a sentence that tells why (static), else NULL
 * `patches`     to be written below kept_bytes
 * `appendix`    to be written at kept_bytes; new, or NULL
 * `has_duration`, `duration_seconds`  of what is kept
 */
typedef struct wfs_salvage {
    wfs_type type;
    uint64_t kept_bytes;
    const char *obstacle;
    bool has_duration;
    double duration_seconds;
    size_t patch_count;
    wfs_salvage_patch patches[WFS_SALVAGE_PATCHES_MAX];
    uint8_t *appendix;
    size_t appendix_length;
} wfs_salvage;

#define WFS_SALVAGE_INIT                                                       \
    {                                                                          \
        WFS_TYPE_UNKNOWN, 0, NULL, false, 0.0, 0, {{0, 0, {0}}}, NULL, 0       \
    }

/* Accepts the INIT value. */
void wfs_salvage_release(wfs_salvage *salvage);

/*
 * What of the reader's `size_bytes`, contiguous from the start, is whole.
 * Content that nothing plays is no failure: see kept_bytes.
 *
 * `ret_salvage`  released by wfs_salvage_release
 * Returns WFS_EIO if reading failed, WFS_ENOMEM.
 */
wfs_status wfs_salvage_plan(const wfs_reader *reader, wfs_salvage *ret_salvage,
                            wfs_error *error);

/* How long the file will be. */
uint64_t wfs_salvage_get_size(const wfs_salvage *salvage);

/* Whether at least one second of audio is whole. */
bool wfs_salvage_is_worthwhile(const wfs_salvage *salvage);

/*
 * Plan for the first `size` bytes of `part` and write patches and appendix,
 * which may end beyond `size`. The caller cuts at `*ret_size` and syncs; a
 * digest that had begun is worthless. `ret_duration_seconds` (may be NULL) is 0
 * if it is not known.
 *
 * Returns WFS_ETYPE with the obstacle as detail, WFS_ENOSPC, WFS_EIO,
 * WFS_ENOMEM.
 */
wfs_status wfs_salvage_part(wfs_blobs *blobs, wfs_blob *part, uint64_t size,
                            uint64_t *ret_size, double *ret_duration_seconds,
                            wfs_error *error);

#endif
