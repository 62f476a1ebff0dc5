/*
 * format.h - sizes, durations and moments for people.
 */
#ifndef CLI_FORMAT_H
#define CLI_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

#define CLI_FORMAT_BYTES 32

/* "512 B", "1.5 MiB", "12 GiB" */
void cli_format_size(char ret_text[CLI_FORMAT_BYTES], uint64_t bytes);

/* "0:07", "12:34", "1:02:03"; "-" if not known. */
void cli_format_duration(char ret_text[CLI_FORMAT_BYTES], bool is_known,
                         double seconds);

/* "2024-01-15 14:04:56" in the local time zone. */
void cli_format_moment(char ret_text[CLI_FORMAT_BYTES], int64_t unix_ms);

#endif
