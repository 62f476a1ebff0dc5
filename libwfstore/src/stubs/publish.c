#include "publish.h"
wfs_status wfs_publisher_open(wfs_catalogue *c, int s, int m,
                              wfs_publisher **r, wfs_error *e)
{ (void)c; (void)s; (void)m; (void)r; (void)e; return WFS_OK; }
void wfs_publisher_close(wfs_publisher *p) { (void)p; }
void wfs_publisher_request(wfs_publisher *p) { (void)p; }
wfs_status wfs_publisher_tend(wfs_publisher *p, uint64_t *r, wfs_error *e)
{ (void)p; (void)r; (void)e; return WFS_OK; }
wfs_status wfs_publisher_publish(wfs_publisher *p, wfs_error *e)
{ (void)p; (void)e; return WFS_OK; }
void wfs_publisher_get_state(wfs_publisher *p, uint64_t g, bool *a, bool *b)
{ (void)p; (void)g; *a = true; *b = false; }
