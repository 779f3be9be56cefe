/* Numbers as text, always with a dot, whatever the locale. */
#ifndef PLUMB_TEXT_NUMBER_H
#define PLUMB_TEXT_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#define PLUMB_TEXT_NUMBER_N 64 /* room for every number that this file writes, with its end */

/* Reads the number that begins at `at` (sign, digits, dot, exponent; nothing else: no hexadecimal, no "nan",
 * no "inf") and rounds it correctly. Returns where it ends, NULL where there is none or it is beyond a
 * double.
 */
const char *plumb_text_number(const char *at, const char *end, double *value);

/* The whole of a string as one number, spaces around it allowed. */
bool plumb_text_is_number(const char *text, double *value);

/* Writes `value` with so many decimals (0..9), correctly rounded for every value of up to 15 digits, and no
 * "-0.00". Returns the length; the empty text for what is not finite: a missing value is an empty field. */
size_t plumb_text_fixed(char out[PLUMB_TEXT_NUMBER_N], double value, int decimals);

/* The shortest text that reads back as exactly this value. */
size_t plumb_text_exact(char out[PLUMB_TEXT_NUMBER_N], double value);

/* The degrees that are exactly this angle again when made radians, with as few decimals as that takes; the
 * nearest where there are none. */
double plumb_text_degrees(double rad);

#endif
