#include "recent.h"

#include "../../store/store.h"
#include "../shared/when_words.h"
#include "going.h"
#include "language.h"
#include "session_job.h"
#include "widgets.h"

#define BUTTONS_N 5
#define ME        "me" /* what the store calls oneself; an empty field on the screens */

struct plumb_recent {
    struct plumb_app *app;
    void (*picked)(void *context, const char *alias);
    void *context;
    GtkWidget *buttons, *last;
    GArray *sessions; /* struct plumb_store_session, the newest first; NULL before they are known */
    int64_t asked_n;
};

static int is_me(const char *alias)
{
    return g_str_equal(alias, ME);
}

/* ---- how it went */

static const struct plumb_store_session *find_last(const struct plumb_recent *recent)
{
    const struct plumb_choice *choice = &recent->app->choice;
    const char *alias = choice->patient && *choice->patient ? choice->patient : ME;
    for (guint i = 0; recent->sessions && i < recent->sessions->len; i++) {
        const struct plumb_store_session *session =
            &g_array_index(recent->sessions, struct plumb_store_session, i);
        if (g_str_equal(session->alias, alias) && g_strcmp0(session->exercise, choice->exercise_id) == 0 &&
            !plumb_going_is(recent->app, session->id))
            return session;
    }
    return NULL;
}

static void add_side(GString *text, const struct plumb_store_session *session, enum plumb_side side)
{
    int out_n = session->excursions[side];
    if (session->holds_n[side])
        g_string_append_printf(
            text,
            ngettext(
                ", %s %.0f s in the zone, out of it %d time", ", %s %.0f s in the zone, out of it %d times",
                (unsigned long)out_n),
            plumb_language_text(plumb_side_name(side)), session->in_zone_s[side], out_n);
}

void plumb_recent_look(struct plumb_recent *recent)
{
    const struct plumb_store_session *session = find_last(recent);
    char when[PLUMB_WHEN_ROOM];
    const struct plumb_tongue tongue = plumb_language_tongue();
    GString *text = g_string_new(NULL);
    if (session) {
        plumb_when_words(when, &tongue, session->begun_utc_us, session->utc_offset_s);
        g_string_printf(text, _("Last time: %s"), when);
        add_side(text, session, PLUMB_LEFT);
        add_side(text, session, PLUMB_RIGHT);
    }
    plumb_words_set(recent->last, text->str);
    gtk_widget_set_visible(recent->last, text->len > 0);
    g_string_free(text, TRUE);
}

/* ---- who was here */

static void pressed(GtkButton *button, gpointer data)
{
    struct plumb_recent *recent = data;
    const char *alias = g_object_get_data(G_OBJECT(button), "alias");
    recent->picked(recent->context, is_me(alias) ? "" : alias);
}

static int has_button(const struct plumb_recent *recent, const char *alias)
{
    GtkWidget *button = gtk_widget_get_first_child(recent->buttons);
    for (; button; button = gtk_widget_get_next_sibling(button))
        if (g_str_equal(g_object_get_data(G_OBJECT(button), "alias"), alias))
            return 1;
    return 0;
}

static void add_button(struct plumb_recent *recent, const char *alias)
{
    GtkWidget *button = gtk_button_new_with_label(is_me(alias) ? _("me") : alias);
    gtk_label_set_ellipsize(GTK_LABEL(gtk_button_get_child(GTK_BUTTON(button))), PANGO_ELLIPSIZE_END);
    gtk_widget_add_css_class(button, "chip");
    gtk_widget_set_tooltip_text(button, _("Choose this person"));
    g_object_set_data_full(G_OBJECT(button), "alias", g_strdup(alias), g_free);
    g_signal_connect(button, "clicked", G_CALLBACK(pressed), recent);
    gtk_box_append(GTK_BOX(recent->buttons), button);
}

static void fill_buttons(struct plumb_recent *recent)
{
    GtkWidget *button;
    int n = 0;
    while ((button = gtk_widget_get_first_child(recent->buttons)))
        gtk_box_remove(GTK_BOX(recent->buttons), button);
    for (guint i = 0; i < recent->sessions->len && n < BUTTONS_N; i++) {
        const char *alias = g_array_index(recent->sessions, struct plumb_store_session, i).alias;
        if (*alias && !has_button(recent, alias)) {
            add_button(recent, alias);
            n++;
        }
    }
    gtk_widget_set_visible(recent->buttons, n > 0);
}

static void listed(void *context, struct plumb_session_job *job)
{
    struct plumb_recent *recent = context;
    if (job->asked_n != recent->asked_n || !job->list)
        return;
    if (recent->sessions)
        g_array_unref(recent->sessions);
    recent->sessions = g_array_ref(job->list);
    fill_buttons(recent);
    plumb_recent_look(recent);
}

void plumb_recent_ask(struct plumb_recent *recent)
{
    struct plumb_session_job *job = g_new0(struct plumb_session_job, 1);
    job->task = PLUMB_TASK_LIST;
    job->asked_n = ++recent->asked_n;
    plumb_session_job_run(job, recent->buttons, listed, recent);
}

/* ---- building */

static void forget(gpointer data)
{
    struct plumb_recent *recent = data;
    if (recent->sessions)
        g_array_unref(recent->sessions);
    g_free(recent);
}

GtkWidget *plumb_recent_new(
    struct plumb_app *app, void (*picked)(void *context, const char *alias), void *context,
    struct plumb_recent **made)
{
    struct plumb_recent *recent = g_new0(struct plumb_recent, 1);
    GtkWidget *box = plumb_box_new(GTK_ORIENTATION_VERTICAL, 8, NULL);
    *recent = (struct plumb_recent){.app = app, .picked = picked, .context = context};
    recent->buttons = plumb_box_new(GTK_ORIENTATION_HORIZONTAL, 8, NULL);
    recent->last = plumb_words_new(NULL, "quiet");
    gtk_widget_set_visible(recent->buttons, FALSE);
    gtk_widget_set_visible(recent->last, FALSE);
    gtk_box_append(GTK_BOX(box), recent->buttons);
    gtk_box_append(GTK_BOX(box), recent->last);
    g_object_set_data_full(G_OBJECT(box), "recent", recent, forget);
    *made = recent;
    return box;
}
