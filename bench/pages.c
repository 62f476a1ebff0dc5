/*
 * pages.c - a page costs the same wherever it lies, also of what is searched.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "cost.h"
#include "list.h"

#define ROWS 5 /* of a page: the small store has two of them */
#define DEEP_PAGES 200
#define TIMES 300
#define CURSOR_BYTES 2048
#define SEARCHES 30

static const char *const sorts[] = {"timestamp", "name", "duration", "size"};

/* Microseconds; `ret_next`: the next page's cursor, "" after the last one. */
static double read_page(wfs_store *store, const wfs_list_query *query,
                        char *ret_next)
{
    wfs_recording_page page = WFS_RECORDING_PAGE_INIT;
    wfs_error error = WFS_ERROR_INIT;
    double begun = bench_get_seconds();
    double seconds;

    bench_expect(wfs_recording_list(store, query, &page, &error), &error,
                 "list");
    seconds = bench_get_seconds() - begun;
    if (ret_next != NULL) {
        (void)snprintf(ret_next, CURSOR_BYTES, "%s",
                       page.next != NULL ? page.next : "");
    }
    wfs_recording_page_release(&page);
    return seconds * 1e6;
}

/* The cursor of the page behind `pages` long ones, or behind one short one. */
static void go_deep(wfs_store *store, wfs_list_query query, unsigned pages,
                    char *ret_cursor)
{
    query.limit = pages > 0 ? WFS_LIST_LIMIT_MAX : ROWS;
    do {
        char next[CURSOR_BYTES];

        (void)read_page(store, &query, next);
        if (next[0] == '\0') {
            break;
        }
        memcpy(ret_cursor, next, sizeof next);
        query.cursor = ret_cursor;
    } while (pages-- > 1);
}

typedef struct series {
    double first[TIMES];
    double deep[TIMES];
    char cursor[CURSOR_BYTES];
} series;

static void read_both(wfs_store *store, wfs_list_query query, unsigned slot,
                      series *to)
{
    query.cursor = NULL;
    to->first[slot] = read_page(store, &query, NULL);
    query.cursor = to->cursor;
    to->deep[slot] = read_page(store, &query, NULL);
}

static void tell(const char *name, const char *which, double *large,
                 double *small)
{
    double of_large = bench_get_median(large, TIMES);
    double of_small = bench_get_median(small, TIMES);
    char title[64];

    (void)snprintf(title, sizeof title, "%s page by %s", which, name);
    bench_tell(title, of_large / of_small, "x", BENCH_TIMES_AT_MOST,
               "%.1f / %.1f us; least %.1f / %.1f us", of_large, of_small,
               large[0], small[0]);
}

static void measure_order(const bench_pair *pair, wfs_list_query query)
{
    static series small;
    static series large;
    char name[32];

    go_deep(pair->large, query, DEEP_PAGES, large.cursor);
    go_deep(pair->small, query, 0, small.cursor);
    for (unsigned i = 0; i < TIMES; i++) {
        read_both(pair->small, query, i, &small);
        read_both(pair->large, query, i, &large);
    }
    (void)snprintf(name, sizeof name, "%s%s", sorts[query.sort],
                   query.descending ? ", descending" : "");
    tell(name, "first", large.first, small.first);
    tell(name, "deep", large.deep, small.deep);
}

/* How many pages a search through the whole store takes that finds nothing. */
static unsigned count_pages(wfs_store *store, wfs_list_query query)
{
    static char cursor[CURSOR_BYTES];
    char next[CURSOR_BYTES];
    unsigned pages = 0;

    do {
        (void)read_page(store, &query, next);
        memcpy(cursor, next, sizeof next);
        query.cursor = cursor;
        pages++;
    } while (next[0] != '\0');
    return pages;
}

static double count_recordings(wfs_store *store)
{
    wfs_recording_page page = WFS_RECORDING_PAGE_INIT;
    wfs_list_query query = WFS_LIST_QUERY_INIT;
    wfs_error error = WFS_ERROR_INIT;
    double total;

    query.limit = 1;
    bench_expect(wfs_recording_list(store, &query, &page, &error), &error,
                 "list");
    total = (double)page.total;
    wfs_recording_page_release(&page);
    return total;
}

/* Nothing is found, so that each page looks at as many as it may. */
static void measure_search(const bench_pair *pair)
{
    wfs_list_query query = WFS_LIST_QUERY_INIT;
    char cursor[CURSOR_BYTES] = "";
    double first[SEARCHES];
    double second[SEARCHES];

    query.limit = ROWS;
    query.q = "nobody has this name";
    for (unsigned i = 0; i < SEARCHES; i++) {
        query.cursor = NULL;
        first[i] = read_page(pair->large, &query, cursor);
        query.cursor = cursor;
        second[i] = read_page(pair->large, &query, NULL);
    }
    query.cursor = NULL;
    bench_tell("search: rows looked at for a page",
               count_recordings(pair->large) / count_pages(pair->large, query),
               "rows", (double)WFS_LIST_LOOKS_MAX,
               "nothing found; %.2f ms, the next page %.2f ms",
               bench_get_median(first, SEARCHES) / 1e3,
               bench_get_median(second, SEARCHES) / 1e3);
}

void bench_measure_pages(const bench_pair *pair)
{
    for (int sort = WFS_SORT_TIMESTAMP; sort <= WFS_SORT_SIZE; sort++) {
        wfs_list_query query = WFS_LIST_QUERY_INIT;

        query.limit = ROWS;
        query.sort = (wfs_sort)sort;
        query.descending = false;
        measure_order(pair, query);
        query.descending = true;
        measure_order(pair, query);
    }
    measure_search(pair);
}
