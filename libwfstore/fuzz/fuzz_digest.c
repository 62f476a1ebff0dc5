/*
 * fuzz_digest.c - two digests at once are what each is by itself, wherever its
 * block began, in whatever pieces, through whatever saved states.
 *
 * The first two bytes are how much each has seen before, the third tells how
 * long a piece is; what follows is digested.
 */
#include <string.h>

#include "digest.h"
#include "fuzz.h"

#define HEAD_BYTES 3

static wfs_hasher *open_behind(size_t length)
{
    static const uint8_t before[256];
    wfs_hasher *hasher = wfs_hasher_open(WFS_DIGEST_SHA256);

    REQUIRE(hasher != NULL);
    wfs_hasher_update(hasher, before, length);
    return hasher;
}

static void go_on_from_state(wfs_hasher **hasher)
{
    wfs_digest_state saved = {{0}, 0};

    wfs_hasher_save(*hasher, &saved);
    wfs_hasher_close(*hasher);
    REQUIRE(wfs_hasher_restore(&saved, hasher) == WFS_OK);
}

static void require_same(wfs_hasher *a, wfs_hasher *b)
{
    wfs_digest a_digest;
    wfs_digest b_digest;

    REQUIRE(wfs_hasher_get_count(a) == wfs_hasher_get_count(b));
    wfs_hasher_finish(a, &a_digest);
    wfs_hasher_finish(b, &b_digest);
    REQUIRE(wfs_digest_is_equal(&a_digest, &b_digest));
    wfs_hasher_close(a);
    wfs_hasher_close(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    wfs_hasher *pair[2];
    wfs_hasher *single[2];
    size_t step;

    if (length < HEAD_BYTES) {
        return 0;
    }
    step = (size_t)bytes[2] * 5 + 1;
    for (size_t i = 0; i < 2; i++) {
        pair[i] = open_behind(bytes[i]);
        single[i] = open_behind(bytes[i]);
        wfs_hasher_update(single[i], bytes + HEAD_BYTES, length - HEAD_BYTES);
    }
    for (size_t at = HEAD_BYTES; at < length; at += step) {
        size_t piece = length - at < step ? length - at : step;

        wfs_hasher_update_both(&(wfs_hasher_piece){pair[0], bytes + at, piece},
                               &(wfs_hasher_piece){pair[1], bytes + at, piece});
        go_on_from_state(&pair[at % 2]);
    }
    require_same(pair[0], single[0]);
    require_same(pair[1], single[1]);
    return 0;
}
