/*
 * site.h - the name of a place that syncs: what is synced, and the function
 * that wants it. "uploads/ name_loose", "catalog.sqlite3-wal complete".
 */
#ifndef POWERCUT_SITE_H
#define POWERCUT_SITE_H

#include "symbols.h"
#include "trace.h"

/* `name`: of the file at that time, NULL if it has none. New, free() it. */
char *site_make_name(const char *name, int is_folder, const symbols *program,
                     const trace_record *record, const uint64_t *frames);

#endif
