#include "recorder.h"

#include <stdlib.h>
#include <string.h>

struct recorder *recorder_new(const char *store, const char *patient)
{
    struct recorder *recorder = calloc(1, sizeof *recorder);
    struct plumb_session_params params;
    struct plumb_message message = {""};
    plumb_session_params_default(&params);
    plumb_session_init(&recorder->session, &params);
    plumb_calib_file_init(&recorder->calib);
    struct plumb_keep_begin begin = {
        .store = store, .patient = patient, .side = PLUMB_RIGHT, .source = "a test", .program = "test 1"};
    if (store)
        recorder->keep = plumb_keep_begin(&begin, &recorder->fail, &message);
    return recorder;
}

void recorder_free(struct recorder *recorder)
{
    free(recorder->samples);
    free(recorder);
}

static void keep_sample(struct recorder *recorder, const struct plumb_event *event)
{
    if (recorder->n == recorder->room) {
        recorder->room = recorder->room ? 2 * recorder->room : 4096;
        recorder->samples = realloc(recorder->samples, recorder->room * sizeof *recorder->samples);
    }
    recorder->samples[recorder->n++] = event->row.sample;
    if (recorder->csv)
        plumb_save_raw_row(recorder->csv, &event->row.sample, event->row.marker, event->host_us, NULL);
    if (event->row.marker && recorder->keep)
        plumb_keep_mark(recorder->keep, event->row.sample.t_s, event->row.marker);
}

static void take_event(struct recorder *recorder, const struct plumb_event *event)
{
    if (event->kind == PLUMB_EVENT_SAMPLE)
        keep_sample(recorder, event);
    if (event->kind != PLUMB_EVENT_HELLO)
        return;
    for (int imu = 0; imu < PLUMB_WIRE_IMUS_N; imu++)
        recorder->session.params.calib[imu] = recorder->calib.imu[imu];
    if (recorder->keep)
        plumb_keep_device(
            recorder->keep, event->host_us, &recorder->session.hello, &recorder->calib,
            recorder->calib.present ? "calibration of a test" : "");
}

void recorder_take(void *context, int64_t host_us, const uint8_t *bytes, size_t n)
{
    struct recorder *recorder = context;
    struct plumb_event event;
    while (n) {
        size_t used = plumb_session_bytes(&recorder->session, host_us, bytes, n);
        int fail = recorder->keep ? plumb_keep_bytes(recorder->keep, host_us, bytes, used) : 0;
        recorder->fail = recorder->fail ? recorder->fail : fail;
        bytes += used;
        n -= used;
        while (plumb_session_next(&recorder->session, &event))
            take_event(recorder, &event);
    }
}

void recorder_restart(struct recorder *recorder, int64_t host_us)
{
    recorder->session.have_hello = 0;
    plumb_session_restart(&recorder->session);
    if (recorder->keep)
        plumb_keep_restart(recorder->keep, host_us);
}
