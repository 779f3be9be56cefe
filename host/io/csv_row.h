/* One CSV row being put together; it is always short enough for its room. */
#ifndef PLUMB_CSV_ROW_H
#define PLUMB_CSV_ROW_H

#include <stddef.h>

#define PLUMB_CSV_ROW_N 16384 /* far above any row: sixty numbers and a text */

struct plumb_csv_row {
    size_t n;
    char text[PLUMB_CSV_ROW_N];
};

void plumb_csv_row_begin(struct plumb_csv_row *row);

/* Adds a field: a number with so many decimals (empty where it is not finite), a text of ours as it stands,
 * or anybody's text, quoted and made harmless. */
void plumb_csv_row_number(struct plumb_csv_row *row, double value, int decimals);
void plumb_csv_row_word(struct plumb_csv_row *row, const char *word);
void plumb_csv_row_text(struct plumb_csv_row *row, const char *text);

/* Puts the line's end in the place of the last comma. */
void plumb_csv_row_end(struct plumb_csv_row *row);

#endif
