/*
 * boot.c - which boot of the machine a receipt was written under.
 */
#include "boot.h"

#include <fcntl.h>
#include <string.h>

#include "../file.h"

#define BOOT_ID_PATH "/proc/sys/kernel/random/boot_id"
#define BOOT_ID_BYTES 36 /* a UUID as text */

static const char SQL_FIND[] = "SELECT n FROM boot WHERE boot_id = ?";
static const char SQL_INSERT[] = "INSERT INTO boot(boot_id) VALUES(?)";

static bool read_boot_id(char boot_id[BOOT_ID_BYTES + 1])
{
    size_t length = 0;
    int fd;

    if (wfs_file_open(AT_FDCWD, BOOT_ID_PATH, WFS_FILE_READ, &fd, NULL) !=
        WFS_OK) {
        return false;
    }
    (void)wfs_file_read(fd, 0, boot_id, BOOT_ID_BYTES, &length, NULL);
    wfs_file_close(fd);
    boot_id[length] = '\0';
    return length == BOOT_ID_BYTES;
}

static wfs_status find(wfs_sql_connection *connection, const char *boot_id,
                       int64_t *ret_boot, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_FIND);
    bool has_row;
    wfs_status status;

    wfs_sql_bind_text(&s, boot_id);
    status = wfs_sql_step(&s, &has_row, error);
    if (has_row) {
        *ret_boot = wfs_sql_read_int(&s);
    }
    wfs_sql_finish(&s);
    return status;
}

wfs_status wfs_boot_register(wfs_sql_connection *connection, int64_t *ret_boot,
                             wfs_error *error)
{
    char boot_id[BOOT_ID_BYTES + 1];
    wfs_sql s;
    wfs_status status;

    *ret_boot = 0;
    if (!read_boot_id(boot_id)) {
        return WFS_OK;
    }
    status = find(connection, boot_id, ret_boot, error);
    if (status != WFS_OK || *ret_boot != 0) {
        return status;
    }
    s = wfs_sql_prepare(connection, SQL_INSERT);
    wfs_sql_bind_text(&s, boot_id);
    status = wfs_sql_run(&s, error);
    *ret_boot = sqlite3_last_insert_rowid(connection->db);
    return status;
}
