#include "going.h"

#include "language.h"
#include "session_job.h"

#define UNDO_S 8

struct going {
    struct plumb_app *app;
    int64_t session_id;
    int decided; /* undone, or being deleted */
};

int plumb_going_is(const struct plumb_app *app, int64_t session_id)
{
    for (const GSList *at = app->going; at; at = at->next)
        if (((const struct going *)at->data)->session_id == session_id)
            return 1;
    return 0;
}

/* Screens that show sessions look anew. */
static void look_anew(struct plumb_app *app)
{
    if (app->screen == &plumb_screen_history || app->screen == &plumb_screen_after)
        app->screen->shown(app, plumb_app_state(app, app->screen));
}

/* It is in the lists again. */
static void stay(struct plumb_app *app, int64_t session_id)
{
    for (GSList *at = app->going; at; at = at->next)
        if (((struct going *)at->data)->session_id == session_id) {
            g_free(at->data);
            app->going = g_slist_delete_link(app->going, at);
            break;
        }
    look_anew(app);
}

static void deleted(void *context, struct plumb_session_job *job)
{
    struct plumb_app *app = context;
    if (!job->fail)
        return; /* it stays on the list: nobody shall see it once more */
    plumb_app_toast(app, job->words, NULL, PLUMB_WISHES_N);
    stay(app, job->session_id);
}

static void delete_it(struct going *going)
{
    struct plumb_session_job *job = g_new0(struct plumb_session_job, 1);
    going->decided = 1;
    job->task = PLUMB_TASK_DELETE;
    job->session_id = going->session_id;
    plumb_session_job_run(job, going->app->toasts, deleted, going->app);
}

/* ---- the toast */

static struct going *going_of(AdwToast *toast)
{
    struct plumb_app *app = g_object_get_data(G_OBJECT(toast), "app");
    const int64_t *id = g_object_get_data(G_OBJECT(toast), "id");
    for (GSList *at = app->going; at; at = at->next)
        if (((struct going *)at->data)->session_id == *id)
            return at->data;
    return NULL;
}

static void undo(AdwToast *toast, gpointer app)
{
    struct going *going = going_of(toast);
    if (going && !going->decided)
        stay(app, going->session_id);
}

/* After an undo too: then there is nothing to be deleted any more. */
static void passed(AdwToast *toast, gpointer app)
{
    struct going *going = going_of(toast);
    (void)app;
    if (going && !going->decided)
        delete_it(going);
}

void plumb_going_begin(struct plumb_app *app, int64_t session_id)
{
    struct going *going = g_new0(struct going, 1);
    AdwToast *toast = adw_toast_new(_("Deleted"));
    int64_t *id = g_new(int64_t, 1);
    *id = session_id;
    *going = (struct going){app, session_id, 0};
    app->going = g_slist_prepend(app->going, going);
    adw_toast_set_button_label(toast, _("Undo"));
    adw_toast_set_timeout(toast, UNDO_S);
    adw_toast_set_priority(toast, ADW_TOAST_PRIORITY_HIGH); /* the undo is there at once */
    g_object_set_data(G_OBJECT(toast), "app", app);
    g_object_set_data_full(G_OBJECT(toast), "id", id, g_free);
    g_signal_connect(toast, "button-clicked", G_CALLBACK(undo), app);
    g_signal_connect(toast, "dismissed", G_CALLBACK(passed), app);
    adw_toast_overlay_add_toast(ADW_TOAST_OVERLAY(app->toasts), toast);
    look_anew(app);
}

void plumb_going_finish(struct plumb_app *app)
{
    for (GSList *at = app->going; at; at = at->next)
        if (!((struct going *)at->data)->decided)
            delete_it(at->data);
}
