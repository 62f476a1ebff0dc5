#include "error.h"
#include "store_internal.h"
#define NOT_YET wfs_error_set(error, WFS_EIO, 0, "stub", "not there yet")
wfs_status wfs_store_open(const char *path, const wfs_store_options *options,
                          wfs_store **ret_store, wfs_error *error)
{
    (void)path; (void)options; (void)ret_store;
    return NOT_YET;
}
void wfs_store_close(wfs_store *store) { (void)store; }
wfs_status wfs_store_get_stat(wfs_store *store, wfs_store_stat *ret_stat,
                              wfs_error *error)
{
    (void)store; (void)ret_stat;
    return NOT_YET;
}
wfs_status wfs_store_tend(wfs_store *store, uint64_t budget_ms,
                          uint64_t *ret_next_ms, wfs_error *error)
{
    (void)store; (void)budget_ms; (void)ret_next_ms;
    return NOT_YET;
}
wfs_status wfs_store_finish_recording(wfs_store *store, const char *id,
                                      int64_t part, const char *filename,
                                      wfs_error *error)
{
    (void)store; (void)id; (void)part; (void)filename;
    return NOT_YET;
}
