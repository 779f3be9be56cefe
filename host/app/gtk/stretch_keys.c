#include "stretch_keys.h"

#include "far.h"
#include "language.h"
#include "widgets.h"

struct action {
    const char *text, *key_words, *tip;
    guint keys[3];
    enum plumb_wish wish;
    const char *toast, *undo; /* said when it was done; what takes it back */
    enum plumb_wish undo_wish;
    int pain;
};

static const struct action actions[] = {
    {N_("Pause"),
     N_("Space"),
     N_("Pause, or go on"),
     {GDK_KEY_space, GDK_KEY_Page_Down},
     PLUMB_WISH_PAUSE,
     NULL,
     NULL,
     0,
     0},
    {N_("Next"),
     "N",
     N_("Go on to the next step now"),
     {GDK_KEY_n, GDK_KEY_Right},
     PLUMB_WISH_SKIP,
     NULL,
     NULL,
     0,
     0},
    {N_("Mark"),
     "M",
     N_("Mark this moment in the recording"),
     {GDK_KEY_m},
     PLUMB_WISH_MARK,
     N_("Marked"),
     NULL,
     0,
     0},
    {N_("Set zone anew"),
     "Z",
     N_("Breathe quietly: your set zone is captured again"),
     {GDK_KEY_z},
     PLUMB_WISH_NEUTRAL,
     N_("Breathe quietly: your zone is being set anew"),
     N_("Undo"),
     PLUMB_WISH_NEUTRAL_UNDO,
     0},
    {N_("Switch side"),
     "S",
     N_("Go on with the other side"),
     {GDK_KEY_s},
     PLUMB_WISH_SWITCH,
     N_("The other side now"),
     NULL,
     0,
     0},
    {N_("Knee pain"),
     "K",
     N_("Knee pain: advice, the hold goes on"),
     {GDK_KEY_k},
     PLUMB_WISH_PAIN_KNEE,
     NULL,
     NULL,
     0,
     1},
    {N_("Back pain"),
     "B",
     N_("Back pain: the hold waits"),
     {GDK_KEY_b},
     PLUMB_WISH_PAIN_BACK,
     NULL,
     NULL,
     0,
     1},
    {N_("Pain: stop"),
     "P",
     N_("Sharp or pinching pain: stop the exercise now"),
     {GDK_KEY_p},
     PLUMB_WISH_PAIN_SHARP,
     NULL,
     NULL,
     0,
     1},
    {N_("End"), NULL, N_("End this session; it is kept"), {0}, PLUMB_WISH_STOP, NULL, NULL, 0, 0},
};

#define ACTIONS_N (sizeof actions / sizeof *actions)

static void act(struct plumb_app *app, const struct action *action)
{
    plumb_app_wish(app, action->wish);
    if (action->toast)
        plumb_app_toast(app, action->toast, action->undo, action->undo_wish);
}

static void clicked(GtkButton *button, gpointer data)
{
    act(data, g_object_get_data(G_OBJECT(button), "action"));
}

GtkWidget *plumb_stretch_keys_new(struct plumb_app *app)
{
    GtkWidget *flow = plumb_flow_new((ACTIONS_N + 2) / 3, ACTIONS_N, "keys");
    for (size_t i = 0; i < ACTIONS_N; i++) {
        GtkWidget *button =
            plumb_key_new(actions[i].text, actions[i].key_words, actions[i].tip, G_CALLBACK(clicked), app);
        g_object_set_data(G_OBJECT(button), "action", (gpointer)(guintptr)&actions[i]);
        if (actions[i].pain)
            gtk_widget_add_css_class(button, "pain");
        plumb_flow_add(flow, button);
    }
    return flow;
}

gboolean plumb_stretch_key(struct plumb_app *app, guint key, GdkModifierType with)
{
    guint lower = gdk_keyval_to_lower(key);
    if (with & (GDK_CONTROL_MASK | GDK_ALT_MASK))
        return FALSE;
    for (size_t i = 0; i < ACTIONS_N; i++)
        for (size_t k = 0; k < 3 && actions[i].keys[k]; k++)
            if (actions[i].keys[k] == lower) {
                act(app, &actions[i]);
                return TRUE;
            }
    return FALSE;
}
