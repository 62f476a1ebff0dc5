/*
 * fuzz.h - what the targets share. Each defines LLVMFuzzerTestOneInput and says
 * in its first comment what must hold whatever the bytes are; REQUIRE ends the
 * run where it does not. The sanitizers see to the rest.
 */
#ifndef WFS_FUZZ_H
#define WFS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#define REQUIRE(condition)                                                     \
    do {                                                                       \
        if (!(condition)) {                                                    \
            __builtin_trap();                                                  \
        }                                                                      \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#endif
