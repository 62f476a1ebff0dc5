/*
 * json_internal.h - what json.c and json_recording.c, the files that know
 * jansson, share.
 */
#ifndef WFS_JSON_INTERNAL_H
#define WFS_JSON_INTERNAL_H

#include <jansson.h>

#include "json.h"

/*
 * Parse an object nested no deeper than `depth_max`; `what` names it in the
 * sentences of errors. json_decref it. WFS_EFORMAT, WFS_ENOMEM.
 */
wfs_status wfs_json_parse_object(const char *what, size_t depth_max,
                                 const char *text, size_t length,
                                 json_t **ret_object, wfs_error *error);

/* Its compact text, new. WFS_ETOOLARGE above WFS_METADATA_MAX_BYTES. */
wfs_status wfs_json_print_object(const json_t *object, char **ret_text,
                                 wfs_error *error);

#endif
