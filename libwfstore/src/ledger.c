/*
 * ledger.c - how much space an upload keeps for itself.
 */
#include "ledger.h"

static uint64_t get_smaller(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static uint64_t round_up(uint64_t bytes)
{
    return (bytes + WFS_LEDGER_STEP_BYTES - 1) / WFS_LEDGER_STEP_BYTES *
           WFS_LEDGER_STEP_BYTES;
}

uint64_t wfs_ledger_get_whole(uint64_t size_bytes, uint64_t total_chunks,
                              uint64_t chunk_size)
{
    if (size_bytes != WFS_UNKNOWN) {
        return size_bytes;
    }
    if (total_chunks == WFS_UNKNOWN || chunk_size == WFS_UNKNOWN ||
        (total_chunks != 0 &&
         chunk_size > (uint64_t)INT64_MAX / total_chunks)) {
        return WFS_UNKNOWN;
    }
    return total_chunks * chunk_size;
}

uint64_t wfs_ledger_choose(uint64_t reserved, uint64_t needed, uint64_t whole,
                           uint64_t room)
{
    uint64_t wanted = reserved;

    if (needed > room && needed > reserved) {
        return WFS_UNKNOWN;
    }
    if (whole != WFS_UNKNOWN && whole > reserved) {
        wanted = whole;
    }
    if (wanted < needed) {
        wanted = round_up(needed);
    }
    wanted = get_smaller(wanted, room);
    return wanted > reserved ? wanted : reserved;
}

uint64_t wfs_ledger_get_room(const wfs_totals *totals, uint64_t reserved,
                             uint64_t quota_bytes)
{
    uint64_t spent = totals->recording_bytes + totals->reserved_bytes;
    uint64_t others = spent > reserved ? spent - reserved : 0;
    uint64_t most = quota_bytes != 0 ? quota_bytes : WFS_LEDGER_MAX_BYTES;

    most = get_smaller(most, WFS_LEDGER_MAX_BYTES);
    return most > others ? most - others : 0;
}
