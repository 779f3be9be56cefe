/* plumb spectrum: breathing and tremor over time; noise of a still sensor. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../core/allan.h"
#include "../../core/rhythm.h"
#include "../../core/units.h"
#include "../../io/json_spectrum.h"
#include "../../io/message_fail.h"
#include "study.h"
#include "verb.h"

#define WINDOW_S 20.0
#define STEP_S   5.0

struct options {
    struct plumb_study_options study;
    int json, noise;
};

enum { OPT_EXERCISE = 'e', OPT_JSON = 'j', OPT_NOISE = 0x100 };

static const struct argp_option option_table[] = {
    {"exercise", OPT_EXERCISE, "ID", 0, "for the pose; " PLUMB_STUDY_EXERCISE_HELP, 0},
    {"noise", OPT_NOISE, NULL, 0, "noise density and Allan deviation instead: of a sensor that lies still",
     0},
    {"json", OPT_JSON, NULL, 0, "as JSON", 0},
    {0}};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case OPT_EXERCISE:
        options->study.exercise = arg;
        return 0;
    case OPT_JSON:
        options->json = 1;
        return 0;
    case OPT_NOISE:
        options->noise = 1;
        return 0;
    case ARGP_KEY_ARG:
        if (options->study.name)
            argp_error(state, "one recording at a time, please");
        options->study.name = arg;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, PLUMB_STUDY_WHICH);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    option_table,
    parse,
    PLUMB_STUDY_ARGS,
    "Breathing and tremor in the tilt of the pelvis, in windows of 20 s every 5 s.\v"
    "Columns: the middle of the window, breaths a minute, their size peak to peak, the tremor of the band "
    "from 4 to 12 Hz "
    "(root mean square) and where it is strongest. Empty: none found.\n"
    "--noise wants a recording of some minutes on a table; the Allan deviation is given at averaging times "
    "that double.\n" PLUMB_STUDY_SESSION_HELP "\nExample: plumb spectrum last",
    NULL,
    NULL,
    NULL};

/* ---- rhythm over time */

static size_t row_at(const struct plumb_track *track, size_t row, double t_s)
{
    while (row < track->n && track->t_s[row] < t_s)
        row++;
    return row;
}

/* The tilt between two rows: a cubic with the slopes of their neighbours. A straight line would weaken a
 * tremor that is sampled four times a period, by three tenths half-way. */
static double tilt_between(const struct plumb_study *study, size_t row, double share)
{
    const double *t_s = study->asked.recording.track.t_s;
    const float *tilt_rad = study->analysis.tilt_rad;
    size_t before = row > 0 && isfinite(tilt_rad[row - 1]) ? row - 1 : row, after = row + 1;
    if (row + 2 < study->asked.recording.track.n && isfinite(tilt_rad[row + 2]))
        after = row + 2;
    double span_s = t_s[row + 1] - t_s[row], from = (double)tilt_rad[row], to = (double)tilt_rad[row + 1];
    double leave = span_s * (to - (double)tilt_rad[before]) / (t_s[row + 1] - t_s[before]);
    double reach = span_s * ((double)tilt_rad[after] - from) / (t_s[after] - t_s[row]);
    double bend = (1 - share) * (leave - (to - from)) - share * (reach - (to - from));
    return from + share * (to - from) + share * (1 - share) * bend;
}

/* The tilt of the window evenly spaced; 0 where it has holes or is no tilt. */
static size_t straighten(
    const struct plumb_study *study, size_t row, double from_s, double rate_hz, double *tilt_rad, size_t room)
{
    const struct plumb_track *track = &study->asked.recording.track;
    size_t n = (size_t)(WINDOW_S * rate_hz);
    for (size_t i = 0; i < n && i < room; i++) {
        double t_s = from_s + (double)i / rate_hz;
        while (row + 1 < track->n && track->t_s[row + 1] <= t_s)
            row++;
        if (row + 1 >= track->n || track->t_s[row + 1] - track->t_s[row] > 0.25)
            return 0;
        double share = (t_s - track->t_s[row]) / (track->t_s[row + 1] - track->t_s[row]);
        tilt_rad[i] = tilt_between(study, row, share);
        if (!isfinite(tilt_rad[i]))
            return 0;
    }
    return n < room ? n : room;
}

static int
tell_rhythm(const struct plumb_study *study, struct plumb_json_list *json, struct plumb_message *message)
{
    const struct plumb_track *track = &study->asked.recording.track;
    double rate_hz = study->analysis.quality.rate_hz, end_s = track->n ? track->t_s[track->n - 1] : 0;
    size_t room = (size_t)(WINDOW_S * rate_hz) + 2, row = 0;
    double *tilt_rad = malloc(room * sizeof *tilt_rad);
    if (!tilt_rad)
        return plumb_message_fail(message, PLUMB_FAILED, "not enough memory");
    if (!track->n || end_s - track->t_s[0] < WINDOW_S)
        fprintf(stderr, "shorter than one window of %.0f s: nothing to tell\n", WINDOW_S);
    if (!json)
        puts("t_s,breath_per_min,breath_pp_deg,tremor_rms_deg,tremor_peak_hz");
    for (double from_s = track->n ? track->t_s[0] : 0; from_s + WINDOW_S <= end_s; from_s += STEP_S) {
        struct plumb_rhythm_found found;
        row = row_at(track, row, from_s);
        size_t n = straighten(study, row ? row - 1 : 0, from_s, rate_hz, tilt_rad, room);
        if (n && plumb_rhythm_find(&found, tilt_rad, n, rate_hz) == 0)
            plumb_json_rhythm(json, from_s + WINDOW_S / 2, &found);
    }
    free(tilt_rad);
    return 0;
}

/* ---- noise */

struct axis {
    const char *name;
    struct plumb_allan allan;
};

static void push_row(struct axis axes[6], const struct plumb_imu *imu)
{
    const double values[] = {imu->accel_s_mps2.x, imu->accel_s_mps2.y, imu->accel_s_mps2.z,
                             imu->gyro_s_radps.x, imu->gyro_s_radps.y, imu->gyro_s_radps.z};
    for (int axis = 0; axis < 6; axis++)
        plumb_allan_push(&axes[axis].allan, values[axis]);
}

static void tell_noise(const struct plumb_study *study, struct plumb_json_list *json)
{
    static const char *const names[] = {"accel_x_mps2", "accel_y_mps2", "accel_z_mps2",
                                        "gyro_x_radps", "gyro_y_radps", "gyro_z_radps"};
    const struct plumb_track *track = &study->asked.recording.track;
    struct axis axes[6];
    for (int axis = 0; axis < 6; axis++) {
        axes[axis].name = names[axis];
        plumb_allan_init(&axes[axis].allan, study->analysis.quality.rate_hz);
    }
    for (size_t row = 0; row < track->n; row++) {
        struct plumb_sample sample = plumb_track_at(track, row);
        if (plumb_sample_has(&sample, PLUMB_PELVIS))
            push_row(axes, &sample.imu[PLUMB_PELVIS]);
    }
    if (!json)
        puts("axis,density_per_rthz,instability,tau_s,allan_deviation");
    for (int axis = 0; axis < 6; axis++)
        plumb_json_allan(json, axes[axis].name, &axes[axis].allan);
}

static int run(const struct options *options, struct plumb_study *study, struct plumb_message *message)
{
    int fail = plumb_study_open(study, &options->study, message);
    if (fail)
        return fail;
    struct plumb_json_list *json = options->json ? plumb_json_list_new() : NULL;
    if (options->noise)
        tell_noise(study, json);
    else
        fail = tell_rhythm(study, json, message);
    plumb_json_list_print(json);
    return fail;
}

int plumb_verb_spectrum(int argc, char **argv)
{
    struct options options = {.study = {.side = PLUMB_STUDY_NO_SIDE, .without_q_ws = 1}};
    struct plumb_message message = {""};
    struct plumb_study study;
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    int fail = run(&options, &study, &message);
    plumb_study_close(&study);
    return fail ? plumb_complain(fail, &message) : PLUMB_EXIT_DONE;
}
