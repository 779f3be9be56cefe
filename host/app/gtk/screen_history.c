/* Who did what and when: the stored sessions, searched by words, and the one that is chosen. */
#include <stdio.h>

#include "../../store/store.h"
#include "../shared/when_words.h"
#include "language.h"
#include "session_pane.h"
#include "widgets.h"

#define SHOWN_N 300

struct history {
    struct plumb_app *app;
    GtkWidget *search, *list, *empty;
    struct plumb_session_pane *pane;
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

static GtkWidget *row_new(const struct plumb_store_session *session)
{
    struct plumb_exercise exercise;
    plumb_language_name(&exercise, session->exercise, session->exercise_name);
    char when[PLUMB_WHEN_ROOM], left[80], right[80];
    plumb_when_here(when, session->begun_utc_us, session->utc_offset_s);
    side_words(left, sizeof left, session, PLUMB_LEFT);
    side_words(right, sizeof right, session, PLUMB_RIGHT);
    GtkWidget *box = plumb_box_new(GTK_ORIENTATION_VERTICAL, 2, NULL);
    char *head = g_strdup_printf("%s: %s", session->alias, exercise.name);
    char *rest = g_strdup_printf(_("%s, %.0f min%s%s"), when, session->duration_s / 60, left, right);
    gtk_box_append(GTK_BOX(box), plumb_words_new(head, "row-head"));
    gtk_box_append(GTK_BOX(box), plumb_words_new(rest, "quiet"));
    g_free(head);
    g_free(rest);
    gtk_widget_set_margin_top(box, 8);
    gtk_widget_set_margin_bottom(box, 8);
    return box;
}

static int add_row(void *context, const struct plumb_store_session *session)
{
    struct history *history = context;
    GtkWidget *row = gtk_list_box_row_new();
    int64_t *id = g_new(int64_t, 1);
    *id = session->id;
    gtk_list_box_row_set_child(GTK_LIST_BOX_ROW(row), row_new(session));
    struct plumb_exercise exercise;
    plumb_language_name(&exercise, session->exercise, session->exercise_name);
    char *name = g_strdup_printf(_("%s, %s, session %d"), session->alias, exercise.name, (int)session->id);
    gtk_accessible_update_property(GTK_ACCESSIBLE(row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    g_free(name);
    g_object_set_data_full(G_OBJECT(row), "id", id, g_free);
    gtk_list_box_append(GTK_LIST_BOX(history->list), row);
    return 0;
}

static void clear(const struct history *history)
{
    GtkWidget *row;
    while ((row = gtk_widget_get_first_child(history->list)))
        gtk_list_box_remove(GTK_LIST_BOX(history->list), row);
}

static void fill(struct history *history)
{
    int fail = 0;
    struct plumb_message message = {""};
    const char *text = gtk_editable_get_text(GTK_EDITABLE(history->search));
    struct plumb_store_query query = {.text = *text ? text : NULL, .most_n = SHOWN_N};
    clear(history);
    struct plumb_store *store = plumb_store_open(NULL, &fail, &message);
    if (store)
        fail = plumb_store_sessions(store, &query, add_row, history, &message);
    plumb_store_close(store);
    GtkListBoxRow *first = gtk_list_box_get_row_at_index(GTK_LIST_BOX(history->list), 0);
    plumb_words_set(
        history->empty, fail    ? message.text
                        : first ? ""
                        : *text ? _("No session has these words.")
                                : _("Nothing is kept yet: what you do is kept here by itself."));
    gtk_list_box_select_row(GTK_LIST_BOX(history->list), first);
    if (!first)
        plumb_session_pane_show(history->pane, 0);
}

static void chosen(GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
    struct history *history = data;
    int64_t *id = row ? g_object_get_data(G_OBJECT(row), "id") : NULL;
    (void)list;
    if (id)
        plumb_session_pane_show(history->pane, *id);
}

static void searched(GtkSearchEntry *entry, gpointer data)
{
    (void)entry;
    fill(data);
}

/* ---- building */

static GtkWidget *left_new(struct history *history)
{
    GtkWidget *left = plumb_box_new(GTK_ORIENTATION_VERTICAL, 10, NULL), *scroll = gtk_scrolled_window_new();
    history->search = gtk_search_entry_new();
    gtk_accessible_update_property(
        GTK_ACCESSIBLE(history->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
        _("Search by alias, code, exercise, note or tag"), -1);
    g_signal_connect(history->search, "search-changed", G_CALLBACK(searched), history);
    history->list = gtk_list_box_new();
    gtk_widget_add_css_class(history->list, "rows");
    g_signal_connect(history->list, "row-selected", G_CALLBACK(chosen), history);
    gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroll), history->list);
    gtk_widget_set_vexpand(scroll, TRUE);
    history->empty = plumb_words_new(NULL, "quiet");
    gtk_box_append(GTK_BOX(left), history->search);
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
    GtkWidget *pane = plumb_session_pane_new(app, &history->pane);
    gtk_widget_set_hexpand(pane, TRUE);
    gtk_box_append(GTK_BOX(box), pane);
    return box;
}

static void shown(struct plumb_app *app, void *state)
{
    (void)app;
    fill(state);
}

static void hidden(struct plumb_app *app, void *state)
{
    struct history *history = state;
    (void)app;
    plumb_session_pane_leave(history->pane);
}

const struct plumb_screen plumb_screen_history = {"history", N_("Sessions"), "start", build,
                                                  shown,     hidden,         NULL,    NULL};
