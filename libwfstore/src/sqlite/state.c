/*
 * state.c - the store's one row about itself: clocks, and whether it is whole.
 */
#include "../clock.h"
#include "../error.h"
#include "parts.h"
#include "rows.h"
#include "sqlite.h"

/* A clock that goes on as it should is written this seldom. */
#define SEEN_MS 60000

static const char SQL_READ[] =
    "SELECT seen_boot, seen_boottime, seen_realtime, doubt_ms, check_due,"
    " broken, coalesce((SELECT created FROM upload WHERE visible OR chunks > 0"
    " ORDER BY row LIMIT 1), 0) FROM state";
static const char SQL_WRITE_CLOCK[] =
    "UPDATE state SET seen_boot = ?, seen_boottime = ?, seen_realtime = ?,"
    " doubt_ms = ?";

static wfs_status read_state(wfs_sql_connection *connection,
                             wfs_clock_state *ret_clock,
                             wfs_catalogue_state *ret_state, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_READ);
    bool has_row;
    wfs_status status = wfs_sql_step(&s, &has_row, error);

    if (has_row) {
        ret_clock->boot = wfs_sql_read_int(&s);
        ret_clock->boottime_ms = wfs_sql_read_int(&s);
        ret_clock->realtime_ms = wfs_sql_read_int(&s);
        ret_clock->doubt_ms = wfs_sql_read_int(&s);
        ret_state->doubt_ms = ret_clock->doubt_ms;
        ret_state->is_check_due = wfs_sql_read_int(&s) != 0;
        ret_state->is_broken = wfs_sql_read_int(&s) != 0;
        ret_state->oldest_ms = wfs_sql_read_int(&s);
        status = wfs_sql_check(&s, error);
    } else if (status == WFS_OK) {
        status = wfs_sql_fail(connection, SQLITE_CORRUPT, "state", error);
    }
    wfs_sql_finish(&s);
    return status;
}

static wfs_status get_both(wfs_sqlite *sqlite, wfs_clock_state *ret_clock,
                           wfs_catalogue_state *ret_state, wfs_error *error)
{
    wfs_sql_connection *connection;
    wfs_status status = wfs_sqlite_begin_read(sqlite, &connection, error);

    if (status == WFS_OK) {
        status = read_state(connection, ret_clock, ret_state, error);
        wfs_sqlite_end_read(sqlite, connection);
    }
    return status;
}

wfs_status wfs_sqlite_get_state(wfs_catalogue *catalogue,
                                wfs_catalogue_state *ret_state,
                                wfs_error *error)
{
    wfs_clock_state clock = {0};
    wfs_catalogue_state state = {0};
    wfs_status status =
        get_both(wfs_sqlite_of(catalogue), &clock, &state, error);

    if (status == WFS_OK) {
        *ret_state = state;
    }
    return status;
}

static wfs_status write_clock(wfs_sqlite *sqlite, const wfs_clock_state *clock,
                              wfs_error *error)
{
    wfs_sql_connection *connection;
    wfs_sql s;
    wfs_status status =
        wfs_sqlite_begin_write(sqlite, WFS_SQLITE_LAZY, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    s = wfs_sql_prepare(connection, SQL_WRITE_CLOCK);
    wfs_sql_bind_int(&s, clock->boot);
    wfs_sql_bind_int(&s, clock->boottime_ms);
    wfs_sql_bind_int(&s, clock->realtime_ms);
    wfs_sql_bind_int(&s, clock->doubt_ms);
    status = wfs_sql_run(&s, error);
    return wfs_sqlite_end_write(sqlite, status, error);
}

/* A doubt that begins is written at once. */
static bool is_worth_writing(const wfs_clock_state *before,
                             const wfs_clock_state *now)
{
    int64_t since = now->realtime_ms - before->realtime_ms;

    return now->boot != before->boot || since < 0 || since >= SEEN_MS ||
           now->doubt_ms > before->doubt_ms;
}

wfs_status wfs_sqlite_watch_clock(wfs_catalogue *catalogue,
                                  bool *ret_is_believed, wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_clock_state before = {0};
    wfs_clock_state now = {.boot = sqlite->boot};
    wfs_catalogue_state state = {0};
    wfs_status status = get_both(sqlite, &before, &state, error);

    if (status != WFS_OK) {
        return status;
    }
    wfs_clock_read(&now.realtime_ms, &now.boottime_ms);
    wfs_clock_judge(&before, &now);
    if (is_worth_writing(&before, &now)) {
        status = write_clock(sqlite, &now, error);
    }
    *ret_is_believed = status == WFS_OK && now.doubt_ms == 0;
    return status;
}
