/*
 * fault.c - what SQLite's result codes mean to a caller of the store.
 */
#include <errno.h>

#include "../error.h"
#include "sql.h"

static wfs_status map_os_error(int os_error, wfs_status otherwise)
{
    switch (os_error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return WFS_ENOSPC;
    case EACCES:
    case EPERM:
    case EROFS:
        return WFS_EREADONLY;
    case ENOENT:
        return otherwise;
    default:
        return WFS_EIO;
    }
}

/* SQLite often tells the connection nothing; the files know more. */
static int get_os_error(sqlite3 *db)
{
    int os_error = sqlite3_system_errno(db);
    sqlite3_file *journal = NULL;

    if (os_error == 0) {
        (void)sqlite3_file_control(db, "main", SQLITE_FCNTL_LAST_ERRNO,
                                   &os_error);
    }
    if (os_error == 0 &&
        sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER,
                             &journal) == SQLITE_OK &&
        journal != NULL && journal->pMethods != NULL) {
        (void)journal->pMethods->xFileControl(journal, SQLITE_FCNTL_LAST_ERRNO,
                                              &os_error);
    }
    return os_error;
}

static wfs_status map_code(sqlite3 *db, int code)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
        return WFS_ENOSPC;
    case SQLITE_NOMEM:
        return WFS_ENOMEM;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
        return WFS_ELOCKED;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return WFS_EREADONLY;
    case SQLITE_CANTOPEN: /* a file beside it: wfs_sql_open sees to its own */
        return map_os_error(sqlite3_system_errno(db), WFS_EIO);
    case SQLITE_IOERR:
        if (code == SQLITE_IOERR_NOMEM) {
            return WFS_ENOMEM;
        }
        return map_os_error(get_os_error(db), WFS_EIO);
    case SQLITE_CORRUPT: /* also a schema that could not be read */
        return get_os_error(db) == 0 ? WFS_ECORRUPT
                                     : map_os_error(get_os_error(db), WFS_EIO);
    default: /* NOTADB, NOTADB; a schema or content that is not ours */
        return WFS_ECORRUPT;
    }
}

static const char *get_sentence(wfs_status status)
{
    switch (status) {
    case WFS_ENOSPC:
        return "the store's disk is full";
    case WFS_ENOMEM:
        return "the store is out of memory";
    case WFS_ELOCKED:
        return "the catalogue is busy";
    case WFS_EREADONLY:
        return "the catalogue cannot be written";
    case WFS_ECORRUPT:
        return "the catalogue is damaged";
    default:
        return "the catalogue cannot be read or written";
    }
}

wfs_status wfs_sql_fail(wfs_sql_connection *connection, int code,
                        const char *step, wfs_error *error)
{
    wfs_status status = map_code(connection->db, code);

    return wfs_error_set(error, status, code, step, "%s", get_sentence(status));
}
