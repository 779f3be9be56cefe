#include "session_job.h"

#include <stdio.h>
#include <stdlib.h>

#include "../../export/exporter.h"
#include "../../io/message_fail.h"
#include "../../store/admin.h"
#include "../../view/target.h"
#include "../shared/page_stored.h"
#include "language.h"

#define PROGRAM  "plumb " PLUMB_VERSION
#define LISTED_N 300

/* ---- the tasks, in the thread */

static int is_wanted(void *job)
{
    return !g_atomic_int_get(&((struct plumb_session_job *)job)->give_up);
}

/* The page as it was drawn: to be looked at, or as a file. Laying out and painting one page takes the same
 * few hundredths of a second however long the session was, so that nobody asks in the midst of it. */
static int give_page(struct plumb_session_job *job, int drawn, struct plumb_message *message)
{
    if (!drawn)
        return plumb_message_fail(message, PLUMB_FAILED, "not enough memory for the page");
    if (!is_wanted(job))
        return PLUMB_USAGE;
    if (job->task == PLUMB_TASK_REPORT)
        return plumb_render(&job->page, job->path, plumb_target_by_path(job->path), 2, message);
    return 0;
}

static int make_page(
    struct plumb_session_job *job, struct plumb_store *store, const struct plumb_page_maker *maker,
    struct plumb_message *message)
{
    struct plumb_page_stored *stored = g_new0(struct plumb_page_stored, 1);
    int fail = plumb_page_stored_open(stored, store, job->session_id, maker, message);
    if (!fail) {
        job->note = g_strdup(stored->dossier.note);
        job->tags = g_strdup(stored->dossier.tags);
        fail = give_page(job, !plumb_page_draw(&job->page, &stored->fill.page), message);
    }
    plumb_page_stored_close(stored);
    g_free(stored);
    return fail;
}

static int make_weeks(
    struct plumb_session_job *job, struct plumb_store *store, const struct plumb_page_maker *maker,
    struct plumb_message *message)
{
    struct plumb_patient_stored *stored = g_new0(struct plumb_patient_stored, 1);
    int fail = plumb_patient_stored_open(stored, store, job->patient, maker, message);
    if (!fail)
        fail = give_page(job, !plumb_patient_page_draw(&job->page, &stored->fill.page), message);
    plumb_patient_stored_close(stored);
    g_free(stored);
    return fail;
}

static int
make_any_page(struct plumb_session_job *job, struct plumb_store *store, struct plumb_message *message)
{
    plumb_scene_init(&job->page, plumb_paper_width_pt(job->paper), plumb_paper_height_pt(job->paper));
    const struct plumb_tongue tongue = plumb_language_tongue();
    const struct plumb_page_maker maker = {PROGRAM, &tongue};
    return (job->patient ? make_weeks : make_page)(job, store, &maker, message);
}

static int tell_share(void *context, double share)
{
    struct plumb_session_job *job = context;
    g_atomic_int_set(&job->done_ppm, (gint)(1e6 * share));
    return !is_wanted(job);
}

static int export_it(struct plumb_session_job *job, struct plumb_store *store, struct plumb_message *message)
{
    struct plumb_dossier dossier;
    const struct plumb_exporter *exporter = plumb_exporter_find(job->format);
    struct plumb_export_job asked = {
        .path = job->path, .deidentify = job->deidentify, .progress = tell_share, .context = job};
    if (!exporter)
        return plumb_message_fail(message, PLUMB_USAGE, "there is no format %s", job->format);
    int fail = plumb_store_dossier(store, job->session_id, &dossier, message);
    if (fail)
        return fail;
    fail = plumb_export(exporter, &asked, &dossier, message);
    plumb_dossier_free(&dossier);
    return fail;
}

static int
load_replay(struct plumb_session_job *job, struct plumb_store *store, struct plumb_message *message)
{
    job->replay = g_new0(struct plumb_replay, 1);
    return plumb_replay_load(job->replay, store, job->session_id, message);
}

static int add_to_list(void *context, const struct plumb_store_session *session)
{
    g_array_append_vals(context, session, 1);
    return 0;
}

static int list(struct plumb_session_job *job, struct plumb_store *store, struct plumb_message *message)
{
    struct plumb_store_query query = {.text = job->text && *job->text ? job->text : NULL, .most_n = LISTED_N};
    job->list = g_array_new(FALSE, FALSE, sizeof(struct plumb_store_session));
    return plumb_store_sessions(store, &query, add_to_list, job->list, message);
}

static int do_task(struct plumb_session_job *job, struct plumb_store *store, struct plumb_message *message)
{
    switch (job->task) {
    case PLUMB_TASK_PAGE:
    case PLUMB_TASK_REPORT:
        return make_any_page(job, store, message);
    case PLUMB_TASK_EXPORT:
        return export_it(job, store, message);
    case PLUMB_TASK_WORDS:
        return plumb_store_annotate(store, job->session_id, job->note, job->tags, message);
    case PLUMB_TASK_REPLAY:
        return load_replay(job, store, message);
    case PLUMB_TASK_DELETE:
        return plumb_store_delete_session(store, job->session_id, message);
    case PLUMB_TASK_LIST:
        return list(job, store, message);
    }
    return PLUMB_USAGE;
}

static void work(GTask *task, gpointer source, gpointer data, GCancellable *cancel)
{
    struct plumb_session_job *job = data;
    struct plumb_message message = {""};
    const struct plumb_wanted wanted = {is_wanted, job};
    (void)source, (void)cancel;
    struct plumb_store *store = plumb_store_open(NULL, &job->fail, &message);
    message.text[0] = store ? '\0' : message.text[0];
    if (store) {
        plumb_store_ask(store, &wanted);
        job->fail = do_task(job, store, &message);
    }
    plumb_store_close(store);
    if (job->fail && g_atomic_int_get(&job->give_up))
        g_strlcpy(job->words, _("Given up. Nothing was written."), sizeof job->words);
    else if (job->fail)
        g_strlcpy(job->words, plumb_language_message(&message), sizeof job->words);
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
    if (job->list)
        g_array_free(job->list, TRUE);
    char *const texts[] = {job->patient, job->path, job->format, job->note, job->tags, job->text};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    g_free(job);
}

static void work_queued(gpointer task, gpointer none)
{
    (void)none;
    work(task, NULL, g_task_get_task_data(task), NULL);
    g_object_unref(task);
}

static void end_queue(gpointer queue)
{
    g_thread_pool_free(queue, FALSE, TRUE);
}

/* One after the other: a page that is asked for behind a note has the note in it. */
static GThreadPool *queue_of(GApplication *application)
{
    GThreadPool *queue = g_object_get_data(G_OBJECT(application), "jobs");
    if (!queue) {
        queue = g_thread_pool_new(work_queued, NULL, 1, FALSE, NULL);
        g_object_set_data_full(G_OBJECT(application), "jobs", queue, end_queue);
    }
    return queue;
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
    if (job->task == PLUMB_TASK_EXPORT)
        g_task_run_in_thread(task, work);
    else
        g_thread_pool_push(queue_of(g_application_get_default()), g_object_ref(task), NULL);
    g_object_unref(task);
}

char *plumb_session_job_folder(const struct plumb_app *app)
{
    const char *documents = g_get_user_special_dir(G_USER_DIRECTORY_DOCUMENTS);
    if (app->folder)
        return g_strdup(app->folder);
    return g_build_filename(documents ? documents : g_get_home_dir(), "Plumb", NULL);
}

char *plumb_session_job_path(const struct plumb_app *app, const char *what, const char *extension)
{
    char *folder = plumb_session_job_folder(app);
    GDateTime *now = g_date_time_new_now_local();
    char *day = g_date_time_format(now, "%Y-%m-%d"), *path = NULL;
    g_mkdir_with_parents(folder, 0700);
    for (int i = 0; !path || g_file_test(path, G_FILE_TEST_EXISTS); i++) {
        char more[16] = "", *name = NULL;
        if (i)
            g_snprintf(more, sizeof more, "-%d", i + 1);
        name = g_strdup_printf("%s-%s%s%s", day, what, more, extension);
        g_free(path);
        path = g_build_filename(folder, name, NULL);
        g_free(name);
    }
    g_free(day);
    g_date_time_unref(now);
    g_free(folder);
    return path;
}
