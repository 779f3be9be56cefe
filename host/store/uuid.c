#include "uuid.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

int plumb_uuid_make(char uuid[PLUMB_UUID_N])
{
    uint8_t b[16];
    if (getrandom(b, sizeof b, 0) != (ssize_t)sizeof b)
        return PLUMB_FAILED;
    b[6] = (uint8_t)((b[6] & 0x0f) | 0x40);
    b[8] = (uint8_t)((b[8] & 0x3f) | 0x80);
    size_t n = 0;
    for (int i = 0; i < 16; i++) {
        int dash = i == 4 || i == 6 || i == 8 || i == 10;
        n += (size_t)snprintf(uuid + n, PLUMB_UUID_N - n, dash ? "-%02x" : "%02x", b[i]);
    }
    return 0;
}

int plumb_uuid_is(const char *text)
{
    size_t n = strlen(text);
    for (size_t i = 0; i < n; i++) {
        int dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !strchr("0123456789abcdef", text[i]))
            return 0;
    }
    return n == PLUMB_UUID_N - 1;
}
