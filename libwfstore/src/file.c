/*
 * file.c - the file system's calls; errno stops here.
 */
#include "file.h"

#include <unistd.h>

void wfs_file_close(int fd)
{
    if (fd != -1) {
        close(fd);
    }
}
