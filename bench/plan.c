/*
 * plan.c - what is received in one run, by the library or by the sink.
 */
#include "plan.h"

uint64_t bench_count_bytes(const bench_plan *plan)
{
    return plan->uploads * plan->chunks * plan->chunk_bytes;
}

uint64_t bench_get_index(const bench_plan *plan, uint64_t turn)
{
    return plan->is_late ? (turn + 1) % plan->chunks : turn;
}

bool bench_is_loose(const bench_plan *plan)
{
    return plan->is_late && !plan->has_chunk_size;
}
