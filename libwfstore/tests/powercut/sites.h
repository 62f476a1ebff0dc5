/*
 * sites.h - is each sync needed? Those of one place after the other are
 * switched off; then a state has to fail.
 */
#ifndef POWERCUT_SITES_H
#define POWERCUT_SITES_H

#include "exceptions.h"
#include "jobs.h"
#include "record.h"

/*
 * Returns whether every place is needed or stands in `known`, no place in
 * `known` is needed, and all of them exist. Tells of each place.
 *
 * `like`  seed, subsets and budget (per place and life) of the explorations
 */
bool sites_check(const recording *lives, size_t count, const exploration *like,
                 exceptions *known, size_t workers, const char *base);

#endif
