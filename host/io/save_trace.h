/* Trace CSV: the angles of a session, one row for each sample (DESIGN, "Files"). */
#ifndef PLUMB_SAVE_TRACE_H
#define PLUMB_SAVE_TRACE_H

#include "../core/message.h"
#include "../session/dossier.h"
#include "csv_row.h"

#define PLUMB_TRACE_FLAGS_N 256

/* Writes the file anew ("-": standard output; ".gz": compressed). 0 or negative; nothing is half written. */
int plumb_trace_save(const char *path, struct plumb_dossier *dossier, struct plumb_message *message);

/* The lines it is made of. */
void plumb_trace_header(struct plumb_csv_row *row);
void plumb_trace_row(struct plumb_csv_row *row, const struct plumb_dossier_row *found);

/* "anterior_rotation+saturated"; empty for none. */
void plumb_trace_flags(char out[PLUMB_TRACE_FLAGS_N], unsigned flags);

#endif
