/*
 * record.h - living the lives under the recorder.
 */
#ifndef POWERCUT_RECORD_H
#define POWERCUT_RECORD_H

#include "history.h"

typedef struct recording {
    const char *name;
    char trace[4096];
    history history;
} recording;

/*
 * Live the life `name` of the program `life` in a folder below `base`, with the
 * shared object `recorder` loaded before it, and read the trace. What was
 * recorded has to be what is there in the end: else the recorder has missed a
 * call. Returns false and tells why, if anything fails.
 */
bool record_life(const char *life, const char *recorder, const char *base,
                 const char *name, recording *ret_recording);

#endif
