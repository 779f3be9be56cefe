/* What is done with a stored session beside the window: a thread of its own opens the store, does it, and
 * hands back what came of it.
 */
#ifndef PLUMB_SESSION_JOB_H
#define PLUMB_SESSION_JOB_H

#include "../../view/page.h"
#include "../shared/replay.h"
#include "app.h"

enum plumb_session_task {
    PLUMB_TASK_PAGE,
    PLUMB_TASK_REPORT,
    PLUMB_TASK_EXPORT,
    PLUMB_TASK_NOTE,
    PLUMB_TASK_REPLAY
};

struct plumb_session_job {
    enum plumb_session_task task;
    int64_t session_id;
    char *path;   /* REPORT, EXPORT: where to; owned */
    char *format; /* EXPORT; owned */
    char *note;   /* NOTE: what is to be kept; PAGE: what is kept; owned */
    int deidentify;
    enum plumb_paper paper;      /* PAGE, REPORT */
    int64_t asked_n;             /* the caller's own count: an answer to an older question is dropped */
    struct plumb_scene page;     /* PAGE */
    struct plumb_replay *replay; /* REPLAY; owned */
    int fail;
    char words[400]; /* what came of it, for a person */
};

/* Does it; `done` is called in the window's thread with the finished job, which is freed behind it; not where
 * `whose` is gone by then. The program does not end before the job is done. Takes the job (g_new0). */
void plumb_session_job_run(
    struct plumb_session_job *job, GtkWidget *whose,
    void (*done)(void *context, struct plumb_session_job *job), void *context);

/* "DOCUMENTS/Plumb/2026-11-29 ...": a name that is free, in a folder that is made where it is missing. Free
 * with g_free. */
char *plumb_session_job_path(int64_t session_id, const char *extension);

#endif
