/* type.c - which container begins with these bytes, and how it is called. */
#include <string.h>

#include "container.h"

typedef struct type_name {
    wfs_type type;
    const char *extension;
    const char *mime;
} type_name;

static const type_name type_names[] = {
    {WFS_TYPE_WEBM, "webm", "audio/webm"},
    {WFS_TYPE_MATROSKA, "mka", "audio/matroska"},
    {WFS_TYPE_OGG, "ogg", "audio/ogg"},
    {WFS_TYPE_MP4, "m4a", "audio/mp4"},
    {WFS_TYPE_WAV, "wav", "audio/wav"},
    {WFS_TYPE_FLAC, "flac", "audio/flac"},
    {WFS_TYPE_MP3, "mp3", "audio/mpeg"},
    {WFS_TYPE_AAC, "aac", "audio/aac"},
    {WFS_TYPE_AIFF, "aiff", "audio/aiff"},
    {WFS_TYPE_CAF, "caf", "audio/x-caf"},
    {WFS_TYPE_UNKNOWN, "bin", "application/octet-stream"},
};

static const type_name *find_name(wfs_type type)
{
    const type_name *name = type_names;

    while (name->type != type && name->type != WFS_TYPE_UNKNOWN) {
        name++;
    }
    return name;
}

const char *wfs_type_get_extension(wfs_type type)
{
    return find_name(type)->extension;
}

const char *wfs_type_get_mime(wfs_type type)
{
    return find_name(type)->mime;
}

static bool has_text(const uint8_t *bytes, size_t length, size_t at,
                     const char *text)
{
    size_t text_length = strlen(text);

    return length >= at + text_length &&
           memcmp(bytes + at, text, text_length) == 0;
}

/* The DocType of an EBML header stands among its first elements. */
static wfs_type detect_ebml(const uint8_t *bytes, size_t length)
{
    static const uint8_t doctype_matroska[] = {0x42, 0x82, 0x88, 'm', 'a', 't',
                                               'r',  'o',  's',  'k', 'a'};
    static const size_t size = sizeof doctype_matroska;

    for (size_t i = 4; i + size <= length; i++) {
        if (memcmp(bytes + i, doctype_matroska, size) == 0) {
            return WFS_TYPE_MATROSKA;
        }
    }
    return WFS_TYPE_WEBM;
}

static bool is_iff(const uint8_t *bytes, size_t length, const char *form,
                   const char *kind)
{
    return has_text(bytes, length, 0, form) && has_text(bytes, length, 8, kind);
}

static bool is_wav(const uint8_t *bytes, size_t length)
{
    return is_iff(bytes, length, "RIFF", "WAVE") ||
           is_iff(bytes, length, "RF64", "WAVE") ||
           is_iff(bytes, length, "BW64", "WAVE");
}

static bool is_aiff(const uint8_t *bytes, size_t length)
{
    return is_iff(bytes, length, "FORM", "AIFF") ||
           is_iff(bytes, length, "FORM", "AIFC");
}

/*
 * MPEG audio frames begin with eleven set bits (ISO/IEC 11172-3). Layer 00 is
 * ADTS (ISO/IEC 14496-3), which has twelve set bits; 01 is layer III.
 */
static wfs_type detect_frame(const uint8_t *bytes, size_t length)
{
    if (length < 4 || bytes[0] != 0xff || (bytes[1] & 0xe0) != 0xe0) {
        return WFS_TYPE_UNKNOWN;
    }
    if ((bytes[1] & 0xf6) == 0xf0) {
        return (bytes[2] >> 2 & 0xf) < 13 ? WFS_TYPE_AAC : WFS_TYPE_UNKNOWN;
    }
    bool is_reserved_version = (bytes[1] & 0x18) == 0x08;
    bool is_layer_3 = (bytes[1] & 0x06) == 0x02;
    bool is_bad_bitrate = bytes[2] >> 4 == 0xf || bytes[2] >> 4 == 0;
    bool is_bad_rate = (bytes[2] & 0x0c) == 0x0c;

    if (is_reserved_version || !is_layer_3 || is_bad_bitrate || is_bad_rate) {
        return WFS_TYPE_UNKNOWN;
    }
    return WFS_TYPE_MP3;
}

/* Still images share ISO/IEC 14496-12 with sound. */
static bool is_mp4_audio(const uint8_t *bytes, size_t length)
{
    static const char *const images[] = {"avif", "avis", "heic", "heix",
                                         "heis", "mif1", "msf1"};

    if (!has_text(bytes, length, 4, "ftyp") || length < 12) {
        return false;
    }
    for (size_t i = 0; i < sizeof images / sizeof images[0]; i++) {
        if (has_text(bytes, length, 8, images[i])) {
            return false;
        }
    }
    return true;
}

wfs_type wfs_type_detect(const uint8_t *bytes, size_t length)
{
    if (has_text(bytes, length, 0, "\x1a\x45\xdf\xa3")) {
        return detect_ebml(bytes, length);
    }
    if (is_mp4_audio(bytes, length)) {
        return WFS_TYPE_MP4;
    }
    if (is_wav(bytes, length)) {
        return WFS_TYPE_WAV;
    }
    if (is_aiff(bytes, length)) {
        return WFS_TYPE_AIFF;
    }
    if (has_text(bytes, length, 0, "OggS")) {
        return WFS_TYPE_OGG;
    }
    if (has_text(bytes, length, 0, "fLaC")) {
        return WFS_TYPE_FLAC;
    }
    if (has_text(bytes, length, 0, "caff")) {
        return WFS_TYPE_CAF;
    }
    if (has_text(bytes, length, 0, "ID3")) {
        return WFS_TYPE_MP3;
    }
    return detect_frame(bytes, length);
}
