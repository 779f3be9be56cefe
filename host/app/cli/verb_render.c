/* plumb render: a recording's picture. */
#include <stdio.h>
#include <string.h>

#include "../../io/message_fail.h"
#include "../../view/target.h"
#include "../shared/catalogue.h"
#include "picture.h"
#include "verb.h"

#define SCALE_MIN 0.5
#define SCALE_MAX 8.0
#define LEAST_PT  300.0
#define MOST_PT   5000.0

struct options {
    struct plumb_study_options study;
    const char *out;
    const char *language; /* of the picture */
    struct plumb_tongue tongue;
    double scale, width_pt, height_pt;
};

enum {
    OPT_EXERCISE = 'e',
    OPT_SIDE = 's',
    OPT_OUT = 'o',
    OPT_SCALE = 0x100,
    OPT_WIDTH,
    OPT_HEIGHT,
    OPT_LANGUAGE
};

static const struct argp_option option_table[] = {
    {"exercise", OPT_EXERCISE, "ID", 0, PLUMB_STUDY_EXERCISE_HELP, 0},
    {"side", OPT_SIDE, "left|right", 0, PLUMB_STUDY_SIDE_HELP, 0},
    {"out", OPT_OUT, "FILE", 0, "the picture: .png, .svg or .pdf", 0},
    {"language", OPT_LANGUAGE, "CODE", 0, "the picture's language, e.g. de; default en, whatever the locale",
     0},
    {"width", OPT_WIDTH, "PT", 0, "width in points; default 842 (A4 landscape)", 0},
    {"height", OPT_HEIGHT, "PT", 0, "height in points; default 595", 0},
    {"scale", OPT_SCALE, "N", 0, "pixels a point, PNG only; default 2", 0},
    {0}};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case OPT_EXERCISE:
        options->study.exercise = arg;
        return 0;
    case OPT_SIDE:
        options->study.side = plumb_side_arg(arg, state);
        return 0;
    case OPT_OUT:
        options->out = arg;
        return 0;
    case OPT_LANGUAGE:
        options->language = arg;
        return 0;
    case OPT_WIDTH:
        options->width_pt = plumb_number_arg(arg, LEAST_PT, MOST_PT, "width", state);
        return 0;
    case OPT_HEIGHT:
        options->height_pt = plumb_number_arg(arg, LEAST_PT, MOST_PT, "height", state);
        return 0;
    case OPT_SCALE:
        options->scale = plumb_number_arg(arg, SCALE_MIN, SCALE_MAX, "scale", state);
        return 0;
    case ARGP_KEY_ARG:
        if (options->study.name)
            argp_error(state, "one recording at a time, please");
        options->study.name = arg;
        return 0;
    case ARGP_KEY_END:
        if (!options->study.name)
            argp_error(state, PLUMB_STUDY_WHICH);
        if (!options->out || plumb_target_by_path(options->out) == PLUMB_FORMATS_N)
            argp_error(state, "--out wants a file that ends in .png, .svg or .pdf");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    option_table,
    parse,
    PLUMB_STUDY_ARGS,
    "Draws a recording: tilt with its zone, flags, holds and gaps.\v"
    "The same picture whatever the format.\n" PLUMB_STUDY_SESSION_HELP "\nExamples:\n"
    "  plumb render session.csv --exercise supine-edge --side right -o session.pdf\n"
    "  plumb render last -o last.png",
    NULL,
    NULL,
    NULL};

static int run(const struct options *options, struct plumb_study *study, struct plumb_message *message)
{
    int fail = plumb_study_open(study, &options->study, message);
    if (fail)
        return fail;
    struct plumb_scene scene;
    plumb_scene_init(&scene, options->width_pt, options->height_pt);
    plumb_study_tell_doubts(study);
    fail = plumb_picture_draw(&scene, study, &options->tongue, message);
    if (!fail)
        fail =
            plumb_render(&scene, options->out, plumb_target_by_path(options->out), options->scale, message);
    plumb_scene_free(&scene);
    return fail;
}

int plumb_verb_render(int argc, char **argv)
{
    struct options options = {
        .study = {.side = PLUMB_STUDY_NO_SIDE, .without_q_ws = 1},
        .language = "en",
        .scale = 2,
        .width_pt = PLUMB_TRACE_WIDTH_PT,
        .height_pt = PLUMB_TRACE_HEIGHT_PT};
    struct plumb_message message = {""};
    struct plumb_study study;
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    int fail = plumb_catalogue_use(options.language, &options.tongue, &message);
    if (fail)
        return plumb_complain(fail, &message);
    fail = run(&options, &study, &message);
    plumb_study_close(&study);
    return fail ? plumb_complain(fail, &message) : PLUMB_EXIT_DONE;
}
