/*
 * error.c - filling a caller's wfs_error, and the names of codes.
 */
#include "error.h"

#include <stdarg.h>
#include <stdio.h>

wfs_status wfs_error_set(wfs_error *error, wfs_status status, int os_error,
                         const char *step, const char *format, ...)
{
    if (error == NULL) {
        return status;
    }
    *error = (wfs_error){.status = status, .os_error = os_error, .step = step};
    if (format != NULL) {
        va_list arguments;

        va_start(arguments, format);
        (void)vsnprintf(error->detail, sizeof error->detail, format, arguments);
        va_end(arguments);
    }
    return status;
}

wfs_status wfs_error_set_numbers(wfs_error *error, wfs_status status,
                                 uint64_t expected, uint64_t got,
                                 const char *format, ...)
{
    va_list arguments;

    if (error == NULL) {
        return status;
    }
    *error = (wfs_error){.status = status, .expected = expected, .got = got};
    va_start(arguments, format);
    (void)vsnprintf(error->detail, sizeof error->detail, format, arguments);
    va_end(arguments);
    return status;
}

wfs_status wfs_error_copy(wfs_error *error, const wfs_error *fault)
{
    if (error != NULL) {
        *error = *fault;
    }
    return fault->status;
}

const char *wfs_status_name(wfs_status status)
{
    switch (status) {
#define NAME(code)                                                             \
    case code:                                                                 \
        return #code
        NAME(WFS_OK);
        NAME(WFS_EINVAL);
        NAME(WFS_EID);
        NAME(WFS_EEMPTY);
        NAME(WFS_EFORMAT);
        NAME(WFS_ECURSOR);
        NAME(WFS_ETOOLARGE);
        NAME(WFS_ETOOMANY);
        NAME(WFS_ETYPE);
        NAME(WFS_ECONFLICT);
        NAME(WFS_EMISSING);
        NAME(WFS_EDIGEST);
        NAME(WFS_ECOMPLETE);
        NAME(WFS_EGONE);
        NAME(WFS_ENOUPLOAD);
        NAME(WFS_ENORECORDING);
        NAME(WFS_ECHANGED);
        NAME(WFS_EBUSY);
        NAME(WFS_ENOSPC);
        NAME(WFS_EUPLOADS);
        NAME(WFS_ELOCKED);
        NAME(WFS_EQUOTA);
        NAME(WFS_EIO);
        NAME(WFS_ENOMEM);
        NAME(WFS_ECORRUPT);
        NAME(WFS_EVERSION);
        NAME(WFS_ENOSTORE);
        NAME(WFS_EREADONLY);
        NAME(WFS_ECANCELED);
#undef NAME
    }
    return "WFS_UNKNOWN_STATUS";
}
