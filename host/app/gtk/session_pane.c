#include "session_pane.h"

#include "canvas.h"
#include "going.h"
#include "language.h"
#include "pane_files.h"
#include "pane_words.h"
#include "session_job.h"
#include "widgets.h"

#define PAGE_PX    600 /* the page is at least so wide */
#define ACTIONS_PX 270

struct plumb_session_pane {
    struct plumb_app *app;
    int64_t asked_n; /* counts what was asked for */
    int looking;     /* a page is being looked up: the next one waits, and only the last that was asked for */
    int64_t wanted_id;       /* 0 and NULL: nothing */
    char *wanted_patient;    /* owned */
    int64_t session_id;      /* that the page shows; 0: none, or a patient's weeks */
    struct plumb_scene page; /* 0 wide: none */
    GtkWidget *canvas, *status, *replay, *delete_it;
    struct plumb_pane_words words;
    struct plumb_pane_files files;
};

/* ---- the page */

static void fill_page(struct plumb_app *app, void *context, struct plumb_scene *scene)
{
    struct plumb_session_pane *pane = context;
    (void)app;
    plumb_scene_clear(scene);
    if (pane->page.width_pt > 0)
        plumb_scene_put(scene, &pane->page, 0, 0, scene->width_pt / pane->page.width_pt);
}

static void say(const struct plumb_session_pane *pane, const char *words)
{
    plumb_words_set(pane->status, words);
    gtk_widget_set_visible(pane->status, *words != '\0');
}

/* What can be done with what is shown. */
static void offer(struct plumb_session_pane *pane, const char *patient, const char *note, const char *tags)
{
    plumb_pane_words_show(&pane->words, pane->session_id, note, tags);
    plumb_pane_files_about(&pane->files, pane->session_id, patient);
    gtk_widget_set_sensitive(pane->replay, pane->session_id != 0);
    gtk_widget_set_sensitive(pane->delete_it, pane->session_id != 0);
}

/* For who listens: which page it is. */
static void describe(const struct plumb_session_pane *pane, const struct plumb_session_job *job)
{
    char *words = job->patient ? g_strdup_printf(_("Eight weeks of %s"), job->patient)
                               : g_strdup_printf(_("Session %d"), (int)job->session_id);
    plumb_canvas_describe(pane->canvas, words);
    g_free(words);
}

static void look_up(struct plumb_session_pane *pane);

static void page_done(void *context, struct plumb_session_job *job)
{
    struct plumb_session_pane *pane = context;
    pane->looking = 0;
    if (job->asked_n != pane->asked_n) { /* somebody has chosen another one meanwhile */
        look_up(pane);
        return;
    }
    say(pane, job->fail ? job->words : "");
    plumb_scene_free(&pane->page);
    pane->page = job->page;
    plumb_scene_init(&job->page, 1, 1);
    pane->session_id = job->fail ? 0 : job->session_id;
    offer(pane, job->fail ? NULL : job->patient, job->note, job->tags);
    gtk_widget_set_visible(pane->canvas, !job->fail);
    describe(pane, job);
    gtk_widget_queue_draw(pane->canvas);
}

/* The page that was is gone; `words` until there is another. */
static void clear(struct plumb_session_pane *pane, const char *words)
{
    plumb_pane_words_leave(&pane->words);
    pane->session_id = 0;
    pane->asked_n++;
    gtk_widget_set_visible(pane->canvas, FALSE);
    plumb_pane_words_show(&pane->words, 0, NULL, NULL);
    gtk_widget_set_sensitive(pane->replay, FALSE);
    gtk_widget_set_sensitive(pane->delete_it, FALSE);
    say(pane, words);
}

static void look_up(struct plumb_session_pane *pane)
{
    if (pane->looking || (!pane->wanted_id && !pane->wanted_patient))
        return;
    struct plumb_session_job *job = g_new0(struct plumb_session_job, 1);
    job->task = PLUMB_TASK_PAGE;
    job->session_id = pane->wanted_id;
    job->patient = g_strdup(pane->wanted_patient);
    job->asked_n = pane->asked_n;
    job->paper = (enum plumb_paper)pane->app->settings.paper;
    pane->looking = 1;
    plumb_session_job_run(job, pane->canvas, page_done, pane);
}

static void ask(struct plumb_session_pane *pane, int64_t session_id, const char *patient)
{
    g_free(pane->wanted_patient);
    pane->wanted_id = session_id;
    pane->wanted_patient = g_strdup(patient);
    plumb_pane_files_about(&pane->files, session_id, patient);
    look_up(pane);
}

void plumb_session_pane_show(struct plumb_session_pane *pane, int64_t session_id)
{
    int gone = plumb_going_is(pane->app, session_id);
    clear(
        pane, gone         ? _("This session is deleted.")
              : session_id ? _("Looking at it once more, with the whole session in view.")
                           : "");
    ask(pane, gone ? 0 : session_id, NULL);
}

void plumb_session_pane_show_weeks(struct plumb_session_pane *pane, const char *patient)
{
    clear(pane, _("Looking at the last eight weeks."));
    ask(pane, 0, patient);
}

void plumb_session_pane_leave(struct plumb_session_pane *pane)
{
    plumb_pane_words_leave(&pane->words);
}

/* ---- what can be done */

/* The page has the note too. */
static void words_kept(void *context, int64_t session_id)
{
    struct plumb_session_pane *pane = context;
    if (session_id == pane->session_id)
        plumb_session_pane_show(pane, session_id);
}

static void replay(GtkButton *button, gpointer data)
{
    struct plumb_session_pane *pane = data;
    (void)button;
    plumb_app_replay(pane->app, pane->session_id);
}

static void delete_it(GtkButton *button, gpointer data)
{
    struct plumb_session_pane *pane = data;
    (void)button;
    plumb_pane_words_leave(&pane->words);
    plumb_going_begin(pane->app, pane->session_id);
}

/* ---- building */

static GtkWidget *actions_new(struct plumb_session_pane *pane)
{
    GtkWidget *box = plumb_box_new(GTK_ORIENTATION_VERTICAL, 10, NULL), *scroll = gtk_scrolled_window_new();
    pane->replay =
        plumb_key_new("Replay", NULL, N_("The session moment by moment"), G_CALLBACK(replay), pane);
    pane->delete_it = plumb_key_new(
        "Delete", NULL, N_("Deletes the session for good, unless you undo it in time"), G_CALLBACK(delete_it),
        pane);
    pane->words.kept = words_kept;
    pane->words.context = pane;
    gtk_box_append(GTK_BOX(box), pane->replay);
    gtk_box_append(GTK_BOX(box), plumb_pane_files_build(&pane->files, pane->app));
    gtk_box_append(GTK_BOX(box), plumb_pane_words_build(&pane->words, pane->app));
    gtk_box_append(GTK_BOX(box), pane->delete_it);
    gtk_widget_set_size_request(box, ACTIONS_PX, -1);
    gtk_widget_set_margin_end(box, 12); /* or the bar would lie on it */
    gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroll), box);
    gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
    return scroll;
}

static int page_height_px(const struct plumb_session_pane *pane, int width_px)
{
    enum plumb_paper paper = (enum plumb_paper)pane->app->settings.paper;
    return (int)(width_px * plumb_paper_height_pt(paper) / plumb_paper_width_pt(paper));
}

/* The page is as wide as there is room. */
static void fit_page(GtkAdjustment *adjustment, GParamSpec *spec, gpointer data)
{
    struct plumb_session_pane *pane = data;
    int width_px = MAX(PAGE_PX, (int)gtk_adjustment_get_page_size(adjustment) - 4);
    (void)spec;
    gtk_drawing_area_set_content_width(GTK_DRAWING_AREA(pane->canvas), width_px);
    gtk_drawing_area_set_content_height(GTK_DRAWING_AREA(pane->canvas), page_height_px(pane, width_px));
}

static GtkWidget *page_new(struct plumb_session_pane *pane)
{
    GtkWidget *box = plumb_box_new(GTK_ORIENTATION_VERTICAL, 8, NULL), *scroll = gtk_scrolled_window_new();
    pane->status = plumb_words_new(NULL, "quiet");
    pane->canvas =
        plumb_canvas_new(pane->app, PAGE_PX, page_height_px(pane, PAGE_PX), "The page", fill_page, pane);
    gtk_widget_set_halign(pane->canvas, GTK_ALIGN_CENTER);
    gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroll), pane->canvas);
    gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroll), GTK_POLICY_AUTOMATIC, GTK_POLICY_AUTOMATIC);
    g_signal_connect(
        gtk_scrolled_window_get_hadjustment(GTK_SCROLLED_WINDOW(scroll)), "notify::page-size",
        G_CALLBACK(fit_page), pane);
    gtk_widget_set_hexpand(scroll, TRUE);
    gtk_widget_set_vexpand(scroll, TRUE);
    gtk_box_append(GTK_BOX(box), pane->status);
    gtk_box_append(GTK_BOX(box), scroll);
    return box;
}

static void forget(gpointer data)
{
    struct plumb_session_pane *pane = data;
    plumb_scene_free(&pane->page);
    g_free(pane->wanted_patient);
    plumb_pane_words_free(&pane->words);
    plumb_pane_files_free(&pane->files);
    g_free(pane);
}

GtkWidget *plumb_session_pane_new(struct plumb_app *app, struct plumb_session_pane **made)
{
    struct plumb_session_pane *pane = g_new0(struct plumb_session_pane, 1);
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 22);
    pane->app = app;
    plumb_scene_init(&pane->page, 0, 0);
    gtk_box_append(GTK_BOX(box), page_new(pane));
    gtk_box_append(GTK_BOX(box), actions_new(pane));
    g_object_set_data_full(G_OBJECT(box), "pane", pane, forget);
    clear(pane, "");
    *made = pane;
    return box;
}
