/*
 * wfstore.h - the whole public interface of libwfstore.
 *
 * In reading order: error.h (codes), types.h (values), store.h (open, figures,
 * tending), chunk.h (receive chunks), upload.h (what has arrived), append.h
 * (uploads without chunks), prefix.h (listen to what is there), complete.h
 * (make a recording of it), recording.h (list, read, change, delete), digest.h
 * (SHA-2 of a stream), maintenance.h (verify, backup, rebuild).
 */
#ifndef WFSTORE_WFSTORE_H
#define WFSTORE_WFSTORE_H

#include "wfstore/append.h"
#include "wfstore/chunk.h"
#include "wfstore/complete.h"
#include "wfstore/digest.h"
#include "wfstore/error.h"
#include "wfstore/maintenance.h"
#include "wfstore/prefix.h"
#include "wfstore/recording.h"
#include "wfstore/store.h"
#include "wfstore/types.h"
#include "wfstore/upload.h"

#define WFS_VERSION "1.0.0"

#endif
