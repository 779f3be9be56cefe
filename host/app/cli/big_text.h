/* Big digits out of block characters. */
#ifndef PLUMB_BIG_TEXT_H
#define PLUMB_BIG_TEXT_H

#include <stdio.h>

#define PLUMB_BIG_ROWS_N 5

/* Writes row `row` (0..4) of the text in big letters: digits, plus, minus, dot, colon, space, degree as 'd';
 * `wide` >= 1 repeats each block. */
void plumb_big_text_row(FILE *to, const char *text, int row, int wide);

#endif
