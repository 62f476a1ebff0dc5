/*
 * replay.c - a fuzz target without a fuzzer: the inputs that are named, each in
 * memory of exactly its size.
 */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"
#include "support/memory.h"

int main(int argc, char **argv)
{
    if (argc < 2) {
        (void)fprintf(stderr, "no inputs\n");
        return EXIT_FAILURE;
    }
    for (int i = 1; i < argc; i++) {
        memory_file file = memory_file_load(argv[i]);

        (void)printf("%s\n", argv[i]);
        (void)fflush(stdout);
        (void)LLVMFuzzerTestOneInput(file.bytes, file.length);
        free(file.bytes);
    }
    return EXIT_SUCCESS;
}
