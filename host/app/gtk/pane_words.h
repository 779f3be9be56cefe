/* The user's own words about a session: a note and tags; kept when asked to, and when the user goes
 * elsewhere.
 */
#ifndef PLUMB_PANE_WORDS_H
#define PLUMB_PANE_WORDS_H

#include "app.h"

struct plumb_pane_words {
    struct plumb_app *app;
    int64_t session_id; /* 0: none is shown */
    GtkWidget *note, *tags, *keep;
    char *kept_note, *kept_tags;                     /* as the store has them; owned */
    void (*kept)(void *context, int64_t session_id); /* they are in the store now */
    void *context;
};

GtkWidget *plumb_pane_words_build(struct plumb_pane_words *words, struct plumb_app *app);

/* Shows a session's words (0: none). What was typed before is not kept by this: leave first. */
void plumb_pane_words_show(
    struct plumb_pane_words *words, int64_t session_id, const char *note, const char *tags);

/* What was typed and not kept is kept. */
void plumb_pane_words_leave(struct plumb_pane_words *words);

void plumb_pane_words_free(struct plumb_pane_words *words);

#endif
