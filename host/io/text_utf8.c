#include "text_utf8.h"

#include <stdint.h>
#include <string.h>

/* How far plain ASCII reaches from `at`; eight bytes a step, because nearly all of a recording is. */
static size_t skip_ascii(const char *text, size_t at, size_t n)
{
    uint64_t eight;
    while (n - at >= sizeof eight) {
        memcpy(&eight, text + at, sizeof eight);
        if (eight & UINT64_C(0x8080808080808080))
            break;
        at += sizeof eight;
    }
    while (at < n && (unsigned char)text[at] < 0x80)
        at++;
    return at;
}

/* Bytes of the well-formed character at `c`, 0 where there is none. The table of RFC 3629, section 4. */
static size_t character_n(const unsigned char *c, size_t n)
{
    unsigned char low = 0x80, high = 0xBF;
    size_t length = c[0] >= 0xF0 ? 4 : c[0] >= 0xE0 ? 3 : 2;
    if (c[0] < 0xC2 || c[0] > 0xF4 || n < length)
        return 0;
    if (c[0] == 0xE0)
        low = 0xA0;
    if (c[0] == 0xED)
        high = 0x9F;
    if (c[0] == 0xF0)
        low = 0x90;
    if (c[0] == 0xF4)
        high = 0x8F;
    if (c[1] < low || c[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((c[i] & 0xC0) != 0x80)
            return 0;
    return length;
}

size_t plumb_text_utf8_bad(const char *text, size_t n)
{
    size_t at = skip_ascii(text, 0, n);
    while (at < n) {
        size_t length = character_n((const unsigned char *)text + at, n - at);
        if (!length)
            return at;
        at = skip_ascii(text, at + length, n);
    }
    return n;
}
