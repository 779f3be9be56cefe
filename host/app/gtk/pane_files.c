#include "pane_files.h"

#include "../../export/exporter.h"
#include "language.h"
#include "session_job.h"
#include "widgets.h"

#define LOOK_MS 100

static int is_about(const struct plumb_pane_files *files, const struct plumb_session_job *job)
{
    return files->session_id == job->session_id && !g_strcmp0(files->patient, job->patient);
}

static void enable(const struct plumb_pane_files *files)
{
    int can = (files->session_id || files->patient) && !files->running;
    GtkWidget *const exports[] = {files->export_to, files->nameless, files->export_it};
    gtk_widget_set_sensitive(files->report, can);
    for (size_t i = 0; i < G_N_ELEMENTS(exports); i++)
        gtk_widget_set_sensitive(exports[i], can && files->session_id);
    gtk_widget_set_visible(files->running_box, files->running != NULL);
}

/* ---- what was written */

static void show_written(struct plumb_pane_files *files, const char *words, const char *path)
{
    g_free(files->written);
    files->written = g_strdup(path);
    plumb_words_set(files->written_words, words);
    gtk_widget_set_visible(files->open, path != NULL);
    gtk_widget_set_visible(files->written_box, *words != '\0');
}

static void opened(GObject *window, GAsyncResult *result, gpointer app)
{
    if (!gtk_show_uri_full_finish(GTK_WINDOW(window), result, NULL))
        plumb_app_toast(app, N_("Nothing here opens it: look into the folder"), NULL, PLUMB_WISHES_N);
}

/* A page is opened itself; of an export the folder it lies in, for nobody knows what reads it. */
static void open_it(GtkButton *button, gpointer data)
{
    struct plumb_pane_files *files = data;
    char *folder = g_path_get_dirname(files->written);
    char *uri =
        g_filename_to_uri(g_str_has_suffix(files->written, ".pdf") ? files->written : folder, NULL, NULL);
    (void)button;
    if (uri)
        gtk_show_uri_full(GTK_WINDOW(files->app->window), uri, GDK_CURRENT_TIME, NULL, opened, files->app);
    g_free(uri);
    g_free(folder);
}

/* ---- writing */

/* The bar moves to and fro until the export says how far it is. */
static gboolean look(gpointer data)
{
    struct plumb_pane_files *files = data;
    struct plumb_session_job *job = files->running;
    int done_ppm = g_atomic_int_get(&job->done_ppm);
    int whole_s = (int)((g_get_monotonic_time() - files->begun_us) / G_USEC_PER_SEC);
    char *words = g_strdup_printf(
        "%s, %d s", job->task == PLUMB_TASK_EXPORT ? _("Exporting") : _("Writing the page"), whole_s);
    plumb_words_set(files->running_words, words);
    g_free(words);
    if (done_ppm)
        gtk_progress_bar_set_fraction(GTK_PROGRESS_BAR(files->bar), 1e-6 * done_ppm);
    else
        gtk_progress_bar_pulse(GTK_PROGRESS_BAR(files->bar));
    return G_SOURCE_CONTINUE;
}

static void done(void *context, struct plumb_session_job *job)
{
    struct plumb_pane_files *files = context;
    g_source_remove(files->timer);
    files->running = NULL;
    enable(files);
    if (is_about(files, job))
        show_written(files, job->words, job->fail ? NULL : job->path);
    else
        plumb_app_toast(files->app, job->words, NULL, PLUMB_WISHES_N);
}

/* Takes the job. `extension` is ".pdf", or "-bids" for a folder. */
static void run(struct plumb_pane_files *files, struct plumb_session_job *job, const char *extension)
{
    char *what = files->patient ? g_strdup("weeks") : g_strdup_printf("session-%d", (int)files->session_id);
    job->session_id = files->session_id;
    job->patient = g_strdup(files->patient);
    job->path = plumb_session_job_path(files->app, what, extension);
    g_free(what);
    job->paper = (enum plumb_paper)files->app->settings.paper;
    files->running = job;
    files->begun_us = g_get_monotonic_time();
    files->timer = g_timeout_add(LOOK_MS, look, files);
    gtk_progress_bar_set_fraction(GTK_PROGRESS_BAR(files->bar), 0);
    gtk_widget_set_sensitive(files->give_up, TRUE);
    show_written(files, "", NULL);
    look(files);
    enable(files);
    plumb_session_job_run(job, files->bar, done, files);
}

static void report(GtkButton *button, gpointer files)
{
    struct plumb_session_job *job = g_new0(struct plumb_session_job, 1);
    (void)button;
    job->task = PLUMB_TASK_REPORT;
    run(files, job, ".pdf");
}

/* What the extension does not say stands before it: "-csv" (a folder), "-fhir.json". */
static void export_it(GtkButton *button, gpointer data)
{
    struct plumb_pane_files *files = data;
    guint which = gtk_drop_down_get_selected(GTK_DROP_DOWN(files->export_to));
    const struct plumb_exporter *exporter = plumb_exporters[which];
    struct plumb_session_job *job = g_new0(struct plumb_session_job, 1);
    (void)button;
    job->task = PLUMB_TASK_EXPORT;
    job->format = g_strdup(exporter->id);
    job->deidentify = gtk_check_button_get_active(GTK_CHECK_BUTTON(files->nameless));
    int says_it = g_str_equal(exporter->extension + (*exporter->extension != '\0'), exporter->id);
    char *ending =
        g_strdup_printf("%s%s%s", says_it ? "" : "-", says_it ? "" : exporter->id, exporter->extension);
    run(files, job, ending);
    g_free(ending);
}

static void give_up(GtkButton *button, gpointer data)
{
    struct plumb_pane_files *files = data;
    if (files->running)
        g_atomic_int_set(&files->running->give_up, 1);
    gtk_widget_set_sensitive(GTK_WIDGET(button), FALSE);
}

/* ---- where to */

static void say_folder(const struct plumb_pane_files *files)
{
    char *folder = plumb_session_job_folder(files->app), *name = g_path_get_basename(folder);
    char *words = g_strdup_printf(_("Folder: %s"), name),
         *tip = g_strdup_printf(_("Where files go: %s"), folder);
    gtk_button_set_label(GTK_BUTTON(files->folder), words);
    gtk_widget_set_tooltip_text(files->folder, tip);
    gtk_label_set_ellipsize(GTK_LABEL(gtk_button_get_child(GTK_BUTTON(files->folder))), PANGO_ELLIPSIZE_END);
    g_free(tip);
    g_free(words);
    g_free(name);
    g_free(folder);
}

static void folder_chosen(GtkNativeDialog *dialog, int response, gpointer data)
{
    struct plumb_pane_files *files = data;
    GFile *chosen =
        response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file(GTK_FILE_CHOOSER(dialog)) : NULL;
    if (chosen) {
        g_free(files->app->folder);
        files->app->folder = g_file_get_path(chosen);
        g_object_unref(chosen);
    }
    say_folder(files);
    g_object_unref(dialog);
}

static void choose_folder(GtkButton *button, gpointer data)
{
    struct plumb_pane_files *files = data;
    GtkFileChooserNative *dialog = gtk_file_chooser_native_new(
        _("Where reports and exports go"), GTK_WINDOW(files->app->window),
        GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("Choose"), _("Cancel"));
    (void)button;
    g_signal_connect(dialog, "response", G_CALLBACK(folder_chosen), files);
    gtk_native_dialog_set_modal(GTK_NATIVE_DIALOG(dialog), TRUE);
    gtk_native_dialog_show(GTK_NATIVE_DIALOG(dialog));
}

void plumb_pane_files_about(struct plumb_pane_files *files, int64_t session_id, const char *patient)
{
    if (files->session_id != session_id || g_strcmp0(files->patient, patient))
        show_written(files, "", NULL);
    char *whose = g_strdup(patient); /* it may be our own */
    g_free(files->patient);
    files->patient = whose;
    files->session_id = session_id;
    say_folder(files); /* another pane may have chosen it */
    enable(files);
}

void plumb_pane_files_free(struct plumb_pane_files *files)
{
    if (files->running)
        g_source_remove(files->timer);
    g_free(files->patient);
    g_free(files->written);
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
    plumb_name_set(list, "Format of the export");
    g_string_free(tip, TRUE);
    return list;
}

static GtkWidget *running_new(struct plumb_pane_files *files)
{
    files->running_box = plumb_box_new(GTK_ORIENTATION_VERTICAL, 8, NULL);
    files->running_words = plumb_words_new(NULL, "quiet");
    files->bar = gtk_progress_bar_new();
    plumb_name_set(files->bar, "How far it is written");
    files->give_up =
        plumb_key_new("Cancel", NULL, N_("Gives it up; nothing is left of it"), G_CALLBACK(give_up), files);
    gtk_box_append(GTK_BOX(files->running_box), files->running_words);
    gtk_box_append(GTK_BOX(files->running_box), files->bar);
    gtk_box_append(GTK_BOX(files->running_box), files->give_up);
    return files->running_box;
}

static GtkWidget *written_new(struct plumb_pane_files *files)
{
    files->written_box = plumb_box_new(GTK_ORIENTATION_VERTICAL, 8, NULL);
    files->written_words = plumb_words_new(NULL, "quiet");
    gtk_label_set_selectable(GTK_LABEL(files->written_words), TRUE);
    gtk_widget_set_focusable(files->written_words, FALSE);
    gtk_label_set_wrap_mode(GTK_LABEL(files->written_words), PANGO_WRAP_WORD_CHAR);
    files->open =
        plumb_key_new("Open", NULL, N_("The page, or the folder of the export"), G_CALLBACK(open_it), files);
    gtk_box_append(GTK_BOX(files->written_box), files->written_words);
    gtk_box_append(GTK_BOX(files->written_box), files->open);
    return files->written_box;
}

GtkWidget *plumb_pane_files_build(struct plumb_pane_files *files, struct plumb_app *app)
{
    GtkWidget *box = plumb_box_new(GTK_ORIENTATION_VERTICAL, 8, NULL);
    files->app = app;
    files->report = plumb_key_new("Report as PDF", NULL, N_("The page as a file"), G_CALLBACK(report), files);
    files->export_to = formats_new();
    files->nameless = gtk_check_button_new_with_label(_("Without names and dates"));
    files->export_it =
        plumb_key_new("Export", NULL, N_("Writes the traces in this format"), G_CALLBACK(export_it), files);
    files->folder =
        plumb_key_new("Where files go", NULL, N_("Where files go"), G_CALLBACK(choose_folder), files);
    GtkWidget *const rows[] = {files->report,      plumb_words_new("Traces for other programs", "field"),
                               files->export_to,   files->nameless,
                               files->export_it,   files->folder,
                               running_new(files), written_new(files)};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        gtk_box_append(GTK_BOX(box), rows[i]);
    show_written(files, "", NULL);
    plumb_pane_files_about(files, 0, NULL);
    return box;
}
