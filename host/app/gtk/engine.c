#include "engine.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../core/units.h"
#include "../shared/failure_said.h"
#include "../shared/tongue_here.h"
#include "engine_moment.h"

#define WISHES_N    32
#define TEXTS_N     8
#define RATE_OVER_S 2.0

struct plumb_engine {
    pthread_t thread;
    pthread_mutex_t lock; /* of everything below, but live */
    void (*changed)(void *context);
    void *context;
    char *texts[TEXTS_N]; /* the options' texts, owned */
    int texts_n;
    struct plumb_live *live; /* the thread's own while it runs */
    struct plumb_moment moment;
    struct plumb_trail trails[2]; /* by enum plumb_trail_kind */
    enum plumb_wish wishes[WISHES_N];
    int wishes_n, stop;
    /* the thread's own */
    int told; /* something beside samples happened in this turn */
    unsigned long samples_n;
    double hold_target_s; /* of the hold that stands */
    enum plumb_side hold_side, count_side;
    int begun;
    double rate_since_s;
};

/* ---- what the engine tells: under the lock */

static void tell(struct plumb_engine *engine, const char *text)
{
    plumb_failure_said(engine->moment.told, sizeof engine->moment.told, text, &plumb_tongue_here);
    engine->moment.told_n++;
    engine->told = 1;
}

static void say(void *context, struct plumb_live *live, const char *text)
{
    struct plumb_engine *engine = context;
    (void)live;
    pthread_mutex_lock(&engine->lock);
    tell(engine, text);
    pthread_mutex_unlock(&engine->lock);
}

static void calibrated(void *context, struct plumb_live *live, const char *words)
{
    struct plumb_engine *engine = context;
    (void)live;
    pthread_mutex_lock(&engine->lock);
    snprintf(engine->moment.calibration, sizeof engine->moment.calibration, "%s", words);
    pthread_mutex_unlock(&engine->lock);
}

/* What a hold asks for and whose it is: known at its begin; at its end the session has gone on already. */
static void note_hold(struct plumb_engine *engine, const struct plumb_live *live)
{
    const struct plumb_step *step = plumb_session_step(&live->session);
    engine->hold_target_s = step ? step->in_zone_s : 0;
    engine->hold_side = live->session.side;
}

static void keep_hold(struct plumb_engine *engine, const struct plumb_hold *hold)
{
    struct plumb_moment *moment = &engine->moment;
    if (moment->holds_n == PLUMB_MOMENT_HOLDS_N)
        return;
    moment->holds[moment->holds_n++] = (struct plumb_moment_hold){
        .side = engine->hold_side,
        .begin_s = hold->start_s,
        .end_s = hold->end_s,
        .in_zone_s = hold->in_zone_s,
        .target_s = engine->hold_target_s,
        .worst_rad = hold->worst_rad,
        .excursions = hold->excursions};
}

/* A last repetition is told when the session is at the other side already: the step's begin knows whose it
 * is. */
static void note_count(struct plumb_engine *engine, const struct plumb_live *live, enum plumb_event_kind kind)
{
    if (kind == PLUMB_EVENT_STEP)
        engine->count_side = live->session.side;
    engine->moment.reps_n[engine->count_side] += kind == PLUMB_EVENT_REP;
    engine->moment.breaths_n[engine->count_side] += kind == PLUMB_EVENT_BREATH;
}

static void count_rate(struct plumb_engine *engine, double t_s)
{
    double over_s = t_s - engine->rate_since_s;
    engine->samples_n++;
    engine->moment.samples_n++;
    if (over_s >= 0 && over_s < RATE_OVER_S)
        return;
    if (over_s > 0)
        engine->moment.rate_hz = (double)engine->samples_n / over_s;
    engine->samples_n = 0;
    engine->rate_since_s = t_s;
}

static void
note_event(struct plumb_engine *engine, const struct plumb_live *live, const struct plumb_event *event)
{
    struct plumb_moment *moment = &engine->moment;
    note_count(engine, live, event->kind);
    if (event->kind == PLUMB_EVENT_HOLD_BEGIN)
        note_hold(engine, live);
    if (event->kind == PLUMB_EVENT_HOLD_END)
        keep_hold(engine, &event->hold);
    if (event->kind == PLUMB_EVENT_TROUBLE)
        snprintf(moment->trouble, sizeof moment->trouble, "%s", event->text);
    if (event->kind == PLUMB_EVENT_ADVICE || event->kind == PLUMB_EVENT_STOPPED)
        snprintf(moment->advice, sizeof moment->advice, "%s", event->text);
    if (event->kind == PLUMB_EVENT_STEP)
        moment->advice[0] = '\0';
    engine->told = 1;
}

/* What comes out of the decision filter was so a little earlier: it is drawn where it belongs in time. */
static void push_trails(struct plumb_engine *engine, const struct plumb_row *row)
{
    double tilt_deg = row->decided.tilt_rad * PLUMB_DEG_PER_RAD;
    double t_s = row->sample.t_s - engine->live->session.judging.lag_s;
    plumb_trail_push(&engine->trails[PLUMB_TRAIL_LAST], t_s, tilt_deg, row->zone);
    plumb_trail_push(&engine->trails[PLUMB_TRAIL_WHOLE], t_s, tilt_deg, row->zone);
    if (!engine->begun)
        engine->moment.begun_s = row->sample.t_s;
    engine->begun = 1;
}

static void take_event(void *context, struct plumb_live *live, const struct plumb_event *event)
{
    struct plumb_engine *engine = context;
    pthread_mutex_lock(&engine->lock);
    if (event->kind == PLUMB_EVENT_SAMPLE) {
        push_trails(engine, &event->row);
        count_rate(engine, event->t_s);
    } else {
        note_event(engine, live, event);
    }
    pthread_mutex_unlock(&engine->lock);
}

/* ---- the moment */

static int64_t monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * PLUMB_US_PER_S + now.tv_nsec / 1000;
}

static void copy_moment(struct plumb_engine *engine)
{
    const struct plumb_live *live = engine->live;
    struct plumb_moment *moment = &engine->moment;
    if (moment->t_s != live->session.last_t_s)
        moment->arrived_us = monotonic_us();
    plumb_moment_copy(moment, live);
    if (moment->state == PLUMB_ENGINE_WAITING && live->session.begun)
        moment->state = PLUMB_ENGINE_RUNNING;
    if (live->source)
        snprintf(moment->source, sizeof moment->source, "%s", plumb_source_describe(live->source));
}

/* ---- wishes */

static void pause_or_go_on(struct plumb_session *session)
{
    if (session->resting)
        plumb_session_skip(session);
    else
        plumb_session_pause(session, !session->paused);
}

static void fulfil(struct plumb_engine *engine, enum plumb_wish wish)
{
    struct plumb_session *session = &engine->live->session;
    switch (wish) {
    case PLUMB_WISH_SKIP:
        plumb_session_skip(session);
        return;
    case PLUMB_WISH_PAUSE:
        pause_or_go_on(session);
        return;
    case PLUMB_WISH_MARK:
        plumb_session_mark(session, "note:mark");
        if (engine->moment.marks_n < PLUMB_MOMENT_MARKS_N)
            engine->moment.marks_s[engine->moment.marks_n++] = session->last_t_s;
        return;
    case PLUMB_WISH_NEUTRAL:
        plumb_session_neutral_again(session);
        return;
    case PLUMB_WISH_NEUTRAL_UNDO:
        plumb_session_neutral_undo(session);
        return;
    case PLUMB_WISH_SWITCH:
        plumb_session_switch(session);
        return;
    case PLUMB_WISH_PAIN_KNEE:
    case PLUMB_WISH_PAIN_BACK:
    case PLUMB_WISH_PAIN_SHARP:
        plumb_session_pain(session, (enum plumb_pain)(wish - PLUMB_WISH_PAIN_KNEE));
        return;
    case PLUMB_WISH_STOP:
    case PLUMB_WISHES_N:
        plumb_live_stop(engine->live);
        return;
    }
}

static void take_wishes(struct plumb_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    for (int i = 0; i < engine->wishes_n; i++)
        fulfil(engine, engine->wishes[i]);
    engine->moment.fulfilled_n += (unsigned)engine->wishes_n;
    engine->told |= engine->wishes_n > 0;
    engine->wishes_n = 0;
    if (engine->stop)
        plumb_live_stop(engine->live);
    pthread_mutex_unlock(&engine->lock);
}

/* ---- the thread */

static void publish(struct plumb_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    copy_moment(engine);
    int told = engine->told;
    engine->told = 0;
    pthread_mutex_unlock(&engine->lock);
    if (told && engine->changed)
        engine->changed(engine->context);
}

static void finish(struct plumb_engine *engine, int fail, const struct plumb_message *message)
{
    pthread_mutex_lock(&engine->lock);
    engine->moment.state = fail ? PLUMB_ENGINE_FAILED : PLUMB_ENGINE_ENDED;
    plumb_failure_said(
        engine->moment.failure, sizeof engine->moment.failure, fail ? message->text : "", &plumb_tongue_here);
    engine->told = 1;
    pthread_mutex_unlock(&engine->lock);
    if (engine->changed)
        engine->changed(engine->context);
}

static void *run(void *self)
{
    struct plumb_engine *engine = self;
    struct plumb_message message = {""};
    int fail = plumb_live_open(engine->live, &message);
    while (!fail && !plumb_live_ended(engine->live)) {
        fail = plumb_live_turn(engine->live, &message);
        take_wishes(engine);
        publish(engine);
    }
    fail = plumb_live_close(engine->live, fail, &message);
    publish(engine);
    finish(engine, fail, &message);
    return NULL;
}

/* ---- life */

static const char *own(struct plumb_engine *engine, const char *text)
{
    char *copy = text && engine->texts_n < TEXTS_N ? strdup(text) : NULL;
    if (copy)
        engine->texts[engine->texts_n++] = copy;
    return copy;
}

static void copy_options(struct plumb_engine *engine, const struct plumb_live_options *options)
{
    struct plumb_live_options *to = &engine->live->options;
    *to = *options;
    to->source = own(engine, options->source);
    to->exercise = own(engine, options->exercise);
    to->patient = own(engine, options->patient);
    to->record = own(engine, options->record);
    to->calib = own(engine, options->calib);
    to->limits = own(engine, options->limits);
    to->words = own(engine, options->words);
    to->sound_file = own(engine, options->sound_file);
}

static void drop(struct plumb_engine *engine)
{
    for (int i = 0; i < engine->texts_n; i++)
        free(engine->texts[i]);
    free(engine->live);
    free(engine);
}

struct plumb_engine *
plumb_engine_new(const struct plumb_live_options *options, void (*changed)(void *context), void *context)
{
    struct plumb_engine *engine = calloc(1, sizeof *engine);
    struct plumb_live *live = calloc(1, sizeof *live);
    if (!engine || !live) {
        free(engine);
        free(live);
        return NULL;
    }
    engine->live = live;
    engine->changed = changed;
    engine->context = context;
    plumb_trail_init(&engine->trails[PLUMB_TRAIL_LAST], PLUMB_TRAIL_LAST, PLUMB_TRAIL_LIVE_S);
    plumb_trail_init(&engine->trails[PLUMB_TRAIL_WHOLE], PLUMB_TRAIL_WHOLE, PLUMB_TRAIL_STRIP_S);
    engine->moment.step_at = -1;
    engine->moment.decided = PLUMB_ANGLES_NONE;
    copy_options(engine, options);
    live->hooks = (struct plumb_live_hooks){engine, take_event, say, calibrated};
    pthread_mutex_init(&engine->lock, NULL);
    if (!pthread_create(&engine->thread, NULL, run, engine))
        return engine;
    pthread_mutex_destroy(&engine->lock);
    drop(engine);
    return NULL;
}

void plumb_engine_wish(struct plumb_engine *engine, enum plumb_wish wish)
{
    pthread_mutex_lock(&engine->lock);
    if (engine->wishes_n < WISHES_N)
        engine->wishes[engine->wishes_n++] = wish;
    pthread_mutex_unlock(&engine->lock);
}

void plumb_engine_look(struct plumb_engine *engine, struct plumb_moment *moment)
{
    pthread_mutex_lock(&engine->lock);
    *moment = engine->moment;
    pthread_mutex_unlock(&engine->lock);
}

void plumb_engine_trail(struct plumb_engine *engine, enum plumb_trail_kind kind, struct plumb_trail *trail)
{
    pthread_mutex_lock(&engine->lock);
    *trail = engine->trails[kind];
    pthread_mutex_unlock(&engine->lock);
}

void plumb_engine_free(struct plumb_engine *engine)
{
    if (!engine)
        return;
    pthread_mutex_lock(&engine->lock);
    engine->stop = 1;
    pthread_mutex_unlock(&engine->lock);
    pthread_join(engine->thread, NULL);
    pthread_mutex_destroy(&engine->lock);
    drop(engine);
}
