/*
 * gate.c - a gate in front of the catalogue, at which receipts wait.
 */
#include "gate.h"

struct test_gate test_gate = {.mutex = PTHREAD_MUTEX_INITIALIZER,
                              .changed = PTHREAD_COND_INITIALIZER};

/* With the mutex held. */
static void wait_at_gate(void)
{
    test_gate.is_waiting = true;
    pthread_cond_broadcast(&test_gate.changed);
    while (!test_gate.is_open) {
        pthread_cond_wait(&test_gate.changed, &test_gate.mutex);
    }
}

static size_t count_group(void *data)
{
    size_t count = test_gate.gather(data);

    pthread_mutex_lock(&test_gate.mutex);
    test_gate.groups++;
    test_gate.largest = count > test_gate.largest ? count : test_gate.largest;
    if (test_gate.is_inside) {
        wait_at_gate();
    }
    pthread_mutex_unlock(&test_gate.mutex);
    return count;
}

static wfs_status put_receipts(wfs_catalogue *catalogue,
                               wfs_receipts_gather gather, void *data,
                               const wfs_receipt_spec *specs,
                               wfs_receipt_result *ret_results,
                               wfs_error *error)
{
    wfs_status outcome;

    pthread_mutex_lock(&test_gate.mutex);
    test_gate.gather = gather;
    if (!test_gate.is_inside) {
        wait_at_gate();
    }
    outcome = test_gate.outcome;
    pthread_mutex_unlock(&test_gate.mutex);
    if (test_gate.commits_all_the_same) {
        test_gate.api->put_receipts(catalogue, count_group, data, specs,
                                    ret_results, error);
    }
    if (outcome != WFS_OK) {
        error->status = outcome;
        return outcome;
    }
    return test_gate.api->put_receipts(catalogue, count_group, data, specs,
                                       ret_results, error);
}

void test_gate_close(wfs_store *store, wfs_status outcome)
{
    test_gate.api = store->catalogue->api;
    test_gate.gated = *test_gate.api;
    test_gate.gated.put_receipts = put_receipts;
    test_gate.is_open = false;
    test_gate.is_waiting = false;
    test_gate.is_inside = false;
    test_gate.groups = 0;
    test_gate.largest = 0;
    test_gate.outcome = outcome;
    test_gate.commits_all_the_same = false;
    store->catalogue->api = &test_gate.gated;
}

void test_gate_await_group(void)
{
    pthread_mutex_lock(&test_gate.mutex);
    while (!test_gate.is_waiting) {
        pthread_cond_wait(&test_gate.changed, &test_gate.mutex);
    }
    pthread_mutex_unlock(&test_gate.mutex);
}

void test_gate_open(void)
{
    pthread_mutex_lock(&test_gate.mutex);
    test_gate.is_open = true;
    pthread_cond_broadcast(&test_gate.changed);
    pthread_mutex_unlock(&test_gate.mutex);
}
