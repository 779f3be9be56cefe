/* What `plumb spectrum` finds, as CSV rows or as a JSON list. */
#ifndef PLUMB_JSON_SPECTRUM_H
#define PLUMB_JSON_SPECTRUM_H

#include "../core/allan.h"
#include "../core/rhythm.h"

struct plumb_json_list; /* owned by who made it, until printed */

struct plumb_json_list *plumb_json_list_new(void);

/* Prints the list on standard output and frees it; NULL is nothing. */
void plumb_json_list_print(struct plumb_json_list *list);

/* One window, its middle at t_s: into the list, or where that is NULL as a CSV row on standard output. */
void plumb_json_rhythm(struct plumb_json_list *list, double t_s, const struct plumb_rhythm_found *found);

/* One axis' noise, likewise: one row for each averaging time that could be measured. */
void plumb_json_allan(struct plumb_json_list *list, const char *axis, const struct plumb_allan *allan);

#endif
