#include "pane_words.h"

#include "language.h"
#include "session_job.h"
#include "widgets.h"

#define NOTE_PX 96

static char *typed_note(const struct plumb_pane_words *words) /* owned by the caller */
{
    GtkTextIter begin, end;
    GtkTextBuffer *buffer = gtk_text_view_get_buffer(GTK_TEXT_VIEW(words->note));
    gtk_text_buffer_get_bounds(buffer, &begin, &end);
    return gtk_text_buffer_get_text(buffer, &begin, &end, FALSE);
}

static int is_kept(const struct plumb_pane_words *words)
{
    char *note = typed_note(words);
    const char *tags = gtk_editable_get_text(GTK_EDITABLE(words->tags));
    int same = g_str_equal(note, words->kept_note) && g_str_equal(tags, words->kept_tags);
    g_free(note);
    return same;
}

/* A job that keeps what is typed now, which counts as kept from here on. */
static struct plumb_session_job *job_new(struct plumb_pane_words *words)
{
    struct plumb_session_job *job = g_new0(struct plumb_session_job, 1);
    job->task = PLUMB_TASK_WORDS;
    job->session_id = words->session_id;
    job->note = typed_note(words);
    job->tags = g_strdup(gtk_editable_get_text(GTK_EDITABLE(words->tags)));
    g_free(words->kept_note);
    g_free(words->kept_tags);
    words->kept_note = g_strdup(job->note);
    words->kept_tags = g_strdup(job->tags);
    return job;
}

static void say(struct plumb_app *app, const struct plumb_session_job *job)
{
    plumb_app_toast(app, job->fail ? job->words : N_("Note and tags are kept"), NULL, PLUMB_WISHES_N);
}

static void left(void *context, struct plumb_session_job *job)
{
    say(context, job);
}

void plumb_pane_words_leave(struct plumb_pane_words *words)
{
    if (words->session_id && !is_kept(words))
        plumb_session_job_run(job_new(words), words->app->toasts, left, words->app);
}

static void kept(void *context, struct plumb_session_job *job)
{
    struct plumb_pane_words *words = context;
    say(words->app, job);
    if (!job->fail)
        words->kept(words->context, job->session_id);
}

static void keep(GtkButton *button, gpointer data)
{
    struct plumb_pane_words *words = data;
    (void)button;
    if (words->session_id)
        plumb_session_job_run(job_new(words), words->note, kept, words);
}

void plumb_pane_words_show(
    struct plumb_pane_words *words, int64_t session_id, const char *note, const char *tags)
{
    g_free(words->kept_note);
    g_free(words->kept_tags);
    words->session_id = session_id;
    words->kept_note = g_strdup(note ? note : "");
    words->kept_tags = g_strdup(tags ? tags : "");
    gtk_text_buffer_set_text(gtk_text_view_get_buffer(GTK_TEXT_VIEW(words->note)), words->kept_note, -1);
    gtk_editable_set_text(GTK_EDITABLE(words->tags), words->kept_tags);
    /* A field that became insensitive under the cursor would lose it, and complain. */
    gtk_text_view_set_editable(GTK_TEXT_VIEW(words->note), session_id != 0);
    gtk_editable_set_editable(GTK_EDITABLE(words->tags), session_id != 0);
    gtk_widget_set_sensitive(words->keep, session_id != 0);
}

void plumb_pane_words_free(struct plumb_pane_words *words)
{
    g_free(words->kept_note);
    g_free(words->kept_tags);
}

/* ---- building */

static GtkWidget *note_new(struct plumb_pane_words *words)
{
    GtkWidget *scroll = gtk_scrolled_window_new();
    words->note = gtk_text_view_new();
    gtk_text_view_set_wrap_mode(GTK_TEXT_VIEW(words->note), GTK_WRAP_WORD_CHAR);
    gtk_text_view_set_accepts_tab(GTK_TEXT_VIEW(words->note), FALSE);
    plumb_name_set(words->note, "Note about the session");
    gtk_widget_add_css_class(words->note, "note");
    gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroll), words->note);
    gtk_scrolled_window_set_min_content_height(GTK_SCROLLED_WINDOW(scroll), NOTE_PX);
    return scroll;
}

static void tags_entered(GtkEntry *entry, gpointer words)
{
    (void)entry;
    keep(NULL, words);
}

GtkWidget *plumb_pane_words_build(struct plumb_pane_words *words, struct plumb_app *app)
{
    GtkWidget *box = plumb_box_new(GTK_ORIENTATION_VERTICAL, 8, NULL);
    words->app = app;
    words->tags = gtk_entry_new();
    gtk_entry_set_placeholder_text(GTK_ENTRY(words->tags), _("knee, first week"));
    plumb_name_set(words->tags, "Tags of the session");
    g_signal_connect(words->tags, "activate", G_CALLBACK(tags_entered), words);
    words->keep =
        plumb_key_new("Keep note and tags", NULL, N_("Keeps them with the session"), G_CALLBACK(keep), words);
    gtk_box_append(GTK_BOX(box), plumb_words_new("Note", "field"));
    gtk_box_append(GTK_BOX(box), note_new(words));
    gtk_box_append(GTK_BOX(box), plumb_words_new("Tags", "field"));
    gtk_box_append(GTK_BOX(box), words->tags);
    gtk_box_append(GTK_BOX(box), words->keep);
    plumb_pane_words_show(words, 0, NULL, NULL);
    return box;
}
