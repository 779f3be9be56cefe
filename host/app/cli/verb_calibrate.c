/* plumb calibrate: accelerometer, gyroscope, mount; and a check of what a sensor is good for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../view/target.h"
#include "calibrate.h"
#include "study.h"
#include "verb.h"

#define TABLE_S 15.0
#define CHECK_S 60.0

enum {
    OPT_SOURCE = 'S',
    OPT_OUT = 'o',
    OPT_EXERCISE = 'e',
    OPT_SIDE = 's',
    OPT_JSON = 0x100,
    OPT_PICTURE,
    OPT_DEVICE,
    OPT_SENSOR,
    OPT_CALIB,
    OPT_SECONDS,
    OPT_WAIT,
    OPT_NO_CLIP
};

static const struct argp_option option_table[] = {
    {"source", OPT_SOURCE, "URI", 0, "where samples come from, as in plumb live; default auto", 0},
    {"out", OPT_OUT, "FILE", 0,
     "keep the calibration in this file; default the clip's own, by its serial number", 0},
    {"device", OPT_DEVICE, "SERIAL", 0, "the clip that a recording was made with", 0},
    {"sensor", OPT_SENSOR, "ROLE", 0, "pelvis, lumbar or thigh; default pelvis", 0},
    {"calib", OPT_CALIB, "FILE", 0, "the calibration to begin from (gyro) or to check with", 0},
    {"picture", OPT_PICTURE, "FILE", 0,
     "draw how to hold the clip next: .png, .svg or .pdf, drawn anew each time", 0},
    {"seconds", OPT_SECONDS, "S", 0, "gyro: on the table first, default 15; check: how long, default 60", 0},
    {"wait", OPT_WAIT, "S", 0, "how long to wait for the clip to answer or to come back; default 60", 0},
    {"no-clip", OPT_NO_CLIP, NULL, 0, "do not write into the clip's own memory", 0},
    {"exercise", OPT_EXERCISE, "ID", 0,
     "mount: the exercise whose preparation it is; default supine-edge, of a session its own", 0},
    {"side", OPT_SIDE, "left|right", 0, "mount: the stretched side; default right", 0},
    {"json", OPT_JSON, NULL, 0, "the result as JSON", 0},
    {0}};

struct wish {
    const struct what *what;
    struct plumb_calibrate_options options;
    double seconds;
};

/* ---- the kinds */

static int run_fits(struct plumb_calibrate *run, struct plumb_message *message)
{
    int fail = plumb_calibrate_collect(run, 0, message);
    if (fail)
        return fail;
    fail = plumb_calibrate_fit(run, message);
    plumb_calibrate_draw(run);
    if (!fail)
        fail = plumb_calibrate_store(run, message);
    plumb_calibrate_tell(run, fail ? message->text : NULL);
    return fail;
}

static int run_check(struct plumb_calibrate *run, struct plumb_message *message)
{
    int fail = plumb_clip_calib_init(&run->in_use, run->options.calib, message);
    fputs(
        "plumb: leave the clip on a table for fifteen seconds, then turn it slowly about all its axes\n",
        stderr);
    if (!fail)
        fail = plumb_calibrate_collect(run, run->options.still_s, message);
    return fail ? fail : plumb_calibrate_check(run, message);
}

static const struct what {
    const char *id;
    int accel, gyro;
    double seconds;
    int (*run)(struct plumb_calibrate *run, struct plumb_message *message);
} whats[] = {
    {"accel", 1, 0, 0, run_fits},        {"gyro", 0, 1, TABLE_S, run_fits},
    {"all", 1, 1, TABLE_S, run_fits},    {"mount", 0, 0, 0, plumb_calibrate_mount},
    {"check", 0, 0, CHECK_S, run_check},
};

static const struct what *find_what(const char *id)
{
    for (size_t i = 0; i < sizeof whats / sizeof *whats; i++)
        if (strcmp(whats[i].id, id) == 0)
            return &whats[i];
    return NULL;
}

/* ---- options */

static enum plumb_role sensor_arg(const char *text, struct argp_state *state)
{
    static const char *const roles[] = {"pelvis", "lumbar", "thigh"};
    for (int i = 0; i < PLUMB_ROLES_N; i++)
        if (strcmp(roles[i], text) == 0)
            return (enum plumb_role)i;
    argp_error(state, "--sensor wants pelvis, lumbar or thigh, not \"%s\"", text);
    return PLUMB_PELVIS;
}

static void take_what(struct wish *wish, const char *id, struct argp_state *state)
{
    if (wish->what)
        argp_error(state, "one at a time: accel, gyro, all, mount or check");
    wish->what = find_what(id);
    if (!wish->what)
        argp_error(state, "what is \"%s\"? It is accel, gyro, all, mount or check", id);
}

static void check_wish(const struct wish *wish, struct argp_state *state)
{
    const char *picture = wish->options.picture;
    if (!wish->what)
        argp_error(state, "calibrate what: accel, gyro, all, mount or check?");
    if (picture && plumb_target_by_path(picture) == PLUMB_FORMATS_N)
        argp_error(state, "--picture wants a file that ends in .png, .svg or .pdf");
}

static error_t parse_more(int key, char *arg, struct argp_state *state)
{
    struct wish *wish = state->input;
    switch (key) {
    case OPT_SECONDS:
        wish->seconds = plumb_number_arg(arg, 1, 86400, "seconds", state);
        return 0;
    case OPT_WAIT:
        wish->options.wait_s = plumb_number_arg(arg, 1, 86400, "wait", state);
        return 0;
    case OPT_EXERCISE:
        wish->options.exercise = arg;
        return 0;
    case OPT_SIDE:
        wish->options.side = plumb_side_arg(arg, state);
        return 0;
    case ARGP_KEY_ARG:
        take_what(wish, arg, state);
        return 0;
    case ARGP_KEY_END:
        check_wish(wish, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct plumb_calibrate_options *options = &((struct wish *)state->input)->options;
    switch (key) {
    case OPT_SOURCE:
        options->source = arg;
        return 0;
    case OPT_OUT:
        options->out = arg;
        return 0;
    case OPT_DEVICE:
        options->device = arg;
        return 0;
    case OPT_SENSOR:
        options->sensor = sensor_arg(arg, state);
        return 0;
    case OPT_CALIB:
        options->calib = arg;
        return 0;
    case OPT_PICTURE:
        options->picture = arg;
        return 0;
    case OPT_JSON:
        options->json = 1;
        return 0;
    case OPT_NO_CLIP:
        options->no_clip = 1;
        return 0;
    default:
        return parse_more(key, arg, state);
    }
}

static const struct argp argp = {
    option_table,
    parse,
    "accel|gyro|all|mount|check",
    "Measures what is wrong with a sensor, so that it can be put right.\v"
    "  accel   hold the clip still in ten to twelve ways, two seconds each, no button; a bell says when\n"
    "  gyro    the same after fifteen seconds on a table\n"
    "  all     both from the same poses\n"
    "  mount   how the clip sits on the wearer: still, tilts, an arch\n"
    "  check   what this sensor is good for, on one page\n\n"
    "A recording does as well: --source replay:POSES.csv, with -o FILE to keep the result. What was kept "
    "before "
    "stays beside it under its date.",
    NULL,
    NULL,
    NULL};

int plumb_verb_calibrate(int argc, char **argv)
{
    struct plumb_message message = {""};
    struct wish wish = {.options = {.source = "auto", .side = PLUMB_STUDY_NO_SIDE, .wait_s = 60}};
    argp_parse(&argp, argc, argv, 0, NULL, &wish);
    struct plumb_calibrate *run = calloc(1, sizeof *run);
    if (!run)
        return PLUMB_EXIT_FAILED;
    run->options = wish.options;
    run->options.still_s = wish.seconds > 0 ? wish.seconds : wish.what->seconds;
    run->want_accel = wish.what->accel;
    run->want_gyro = wish.what->gyro;
    int fail = wish.what->run(run, &message);
    plumb_calibrate_close(run);
    free(run);
    return fail ? plumb_complain(fail, &message) : PLUMB_EXIT_DONE;
}
