/* plumb report: the page for the file. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../../io/message_fail.h"
#include "../../view/target.h"
#include "../shared/page_fill.h"
#include "study.h"
#include "verb.h"

#define SCALE_MIN 0.5
#define SCALE_MAX 8.0

struct options {
    struct plumb_study_options study;
    const char *out;
    enum plumb_paper paper;
    double scale;
};

enum { OPT_EXERCISE = 'e', OPT_SIDE = 's', OPT_OUT = 'o', OPT_PAPER = 'p', OPT_SCALE = 0x100, OPT_LIMITS };

static const struct argp_option option_table[] = {
    {"out", OPT_OUT, "FILE", 0, "the page: .pdf, .png or .svg", 0},
    {"paper", OPT_PAPER, "a4|letter", 0, "the sheet; default a4", 0},
    {"scale", OPT_SCALE, "N", 0, "pixels a point, PNG only; default 2", 0},
    {"exercise", OPT_EXERCISE, "ID", 0, "of a recording: the exercise, by id or by file; default supine-edge",
     1},
    {"side", OPT_SIDE, "left|right", 0, "of a recording: the stretched side; default right", 1},
    {"limits", OPT_LIMITS, "FILE", 0, "of a recording: a person's own limits", 1},
    {0}};

static enum plumb_paper paper_arg(const char *text, struct argp_state *state)
{
    for (int i = 0; i < PLUMB_PAPERS_N; i++)
        if (strcmp(text, plumb_paper_name((enum plumb_paper)i)) == 0)
            return (enum plumb_paper)i;
    argp_error(state, "--paper is a4 or letter, not \"%s\"", text);
    return PLUMB_PAPER_A4;
}

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
    case OPT_LIMITS:
        options->study.limits = arg;
        return 0;
    case OPT_OUT:
        options->out = arg;
        return 0;
    case OPT_PAPER:
        options->paper = paper_arg(arg, state);
        return 0;
    case OPT_SCALE:
        options->scale = plumb_number_arg(arg, SCALE_MIN, SCALE_MAX, "scale", state);
        return 0;
    case ARGP_KEY_ARG:
        if (options->study.recording)
            argp_error(state, "one recording at a time, please");
        options->study.recording = arg;
        return 0;
    case ARGP_KEY_END:
        if (!options->study.recording)
            argp_error(state, "which recording? Give the name of a raw CSV file");
        if (!options->out || plumb_target_by_path(options->out) == PLUMB_FORMATS_N)
            argp_error(state, "--out wants a file that ends in .pdf, .png or .svg");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    option_table,
    parse,
    "RAW.csv",
    "One page for the file: who, when, within which limits, the trace, the holds, what is in doubt.\v"
    "The same session gives the same bytes, in any language and time zone.\n\n"
    "Example: plumb report session.csv --exercise supine-edge --side right -o session.pdf",
    NULL,
    NULL,
    NULL};

static int draw(const struct options *options, const struct plumb_page *page, struct plumb_message *message)
{
    struct plumb_scene scene;
    plumb_scene_init(&scene, plumb_paper_width_pt(options->paper), plumb_paper_height_pt(options->paper));
    int fail = 0;
    if (plumb_page_draw(&scene, page))
        fail = plumb_message_fail(message, PLUMB_FAILED, "not enough memory for the page");
    if (!fail)
        fail =
            plumb_render(&scene, options->out, plumb_target_by_path(options->out), options->scale, message);
    plumb_scene_free(&scene);
    return fail;
}

static int
page_of(const struct options *options, const struct plumb_page_ask *ask, struct plumb_message *message)
{
    struct plumb_page_fill fill;
    int fail = plumb_page_fill(&fill, ask, message);
    if (!fail)
        fail = draw(options, &fill.page, message);
    plumb_page_fill_free(&fill);
    return fail;
}

static int of_recording(const struct options *options, struct plumb_message *message)
{
    struct plumb_study study;
    struct plumb_dossier dossier = {0};
    int fail = plumb_study_open(&study, &options->study, message);
    if (!fail)
        plumb_study_tell_doubts(&study);
    if (!fail)
        fail = plumb_study_dossier(&study, &dossier, message);
    if (!fail) {
        struct plumb_page_ask ask = {
            .dossier = &dossier, .source = options->study.recording, .program = "plumb " PLUMB_VERSION};
        fail = page_of(options, &ask, message);
        plumb_dossier_free(&dossier);
    }
    plumb_study_close(&study);
    return fail;
}

int plumb_verb_report(int argc, char **argv)
{
    struct options options = {
        .study = {.exercise = "supine-edge", .side = PLUMB_RIGHT}, .paper = PLUMB_PAPER_A4, .scale = 2};
    struct plumb_message message = {""};
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    int fail = of_recording(&options, &message);
    return fail ? plumb_complain(fail, &message) : PLUMB_EXIT_DONE;
}
