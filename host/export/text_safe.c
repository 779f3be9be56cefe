#include "text_safe.h"

#include <stdint.h>
#include <string.h>

#include "../io/csv_field.h"
#include "../io/text_utf8.h"

size_t plumb_text_cut(const char *text, size_t n_most)
{
    size_t n = strnlen(text, n_most + 1);
    return n <= n_most ? n : plumb_text_utf8_bad(text, n_most);
}

size_t plumb_text_cell(char *out, size_t room, const char *text)
{
    size_t n = 0;
    if (plumb_csv_is_formula(text))
        out[n++] = '\'';
    size_t taken = plumb_text_cut(text, room - 1 - n);
    for (size_t i = 0; i < taken; i++)
        out[n++] = (unsigned char)text[i] < 0x20 || text[i] == 0x7f ? ' ' : text[i];
    out[n] = '\0';
    return n;
}

/* ---- ASCII */

/* U+00A0 to U+017F, as Unicode decomposes them; the few that it does not, as they are usually written. */
static const char *const latin[] = {
    " ", "!",  "c",  "L",  "?", "Y", "|",  "S", "\"", "(c)", "a", "<<", "-",   "-",   "(R)", "-",  /* A0 */
    "o", "+-", "2",  "3",  "'", "u", "P",  ".", ",",  "1",   "o", ">>", "1/4", "1/2", "3/4", "?",  /* B0 */
    "A", "A",  "A",  "A",  "A", "A", "AE", "C", "E",  "E",   "E", "E",  "I",   "I",   "I",   "I",  /* C0 */
    "D", "N",  "O",  "O",  "O", "O", "O",  "x", "O",  "U",   "U", "U",  "U",   "Y",   "Th",  "ss", /* D0 */
    "a", "a",  "a",  "a",  "a", "a", "ae", "c", "e",  "e",   "e", "e",  "i",   "i",   "i",   "i",  /* E0 */
    "d", "n",  "o",  "o",  "o", "o", "o",  ":", "o",  "u",   "u", "u",  "u",   "y",   "th",  "y",  /* F0 */
    "A", "a",  "A",  "a",  "A", "a", "C",  "c", "C",  "c",   "C", "c",  "C",   "c",   "D",   "d",  /* 100 */
    "D", "d",  "E",  "e",  "E", "e", "E",  "e", "E",  "e",   "E", "e",  "G",   "g",   "G",   "g",  /* 110 */
    "G", "g",  "G",  "g",  "H", "h", "H",  "h", "I",  "i",   "I", "i",  "I",   "i",   "I",   "i",  /* 120 */
    "I", "i",  "IJ", "ij", "J", "j", "K",  "k", "k",  "L",   "l", "L",  "l",   "L",   "l",   "L",  /* 130 */
    "l", "L",  "l",  "N",  "n", "N", "n",  "N", "n",  "n",   "N", "n",  "O",   "o",   "O",   "o",  /* 140 */
    "O", "o",  "OE", "oe", "R", "r", "R",  "r", "R",  "r",   "S", "s",  "S",   "s",   "S",   "s",  /* 150 */
    "S", "s",  "T",  "t",  "T", "t", "T",  "t", "U",  "u",   "U", "u",  "U",   "u",   "U",   "u",  /* 160 */
    "U", "u",  "U",  "u",  "W", "w", "Y",  "y", "Y",  "Z",   "z", "Z",  "z",   "Z",   "z",   "s",  /* 170 */
};
#define LATIN_FIRST 0xA0u
#define LATIN_N     (sizeof latin / sizeof *latin)

static const struct {
    uint32_t first, last;
    const char *as;
} others[] = {
    {0x0218, 0x0218, "S"},  {0x0219, 0x0219, "s"},  {0x021A, 0x021A, "T"},   {0x021B, 0x021B, "t"},
    {0x0300, 0x036F, ""}, /* marks that join the letter before them */
    {0x1E9E, 0x1E9E, "SS"}, {0x200B, 0x200F, ""},   {0x2010, 0x2015, "-"},   {0x2018, 0x201B, "'"},
    {0x201C, 0x201F, "\""}, {0x2022, 0x2022, "*"},  {0x2026, 0x2026, "..."}, {0x2030, 0x2030, "0/00"},
    {0x2032, 0x2032, "'"},  {0x2033, 0x2033, "\""}, {0x20AC, 0x20AC, "EUR"}, {0x2212, 0x2212, "-"},
    {0xFE00, 0xFE0F, ""}, /* how an emoji is to be drawn, and its skin */
    {0x1F3FB, 0x1F3FF, ""},
};

static const char *likeness(uint32_t point)
{
    if (point >= LATIN_FIRST && point < LATIN_FIRST + LATIN_N)
        return latin[point - LATIN_FIRST];
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (point >= others[i].first && point <= others[i].last)
            return others[i].as;
    return "?";
}

/* The character at *at, which moves behind it; what is not UTF-8 counts as one that has no likeness. */
static uint32_t next_point(const unsigned char **at)
{
    const unsigned char *c = *at;
    size_t n = *c < 0x80 ? 1 : *c < 0xC2 ? 0 : *c < 0xE0 ? 2 : *c < 0xF0 ? 3 : *c < 0xF5 ? 4 : 0;
    if (!n || strnlen((const char *)c, n) < n || plumb_text_utf8_bad((const char *)c, n) < n) {
        ++*at;
        return 0xFFFD;
    }
    uint32_t point = n == 1 ? *c : *c & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++)
        point = point << 6 | (c[i] & 0x3Fu);
    *at += n;
    return point;
}

size_t plumb_text_ascii(char *out, size_t room, const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    size_t n = 0;
    while (*at) {
        uint32_t point = next_point(&at);
        const char plain[] = {(char)(point < 0x20 || point == 0x7F ? ' ' : point), '\0'};
        const char *as = point < 0x80 ? plain : point < LATIN_FIRST ? " " : likeness(point);
        size_t as_n = strlen(as);
        if (n + as_n + 1 > room)
            break;
        memcpy(out + n, as, as_n);
        n += as_n;
    }
    out[n] = '\0';
    return n;
}
