/*
 * container_parts.h - one reader per container, called by container.c. Each
 * leaves what it cannot find as it was.
 */
#ifndef WFS_CONTAINER_PARTS_H
#define WFS_CONTAINER_PARTS_H

#include "reader.h"

void wfs_webm_read(wfs_window *window, wfs_container_facts *facts);
void wfs_wav_read(wfs_window *window, wfs_container_facts *facts);
void wfs_ogg_read(wfs_window *window, wfs_container_facts *facts);
void wfs_flac_read(wfs_window *window, wfs_container_facts *facts);
void wfs_mp3_read(wfs_window *window, wfs_container_facts *facts);
void wfs_aac_read(wfs_window *window, wfs_container_facts *facts);
void wfs_mp4_read(wfs_window *window, wfs_container_facts *facts);

#endif
