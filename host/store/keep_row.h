/* Samples as rows of a raw CSV that read back as what they were: the decimals of Plumb's own files where
 * those are enough, more where they are not. Without line ends; markers stand in a table of their own. */
#ifndef PLUMB_KEEP_ROW_H
#define PLUMB_KEEP_ROW_H

#include "../core/sample.h"
#include "../io/csv_row.h"
#include "../io/recording_columns.h"

void plumb_keep_row_header(struct plumb_csv_row *row, unsigned roles);

void plumb_keep_row(struct plumb_csv_row *row, unsigned roles, const struct plumb_sample *sample);

/* Reads a row under its columns. 0, or -1 where it is not one: a number missing in t_s, too many or too few
 * fields, what is not a number. */
int plumb_keep_row_read(
    const struct plumb_columns *columns, const char *text, size_t n, struct plumb_sample *sample);

#endif
