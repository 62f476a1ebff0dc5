/*
 * order.h - the order of writes, syncs, names and transactions, asserted.
 */
#ifndef WFS_TEST_ORDER_H
#define WFS_TEST_ORDER_H

#include "support/calls.h"

/* From now on calls are kept, and the transactions of `store` with them. */
void test_order_start(wfs_store *store);

/* Fail the test unless these were the calls since then (calls_get_log). */
void test_order_expect(const char *expected);

/* The same of the first of them; `expected` may end within a name. */
void test_order_expect_first(const char *expected);

/* Fail the test unless these were among them, with no other in between. */
void test_order_expect_part(const char *expected);

#endif
