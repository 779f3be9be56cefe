/* CSV: the rows as raw and trace CSV (DESIGN, "Files"), holds, flags and markers, and a Frictionless data
 * package that describes them; or one of the first two alone. */
#ifndef PLUMB_EXPORT_CSV_H
#define PLUMB_EXPORT_CSV_H

#include "exporter.h"

extern const struct plumb_exporter plumb_exporter_csv;

#endif
