/* Who did what and when: the stored sessions, searched by words, and the one that is chosen; or the weeks of
 * who did it.
 */
#include <stdio.h>

#include "../../store/store.h"
#include "../shared/when_words.h"
#include "going.h"
#include "language.h"
#include "session_job.h"
#include "session_pane.h"
#include "widgets.h"

struct history {
    struct plumb_app *app;
    GtkWidget *search, *list, *empty, *weeks, *chosen; /* chosen: its pane */
    struct plumb_session_pane *pane;
    int64_t asked_n;   /* counts the searches */
    int64_t chosen_id; /* stays chosen while it is found; 0: the newest */
    int filling;       /* rows come and go, nobody chooses */
};

/* ---- the list */

static void
side_words(char *out, size_t room, const struct plumb_store_session *session, enum plumb_side side)
{
    const char *name = plumb_language_text(plumb_side_name(side));
    int out_n = session->excursions[side];
    if (session->holds_n[side])
        snprintf(
            out, room,
            ngettext(
                ", %s %.0f s in zone, out %d time", ", %s %.0f s in zone, out %d times",
                (unsigned long)out_n),
            name, session->in_zone_s[side], out_n);
    else
        out[0] = '\0';
}

static GtkWidget *row_content(const struct plumb_store_session *session)
{
    const struct plumb_tongue tongue = plumb_language_tongue();
    struct plumb_exercise exercise;
    plumb_language_name(&exercise, session->exercise, session->exercise_name);
    char when[PLUMB_WHEN_ROOM], left[80], right[80];
    plumb_when_words(when, &tongue, session->begun_utc_us, session->utc_offset_s);
    side_words(left, sizeof left, session, PLUMB_LEFT);
    side_words(right, sizeof right, session, PLUMB_RIGHT);
    GtkWidget *box = plumb_box_new(GTK_ORIENTATION_VERTICAL, 2, NULL);
    char *head = g_strdup_printf("%s: %s", session->alias, exercise.name);
    char *rest = g_strdup_printf(_("%s, %.0f min%s%s"), when, session->duration_s / 60, left, right);
    gtk_box_append(GTK_BOX(box), plumb_words_new(head, "row-head"));
    gtk_box_append(GTK_BOX(box), plumb_words_new(rest, "quiet"));
    if (*session->tags)
        gtk_box_append(GTK_BOX(box), plumb_words_new(session->tags, "tags"));
    g_free(head);
    g_free(rest);
    gtk_widget_set_margin_top(box, 8);
    gtk_widget_set_margin_bottom(box, 8);
    return box;
}

static GtkWidget *row_new(const struct plumb_store_session *session)
{
    GtkWidget *row = gtk_list_box_row_new();
    struct plumb_store_session *copy = g_new(struct plumb_store_session, 1);
    *copy = *session;
    gtk_list_box_row_set_child(GTK_LIST_BOX_ROW(row), row_content(session));
    struct plumb_exercise exercise;
    plumb_language_name(&exercise, session->exercise, session->exercise_name);
    char *name = g_strdup_printf(_("%s, %s, session %d"), session->alias, exercise.name, (int)session->id);
    gtk_accessible_update_property(GTK_ACCESSIBLE(row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    g_free(name);
    g_object_set_data_full(G_OBJECT(row), "session", copy, g_free);
    return row;
}

static const struct plumb_store_session *session_of(GtkListBoxRow *row)
{
    return row ? g_object_get_data(G_OBJECT(row), "session") : NULL;
}

static void clear(const struct history *history)
{
    GtkWidget *row;
    while ((row = gtk_widget_get_first_child(history->list)))
        gtk_list_box_remove(GTK_LIST_BOX(history->list), row);
}

/* Fills the list; returns the row that was chosen before, else the first, NULL where there is none. */
static GtkListBoxRow *fill(struct history *history, const GArray *sessions)
{
    GtkWidget *first = NULL, *chosen = NULL;
    clear(history);
    for (guint i = 0; i < sessions->len; i++) {
        const struct plumb_store_session *session = &g_array_index(sessions, struct plumb_store_session, i);
        if (plumb_going_is(history->app, session->id))
            continue;
        GtkWidget *row = row_new(session);
        gtk_list_box_append(GTK_LIST_BOX(history->list), row);
        first = first ? first : row;
        chosen = session->id == history->chosen_id ? row : chosen;
    }
    return (GtkListBoxRow *)(chosen ? chosen : first);
}

/* ---- choosing */

/* The chosen session, or the weeks of who did it. */
static void show_chosen(struct history *history)
{
    const struct plumb_store_session *session =
        session_of(gtk_list_box_get_selected_row(GTK_LIST_BOX(history->list)));
    gtk_widget_set_sensitive(history->weeks, session != NULL);
    history->chosen_id = session ? session->id : 0;
    if (session && gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(history->weeks)))
        plumb_session_pane_show_weeks(history->pane, session->alias);
    else
        plumb_session_pane_show(history->pane, history->chosen_id);
}

static void chosen(GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
    struct history *history = data;
    (void)list;
    if (row && !history->filling)
        show_chosen(history);
}

static void weeks_toggled(GtkToggleButton *button, gpointer history)
{
    (void)button;
    show_chosen(history);
}

static void listed(void *context, struct plumb_session_job *job)
{
    struct history *history = context;
    if (job->asked_n != history->asked_n)
        return; /* more was typed meanwhile */
    history->filling = 1;
    GtkListBoxRow *row = job->list ? fill(history, job->list) : NULL;
    plumb_words_set(
        history->empty, job->fail ? job->words
                        : row     ? ""
                        : job->text && *job->text
                            ? _("No session has these words.")
                            : _("Nothing is kept yet: what you do is kept here by itself."));
    gtk_widget_set_visible(history->empty, !row);
    gtk_widget_set_visible(history->chosen, row != NULL); /* nothing to be done with nothing */
    gtk_list_box_select_row(GTK_LIST_BOX(history->list), row);
    history->filling = 0;
    show_chosen(history);
}

static void search(struct history *history)
{
    struct plumb_session_job *job = g_new0(struct plumb_session_job, 1);
    job->task = PLUMB_TASK_LIST;
    job->text = g_strdup(gtk_editable_get_text(GTK_EDITABLE(history->search)));
    job->asked_n = ++history->asked_n;
    plumb_session_job_run(job, history->list, listed, history);
}

static void searched(GtkSearchEntry *entry, gpointer history)
{
    (void)entry;
    search(history);
}

/* ---- building */

static GtkWidget *left_new(struct history *history)
{
    GtkWidget *left = plumb_box_new(GTK_ORIENTATION_VERTICAL, 10, NULL), *scroll = gtk_scrolled_window_new();
    history->search = gtk_search_entry_new();
    plumb_name_set(history->search, "Search by alias, code, exercise, note or tag");
    g_object_set(history->search, "placeholder-text", _("Name, exercise, note or tag"), NULL);
    g_signal_connect(history->search, "search-changed", G_CALLBACK(searched), history);
    history->weeks = gtk_toggle_button_new_with_label(_("Trends"));
    gtk_widget_add_css_class(history->weeks, "key");
    gtk_widget_set_tooltip_text(history->weeks, _("Eight weeks of the person who is chosen"));
    g_signal_connect(history->weeks, "toggled", G_CALLBACK(weeks_toggled), history);
    history->list = gtk_list_box_new();
    gtk_widget_add_css_class(history->list, "rows");
    g_signal_connect(history->list, "row-selected", G_CALLBACK(chosen), history);
    gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroll), history->list);
    gtk_widget_set_vexpand(scroll, TRUE);
    history->empty = plumb_words_new(NULL, "quiet");
    gtk_box_append(GTK_BOX(left), history->search);
    gtk_box_append(GTK_BOX(left), history->weeks);
    gtk_box_append(GTK_BOX(left), history->empty);
    gtk_box_append(GTK_BOX(left), scroll);
    gtk_widget_set_size_request(left, 300, -1);
    return left;
}

static GtkWidget *build(struct plumb_app *app, void **state)
{
    struct history *history = g_new0(struct history, 1);
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 22);
    *state = history;
    history->app = app;
    gtk_box_append(GTK_BOX(box), left_new(history));
    history->chosen = plumb_session_pane_new(app, &history->pane);
    gtk_widget_set_hexpand(history->chosen, TRUE);
    gtk_widget_set_visible(history->chosen, FALSE); /* until there is one */
    gtk_box_append(GTK_BOX(box), history->chosen);
    return box;
}

static void shown(struct plumb_app *app, void *state)
{
    (void)app;
    search(state);
}

static void hidden(struct plumb_app *app, void *state)
{
    struct history *history = state;
    (void)app;
    history->asked_n++;
    plumb_session_pane_leave(history->pane);
}

const struct plumb_screen plumb_screen_history = {"history", N_("Sessions"), "start", build,
                                                  shown,     hidden,         NULL,    NULL};
