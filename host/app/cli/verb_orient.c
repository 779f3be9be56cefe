/* plumb orient: t_s and q_ws, one row for each raw row. */
#include <stdio.h>
#include <stdlib.h>

#include "../../core/smooth_lag.h"
#include "../../io/message_fail.h"
#include "../../io/save_orient.h"
#include "../../session/orientation.h"
#include "../shared/named.h"
#include "study.h"
#include "verb.h"

struct options {
    const char *name, *out;
    int smooth;
    double lag_s; /* negative: none */
};

enum { OPT_OUT = 'o', OPT_SMOOTH = 0x100, OPT_LAG };

static const struct argp_option option_table[] = {
    {"out", OPT_OUT, "FILE", 0, "write to this file; default standard output", 0},
    {"smooth", OPT_SMOOTH, NULL, 0, "use the future too: more accurate, for recordings", 0},
    {"lag", OPT_LAG, "S", 0, "use so many seconds of the future (0 to 3): for displays that may be late", 0},
    {0}};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case OPT_OUT:
        options->out = arg;
        return 0;
    case OPT_SMOOTH:
        options->smooth = 1;
        return 0;
    case OPT_LAG:
        options->lag_s = plumb_number_arg(arg, 0, PLUMB_SMOOTH_LAG_MOST_S, "lag", state);
        return 0;
    case ARGP_KEY_ARG:
        if (options->name)
            argp_error(state, "one recording at a time, please");
        options->name = arg;
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
    "Writes the orientation of the pelvis' sensor: t_s,qw,qx,qy,qz, one row for each row of the recording.\v"
    "The quaternion takes a vector of the sensor's frame to the world's, z up. Without --smooth each row "
    "knows only what "
    "came before it. Heading is free: six axes do not see it.\n" PLUMB_STUDY_SESSION_HELP
    "\nExample: plumb orient last --smooth -o orientation.csv",
    NULL,
    NULL,
    NULL};

static int orient(const struct options *options, const struct plumb_track *track, struct plumb_quat *q_ws)
{
    struct plumb_orient_params params;
    plumb_orient_params_default(&params);
    if (options->lag_s >= 0)
        return plumb_orientation_lagged(track, PLUMB_PELVIS, &params, options->lag_s, q_ws);
    return plumb_orientation_run(track, PLUMB_PELVIS, &params, !options->smooth, q_ws, NULL, NULL);
}

static int
run(const struct options *options, struct plumb_recording *recording, struct plumb_message *message)
{
    struct plumb_message news;
    int fail = plumb_named_recording(recording, options->name, &news, message);
    if (fail)
        return fail;
    plumb_tell_news(&news);
    struct plumb_quat *q_ws = malloc((recording->track.n + 1) * sizeof *q_ws);
    if (!q_ws || orient(options, &recording->track, q_ws))
        fail = plumb_message_fail(message, PLUMB_FAILED, "%s: not enough memory", options->name);
    if (!fail)
        fail = plumb_orient_save(options->out, &recording->track, q_ws, message);
    free(q_ws);
    return fail;
}

int plumb_verb_orient(int argc, char **argv)
{
    struct options options = {.out = "-", .lag_s = -1};
    struct plumb_message message = {""};
    struct plumb_recording recording = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    int fail = run(&options, &recording, &message);
    plumb_recording_free(&recording);
    return fail ? plumb_complain(fail, &message) : PLUMB_EXIT_DONE;
}
