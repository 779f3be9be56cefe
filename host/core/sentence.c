#include "sentence.h"

#include <string.h>

/* The format in pieces: own words, or a place. */
struct piece {
    const char *text;
    size_t n;
    int is_hole;
};

/* How many bytes of a place ("%.60s") begin here; 0 where none does. "%%" is none. */
static size_t hole_n(const char *format)
{
    if (format[0] != '%' || format[1] == '%')
        return 0;
    size_t n = 1 + strspn(format + 1, "-+ #0123456789.hlzjt");
    return format[n] ? n + 1 : 0;
}

/* The piece that begins at `format`; own words go up to the next place or sign of percent. */
static struct piece piece_at(const char *format)
{
    size_t n = hole_n(format);
    if (n)
        return (struct piece){format, n, 1};
    if (format[0] == '%' && format[1] == '%')
        return (struct piece){format, 2, 0};
    n = format[0] ? strcspn(format + 1, "%") + 1 : 0;
    return (struct piece){format, n, 0};
}

/* What is read or written for a piece of own words: of "%%" one sign. */
static size_t own_n(const struct piece *piece)
{
    return piece->text[0] == '%' ? 1 : piece->n;
}

/* How much of `text` stands before the own words of `next`; all of it where nothing follows; -1 where they do
 * not come. */
static long before(const char *text, const struct piece *next)
{
    size_t n = own_n(next), length = strlen(text);
    if (next->n == 0 || next->is_hole)
        return next->n ? -1 : (long)length;
    for (size_t at = 0; at + n <= length; at++)
        if (memcmp(text + at, next->text, n) == 0 && (next->text[next->n] || at + n == length))
            return (long)at;
    return -1;
}

long plumb_sentence_find(const char *format, const char *text, struct plumb_hole holes[PLUMB_HOLES_N])
{
    int holes_n = 0;
    long own = 0;
    memset(holes, 0, PLUMB_HOLES_N * sizeof *holes);
    while (*format) {
        struct piece piece = piece_at(format), next = piece_at(format + piece.n);
        long n = piece.is_hole ? before(text, &next) : (long)own_n(&piece);
        if (piece.is_hole ? n < 0 || holes_n == PLUMB_HOLES_N : strncmp(text, piece.text, (size_t)n) != 0)
            return -1;
        if (piece.is_hole)
            holes[holes_n++] = (struct plumb_hole){text, (size_t)n};
        else
            own += n;
        text += n;
        format += piece.n;
    }
    return *text ? -1 : own;
}

/* As much as fits, cut between two characters of UTF-8. */
static size_t add(char *out, size_t room, size_t at, const char *text, size_t n)
{
    size_t fits = n < room - 1 - at ? n : room - 1 - at;
    while (fits < n && fits > 0 && ((unsigned char)text[fits] & 0xc0) == 0x80)
        fits--;
    memcpy(out + at, text, fits);
    return at + fits;
}

char *
plumb_sentence_fill(char *out, size_t room, const char *format, const struct plumb_hole holes[PLUMB_HOLES_N])
{
    size_t at = 0;
    int hole = 0;
    while (*format) {
        struct piece piece = piece_at(format);
        if (!piece.is_hole)
            at = add(out, room, at, piece.text, own_n(&piece));
        else if (hole < PLUMB_HOLES_N && holes[hole].text)
            at = add(out, room, at, holes[hole].text, holes[hole].n);
        hole += piece.is_hole;
        format += piece.n;
    }
    out[at] = '\0';
    return out;
}
