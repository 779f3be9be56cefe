#include "heart.h"

#include "far.h"
#include "told.h"

#define BEAT_US    (G_USEC_PER_SEC / 30)
#define EVERYTHING 0 /* what is drawn every nth beat only is drawn too */

/* ---- where the engine is, there is the window */

static int is_preparing(const struct plumb_moment *moment)
{
    static const unsigned kinds =
        1u << PLUMB_STEP_STILL | 1u << PLUMB_STEP_TILTS | 1u << PLUMB_STEP_ARCH | 1u << PLUMB_STEP_NEUTRAL;
    return moment->state == PLUMB_ENGINE_WAITING || moment->step_at < 0 ||
           ((kinds >> moment->step.kind & 1u) && !moment->have_neutral);
}

static void begin_again(struct plumb_app *app)
{
    char *text = g_strdup(app->moment.failure);
    plumb_app_end(app);
    plumb_app_show(app, "start");
    plumb_told_say(app, text, TRUE);
    g_free(text);
}

static void finish(struct plumb_app *app)
{
    plumb_app_end(app);
    plumb_app_show(app, "after");
    if (app->options.leave)
        g_application_quit(G_APPLICATION(app->application));
}

/* Prepare until there is a neutral, then stretch; afterwards when all is over. */
static void follow(struct plumb_app *app)
{
    const struct plumb_moment *moment = &app->moment;
    if (moment->state == PLUMB_ENGINE_FAILED && !moment->holds_n && !(moment->t_s > 0))
        begin_again(app);
    else if (moment->state == PLUMB_ENGINE_ENDED || moment->state == PLUMB_ENGINE_FAILED)
        finish(app);
    else
        plumb_app_show(app, is_preparing(moment) ? "prepare" : "stretch");
}

/* ---- the rhythm */

static void beat(struct plumb_app *app, gint64 beat_n)
{
    if (app->engine) {
        plumb_engine_look(app->engine, &app->moment);
        plumb_told_look(app);
        follow(app);
    }
    if (app->screen->tick)
        app->screen->tick(app, plumb_app_state(app, app->screen), beat_n);
    plumb_far_tick(app, beat_n);
}

/* The next beat is reckoned from when this one was due, so that the rhythm does not drift; behind a stall it
 * begins anew. */
static gboolean regular_beat(gpointer data)
{
    struct plumb_app *app = data;
    gint64 now_us = g_get_monotonic_time();
    app->beat_due_us += BEAT_US;
    if (app->beat_due_us <= now_us)
        app->beat_due_us = now_us + BEAT_US;
    app->heart = g_timeout_add((guint)((app->beat_due_us - now_us) / 1000), regular_beat, app);
    beat(app, ++app->beats_n);
    return G_SOURCE_REMOVE;
}

void plumb_heart_now(struct plumb_app *app)
{
    beat(app, EVERYTHING);
}

void plumb_heart_start(struct plumb_app *app)
{
    app->beat_due_us = g_get_monotonic_time();
    app->heart = g_timeout_add(0, regular_beat, app);
}

void plumb_heart_stop(struct plumb_app *app)
{
    if (app->heart)
        g_source_remove(app->heart);
    app->heart = 0;
}
