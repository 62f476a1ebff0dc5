/* memory.c - a file in memory. */
#include "memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static wfs_status read_memory(void *data, uint64_t offset, void *buffer,
                              size_t length, size_t *ret_length)
{
    memory_file *file = data;
    size_t rest = offset < file->length ? file->length - (size_t)offset : 0;

    file->reads++;
    if (file->is_broken) {
        return WFS_EIO;
    }
    *ret_length = length < rest ? length : rest;
    if (*ret_length > 0) {
        memcpy(buffer, file->bytes + offset, *ret_length);
    }
    return WFS_OK;
}

wfs_reader memory_file_reader(memory_file *file)
{
    wfs_reader reader = {read_memory, file, file->length};

    return reader;
}

static void *resize(void *bytes, size_t length)
{
    bytes = realloc(bytes, length + 1);
    if (bytes == NULL) {
        abort();
    }
    return bytes;
}

void memory_file_salvage(memory_file *file, const wfs_salvage *plan)
{
    for (size_t i = 0; i < plan->patch_count; i++) {
        const wfs_salvage_patch *patch = &plan->patches[i];

        memcpy(file->bytes + patch->offset, patch->bytes, patch->length);
    }
    file->length = (size_t)plan->kept_bytes;
    file->bytes = resize(file->bytes, file->length + plan->appendix_length);
    if (plan->appendix_length > 0) {
        memcpy(file->bytes + file->length, plan->appendix,
               plan->appendix_length);
        file->length += plan->appendix_length;
    }
}

memory_file memory_file_copy(const memory_file *file, size_t length)
{
    memory_file copy = {resize(NULL, length), length, 0, false};

    if (length > 0) {
        memcpy(copy.bytes, file->bytes, length);
    }
    return copy;
}

memory_file memory_file_load(const char *path)
{
    memory_file file = {NULL, 0, 0, false};
    FILE *stream = fopen(path, "rb");
    size_t count;

    if (stream == NULL) {
        perror(path);
        abort();
    }
    do {
        file.bytes = resize(file.bytes, file.length + 65536);
        count = fread(file.bytes + file.length, 1, 65536, stream);
        file.length += count;
    } while (count > 0);
    (void)fclose(stream);
    file.bytes = resize(file.bytes, file.length);
    return file;
}
