/* webm_track.c - Tracks of a WebM (RFC 9559, section 5.1.4). */
#include "webm.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TRACK_TYPE_VIDEO 1
#define TRACK_TYPE_AUDIO 2
#define CODEC_ID_MAX_BYTES 32

typedef struct track_entry {
    uint64_t type;
    webm_track track;
    char codec_id[CODEC_ID_MAX_BYTES + 1];
    double rate;
    uint64_t channels;
    uint64_t bits;
} track_entry;

static void read_audio(wfs_window *window, const ebml_element *audio,
                       track_entry *entry)
{
    ebml_element child;

    for (uint64_t at = audio->start;
         ebml_read_element(window, at, audio->end, &child); at = child.end) {
        if (child.id == EBML_SAMPLING_FREQUENCY) {
            entry->rate = ebml_read_float(window, &child);
        } else if (child.id == EBML_CHANNELS) {
            entry->channels = ebml_read_uint(window, &child);
        } else if (child.id == EBML_BIT_DEPTH) {
            entry->bits = ebml_read_uint(window, &child);
        }
    }
}

static void read_codec_id(wfs_window *window, const ebml_element *element,
                          track_entry *entry)
{
    uint64_t size = element->end - element->start;
    size_t length =
        size < CODEC_ID_MAX_BYTES ? (size_t)size : CODEC_ID_MAX_BYTES;
    const uint8_t *bytes = wfs_window_get(window, element->start, length);

    if (bytes != NULL) {
        memcpy(entry->codec_id, bytes, length);
        entry->codec_id[length] = '\0';
    }
}

static void read_entry(wfs_window *window, const ebml_element *element,
                       track_entry *entry)
{
    ebml_element child;

    for (uint64_t at = element->start;
         ebml_read_element(window, at, element->end, &child); at = child.end) {
        switch (child.id) {
        case EBML_TRACK_NUMBER:
            entry->track.number = ebml_read_uint(window, &child);
            break;
        case EBML_TRACK_TYPE:
            entry->type = ebml_read_uint(window, &child);
            break;
        case EBML_CODEC_ID:
            read_codec_id(window, &child, entry);
            break;
        case EBML_CODEC_DELAY:
            entry->track.codec_delay = ebml_read_uint(window, &child);
            break;
        case EBML_DEFAULT_DURATION:
            entry->track.default_duration = ebml_read_uint(window, &child);
            break;
        case EBML_AUDIO:
            read_audio(window, &child, entry);
            break;
        default:
            break;
        }
    }
}

static void name_codec(const track_entry *entry, char codec[16])
{
    static const char *const names[][2] = {
        {"A_OPUS", "opus"}, {"A_VORBIS", "vorbis"}, {"A_FLAC", "flac"},
        {"A_AAC", "aac"},   {"A_MPEG/L3", "mp3"},   {"A_MPEG/L2", "mp2"},
        {"A_AC3", "ac3"},   {"A_EAC3", "eac3"},     {"A_ALAC", "alac"},
    };
    const char *id = entry->codec_id;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t length = strlen(names[i][0]);

        if (strncmp(id, names[i][0], length) == 0 &&
            (id[length] == '\0' || id[length] == '/')) {
            snprintf(codec, 16, "%s", names[i][1]);
            return;
        }
    }
    if (strcmp(id, "A_PCM/INT/LIT") == 0 && entry->bits <= 64) {
        snprintf(codec, 16, "pcm_s%ule", (unsigned)entry->bits);
    } else if (strcmp(id, "A_PCM/FLOAT/IEEE") == 0 && entry->bits <= 64) {
        snprintf(codec, 16, "pcm_f%ule", (unsigned)entry->bits);
    }
}

static void take_audio(const track_entry *entry, webm_head *head,
                       wfs_container_facts *facts)
{
    uint64_t scale = head->track.scale;

    head->has_audio = true;
    head->track = entry->track;
    head->track.scale = scale;
    name_codec(entry, facts->codec);
    head->track.is_opus = strcmp(facts->codec, "opus") == 0;
    if (entry->channels <= UINT32_MAX) {
        facts->channels = (uint32_t)entry->channels;
    }
    if (head->track.is_opus) { /* always decoded at this rate: RFC 7845 */
        facts->sample_rate = 48000;
    } else if (entry->rate >= 1.0 && entry->rate <= 1e9) {
        facts->sample_rate = (uint32_t)lround(entry->rate);
    }
}

void webm_read_tracks(wfs_window *window, const ebml_element *tracks,
                      webm_head *head, wfs_container_facts *facts)
{
    ebml_element child;

    for (uint64_t at = tracks->start;
         ebml_read_element(window, at, tracks->end, &child); at = child.end) {
        track_entry entry;

        if (child.id != EBML_TRACK_ENTRY) {
            continue;
        }
        memset(&entry, 0, sizeof entry);
        entry.rate = 8000.0; /* defaults of RFC 9559, section 5.1.4.1.29 */
        entry.channels = 1;
        read_entry(window, &child, &entry);
        head->has_tracks = true;
        head->has_video |= entry.type == TRACK_TYPE_VIDEO;
        if (entry.type == TRACK_TYPE_AUDIO && !head->has_audio) {
            take_audio(&entry, head, facts);
        }
    }
}
