/* A session as JSON, schema plumb-session/1 (host/export/JSON.md), read back: what was kept of it row by row,
 * or, where it holds nothing of that, its readings and markers. */
#ifndef PLUMB_JSON_SESSION_H
#define PLUMB_JSON_SESSION_H

#include "../core/message.h"
#include "../core/sample.h"
#include "../session/dossier.h"

/* What the document says before its rows. Empty where it does not say. */
struct plumb_json_session {
    int has_kept;   /* 1: what was kept is there, and the rest need not be read */
    unsigned roles; /* bits of the roles that its rows have columns for */
    char begun[64]; /* ISO 8601 */
    char exercise[48], alias[PLUMB_DOSSIER_WORDS_N], ended[64], recorded_by[32];
    char note[2000], tags[PLUMB_DOSSIER_WORDS_N];
    enum plumb_side side;
    int both_sides;
    int has_limits;
    struct plumb_thresholds limits[2]; /* by side */
};

/* The head alone. 0, or negative with message (FILE:LINE). */
int plumb_json_session_head(
    struct plumb_json_session *session, const char *path, struct plumb_message *message);

/* Where the rows go; each answers 0 or negative with message, which ends the reading. What is borrowed is so
 * for the call. */
struct plumb_json_session_to {
    int (*kept)(void *context, const struct plumb_kept *row, struct plumb_message *message);
    int (*mark)(void *context, double t_s, const char *text, struct plumb_message *message);
    int (*sample)(void *context, const struct plumb_sample *sample, struct plumb_message *message);
    void *context;
    void (*tell)(void *context, double share); /* now and then: how much was read; NULL is allowed */
    void *tell_context;
};

/* All of what was kept, or else all markers and samples (in the order of the document). 0 or negative. */
int plumb_json_session_read(
    const struct plumb_json_session *session, const char *path, const struct plumb_json_session_to *to,
    struct plumb_message *message);

#endif
