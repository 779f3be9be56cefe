/* The lines of which raw CSV is made (DESIGN, "Files"): one writer for whoever keeps or exports them. */
#ifndef PLUMB_RAW_ROW_H
#define PLUMB_RAW_ROW_H

#include "../core/sample.h"
#include "csv_row.h"

/* The header with the columns of these roles (bits). */
void plumb_raw_header(struct plumb_csv_row *row, unsigned roles);

/* One row: empty fields for a role that the sample lacks. marker: the text of its column, or NULL. */
void plumb_raw_row(
    struct plumb_csv_row *row, unsigned roles, const struct plumb_sample *sample, const char *marker);

/* The time as it will be read: whole microseconds. Rows must rise by one at least. */
double plumb_raw_time_s(double t_s);

/* Decimals of a sensor's channel (0..PLUMB_CHANNELS_N - 1 of recording_columns.h). */
int plumb_raw_decimals(int channel);

#endif
