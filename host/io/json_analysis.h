/* The analysis as JSON, schema plumb-analysis/1 (DESIGN, "Files"). */
#ifndef PLUMB_JSON_ANALYSIS_H
#define PLUMB_JSON_ANALYSIS_H

#include "../core/message.h"
#include "../session/dossier.h"

/* The document as text: owned, free with free(). NULL when memory is short. */
char *plumb_json_analysis(const struct plumb_dossier *dossier);

#endif
