/* JSON with everything there is of a session, schema plumb-session/1 (JSON.md beside this file): whose, what
 * was found, every row, and what was kept as it came, from which `plumb import` makes the same session again.
 */
#ifndef PLUMB_EXPORT_JSON_H
#define PLUMB_EXPORT_JSON_H

#include "exporter.h"

#define PLUMB_JSON_SCHEMA "plumb-session/1"

extern const struct plumb_exporter plumb_exporter_json;

#endif
