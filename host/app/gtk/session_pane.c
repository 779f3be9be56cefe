#include "session_pane.h"

#include "../../export/exporter.h"
#include "canvas.h"
#include "language.h"
#include "session_job.h"
#include "widgets.h"

#define PAGE_PX 600 /* the page is at least so wide */

struct plumb_session_pane {
    struct plumb_app *app;
    int64_t session_id, wanted_id;
    struct plumb_scene page; /* of session_id */
    GtkWidget *canvas, *status, *replay, *note, *keep, *report, *export_to, *nameless, *export_it, *scroll;
    char *kept_note; /* as the store has it; owned */
    int busy;
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

static void enable(const struct plumb_session_pane *pane)
{
    int can = pane->session_id != 0 && !pane->busy;
    GtkWidget *const widgets[] = {pane->replay,    pane->note,     pane->keep,     pane->report,
                                  pane->export_to, pane->nameless, pane->export_it};
    for (size_t i = 0; i < G_N_ELEMENTS(widgets); i++)
        gtk_widget_set_sensitive(widgets[i], can);
}

/* Owned by the caller. */
static char *typed_note(const struct plumb_session_pane *pane)
{
    GtkTextIter begin, end;
    GtkTextBuffer *buffer = gtk_text_view_get_buffer(GTK_TEXT_VIEW(pane->note));
    gtk_text_buffer_get_bounds(buffer, &begin, &end);
    return gtk_text_buffer_get_text(buffer, &begin, &end, FALSE);
}

static void note_left(void *context, struct plumb_session_job *job)
{
    plumb_app_toast(context, job->fail ? job->words : N_("The note is kept"), NULL, PLUMB_WISHES_N);
}

void plumb_session_pane_leave(struct plumb_session_pane *pane)
{
    char *note = pane->session_id ? typed_note(pane) : NULL;
    if (!note || g_str_equal(note, pane->kept_note ? pane->kept_note : "")) {
        g_free(note);
        return;
    }
    struct plumb_session_job *job = g_new0(struct plumb_session_job, 1);
    job->task = PLUMB_TASK_NOTE;
    job->session_id = pane->session_id;
    job->note = note;
    g_free(pane->kept_note);
    pane->kept_note = g_strdup(note);
    plumb_session_job_run(job, pane->app->toasts, note_left, pane->app);
}

static void set_note(struct plumb_session_pane *pane, const char *note)
{
    g_free(pane->kept_note);
    pane->kept_note = g_strdup(note);
    GtkTextBuffer *buffer = gtk_text_view_get_buffer(GTK_TEXT_VIEW(pane->note));
    gtk_text_buffer_set_text(buffer, note ? note : "", -1);
}

static void page_done(void *context, struct plumb_session_job *job)
{
    struct plumb_session_pane *pane = context;
    if (job->session_id != pane->wanted_id)
        return; /* somebody has chosen another one meanwhile */
    pane->session_id = job->fail ? 0 : job->session_id;
    plumb_words_set(pane->status, job->fail ? job->words : "");
    plumb_scene_free(&pane->page);
    pane->page = job->page;
    plumb_scene_init(&job->page, 1, 1);
    if (!job->fail)
        set_note(pane, job->note);
    gtk_widget_set_visible(pane->canvas, !job->fail);
    gtk_widget_queue_draw(pane->canvas);
    enable(pane);
}

void plumb_session_pane_show(struct plumb_session_pane *pane, int64_t session_id)
{
    plumb_session_pane_leave(pane);
    pane->wanted_id = session_id;
    pane->session_id = 0;
    gtk_widget_set_visible(pane->canvas, FALSE);
    plumb_words_set(
        pane->status, session_id ? _("Looking at it once more, with the whole session in view.") : "");
    enable(pane);
    if (!session_id)
        return;
    struct plumb_session_job *job = g_new0(struct plumb_session_job, 1);
    job->task = PLUMB_TASK_PAGE;
    job->session_id = session_id;
    job->paper = (enum plumb_paper)pane->app->settings.paper;
    plumb_session_job_run(job, pane->canvas, page_done, pane);
}

/* ---- what can be done */

static void job_done(void *context, struct plumb_session_job *job)
{
    struct plumb_session_pane *pane = context;
    pane->busy = 0;
    if (job->task == PLUMB_TASK_NOTE && !job->fail) {
        plumb_app_toast(pane->app, "The note is kept", NULL, PLUMB_WISHES_N);
        if (job->session_id == pane->session_id)
            plumb_session_pane_show(pane, job->session_id); /* the page has it too */
        else
            enable(pane);
        return;
    }
    plumb_words_set(pane->status, job->words);
    enable(pane);
}

static void run(struct plumb_session_pane *pane, struct plumb_session_job *job, const char *words)
{
    job->session_id = pane->session_id;
    job->paper = (enum plumb_paper)pane->app->settings.paper;
    pane->busy = 1;
    plumb_words_set(pane->status, plumb_language_text(words));
    enable(pane);
    plumb_session_job_run(job, pane->canvas, job_done, pane);
}

static void report(GtkButton *button, gpointer data)
{
    struct plumb_session_pane *pane = data;
    struct plumb_session_job *job = g_new0(struct plumb_session_job, 1);
    (void)button;
    job->task = PLUMB_TASK_REPORT;
    job->path = plumb_session_job_path(pane->session_id, ".pdf");
    run(pane, job, N_("Writing the page"));
}

static void export_it(GtkButton *button, gpointer data)
{
    struct plumb_session_pane *pane = data;
    guint which = gtk_drop_down_get_selected(GTK_DROP_DOWN(pane->export_to));
    const struct plumb_exporter *exporter = plumb_exporters[which];
    struct plumb_session_job *job = g_new0(struct plumb_session_job, 1);
    (void)button;
    job->task = PLUMB_TASK_EXPORT;
    job->format = g_strdup(exporter->id);
    job->deidentify = gtk_check_button_get_active(GTK_CHECK_BUTTON(pane->nameless));
    char *ending = g_strdup_printf(
        "%s%s", *exporter->extension ? "" : "-", *exporter->extension ? exporter->extension : exporter->id);
    job->path = plumb_session_job_path(pane->session_id, ending);
    g_free(ending);
    run(pane, job, N_("Exporting"));
}

static void replay(GtkButton *button, gpointer data)
{
    struct plumb_session_pane *pane = data;
    (void)button;
    plumb_app_replay(pane->app, pane->session_id);
}

static void keep_note(GtkButton *button, gpointer data)
{
    struct plumb_session_pane *pane = data;
    struct plumb_session_job *job = g_new0(struct plumb_session_job, 1);
    (void)button;
    job->task = PLUMB_TASK_NOTE;
    job->note = typed_note(pane);
    g_free(pane->kept_note);
    pane->kept_note = g_strdup(job->note);
    run(pane, job, N_("Keeping the note"));
}

/* ---- building */

/* "CSV", "EDF": what each is stands in the tip. */
static GtkWidget *formats_new(void)
{
    GtkStringList *names = gtk_string_list_new(NULL);
    GString *tip = g_string_new(NULL);
    for (const struct plumb_exporter *const *at = plumb_exporters; *at; at++) {
        char *name = g_ascii_strup((*at)->id, -1);
        gtk_string_list_append(names, name);
        g_string_append_printf(
            tip, "%s%s: %s", tip->len ? "\n" : "", name, plumb_language_text((*at)->summary));
        g_free(name);
    }
    GtkWidget *list = gtk_drop_down_new(G_LIST_MODEL(names), NULL);
    gtk_widget_set_tooltip_text(list, tip->str);
    gtk_accessible_update_property(
        GTK_ACCESSIBLE(list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Format of the export"), -1);
    g_string_free(tip, TRUE);
    return list;
}

static GtkWidget *note_new(struct plumb_session_pane *pane)
{
    GtkWidget *scroll = gtk_scrolled_window_new();
    pane->note = gtk_text_view_new();
    gtk_text_view_set_wrap_mode(GTK_TEXT_VIEW(pane->note), GTK_WRAP_WORD_CHAR);
    gtk_text_view_set_accepts_tab(GTK_TEXT_VIEW(pane->note), FALSE);
    gtk_accessible_update_property(GTK_ACCESSIBLE(pane->note), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Note"), -1);
    gtk_widget_add_css_class(pane->note, "note");
    gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroll), pane->note);
    gtk_scrolled_window_set_min_content_height(GTK_SCROLLED_WINDOW(scroll), 110);
    return scroll;
}

static GtkWidget *actions_new(struct plumb_session_pane *pane)
{
    GtkWidget *box = plumb_box_new(GTK_ORIENTATION_VERTICAL, 10, NULL);
    pane->replay =
        plumb_key_new("Replay", NULL, N_("The session moment by moment"), G_CALLBACK(replay), pane);
    pane->report = plumb_key_new("Report as PDF", NULL, N_("The page as a file"), G_CALLBACK(report), pane);
    pane->keep = plumb_key_new(
        "Keep the note", NULL, N_("Keeps the note with the session"), G_CALLBACK(keep_note), pane);
    pane->export_to = formats_new();
    pane->nameless = gtk_check_button_new_with_label(_("Without names and dates"));
    pane->export_it =
        plumb_key_new("Export", NULL, N_("Writes the traces in this format"), G_CALLBACK(export_it), pane);
    pane->status = plumb_words_new(NULL, "quiet");
    gtk_label_set_selectable(GTK_LABEL(pane->status), TRUE);
    gtk_widget_set_focusable(pane->status, FALSE);
    gtk_label_set_wrap_mode(GTK_LABEL(pane->status), PANGO_WRAP_WORD_CHAR);
    gtk_box_append(GTK_BOX(box), pane->replay);
    gtk_box_append(GTK_BOX(box), plumb_words_new("Note", "field"));
    gtk_box_append(GTK_BOX(box), note_new(pane));
    gtk_box_append(GTK_BOX(box), pane->keep);
    gtk_box_append(GTK_BOX(box), pane->report);
    gtk_box_append(GTK_BOX(box), plumb_words_new("Traces for other programs", "field"));
    gtk_box_append(GTK_BOX(box), pane->export_to);
    gtk_box_append(GTK_BOX(box), pane->nameless);
    gtk_box_append(GTK_BOX(box), pane->export_it);
    gtk_box_append(GTK_BOX(box), pane->status);
    gtk_widget_set_size_request(box, 270, -1);
    gtk_widget_set_margin_end(box, 12); /* or the bar would lie on it */
    GtkWidget *scroll = gtk_scrolled_window_new();
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

static void forget(gpointer data)
{
    struct plumb_session_pane *pane = data;
    plumb_scene_free(&pane->page);
    g_free(pane->kept_note);
    g_free(pane);
}

GtkWidget *plumb_session_pane_new(struct plumb_app *app, struct plumb_session_pane **made)
{
    struct plumb_session_pane *pane = g_new0(struct plumb_session_pane, 1);
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 22), *scroll = gtk_scrolled_window_new();
    pane->app = app;
    plumb_scene_init(&pane->page, 0, 0);
    pane->canvas =
        plumb_canvas_new(app, PAGE_PX, page_height_px(pane, PAGE_PX), "The session's page", fill_page, pane);
    gtk_widget_set_halign(pane->canvas, GTK_ALIGN_CENTER);
    gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroll), pane->canvas);
    gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroll), GTK_POLICY_AUTOMATIC, GTK_POLICY_AUTOMATIC);
    g_signal_connect(
        gtk_scrolled_window_get_hadjustment(GTK_SCROLLED_WINDOW(scroll)), "notify::page-size",
        G_CALLBACK(fit_page), pane);
    gtk_widget_set_hexpand(scroll, TRUE);
    gtk_widget_set_vexpand(scroll, TRUE);
    gtk_box_append(GTK_BOX(box), scroll);
    gtk_box_append(GTK_BOX(box), actions_new(pane));
    g_object_set_data_full(G_OBJECT(box), "pane", pane, forget);
    enable(pane);
    *made = pane;
    return box;
}
