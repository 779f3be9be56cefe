#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../../core/units.h"
#include "../../io/message_fail.h"
#include "../../io/store_calib.h"
#include "calibrate.h"
#include "../live/clip_command.h"

#define WAIT_US      50000
#define ASK_EVERY_US PLUMB_US_PER_S
#define ACK_US       (3 * (int64_t)PLUMB_US_PER_S) /* an EEPROM record is written within half a second */
#define AGAIN_US     200000
#define ROWS_FIRST   4096
#define ROWS_MOST    20000000

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
}

/* ---- room */

/* Every column grows by half; what has moved stays owned on failure. */
static int grow(struct plumb_calibrate *run, struct plumb_message *message)
{
    size_t rows = run->room ? run->room + run->room / 2 : ROWS_FIRST;
    struct plumb_track *track = &run->track;
    enum plumb_role role = run->options.sensor;
    double *t_s = realloc(track->t_s, rows * sizeof *t_s);
    track->t_s = t_s ? t_s : track->t_s;
    unsigned char *present = realloc(track->present, rows);
    track->present = present ? present : track->present;
    unsigned char *flags = realloc(track->flags, rows);
    track->flags = flags ? flags : track->flags;
    struct plumb_imu_packed *imu = realloc(track->imu[role], rows * sizeof *imu);
    track->imu[role] = imu ? imu : track->imu[role];
    if (!t_s || !present || !flags || !imu || rows > ROWS_MOST)
        return plumb_message_fail(message, PLUMB_FAILED, "not enough memory for so long a recording");
    run->room = rows;
    return 0;
}

static int grow_blocks(struct plumb_calibrate *run, struct plumb_message *message)
{
    struct plumb_still_blocks *blocks = &run->guide.blocks;
    size_t room = blocks->room ? 2 * blocks->room : ROWS_FIRST;
    struct plumb_still_block *list = realloc(blocks->list, room * sizeof *list);
    if (!list)
        return plumb_message_fail(message, PLUMB_FAILED, "not enough memory for so long a recording");
    blocks->list = list;
    blocks->room = room;
    return 0;
}

static int
keep_sample(struct plumb_calibrate *run, const struct plumb_sample *sample, struct plumb_message *message)
{
    enum plumb_role role = run->options.sensor;
    struct plumb_track *track = &run->track;
    if (!plumb_sample_has(sample, role) || (track->n && !(sample->t_s > track->t_s[track->n - 1])))
        return 0;
    int fail = track->n == run->room ? grow(run, message) : 0;
    if (!fail && run->guide.blocks.n == run->guide.blocks.room)
        fail = grow_blocks(run, message);
    if (fail)
        return fail;
    size_t row = track->n++;
    track->t_s[row] = sample->t_s;
    track->present[row] = (unsigned char)(1u << role);
    track->flags[row] = (unsigned char)sample->flags;
    track->imu[role][row] = plumb_imu_pack(&sample->imu[role]);
    if (run->is_recording) {
        plumb_guide_keep(&run->guide, row, sample->t_s, &sample->imu[role], sample->flags);
        return 0;
    }
    plumb_calibrate_guide_event(
        run, plumb_guide_push(&run->guide, row, sample->t_s, &sample->imu[role], sample->flags));
    plumb_calibrate_progress(run);
    return 0;
}

/* ---- what the source brings */

static void take_hello(struct plumb_calibrate *run)
{
    const struct plumb_hello *hello = &run->session.hello;
    char device[PLUMB_CALIB_TEXT_N] = "";
    if (hello->serial)
        plumb_calib_serial(hello->serial, device);
    if (*run->device && !run->options.device && strcmp(run->device, device) != 0)
        fputs("plumb: another clip answers now; its poses count as those of the first\n", stderr);
    if (!*run->device)
        memcpy(run->device, device, sizeof device);
    for (int imu = 0; imu < hello->imus_n; imu++)
        if (hello->imus[imu].present && hello->imus[imu].role == (uint8_t)run->options.sensor)
            run->imu = imu;
}

static int
take_event(struct plumb_calibrate *run, const struct plumb_event *event, struct plumb_message *message)
{
    int used = plumb_clip_calib_event(&run->in_use, &run->session, run->source, event, message);
    struct plumb_calib none;
    plumb_calib_identity(&none);
    for (int imu = 0; imu < PLUMB_WIRE_IMUS_N; imu++) /* what is measured here is the sensor as it is */
        run->session.params.calib[imu] = none;
    if (event->kind == PLUMB_EVENT_HELLO)
        take_hello(run);
    if (event->kind == PLUMB_EVENT_TROUBLE && *event->text)
        fprintf(stderr, "plumb: %s\n", event->text);
    if (event->kind == PLUMB_EVENT_ACK && event->ack.command == run->acked) {
        run->acked = 0;
        run->ack_result = event->ack.result;
    }
    if (event->kind == PLUMB_EVENT_CALIB)
        run->reply = event->calib;
    if (event->kind == PLUMB_EVENT_SAMPLE)
        return keep_sample(run, &event->row.sample, message);
    return used < 0 ? used : 0;
}

static int
take_bytes(struct plumb_calibrate *run, const struct plumb_source_event *event, struct plumb_message *message)
{
    struct plumb_event told;
    const uint8_t *bytes = event->bytes;
    size_t n = event->bytes_n;
    int fail = 0;
    while (n && !fail) {
        size_t used = plumb_session_bytes(&run->session, event->host_us, bytes, n);
        bytes += used;
        n -= used;
        while (!fail && plumb_session_next(&run->session, &told))
            fail = take_event(run, &told, message);
    }
    return fail;
}

static int
take(struct plumb_calibrate *run, const struct plumb_source_event *event, struct plumb_message *message)
{
    switch (event->kind) {
    case PLUMB_SOURCE_BYTES:
        return take_bytes(run, event, message);
    case PLUMB_SOURCE_SAMPLE:
        run->is_recording = 1;
        return keep_sample(run, event->sample, message);
    case PLUMB_SOURCE_GONE:
        run->gone = 1;
        run->gone_us = run->now_us;
        fputs("plumb: the clip was unplugged: plug it in again, the poses so far still count\n", stderr);
        return 0;
    case PLUMB_SOURCE_BACK:
        run->gone = 0;
        run->session.have_hello = 0;
        plumb_session_restart(&run->session);
        fputs("plumb: the clip is back; go on where you were\n", stderr);
        return 0;
    case PLUMB_SOURCE_END:
        run->over = 1;
        return 0;
    default:
        return 0;
    }
}

static int check_patience(struct plumb_calibrate *run, struct plumb_message *message)
{
    double gone_s = (double)(run->now_us - run->gone_us) / PLUMB_US_PER_S;
    double silent_s = (double)(run->now_us - run->begun_us) / PLUMB_US_PER_S;
    if (run->gone && gone_s > run->options.wait_s)
        return plumb_message_fail(
            message, PLUMB_LOST,
            "the clip did not come back within %.0f s: plug it in and begin again; what was calibrated "
            "before "
            "stands as it was",
            run->options.wait_s);
    if (!run->is_recording && !run->track.n && !run->gone && silent_s > run->options.wait_s)
        return plumb_message_fail(
            message, PLUMB_NO_DEVICE,
            "no sample came within %.0f s: is the clip plugged in, and the firmware on its board?",
            run->options.wait_s);
    return 0;
}

static void ask_who(struct plumb_calibrate *run)
{
    if (run->is_recording || run->session.have_hello || run->now_us - run->asked_us < ASK_EVERY_US)
        return;
    run->asked_us = run->now_us;
    plumb_clip_command(run->source, PLUMB_HELLO_REQUEST, NULL, 0);
}

static int turn(struct plumb_calibrate *run, struct plumb_message *message)
{
    struct plumb_source_event event;
    int fail = plumb_source_read(run->source, WAIT_US, &event);
    if (fail)
        return plumb_message_fail(message, fail, "%s: it cannot be read any more", run->options.source);
    run->now_us = event.host_us;
    if (!run->begun_us)
        run->begun_us = run->now_us;
    fail = take(run, &event, message);
    ask_who(run);
    return fail ? fail : check_patience(run, message);
}

/* A recording is read as fast as it goes unless somebody asked otherwise. */
static struct plumb_source *open_source(const char *uri, int *fail, struct plumb_message *message)
{
    char fast[PLUMB_PATH_N + 32];
    int is_replay = strncmp(uri, "replay:", 7) == 0;
    if (!is_replay || strstr(uri, "?speed="))
        return plumb_source_open(uri, fail, message);
    snprintf(fast, sizeof fast, "%.*s?speed=max", PLUMB_PATH_N, uri);
    return plumb_source_open(fast, fail, message);
}

static int begin(struct plumb_calibrate *run, struct plumb_message *message)
{
    struct plumb_session_params params;
    int fail = 0;
    plumb_session_params_default(&params);
    plumb_session_init(&run->session, &params);
    plumb_guide_init(&run->guide, NULL, 0);
    run->terminal = isatty(STDERR_FILENO);
    run->is_recording = strncmp(run->options.source, "replay:", 7) == 0;
    run->imu = run->options.sensor != PLUMB_PELVIS;
    if (run->options.device)
        snprintf(run->device, sizeof run->device, "%s", run->options.device);
    run->source = open_source(run->options.source, &fail, message);
    if (run->source)
        fprintf(stderr, "plumb: %s\n", plumb_source_describe(run->source));
    return fail;
}

static int is_complete(const struct plumb_calibrate *run, double for_s)
{
    const struct plumb_track *track = &run->track;
    if (run->over || interrupted)
        return 1;
    if (run->is_recording || !track->n)
        return 0;
    return for_s > 0 ? track->t_s[track->n - 1] - track->t_s[0] >= for_s : run->guide.next < 0;
}

int plumb_calibrate_collect(struct plumb_calibrate *run, double for_s, struct plumb_message *message)
{
    int fail = begin(run, message);
    if (fail)
        return fail;
    catch_interrupts();
    plumb_calibrate_begin_words(run);
    while (!fail && !is_complete(run, for_s))
        fail = turn(run, message);
    if (!fail && !run->track.n)
        return plumb_message_fail(
            message, PLUMB_DAMAGED, "%s: there is no sample of that sensor in it", run->options.source);
    if (!fail)
        plumb_guide_look(&run->guide);
    if (run->terminal && !run->is_recording)
        fputs("\r\033[K", stderr);
    return fail;
}

/* ---- the clip's own memory */

static int wait_for_ack(
    struct plumb_calibrate *run, enum plumb_type type, const uint8_t *payload, uint8_t n,
    struct plumb_message *message)
{
    int64_t begun_us = run->now_us, sent_us = run->now_us;
    int fail = 0;
    run->acked = type;
    plumb_clip_command(run->source, type, payload, n);
    while (!fail && run->now_us - begun_us < ACK_US && !run->over) {
        fail = turn(run, message);
        if (!run->acked && run->ack_result != PLUMB_BUSY)
            return run->ack_result == PLUMB_DONE
                       ? 0
                       : plumb_message_fail(message, PLUMB_FAILED, "the clip refused it");
        if (!run->acked && run->now_us - sent_us > AGAIN_US) {
            run->acked = type;
            sent_us = run->now_us;
            plumb_clip_command(run->source, type, payload, n);
        }
    }
    return fail ? fail : plumb_message_fail(message, PLUMB_LOST, "the clip did not answer");
}

int plumb_calibrate_name_clip(struct plumb_calibrate *run, struct plumb_message *message)
{
    uint8_t payload[PLUMB_SERIAL_WRITE_N];
    struct timespec now;
    if (run->is_recording || *run->device)
        return 0;
    clock_gettime(CLOCK_REALTIME, &now);
    uint32_t serial = ((uint32_t)now.tv_sec * UINT32_C(2654435761) ^ (uint32_t)now.tv_nsec) | 1;
    plumb_put_u32(payload, serial);
    int fail = wait_for_ack(run, PLUMB_SERIAL_WRITE, payload, PLUMB_SERIAL_WRITE_N, message);
    if (!fail)
        plumb_calib_serial(serial, run->device);
    return fail;
}

int plumb_calibrate_to_clip(struct plumb_calibrate *run, struct plumb_message *message)
{
    uint8_t payload[PLUMB_CALIB_WRITE_N];
    struct plumb_calib_record record;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    plumb_calib_to_record(&run->after.imu[run->imu], (uint16_t)(now.tv_sec / 86400), &record);
    payload[0] = (uint8_t)run->imu;
    plumb_put_calib_record(payload + 1, &record);
    int fail = wait_for_ack(run, PLUMB_CALIB_WRITE, payload, PLUMB_CALIB_WRITE_N, message);
    if (!fail)
        fail = wait_for_ack(run, PLUMB_CALIB_READ, payload, PLUMB_CALIB_READ_N, message);
    if (!fail && (!run->reply.valid || memcmp(&run->reply.record, &record, sizeof record) != 0))
        fail = plumb_message_fail(message, PLUMB_FAILED, "what the clip keeps is not what was written");
    return fail;
}

void plumb_calibrate_close(struct plumb_calibrate *run)
{
    plumb_source_close(run->source);
    free(run->track.t_s);
    free(run->track.present);
    free(run->track.flags);
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        free(run->track.imu[role]);
    free(run->guide.blocks.list);
}
