#include "session_job.h"

#include <stdio.h>
#include <stdlib.h>

#include "../../export/exporter.h"
#include "../../io/message_fail.h"
#include "../../view/target.h"
#include "../shared/page_stored.h"
#include "language.h"

#define PROGRAM "plumb " PLUMB_VERSION

/* ---- the tasks, in the thread */

static int
draw_page(struct plumb_session_job *job, const struct plumb_page *page, struct plumb_message *message)
{
    plumb_scene_init(&job->page, plumb_paper_width_pt(job->paper), plumb_paper_height_pt(job->paper));
    if (plumb_page_draw(&job->page, page))
        return plumb_message_fail(message, PLUMB_FAILED, "not enough memory for the page");
    if (job->task == PLUMB_TASK_REPORT)
        return plumb_render(&job->page, job->path, plumb_target_by_path(job->path), 2, message);
    return 0;
}

static int make_page(struct plumb_session_job *job, struct plumb_store *store, struct plumb_message *message)
{
    struct plumb_page_stored *stored = calloc(1, sizeof *stored);
    if (!stored)
        return plumb_message_fail(message, PLUMB_FAILED, "not enough memory for the page");
    int fail = plumb_page_stored_open(stored, store, job->session_id, PROGRAM, message);
    if (!fail) {
        job->note = job->note ? job->note : g_strdup(stored->dossier.note);
        fail = draw_page(job, &stored->fill.page, message);
    }
    plumb_page_stored_close(stored);
    free(stored);
    return fail;
}

static int export_it(struct plumb_session_job *job, struct plumb_store *store, struct plumb_message *message)
{
    struct plumb_dossier dossier;
    const struct plumb_exporter *exporter = plumb_exporter_find(job->format);
    struct plumb_export_job asked = {.path = job->path, .deidentify = job->deidentify};
    if (!exporter)
        return plumb_message_fail(message, PLUMB_USAGE, "there is no format %s", job->format);
    int fail = plumb_store_dossier(store, job->session_id, &dossier, message);
    if (fail)
        return fail;
    fail = plumb_export(exporter, &asked, &dossier, message);
    plumb_dossier_free(&dossier);
    return fail;
}

static int do_task(struct plumb_session_job *job, struct plumb_store *store, struct plumb_message *message)
{
    switch (job->task) {
    case PLUMB_TASK_PAGE:
    case PLUMB_TASK_REPORT:
        return make_page(job, store, message);
    case PLUMB_TASK_EXPORT:
        return export_it(job, store, message);
    case PLUMB_TASK_NOTE:
        return plumb_store_annotate(store, job->session_id, job->note, NULL, message);
    case PLUMB_TASK_REPLAY:
        job->replay = g_new0(struct plumb_replay, 1);
        return plumb_replay_load(job->replay, store, job->session_id, message);
    }
    return PLUMB_USAGE;
}

static void work(GTask *task, gpointer source, gpointer data, GCancellable *cancel)
{
    struct plumb_session_job *job = data;
    struct plumb_message message = {""};
    (void)source, (void)cancel;
    struct plumb_store *store = plumb_store_open(NULL, &job->fail, &message);
    message.text[0] = store ? '\0' : message.text[0];
    if (store)
        job->fail = do_task(job, store, &message);
    plumb_store_close(store);
    if (job->fail)
        g_strlcpy(job->words, message.text, sizeof job->words);
    else if (job->path)
        g_snprintf(job->words, sizeof job->words, _("Written: %s"), job->path);
    g_task_return_boolean(task, TRUE);
}

/* ---- in the window's thread */

struct caller {
    GWeakRef whose;
    void (*done)(void *context, struct plumb_session_job *job);
    void *context;
};

static void finished(GObject *source, GAsyncResult *result, gpointer data)
{
    struct caller *caller = data;
    struct plumb_session_job *job = g_task_get_task_data(G_TASK(result));
    GObject *alive = g_weak_ref_get(&caller->whose);
    (void)source;
    if (alive && gtk_widget_get_root(GTK_WIDGET(alive)))
        caller->done(caller->context, job);
    g_clear_object(&alive);
    g_weak_ref_clear(&caller->whose);
    g_free(caller);
    g_application_release(g_application_get_default());
}

static void forget(gpointer data)
{
    struct plumb_session_job *job = data;
    plumb_scene_free(&job->page);
    if (job->replay)
        plumb_replay_free(job->replay);
    g_free(job->replay);
    g_free(job->path);
    g_free(job->format);
    g_free(job->note);
    g_free(job);
}

void plumb_session_job_run(
    struct plumb_session_job *job, GtkWidget *whose,
    void (*done)(void *context, struct plumb_session_job *job), void *context)
{
    struct caller *caller = g_new0(struct caller, 1);
    GTask *task = g_task_new(NULL, NULL, finished, caller);
    caller->done = done;
    caller->context = context;
    g_weak_ref_init(&caller->whose, whose);
    g_application_hold(g_application_get_default()); /* a note that was typed is kept even so */
    g_task_set_task_data(task, job, forget);
    g_task_run_in_thread(task, work);
    g_object_unref(task);
}

char *plumb_session_job_path(int64_t session_id, const char *extension)
{
    const char *documents = g_get_user_special_dir(G_USER_DIRECTORY_DOCUMENTS);
    char *folder = g_build_filename(documents ? documents : g_get_home_dir(), "Plumb", NULL);
    GDateTime *now = g_date_time_new_now_local();
    char *day = g_date_time_format(now, "%Y-%m-%d"), *path = NULL;
    g_mkdir_with_parents(folder, 0700);
    for (int i = 0; !path || g_file_test(path, G_FILE_TEST_EXISTS); i++) {
        char more[16] = "", *name = NULL;
        if (i)
            g_snprintf(more, sizeof more, "-%d", i + 1);
        name = g_strdup_printf("%s-session-%d%s%s", day, (int)session_id, more, extension);
        g_free(path);
        path = g_build_filename(folder, name, NULL);
        g_free(name);
    }
    g_free(day);
    g_date_time_unref(now);
    g_free(folder);
    return path;
}
