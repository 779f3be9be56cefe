#include "voice.h"

#include <stdio.h>
#include <string.h>

#include "../core/units.h"

#define KEEP_RAD   (0.5 * PLUMB_RAD_PER_DEG) /* a tone that is on stays until so far within its limit */
#define TEN_S      10.0
#define TEN_LEAST  20.0 /* holds shorter than this are not told their last ten seconds */
#define TICKS_N    3
#define HINT_S     4.0   /* a hint is said when it has stood so long ... */
#define HINT_EVERY 12.0  /* ... and again after so long */
#define STEP_HZ    1.006 /* a change of pitch that can be heard: a tenth of a semitone */
#define STEP_GAIN  0.02

void plumb_voice_init(struct plumb_voice *voice, enum plumb_voice_mode mode, const struct plumb_words *words)
{
    memset(voice, 0, sizeof *voice);
    voice->mode = mode;
    voice->words = words;
    voice->tick = TICKS_N + 1;
}

static struct plumb_heard *hear(struct plumb_voice *voice, enum plumb_heard_kind kind)
{
    int at = voice->heard_n < PLUMB_VOICE_HEARD_N ? voice->heard_n++ : PLUMB_VOICE_HEARD_N - 1;
    voice->heard[at] = (struct plumb_heard){.kind = kind};
    return &voice->heard[at];
}

static void say_text(struct plumb_voice *voice, const char *text, int urgent)
{
    if (!text || !text[0])
        return;
    struct plumb_heard *heard = hear(voice, PLUMB_HEARD_WORDS);
    heard->urgent = urgent;
    snprintf(heard->text, sizeof heard->text, "%s", text);
}

static void say(struct plumb_voice *voice, enum plumb_word word, int urgent)
{
    say_text(voice, voice->words->text[word], urgent);
}

/* The sentence with its {n}. */
static void say_number(struct plumb_voice *voice, enum plumb_word word, int n)
{
    char text[PLUMB_WORD_TEXT_N + 16];
    const char *sentence = voice->words->text[word], *at = strstr(sentence, "{n}");
    if (at)
        snprintf(text, sizeof text, "%.*s%d%s", (int)(at - sentence), sentence, n, at + 3);
    else
        snprintf(text, sizeof text, "%s", sentence);
    say_text(voice, text, 0);
}

static void sign(struct plumb_voice *voice, enum plumb_sign which)
{
    hear(voice, PLUMB_HEARD_SIGN)->sign = which;
}

/* ---- flags */

static const int flag_words[PLUMB_FLAGS_N] = {
    [PLUMB_ANTERIOR_ROTATION] = PLUMB_WORD_ANTERIOR_ROTATION,
    [PLUMB_LUMBAR_ARCH] = PLUMB_WORD_LUMBAR_ARCH,
    [PLUMB_PELVIC_ROTATION] = PLUMB_WORD_PELVIC_ROTATION,
    [PLUMB_OBLIQUITY] = PLUMB_WORD_OBLIQUITY,
    [PLUMB_POSTERIOR_TILT] = PLUMB_WORD_POSTERIOR_TILT,
    [PLUMB_SIGNAL_LOST] = PLUMB_WORD_SENSOR_LOST,
    [PLUMB_SENSOR_SLIP] = -1,
    [PLUMB_AXIS_FAULT] = -1,
    [PLUMB_SATURATED] = -1,
};

/* Arching that is only inferred is the same movement as the tilt: one of them is said. */
static int said_already(const struct plumb_voice *voice, const struct plumb_flag *flag)
{
    unsigned twin = flag->kind == PLUMB_LUMBAR_ARCH         ? 1u << PLUMB_ANTERIOR_ROTATION
                    : flag->kind == PLUMB_ANTERIOR_ROTATION ? 1u << PLUMB_LUMBAR_ARCH
                                                            : 0;
    return flag->basis == PLUMB_INFERRED && (voice->standing & twin);
}

static void begin_flag(struct plumb_voice *voice, const struct plumb_flag *flag)
{
    int lost = flag->kind == PLUMB_SIGNAL_LOST, word = flag_words[flag->kind];
    if (word >= 0 && !said_already(voice, flag) && (lost || voice->mode < PLUMB_VOICE_SUMMARY))
        say(voice, (enum plumb_word)word, 1);
    voice->standing |= 1u << flag->kind;
}

static unsigned pausing(unsigned standing)
{
    for (int kind = 0; kind < PLUMB_FLAGS_N; kind++)
        if (!plumb_flag_pauses((enum plumb_flag_kind)kind))
            standing &= ~(1u << kind);
    return standing;
}

static void
end_flag(struct plumb_voice *voice, const struct plumb_session *session, const struct plumb_flag *flag)
{
    unsigned before = pausing(voice->standing);
    voice->standing &= ~(1u << flag->kind);
    int back = before && !pausing(voice->standing);
    if (flag->kind == PLUMB_SIGNAL_LOST)
        say(voice, PLUMB_WORD_SENSOR_BACK, 1);
    else if (back && session->holding && voice->mode < PLUMB_VOICE_SUMMARY)
        say(voice, PLUMB_WORD_GOOD, 1);
}

/* ---- the tone of a sample */

static int is_judged_now(const struct plumb_session *session)
{
    return session->holding && session->params.exercise->judged && !session->resting && !session->silent &&
           !plumb_limit_raised(&session->pose_guard);
}

static struct plumb_tone_way way_of(const struct plumb_voice *voice, const struct plumb_session *session)
{
    const struct plumb_angles *angles = &session->row.decided;
    const struct plumb_thresholds *t = &session->judging.thresholds;
    int lying = !isnan(angles->rotation_rad);
    unsigned turn = 1u << (lying ? PLUMB_PELVIC_ROTATION : PLUMB_OBLIQUITY);
    double less_rad = voice->sounding ? KEEP_RAD : 0;
    double turn_rad = lying ? angles->rotation_rad : -angles->obliquity_rad;
    return (struct plumb_tone_way){
        .tilt_rad = angles->tilt_rad,
        .anterior_rad = t->amber_rad - less_rad,
        .posterior_rad = t->posterior_rad - less_rad,
        .turn_rad = session->judging.judged & turn ? turn_rad : NAN,
        .turn_limit_rad = t->turn_amber_rad - less_rad,
    };
}

static int differs(const struct plumb_tone_target *a, const struct plumb_tone_target *b)
{
    if (a->gain <= 0 && b->gain <= 0)
        return 0;
    double ratio = a->hz > b->hz ? a->hz / b->hz : b->hz / a->hz;
    return ratio > STEP_HZ || fabs(a->gain - b->gain) > STEP_GAIN || (a->gain > 0) != (b->gain > 0) ||
           a->pan != b->pan;
}

static void sound(struct plumb_voice *voice, const struct plumb_session *session)
{
    struct plumb_tone_target target = {.hz = voice->told.hz > 0 ? voice->told.hz : 1};
    int allowed = voice->mode == PLUMB_VOICE_FULL ||
                  (voice->mode == PLUMB_VOICE_BEYOND_RED && session->row.zone == PLUMB_RED);
    if (allowed && is_judged_now(session)) {
        struct plumb_tone_way way = way_of(voice, session);
        target = plumb_tone_of(&way);
    }
    voice->sounding = target.gain > 0;
    if (!differs(&target, &voice->told))
        return;
    voice->told = target;
    hear(voice, PLUMB_HEARD_TONE)->tone = target;
}

/* ---- time and hints */

static void count_down(struct plumb_voice *voice, const struct plumb_session *session)
{
    const struct plumb_step *step = plumb_session_step(session);
    if (!session->holding || !step)
        return;
    double left_s = step->in_zone_s - session->hold.in_zone_s;
    if (!voice->ten_told && step->in_zone_s >= TEN_LEAST && left_s <= TEN_S) {
        voice->ten_told = 1;
        say(voice, PLUMB_WORD_TEN_SECONDS, 0);
    }
    int tick = (int)ceil(left_s);
    if (left_s > 0 && tick <= TICKS_N && tick < voice->tick) {
        voice->tick = tick;
        sign(voice, PLUMB_SIGN_TICK);
    }
}

static void hint(struct plumb_voice *voice, const struct plumb_session *session, double t_s)
{
    static const int words[] = {
        [PLUMB_HINT_NONE] = -1,
        [PLUMB_HINT_LIE_STILL] = PLUMB_WORD_LIE_STILL,
        [PLUMB_HINT_TILT_FURTHER] = PLUMB_WORD_TILT_FURTHER,
        [PLUMB_HINT_KEEP_TILTING] = -1,
        [PLUMB_HINT_STOP_MOVING] = PLUMB_WORD_STOP_MOVING,
        [PLUMB_HINT_ARCH] = PLUMB_WORD_ARCH,
        [PLUMB_HINT_BREATHE] = -1,
        [PLUMB_HINT_MOVED] = PLUMB_WORD_MOVED,
    };
    enum plumb_prepare_hint now = session->progress.hint;
    if (now != voice->hint) {
        voice->hint = now;
        voice->hint_since_s = t_s;
    }
    double wait_s = now == PLUMB_HINT_MOVED ? 0 : HINT_S;
    int due = t_s - voice->hint_since_s >= wait_s && t_s - voice->hint_said_s >= HINT_EVERY;
    if (words[now] < 0 || !due || t_s - session->step_begun_s < HINT_EVERY)
        return;
    voice->hint_said_s = t_s;
    say(voice, (enum plumb_word)words[now], 0);
}

/* ---- events */

static void begin_hold(struct plumb_voice *voice)
{
    voice->ten_told = 0;
    voice->tick = TICKS_N + 1;
    sign(voice, PLUMB_SIGN_HOLD_BEGIN);
}

static void end_hold(struct plumb_voice *voice, const struct plumb_hold *hold)
{
    sign(voice, PLUMB_SIGN_HOLD_END);
    if (voice->mode != PLUMB_VOICE_SUMMARY)
        return;
    say_number(voice, PLUMB_WORD_SUMMARY, (int)lround(hold->in_zone_s));
    if (hold->excursions)
        say_number(voice, PLUMB_WORD_SUMMARY_OUT, hold->excursions);
}

static void take_sample(struct plumb_voice *voice, const struct plumb_session *session, double t_s)
{
    sound(voice, session);
    count_down(voice, session);
    hint(voice, session, t_s);
}

void plumb_voice_push(
    struct plumb_voice *voice, const struct plumb_session *session, const struct plumb_event *event)
{
    voice->heard_n = 0;
    if (voice->mode == PLUMB_VOICE_OFF)
        return;
    switch (event->kind) {
    case PLUMB_EVENT_SAMPLE:
        take_sample(voice, session, event->t_s);
        return;
    case PLUMB_EVENT_STEP:
        say_text(voice, event->text, 0);
        return;
    case PLUMB_EVENT_HOLD_BEGIN:
        begin_hold(voice);
        return;
    case PLUMB_EVENT_HOLD_END:
        end_hold(voice, &event->hold);
        return;
    case PLUMB_EVENT_FLAG_BEGIN:
        begin_flag(voice, &event->flag);
        return;
    case PLUMB_EVENT_FLAG_END:
        end_flag(voice, session, &event->flag);
        return;
    case PLUMB_EVENT_SILENT:
        sound(voice, session);
        return;
    case PLUMB_EVENT_POSE_GONE:
        say(voice, PLUMB_WORD_POSE_GONE, 1);
        return;
    case PLUMB_EVENT_POSE_BACK:
        say(voice, PLUMB_WORD_POSE_BACK, 1);
        return;
    case PLUMB_EVENT_REP:
        say_number(voice, PLUMB_WORD_COUNT, event->rep.n);
        return;
    case PLUMB_EVENT_SIDE:
        say(voice, PLUMB_WORD_SWITCH_SIDES, 0);
        return;
    case PLUMB_EVENT_ADVICE:
    case PLUMB_EVENT_TROUBLE:
        say_text(voice, event->text, 0);
        return;
    case PLUMB_EVENT_STOPPED:
        say_text(voice, event->text, 1);
        return;
    case PLUMB_EVENT_DONE:
        say(voice, PLUMB_WORD_DONE, 0);
        return;
    default:
        return;
    }
}
