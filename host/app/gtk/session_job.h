/* What is done with stored sessions beside the window: a thread of its own opens the store, does it, and
 * hands back what came of it.
 */
#ifndef PLUMB_SESSION_JOB_H
#define PLUMB_SESSION_JOB_H

#include "../../view/page.h"
#include "../shared/replay.h"
#include "app.h"

enum plumb_session_task {
    PLUMB_TASK_PAGE,   /* of a session, or of a patient's weeks */
    PLUMB_TASK_REPORT, /* the same as a file */
    PLUMB_TASK_EXPORT,
    PLUMB_TASK_WORDS, /* keeps note and tags */
    PLUMB_TASK_REPLAY,
    PLUMB_TASK_DELETE,
    PLUMB_TASK_LIST
};

struct plumb_session_job {
    enum plumb_session_task task;
    int64_t session_id;
    char *patient;     /* PAGE, REPORT: of this patient's weeks instead; owned */
    char *path;        /* REPORT, EXPORT: where to; owned */
    char *format;      /* EXPORT; owned */
    char *note, *tags; /* WORDS: what is to be kept; PAGE: what is kept; owned */
    int deidentify;
    enum plumb_paper paper; /* PAGE, REPORT */
    char *text;             /* LIST: what is searched for; owned, may be NULL */
    int64_t asked_n;        /* the caller's own count: an answer to an older question is dropped */
    gint done_ppm,
        give_up; /* between the threads. EXPORT: how far, in millionths; any: the user gives it up */
    struct plumb_scene page;     /* PAGE */
    struct plumb_replay *replay; /* REPLAY; owned */
    GArray *list;                /* LIST: struct plumb_store_session, the newest first; owned */
    int fail;
    char words[400]; /* what came of it, for a person */
};

/* Does it, behind those that were asked for before (an export at once, beside them); `done` is called in the
 * window's thread with the finished job, which is freed behind it; not where `whose` is gone by then. The
 * program does not end before the job is done. Takes the job (g_new0). */
void plumb_session_job_run(
    struct plumb_session_job *job, GtkWidget *whose,
    void (*done)(void *context, struct plumb_session_job *job), void *context);

/* "FOLDER/2026-11-29-session-12.pdf": a name that is free; FOLDER is what the user chose, else
 * DOCUMENTS/Plumb, made where it is missing. `what`: "session-12". Free with g_free. */
char *plumb_session_job_path(const struct plumb_app *app, const char *what, const char *extension);

/* The folder alone, not made. Free with g_free. */
char *plumb_session_job_folder(const struct plumb_app *app);

#endif
