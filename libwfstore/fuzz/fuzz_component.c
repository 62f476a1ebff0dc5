/*
 * fuzz_component.c - variables' values in the path of a store: the text stays
 * inside its component, and the value can be told from it.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "wf_component.h"

static int read_digit(char digit)
{
    static const char digits[] = "0123456789ABCDEF";
    const char *place = memchr(digits, digit, 16);

    REQUIRE(place != NULL);
    return (int)(place - digits);
}

static void check_decoded(const uint8_t *bytes, size_t length, const char *text,
                          size_t text_length)
{
    size_t count = 0;

    for (size_t i = 0; i < text_length; i++, count++) {
        uint8_t byte = (uint8_t)text[i];

        if (text[i] == '%') {
            REQUIRE(i + 2 < text_length);
            byte = (uint8_t)(read_digit(text[i + 1]) * 16 +
                             read_digit(text[i + 2]));
            i += 2;
        }
        REQUIRE(count < length && bytes[count] == byte);
    }
    REQUIRE(count == length);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char *text = malloc(WF_COMPONENT_ROOM(length) + 1);
    size_t written = wf_component_encode((const char *)bytes, length, text);

    REQUIRE(written >= length && written <= WF_COMPONENT_ROOM(length));
    REQUIRE(written == 0 || text[0] != '.');
    for (size_t i = 0; i < written; i++) {
        REQUIRE(text[i] > ' ' && text[i] < 0x7f && text[i] != '/');
    }
    check_decoded(bytes, length, text, written);
    REQUIRE(wf_component_fits(text, written) == (written <= 255));
    (void)wf_component_fits((const char *)bytes, length);
    free(text);
    return 0;
}
