/* plumb report: the page for the file, of a session or of a patient. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../io/message_fail.h"
#include "../../view/target.h"
#include "../shared/catalogue.h"
#include "../shared/named.h"
#include "../shared/page_stored.h"
#include "subject.h"
#include "verb.h"

#define SCALE_MIN 0.5
#define SCALE_MAX 8.0
#define PROGRAM   "plumb " PLUMB_VERSION

struct options {
    const char *what;                 /* SESSION or RAW.csv */
    const char *patient, *store;      /* NULL: none; the user's own */
    struct plumb_study_options study; /* of a recording */
    const char *out;
    const char *language; /* of the page */
    struct plumb_tongue tongue;
    enum plumb_paper paper;
    double scale;
};

enum {
    OPT_EXERCISE = 'e',
    OPT_SIDE = 's',
    OPT_OUT = 'o',
    OPT_PAPER = 'p',
    OPT_PATIENT = 'P',
    OPT_SCALE = 0x100,
    OPT_LIMITS,
    OPT_STORE,
    OPT_LANGUAGE
};

static const struct argp_option option_table[] = {
    {"out", OPT_OUT, "FILE", 0, "the page: .pdf, .png or .svg", 0},
    {"paper", OPT_PAPER, "a4|letter", 0, "the sheet; default a4", 0},
    {"scale", OPT_SCALE, "N", 0, "pixels a point, PNG only; default 2", 0},
    {"language", OPT_LANGUAGE, "CODE", 0, "the page's language, e.g. de; default en, whatever the locale", 0},
    {"patient", OPT_PATIENT, "ALIAS", 0, "instead of one session: eight weeks of all exercises of a patient",
     0},
    {"store", OPT_STORE, "FILE", 0, "the store; default the user's own", 0},
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

static void check_end(const struct options *options, struct argp_state *state)
{
    if (!options->what == !options->patient)
        argp_error(
            state, "which page? Give a session (\"last\", a number, the beginning of a uuid), a raw CSV "
                   "file, or --patient");
    if (!options->out || plumb_target_by_path(options->out) == PLUMB_FORMATS_N)
        argp_error(state, "--out wants a file that ends in .pdf, .png or .svg");
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
    case OPT_PATIENT:
        options->patient = arg;
        return 0;
    case OPT_STORE:
        options->store = arg;
        return 0;
    case OPT_OUT:
        options->out = arg;
        return 0;
    case OPT_PAPER:
        options->paper = paper_arg(arg, state);
        return 0;
    case OPT_LANGUAGE:
        options->language = arg;
        return 0;
    case OPT_SCALE:
        options->scale = plumb_number_arg(arg, SCALE_MIN, SCALE_MAX, "scale", state);
        return 0;
    case ARGP_KEY_ARG:
        if (options->what)
            argp_error(state, "one session at a time, please");
        options->what = arg;
        return 0;
    case ARGP_KEY_END:
        check_end(options, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    option_table,
    parse,
    "SESSION|RAW.csv",
    "One page for the file: who, when, within which limits, the trace, the holds, the weeks, what is in "
    "doubt.\v"
    "SESSION is \"last\", a number or the beginning of a uuid (plumb sessions lists them). The same session "
    "gives the same bytes, in any locale and time zone; it looks back, never ahead.\n\n"
    "Examples:\n"
    "  plumb report last -o session.pdf\n"
    "  plumb report last --language de -o sitzung.pdf\n"
    "  plumb report --patient Anna --paper letter -o anna.pdf\n"
    "  plumb report session.csv --exercise supine-edge --side right -o session.png",
    NULL,
    NULL,
    NULL};

/* Draws one of the two kinds of page: the other is NULL. */
static int draw(
    const struct options *options, const struct plumb_page *page, const struct plumb_patient_page *patient,
    struct plumb_message *message)
{
    struct plumb_scene scene;
    plumb_scene_init(&scene, plumb_paper_width_pt(options->paper), plumb_paper_height_pt(options->paper));
    int fail = page ? plumb_page_draw(&scene, page) : plumb_patient_page_draw(&scene, patient);
    if (fail)
        plumb_message_fail(message, fail, "not enough memory for the page");
    else
        fail =
            plumb_render(&scene, options->out, plumb_target_by_path(options->out), options->scale, message);
    plumb_scene_free(&scene);
    return fail;
}

/* ---- of a recording */

static int
page_of_dossier(const struct options *options, struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct plumb_page_fill fill;
    struct plumb_page_ask ask = {
        .dossier = dossier, .source = options->what, .program = PROGRAM, .tongue = &options->tongue};
    int fail = plumb_page_fill(&fill, &ask, message);
    if (!fail)
        fail = draw(options, &fill.page, NULL, message);
    plumb_page_fill_free(&fill);
    return fail;
}

static int of_recording(const struct options *options, struct plumb_message *message)
{
    struct plumb_subject subject;
    int fail = plumb_subject_open(&subject, options->what, &options->study, message);
    if (!fail)
        fail = page_of_dossier(options, &subject.dossier, message);
    plumb_subject_close(&subject);
    return fail;
}

/* ---- of the store */

static int of_session(const struct options *options, struct plumb_store *store, struct plumb_message *message)
{
    struct plumb_page_stored *stored = calloc(1, sizeof *stored);
    int64_t id = plumb_store_find(store, options->what, message);
    int fail = id < 0 ? (int)id : 0;
    if (!stored)
        fail = plumb_message_fail(message, PLUMB_FAILED, "not enough memory for the page");
    const struct plumb_page_maker maker = {PROGRAM, &options->tongue};
    if (!fail)
        fail = plumb_page_stored_open(stored, store, id, &maker, message);
    if (!fail)
        fail = draw(options, &stored->fill.page, NULL, message);
    if (stored)
        plumb_page_stored_close(stored);
    free(stored);
    return fail;
}

static int of_patient(const struct options *options, struct plumb_store *store, struct plumb_message *message)
{
    struct plumb_patient_stored *stored = calloc(1, sizeof *stored);
    if (!stored)
        return plumb_message_fail(message, PLUMB_FAILED, "not enough memory for the page");
    const struct plumb_page_maker maker = {PROGRAM, &options->tongue};
    int fail = plumb_patient_stored_open(stored, store, options->patient, &maker, message);
    if (!fail)
        fail = draw(options, NULL, &stored->fill.page, message);
    plumb_patient_stored_close(stored);
    free(stored);
    return fail;
}

static int of_store(const struct options *options, struct plumb_message *message)
{
    int fail = 0;
    struct plumb_store *store = plumb_store_open(options->store, &fail, message);
    if (!store)
        return fail;
    plumb_tell_news(message); /* what was recovered is no failure */
    message->text[0] = '\0';
    fail = (options->patient ? of_patient : of_session)(options, store, message);
    plumb_store_close(store);
    return fail;
}

int plumb_verb_report(int argc, char **argv)
{
    struct options options = {
        .study = {.side = PLUMB_STUDY_NO_SIDE}, .language = "en", .paper = PLUMB_PAPER_A4, .scale = 2};
    struct plumb_message message = {""};
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    int recording = options.what && plumb_named_is_file(options.what);
    int fail = plumb_catalogue_use(options.language, &options.tongue, &message);
    if (!fail)
        fail = (recording ? of_recording : of_store)(&options, &message);
    return fail ? plumb_complain(fail, &message) : PLUMB_EXIT_DONE;
}
