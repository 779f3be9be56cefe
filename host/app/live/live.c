#include "live.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../../core/units.h"
#include "../../io/message_fail.h"
#include "clip_command.h"

#define WAIT_US      50000
#define ASK_EVERY_US PLUMB_US_PER_S
#define AFTER_END_US (PLUMB_US_PER_S / 2) /* the last words reach the clip before the port closes */

struct plumb_live_options plumb_live_options_usual(void)
{
    return (struct plumb_live_options){
        .source = "auto",
        .exercise = "supine-edge",
        .side = PLUMB_RIGHT,
        .stiffer = -1,
        .sound = PLUMB_VOICE_OFF,
        .words = "en",
        .volume = 0.7,
        .wait_s = 60};
}

__attribute__((format(printf, 2, 3))) static void say(struct plumb_live *live, const char *format, ...)
{
    char text[500];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    if (live->hooks.say)
        live->hooks.say(live->hooks.context, live, text);
}

/* ---- down to the clip */

static void send_cue(struct plumb_live *live, int cue)
{
    uint8_t payload[PLUMB_CUE_N] = {(uint8_t)cue, 1};
    plumb_clip_command(live->source, PLUMB_CUE, payload, PLUMB_CUE_N);
}

static void ask_who(struct plumb_live *live)
{
    if (live->session.have_hello || live->now_us - live->asked_us < ASK_EVERY_US)
        return;
    live->asked_us = live->now_us;
    plumb_clip_command(live->source, PLUMB_HELLO_REQUEST, NULL, 0);
}

/* ---- events out */

/* A full disk ends the recording, not the stretch. */
static void break_off(struct plumb_live *live, int fail, const struct plumb_message *message)
{
    if (fail)
        say(live, "%s; the session goes on, what was recorded until now is kept", message->text);
}

static void keep_event(struct plumb_live *live, const struct plumb_event *event)
{
    struct plumb_message message = {""};
    break_off(
        live, plumb_recorder_event(&live->recorder, &live->session, event, live->now_us, &message), &message);
}

static void keep_bytes(struct plumb_live *live, const uint8_t *bytes, size_t n)
{
    struct plumb_message message = {""};
    break_off(live, plumb_recorder_bytes(&live->recorder, live->now_us, bytes, n, &message), &message);
}

static void keep_sample(struct plumb_live *live, const struct plumb_sample *sample)
{
    struct plumb_message message = {""};
    break_off(live, plumb_recorder_sample(&live->recorder, live->now_us, sample, &message), &message);
}

static void keep_device(struct plumb_live *live)
{
    struct plumb_message message = {""};
    const struct plumb_hello *hello = live->session.have_hello ? &live->session.hello : NULL;
    break_off(
        live, plumb_recorder_device(&live->recorder, live->now_us, hello, &live->calib, &message), &message);
}

static void keep_restart(struct plumb_live *live)
{
    struct plumb_message message = {""};
    break_off(live, plumb_recorder_restart(&live->recorder, live->now_us, &message), &message);
}

static void keep_ticking(struct plumb_live *live)
{
    struct plumb_message message = {""};
    break_off(live, plumb_recorder_tick(&live->recorder, live->now_us, &message), &message);
}

/* Says which calibration is in use where that changes. */
static int use_calib(struct plumb_live *live, const struct plumb_event *event, struct plumb_message *message)
{
    int changed = plumb_clip_calib_event(&live->calib, &live->session, live->source, event, message);
    if (changed > 0 || event->kind == PLUMB_EVENT_HELLO)
        keep_device(live);
    if (changed > 0 && live->hooks.calibrated)
        live->hooks.calibrated(live->hooks.context, live, live->calib.words);
    return changed < 0 ? changed : 0;
}

static void let_hear(struct plumb_live *live, const struct plumb_event *event)
{
    if (!live->sound.pid)
        return;
    plumb_voice_push(&live->voice, &live->session, event);
    for (int i = 0; i < live->voice.heard_n && live->sound.pid; i++)
        plumb_sound_tell(&live->sound, event->host_us, &live->voice.heard[i]);
}

/* The wearer has read or heard it: an emulated one has to be told. What was done in a pause did not count, so
 * the step is asked for again behind it. */
static void ask_wearer(struct plumb_live *live, enum plumb_event_kind kind)
{
    const struct plumb_session *session = &live->session;
    const struct plumb_step *step = kind == PLUMB_EVENT_PAUSED ? NULL : plumb_session_step(session);
    int asks = step && (kind == PLUMB_EVENT_STEP || kind == PLUMB_EVENT_GOES_ON);
    if (live->source && (asks || kind == PLUMB_EVENT_PAUSED))
        plumb_source_asked(live->source, step, plumb_exercise_pose(&live->exercise, session->side));
}

static int take_event(struct plumb_live *live, const struct plumb_event *event, struct plumb_message *message)
{
    int fail = use_calib(live, event, message);
    keep_event(live, event);
    ask_wearer(live, event->kind);
    if (event->kind == PLUMB_EVENT_CUE)
        send_cue(live, event->cue);
    if (event->kind == PLUMB_EVENT_FLAG_BEGIN)
        live->flags_n++;
    if (event->kind == PLUMB_EVENT_HOLD_BEGIN && !(live->first_hold_s > 0))
        live->first_hold_s = event->t_s;
    if (event->kind == PLUMB_EVENT_DONE)
        live->done_us = live->now_us;
    let_hear(live, event);
    if (live->hooks.event)
        live->hooks.event(live->hooks.context, live, event);
    return fail;
}

static int drain(struct plumb_live *live, struct plumb_message *message)
{
    struct plumb_event event;
    int fail = 0;
    while (!fail && plumb_session_next(&live->session, &event))
        fail = take_event(live, &event, message);
    return fail;
}

/* ---- what the source brings */

static int
take_bytes(struct plumb_live *live, const struct plumb_source_event *event, struct plumb_message *message)
{
    const uint8_t *bytes = event->bytes;
    size_t n = event->bytes_n;
    int fail = 0;
    while (n && !fail) {
        size_t used = plumb_session_bytes(&live->session, event->host_us, bytes, n);
        keep_bytes(live, bytes, used);
        bytes += used;
        n -= used;
        fail = drain(live, message);
    }
    return fail;
}

static void lose_device(struct plumb_live *live)
{
    live->gone = 1;
    live->gone_us = live->now_us;
    say(live, "the clip was unplugged; waiting for it to come back");
}

static void find_device(struct plumb_live *live)
{
    live->gone = 0;
    live->asked_us = 0;
    live->session.have_hello = 0;
    plumb_session_restart(&live->session);
    keep_restart(live);
    say(live, "the clip is back");
}

static int take_sample(struct plumb_live *live, const struct plumb_source_event *event)
{
    struct plumb_sample sample = plumb_clip_calib_sample(&live->calib, event->sample);
    keep_sample(live, &sample);
    plumb_session_sample(&live->session, event->host_us, &sample);
    return 0;
}

static int
take(struct plumb_live *live, const struct plumb_source_event *event, struct plumb_message *message)
{
    switch (event->kind) {
    case PLUMB_SOURCE_BYTES:
        return take_bytes(live, event, message);
    case PLUMB_SOURCE_SAMPLE:
        return take_sample(live, event);
    case PLUMB_SOURCE_GONE:
        lose_device(live);
        return 0;
    case PLUMB_SOURCE_BACK:
        find_device(live);
        return 0;
    case PLUMB_SOURCE_END:
        live->over = live->source_over = 1;
        return 0;
    default:
        return 0;
    }
}

static int waited_too_long(const struct plumb_live *live, int64_t since_us)
{
    return (double)(live->now_us - since_us) > live->options.wait_s * PLUMB_US_PER_S;
}

static int check_patience(struct plumb_live *live, struct plumb_message *message)
{
    if (live->gone && waited_too_long(live, live->gone_us))
        return plumb_message_fail(
            message, PLUMB_LOST,
            "the clip did not come back within %.0f s; what was recorded until then is kept",
            live->options.wait_s);
    if (!live->session.begun && waited_too_long(live, live->begun_us))
        return plumb_message_fail(
            message, PLUMB_NO_DEVICE,
            "nothing that speaks Plumb's language answered within %.0f s: is the firmware on "
            "the board, and the baud rate right?",
            live->options.wait_s);
    return 0;
}

int plumb_live_turn(struct plumb_live *live, struct plumb_message *message)
{
    struct plumb_source_event event;
    int fail = plumb_source_read(live->source, WAIT_US, &event);
    if (fail)
        return plumb_message_fail(message, fail, "%s: it cannot be read any more", live->options.source);
    live->now_us = event.host_us;
    if (!live->begun_us)
        live->begun_us = live->now_us;
    fail = take(live, &event, message);
    plumb_session_tick(&live->session, live->now_us);
    if (!fail)
        fail = drain(live, message);
    keep_ticking(live);
    ask_who(live);
    return fail ? fail : check_patience(live, message);
}

int plumb_live_ended(const struct plumb_live *live)
{
    return live->over || (live->done_us && live->now_us - live->done_us >= AFTER_END_US);
}

void plumb_live_stop(struct plumb_live *live)
{
    live->over = 1;
}

/* ---- the end */

/* How it ended, for the record. */
static const char *ending(const struct plumb_live *live, int fail)
{
    return live->session.stopped ? "stopped: sharp pain"
           : live->done_us       ? "done"
           : fail == PLUMB_LOST  ? "lost: the clip did not come back"
           : fail                ? "failed"
           : live->source_over   ? "ended with its source"
                                 : "interrupted";
}

static int close_recorder(struct plumb_live *live, int fail, struct plumb_message *message)
{
    const struct plumb_recorder *recorder = &live->recorder;
    struct plumb_message late = {""};
    break_off(live, plumb_recorder_close(&live->recorder, ending(live, fail), &late), &late);
    if (!fail && recorder->fail)
        plumb_message_fail(message, recorder->fail, "the recording is not whole: see %s.part", recorder->csv);
    if (!fail && recorder->keep_fail)
        plumb_message_fail(message, recorder->keep_fail, "the session is not kept whole");
    return fail ? fail : recorder->fail ? recorder->fail : recorder->keep_fail;
}

int plumb_live_close(struct plumb_live *live, int fail, struct plumb_message *message)
{
    plumb_session_finish(&live->session);
    int draining = drain(live, fail ? &(struct plumb_message){""} : message);
    fail = fail ? fail : draining;
    plumb_source_close(live->source);
    live->source = NULL;
    int silent = plumb_sound_stop(&live->sound, live->now_us);
    if (silent && live->options.sound_file && !fail)
        fail = plumb_message_fail(
            message, PLUMB_FAILED, "%s: the sound was not written", live->options.sound_file);
    return close_recorder(live, fail, message);
}
