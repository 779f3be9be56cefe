/* What is written of a session, or of a patient's weeks: the page as PDF, the traces in other programs'
 * formats; where to, how far, and what was written.
 */
#ifndef PLUMB_PANE_FILES_H
#define PLUMB_PANE_FILES_H

#include "app.h"

struct plumb_session_job;

struct plumb_pane_files {
    struct plumb_app *app;
    int64_t session_id; /* 0: none */
    char *patient;      /* instead of a session; owned */
    GtkWidget *report, *export_to, *nameless, *export_it, *folder;
    GtkWidget *running_box, *running_words, *bar, *give_up;
    GtkWidget *written_box, *written_words, *open;
    struct plumb_session_job *running; /* borrowed; NULL: nothing is being written */
    gint64 begun_us;
    guint timer;
    char *written; /* the path; owned */
};

GtkWidget *plumb_pane_files_build(struct plumb_pane_files *files, struct plumb_app *app);

/* Whom it is about from here on; 0 and NULL: nobody. What was written of another is no longer shown. */
void plumb_pane_files_about(struct plumb_pane_files *files, int64_t session_id, const char *patient);

void plumb_pane_files_free(struct plumb_pane_files *files);

#endif
