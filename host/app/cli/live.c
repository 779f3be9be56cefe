#include "live.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "../../core/units.h"
#include "../../io/json_event.h"
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
        .sound = -1,
        .words = "en",
        .volume = 0.7,
        .jsonl_hz = 10,
        .wait_s = 60,
        .max_loss_percent = 100};
}

/* Ctrl-C ends the recording well: the handler only says that it was pressed. */
static volatile sig_atomic_t interrupted;

static void interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

static void catch_interrupts(void)
{
    struct sigaction action = {.sa_handler = interrupt};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL); /* the terminal was closed */
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

static void tell_machine(struct plumb_live *live, const struct plumb_event *event)
{
    int is_sample = event->kind == PLUMB_EVENT_SAMPLE;
    double every_us = live->options.jsonl_hz > 0 ? PLUMB_US_PER_S / live->options.jsonl_hz : INFINITY;
    if (is_sample && (double)(event->host_us - live->told_us) < every_us)
        return;
    live->told_us = is_sample ? event->host_us : live->told_us;
    char *line = plumb_json_event(event, &live->session);
    if (line) {
        puts(line);
        fflush(stdout);
    }
    free(line);
}

/* The sensors that the clip says it has; a replay says nothing and brings them with its samples. */
static unsigned roles_of(const struct plumb_session *session)
{
    unsigned roles = session->roles;
    for (int imu = 0; imu < session->hello.imus_n; imu++)
        if (session->hello.imus[imu].present && session->hello.imus[imu].role < PLUMB_ROLES_N)
            roles |= 1u << session->hello.imus[imu].role;
    return roles;
}

static int record(struct plumb_live *live, const struct plumb_event *event, struct plumb_message *message)
{
    int fail = 0;
    if (!live->recorder)
        live->recorder = plumb_save_raw_open(live->recording, roles_of(&live->session), &fail, message);
    if (fail)
        return fail;
    return plumb_save_raw_row(live->recorder, &event->row.sample, event->row.marker, live->now_us, message);
}

/* A full disk ends the recording, not the stretch. */
static void break_off(struct plumb_live *live, int fail, const struct plumb_message *message)
{
    if (!fail)
        return;
    live->record_fail = fail;
    fprintf(stderr, "plumb: %s; the session goes on without a recording\n", message->text);
}

static void keep_row(struct plumb_live *live, const struct plumb_event *event)
{
    struct plumb_message message = {""};
    break_off(live, record(live, event, &message), &message);
}

/* Says which calibration is in use where that changes. */
static int use_calib(struct plumb_live *live, const struct plumb_event *event, struct plumb_message *message)
{
    int changed = plumb_clip_calib_event(&live->calib, &live->session, live->source, event, message);
    if (changed > 0 && live->dashboard.terminal)
        snprintf(live->dashboard.note, sizeof live->dashboard.note, "%s", live->calib.words);
    else if (changed > 0)
        fprintf(stderr, "plumb: %s\n", live->calib.words);
    return changed < 0 ? changed : 0;
}

static void let_hear(struct plumb_live *live, const struct plumb_event *event)
{
    if (!live->sound.pid)
        return;
    plumb_voice_push(&live->voice, &live->session, event);
    for (int i = 0; i < live->voice.heard_n && live->sound.pid; i++)
        plumb_sound_tell(&live->sound, event->host_us, &live->voice.heard[i]);
    live->dashboard.sound_off = !live->sound.pid;
}

static void keep_ticking(struct plumb_live *live)
{
    struct plumb_message message = {""};
    if (live->recorder && !live->record_fail)
        break_off(live, plumb_save_raw_tick(live->recorder, live->now_us, &message), &message);
}

static int take_event(struct plumb_live *live, const struct plumb_event *event, struct plumb_message *message)
{
    int fail = use_calib(live, event, message);
    if (event->kind == PLUMB_EVENT_SAMPLE && !live->options.no_record && !live->record_fail)
        keep_row(live, event);
    if (event->kind == PLUMB_EVENT_CUE)
        send_cue(live, event->cue);
    if (event->kind == PLUMB_EVENT_FLAG_BEGIN)
        live->flags_n++;
    if (event->kind == PLUMB_EVENT_HOLD_BEGIN && !(live->first_hold_s > 0))
        live->first_hold_s = event->t_s;
    if (event->kind == PLUMB_EVENT_DONE)
        live->done_us = live->now_us;
    if (live->options.jsonl)
        tell_machine(live, event);
    let_hear(live, event);
    plumb_dashboard_event(&live->dashboard, &live->session, event);
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
    fputs("plumb: the clip was unplugged; waiting for it to come back\n", stderr);
}

static void find_device(struct plumb_live *live)
{
    live->gone = 0;
    live->asked_us = 0;
    live->session.have_hello = 0;
    plumb_session_restart(&live->session);
    fputs("plumb: the clip is back\n", stderr);
}

static int take_sample(struct plumb_live *live, const struct plumb_source_event *event)
{
    struct plumb_sample sample = plumb_clip_calib_sample(&live->calib, event->sample);
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
        live->over = 1;
        return 0;
    default:
        return 0;
    }
}

static void take_keys(struct plumb_live *live)
{
    int key = plumb_keys_read(&live->keys);
    if (key == ' ')
        plumb_session_skip(&live->session);
    if (key == 'k' || key == 'K')
        plumb_session_pain(&live->session, PLUMB_PAIN_KNEE);
    if (key == 'b' || key == 'B')
        plumb_session_pain(&live->session, PLUMB_PAIN_BACK);
    if (key == 'p' || key == 'P')
        plumb_session_pain(&live->session, PLUMB_PAIN_SHARP);
    if (key == 'q' || key == 'Q')
        live->over = 1;
}

static int check_patience(struct plumb_live *live, struct plumb_message *message)
{
    if (live->gone && (double)(live->now_us - live->gone_us) > live->options.wait_s * PLUMB_US_PER_S)
        return plumb_message_fail(
            message, PLUMB_LOST,
            "the clip did not come back within %.0f s; what was recorded until then is kept",
            live->options.wait_s);
    if (!live->session.begun &&
        (double)(live->now_us - live->begun_us) > live->options.wait_s * PLUMB_US_PER_S)
        return plumb_message_fail(
            message, PLUMB_NO_DEVICE,
            "nothing that speaks Plumb's language answered within %.0f s: is the firmware on "
            "the board, and the baud rate right?",
            live->options.wait_s);
    return 0;
}

static int turn(struct plumb_live *live, struct plumb_message *message)
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
    take_keys(live);
    if (!fail)
        fail = drain(live, message);
    keep_ticking(live);
    ask_who(live);
    plumb_dashboard_tick(&live->dashboard, &live->session, live->now_us);
    return fail ? fail : check_patience(live, message);
}

static int ended(const struct plumb_live *live)
{
    return live->over || interrupted || (live->done_us && live->now_us - live->done_us >= AFTER_END_US);
}

/* ---- from plug to end */

static int close_all(struct plumb_live *live, int fail, struct plumb_message *message)
{
    plumb_keys_close(&live->keys);
    plumb_dashboard_close(&live->dashboard);
    plumb_source_close(live->source);
    int silent = plumb_sound_stop(&live->sound, live->now_us);
    if (silent && live->options.sound_file && !fail)
        fail = plumb_message_fail(
            message, PLUMB_FAILED, "%s: the sound was not written", live->options.sound_file);
    struct plumb_message late = {""};
    int closing = plumb_save_raw_close(live->recorder, &late);
    if (!live->record_fail)
        break_off(live, closing, &late);
    if (!fail && live->record_fail)
        plumb_message_fail(
            message, live->record_fail, "the recording is not whole: see %s.part", live->recording);
    return fail ? fail : live->record_fail;
}

int plumb_live_run(struct plumb_live *live, struct plumb_message *message)
{
    int fail = plumb_live_open(live, message);
    catch_interrupts();
    plumb_dashboard_init(&live->dashboard, stderr);
    plumb_keys_open(&live->keys);
    while (!fail && !ended(live))
        fail = turn(live, message);
    plumb_session_finish(&live->session);
    int draining = drain(live, message);
    return close_all(live, fail ? fail : draining, message);
}
