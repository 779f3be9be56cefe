#include "text_number.h"

#include <locale.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/units.h"

/* A double holds every integer up to 2^53 and every power of ten up to 10^22 exactly; one multiplication or
 * division of the two is then correctly rounded (W. D. Clinger 1990). */
#define EXACT_MANTISSA (UINT64_C(1) << 53)
#define EXACT_POWER    22
#define MANTISSA_N     19   /* decimal digits that always fit 64 bits */
#define EXPONENT_MOST  9999 /* far beyond any double: stops an exponent from overflowing */

static const double powers_of_ten[EXACT_POWER + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                      1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                      1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Every number that the short way cannot do exactly. `at`..`stop` has been seen to be a number. */
static bool read_slowly(const char *at, const char *stop, double *value)
{
    char copy[PLUMB_TEXT_NUMBER_N * 4];
    size_t n = (size_t)(stop - at);
    if (n >= sizeof copy)
        return false;
    memcpy(copy, at, n);
    copy[n] = '\0';
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t before = uselocale(plain);
    *value = strtod(copy, NULL);
    uselocale(before);
    if (plain)
        freelocale(plain);
    return isfinite(*value);
}

/* "e-12": the exponent's value and end; `at` itself where there is none. */
static const char *read_exponent(const char *at, const char *end, int *exponent)
{
    const char *c = at + 1;
    bool negative = c < end && *c == '-';
    *exponent = 0;
    if (at == end || (*at != 'e' && *at != 'E'))
        return at;
    if (c < end && (*c == '-' || *c == '+'))
        c++;
    if (c == end || !is_digit(*c))
        return at;
    for (; c < end && is_digit(*c); c++)
        if (*exponent < EXPONENT_MOST)
            *exponent = *exponent * 10 + (*c - '0');
    if (negative)
        *exponent = -*exponent;
    return c;
}

const char *plumb_text_number(const char *at, const char *end, double *value)
{
    const char *c = at;
    bool negative = c < end && *c == '-';
    if (c < end && (*c == '-' || *c == '+'))
        c++;
    const char *digits = c;
    uint64_t mantissa = 0;
    for (; c < end && is_digit(*c); c++)
        mantissa = mantissa * 10 + (uint64_t)(*c - '0');
    ptrdiff_t digits_n = c - digits;
    int decimals = 0;
    if (c < end && *c == '.') {
        const char *point = c++;
        for (; c < end && is_digit(*c); c++)
            mantissa = mantissa * 10 + (uint64_t)(*c - '0');
        digits_n += c - point - 1;
        decimals = c - point - 1 > EXPONENT_MOST ? EXPONENT_MOST : (int)(c - point - 1);
    }
    if (!digits_n)
        return NULL;
    int exponent;
    c = read_exponent(c, end, &exponent);
    int power = exponent - decimals;
    if (digits_n > MANTISSA_N || mantissa > EXACT_MANTISSA || power < -EXACT_POWER || power > EXACT_POWER)
        return read_slowly(at, c, value) ? c : NULL;
    double size = (double)mantissa;
    size = power < 0 ? size / powers_of_ten[-power] : size * powers_of_ten[power];
    *value = negative ? -size : size;
    return c;
}

bool plumb_text_is_number(const char *text, double *value)
{
    while (*text == ' ' || *text == '\t')
        text++;
    const char *stop = plumb_text_number(text, text + strlen(text), value);
    if (!stop)
        return false;
    while (*stop == ' ' || *stop == '\t')
        stop++;
    return !*stop;
}

__attribute__((format(printf, 2, 3))) static size_t
print_plainly(char out[PLUMB_TEXT_NUMBER_N], const char *format, ...)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t before = uselocale(plain);
    va_list values;
    va_start(values, format);
    int n = vsnprintf(out, PLUMB_TEXT_NUMBER_N, format, values);
    va_end(values);
    uselocale(before);
    if (plain)
        freelocale(plain);
    return n < 0 ? 0 : n >= PLUMB_TEXT_NUMBER_N ? PLUMB_TEXT_NUMBER_N - 1 : (size_t)n;
}

/* An integer count of units of the last decimal, as text. */
static size_t put_scaled(char *out, bool negative, uint64_t scaled, int decimals)
{
    char reversed[24];
    size_t n = 0, length = 0;
    for (; scaled || n <= (size_t)decimals; scaled /= 10)
        reversed[n++] = (char)('0' + scaled % 10);
    if (negative)
        out[length++] = '-';
    while (n) {
        if (decimals && n == (size_t)decimals)
            out[length++] = '.';
        out[length++] = reversed[--n];
    }
    out[length] = '\0';
    return length;
}

size_t plumb_text_fixed(char out[PLUMB_TEXT_NUMBER_N], double value, int decimals)
{
    if (decimals < 0)
        decimals = 0;
    if (decimals > 9)
        decimals = 9;
    out[0] = '\0';
    if (!isfinite(value))
        return 0;
    double scaled = fabs(value) * powers_of_ten[decimals];
    if (scaled < 1e15) { /* the unit of the last decimal is then exact to a thousandth */
        double whole = floor(scaled + 0.5);
        return put_scaled(out, value < 0 && whole > 0, (uint64_t)whole, decimals);
    }
    return fabs(value) < 1e40 ? print_plainly(out, "%.*f", decimals, value) : plumb_text_exact(out, value);
}

size_t plumb_text_exact(char out[PLUMB_TEXT_NUMBER_N], double value)
{
    out[0] = '\0';
    if (!isfinite(value))
        return 0;
    size_t n = 0;
    double back = NAN;
    for (int digits = 6; digits <= 17 && !(back == value); digits++) { /* 17 always suffice for a double */
        n = print_plainly(out, "%.*g", digits, value);
        plumb_text_number(out, out + n, &back);
    }
    return n;
}

#define DECIMALS_MOST 9 /* of an angle that somebody wrote */
#define ULPS_MOST     4 /* how far two roundings lead away */

double plumb_text_degrees(double rad)
{
    double deg = rad * PLUMB_DEG_PER_RAD, below = deg, above = deg;
    for (int decimals = 0; decimals <= DECIMALS_MOST; decimals++) {
        double short_deg = round(deg * powers_of_ten[decimals]) / powers_of_ten[decimals];
        if (short_deg * PLUMB_RAD_PER_DEG == rad)
            return short_deg;
    }
    for (int i = 0; i < ULPS_MOST; i++) {
        if (above * PLUMB_RAD_PER_DEG == rad)
            return above;
        if (below * PLUMB_RAD_PER_DEG == rad)
            return below;
        above = nextafter(above, INFINITY);
        below = nextafter(below, -INFINITY);
    }
    return deg;
}
