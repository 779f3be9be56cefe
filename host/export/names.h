/* Names of files and folders from anybody's words: nothing in them leads elsewhere, and every system takes
 * them. Pure. */
#ifndef PLUMB_EXPORT_NAMES_H
#define PLUMB_EXPORT_NAMES_H

#include <stddef.h>

#include "../session/dossier.h"

#define PLUMB_NAME_N 96

/* A name of letters, digits, '-' and '_' (ASCII; whatever else becomes one '-' between them), at most
 * PLUMB_NAME_N - 1 bytes; `otherwise` where nothing is left of the text. Returns the length. */
size_t plumb_name_safe(char out[PLUMB_NAME_N], const char *text, const char *otherwise);

/* The same with letters and digits alone: a label of BIDS. */
size_t plumb_name_label(char out[PLUMB_NAME_N], const char *text, const char *otherwise);

/* "2026-01-02-supine-edge-right", "session-12-...": what a session's own file may be called, without its
 * extension. begun_utc_us 0: no date. */
size_t plumb_name_session(char out[PLUMB_NAME_N], const struct plumb_dossier *dossier, int64_t begun_utc_us);

#endif
