#include "message_fail.h"

#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "text_utf8.h"

/* Bytes of a file may have come into the text: what is not UTF-8 becomes '?', what would break the line a
 * space. */
static void tidy(char *text)
{
    size_t n = strlen(text);
    for (size_t bad = plumb_text_utf8_bad(text, n); bad < n; bad = plumb_text_utf8_bad(text, n))
        text[bad] = '?';
    for (char *at = text; *at; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7f)
            *at = ' ';
}

/* A text that filled the room may end within a character: drops that piece. */
static void cut_at_character(char *text)
{
    size_t n = strlen(text);
    size_t at = n;
    while (at > 0 && n - at < 3 && ((unsigned char)text[at - 1] & 0xC0) == 0x80)
        at--;
    if (at > 0 && (unsigned char)text[at - 1] >= 0xC0 && plumb_text_utf8_bad(text + at - 1, n - at + 1) == 0)
        text[at - 1] = '\0';
}

int plumb_message_fail(struct plumb_message *message, int fail, const char *format, ...)
{
    if (!message || message->text[0])
        return fail;
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t before = uselocale(plain);
    va_list values;
    va_start(values, format);
    int n = vsnprintf(message->text, sizeof message->text, format, values);
    va_end(values);
    uselocale(before);
    if (plain)
        freelocale(plain);
    if (n >= (int)sizeof message->text)
        cut_at_character(message->text);
    tidy(message->text);
    return fail;
}
