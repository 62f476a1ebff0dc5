/*
 * symbols.h - names of a program's functions by their addresses, from the
 * symbol table of its file (ELF, 64 bits).
 */
#ifndef POWERCUT_SYMBOLS_H
#define POWERCUT_SYMBOLS_H

#include <stdint.h>

typedef struct symbols symbols;

/* New; ends the program if the file has none. */
symbols *symbols_read(const char *path);
void symbols_close(symbols *self);

/* The function that `address` lies in, or "?"; lives as long as `self`. */
const char *symbols_find(const symbols *self, uint64_t address);

#endif
