/*
 * show.h - how one recording or upload is printed.
 */
#ifndef CLI_SHOW_H
#define CLI_SHOW_H

#include "cli.h"

/* A line for each thing known. */
void cli_show_recording(const wfs_recording *recording);
void cli_show_upload(const wfs_upload_info *info);

/* On one line, the fields named as in the HTTP interface. */
void cli_show_upload_json(const wfs_upload_info *info, bool with_missing);

#endif
