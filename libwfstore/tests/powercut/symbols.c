/*
 * symbols.c - names of a program's functions by their addresses.
 */
#include "symbols.h"

#include <elf.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "history.h"

struct symbols {
    const uint8_t *file;
    size_t size;
    const Elf64_Sym *table;
    size_t count;
    const char *names;
};

static const uint8_t *map_file(const char *path, size_t *ret_size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    void *bytes;

    if (fd == -1 || fstat(fd, &st) == -1) {
        history_give_up(path);
    }
    bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED) {
        history_give_up(path);
    }
    (void)close(fd);
    *ret_size = (size_t)st.st_size;
    return bytes;
}

symbols *symbols_read(const char *path)
{
    symbols *self = calloc(1, sizeof *self);
    const Elf64_Ehdr *header;
    const Elf64_Shdr *sections;

    if (self == NULL) {
        history_give_up("calloc");
    }
    self->file = map_file(path, &self->size);
    header = (const void *)self->file;
    if (memcmp(header->e_ident, ELFMAG, SELFMAG) != 0) {
        history_give_up("the program is no ELF file");
    }
    sections = (const void *)(self->file + header->e_shoff);
    for (size_t i = 0; i < header->e_shnum; i++) {
        if (sections[i].sh_type == SHT_SYMTAB) {
            self->table = (const void *)(self->file + sections[i].sh_offset);
            self->count = sections[i].sh_size / sizeof *self->table;
            self->names = (const char *)self->file +
                          sections[sections[i].sh_link].sh_offset;
        }
    }
    if (self->table == NULL) {
        history_give_up("the program has no symbols");
    }
    return self;
}

void symbols_close(symbols *self)
{
    (void)munmap((void *)(uintptr_t)self->file, self->size);
    free(self);
}

const char *symbols_find(const symbols *self, uint64_t address)
{
    for (size_t i = 0; i < self->count; i++) {
        const Elf64_Sym *symbol = &self->table[i];

        /* An address to return to may be the one behind the function. */
        if (ELF64_ST_TYPE(symbol->st_info) == STT_FUNC &&
            address > symbol->st_value &&
            address <= symbol->st_value + symbol->st_size) {
            return self->names + symbol->st_name;
        }
    }
    return "?";
}
