/*
 * cut.h - what a disk may hold after the power went: the model.
 *
 * The power goes after the first `end` deeds. What a sync that came after it
 * covers is there; a sync covers the bytes and the length of its file, or the
 * names in its folder. Anything else is `pending`, and each pending deed by
 * itself may be there or not:
 *
 *     bytes         there; absent; absent but the file as long as with them;
 *                   some sectors of 512 bytes there and others not
 *     a length      there or absent; a time of change as well
 *     a name        there or absent: a file can be synced before its name is
 *     a rename      as a whole, as journals do it. The new folder's sync covers
 *                   it; until the old folder's, the old name may be there, too
 *     a mapping     anything
 *
 * A state is told by `end`, a family and a number in it: "812:subset:17".
 */
#ifndef POWERCUT_CUT_H
#define POWERCUT_CUT_H

#include "history.h"

#define CUT_SECTOR_BYTES 512

typedef enum cut_choice {
    CUT_THERE = 0,
    CUT_ABSENT,
    CUT_LENGTH, /* only the length is there */
    CUT_FRONT,  /* the first half of the sectors */
    CUT_BACK,   /* the other half */
    CUT_MIXED   /* some sectors, by the state's seed */
} cut_choice;

typedef enum cut_family {
    CUT_PREFIX = 0, /* all is there */
    CUT_BARE,       /* nothing is that need not be */
    CUT_NAMES,      /* names and renames are, bytes and lengths are not */
    CUT_BYTES,      /* the other way round */
    CUT_DROP,       /* all but one */
    CUT_KEEP,       /* one alone */
    CUT_TEAR,       /* all; one of them torn: front, back, length alone */
    CUT_WITHOUT,    /* one is not, and all writes are torn */
    CUT_RAGGED,     /* all writes torn, with the names and without */
    CUT_SUBSET,     /* by chance */
    CUT_FAMILIES
} cut_family;

/* One history under one assumption about its syncs. */
typedef struct timeline {
    const history *history;
    size_t *durable_at; /* the sync that covers a deed, or SIZE_MAX */
    size_t *removed_at; /* of a rename: the one of the old folder */
} timeline;

/* `off`: a site whose syncs do nothing, or NO_SITE. */
void timeline_open(timeline *self, const history *from, size_t off);
void timeline_close(timeline *self);

typedef struct cut {
    const timeline *timeline;
    size_t end;
    cut_family family;
    size_t number;
    uint64_t seed;
    size_t *pending;
    size_t pending_count;
    uint8_t *choices; /* a cut_choice for each deed; durable ones: there */
} cut;

void cut_open(cut *self, const timeline *from);
void cut_close(cut *self);

/* What is pending when the power goes after `end` deeds. */
void cut_set_end(cut *self, size_t end);

#define CUT_TEARS 3
#define CUT_RAGS 5

/* How many states a family has at this end. */
size_t cut_count(const cut *self, cut_family family, size_t subsets);

/* Decide on state `number` of a family. */
void cut_decide(cut *self, cut_family family, size_t number, uint64_t seed);

/* Whether sector `sector` of the write `index` is there. */
bool cut_has_sector(const cut *self, size_t index, uint64_t sector);

/* "812:subset:17"; and back: false if it is none. */
void cut_write_name(const cut *self, char *text, size_t length);
bool cut_read_name(const char *text, size_t *ret_end, cut_family *ret_family,
                   size_t *ret_number);

/* A number that looks like chance, the same each time. */
uint64_t cut_mix(uint64_t a, uint64_t b);

#endif
