/* XLSX for people who live in spreadsheets: summary, holds, flags, notes, and the trace thinned out under a
 * chart. Written row by row (libxlsxwriter's constant memory), so that an hour costs no more than a minute;
 * free text is always a string, never a formula. */
#ifndef PLUMB_EXPORT_XLSX_H
#define PLUMB_EXPORT_XLSX_H

#include "exporter.h"

extern const struct plumb_exporter plumb_exporter_xlsx;

#endif
