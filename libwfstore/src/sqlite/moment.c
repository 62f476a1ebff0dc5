/*
 * moment.c - whether anything has been committed, without a system call.
 *
 * The index of SQLite's journal lies in memory that all processes with the
 * database open have mapped. It begins with a header, which each commit writes
 * anew before it returns, twice: the second copy first, so that who finds both
 * the same has read a whole one. It has a counter of commits, the length of the
 * journal, and salts and checksums of what is in it. SQLite's own readers take
 * their pages for up to date as long as it is the same, byte for byte, and so
 * do we. Its layout is part of the file format
 * (sqlite.org/walformat.html, 2.1).
 *
 * The mapping stays where it is while a connection of the process is open,
 * which the writer's always is. It belongs to SQLite and is nothing new to a
 * file that somebody cuts off (docs/decisions/0011).
 */
#include <stdatomic.h>
#include <string.h>

#include "parts.h"
#include "sqlite.h"

#define INDEX_BYTES 32768
#define INDEX_FORMAT 3007000
#define FORMAT_WORD 0
#define STATE_WORD 3 /* its first byte tells whether the index is in use */

/* What is unusual, such as files of another kind, leaves it NULL. */
void wfs_sqlite_watch_moments(wfs_sqlite *sqlite)
{
    sqlite3_file *file = NULL;
    volatile void *index = NULL;

    (void)sqlite3_file_control(sqlite->writer.connection.db, "main",
                               SQLITE_FCNTL_FILE_POINTER, &file);
    if (file != NULL && file->pMethods != NULL &&
        file->pMethods->iVersion >= 2 &&
        file->pMethods->xShmMap(file, 0, INDEX_BYTES, 0, &index) == SQLITE_OK) {
        sqlite->index = index;
    }
}

static void read_words(const volatile uint32_t *index, wfs_moment *ret_moment)
{
    for (size_t i = 0; i < WFS_MOMENT_WORDS; i++) {
        ret_moment->words[i] = index[i];
    }
}

static bool is_in_use(const wfs_moment *header)
{
    uint8_t state;

    memcpy(&state, &header->words[STATE_WORD], sizeof state);
    return header->words[FORMAT_WORD] == INDEX_FORMAT && state != 0;
}

bool wfs_sqlite_get_moment(const wfs_catalogue *catalogue,
                           wfs_moment *ret_moment)
{
    const wfs_sqlite *sqlite = (const wfs_sqlite *)catalogue;
    wfs_moment first;
    wfs_moment second;

    if (sqlite->index == NULL) {
        return false;
    }
    read_words(sqlite->index, &first);
    atomic_thread_fence(memory_order_seq_cst);
    read_words(sqlite->index + WFS_MOMENT_WORDS, &second);
    if (!is_in_use(&first) || !wfs_moment_is_same(&first, &second)) {
        return false;
    }
    *ret_moment = first;
    return true;
}
