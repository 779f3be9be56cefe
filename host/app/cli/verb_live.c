/* plumb live: guides and records one exercise. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../store/derive.h"
#include "live_shell.h"
#include "verb.h"

enum {
    OPT_SOURCE = 'S',
    OPT_EXERCISE = 'e',
    OPT_SIDE = 's',
    OPT_PATIENT = 'p',
    OPT_RECORD = 'r',
    OPT_JSONL = 0x100,
    OPT_JSONL_HZ,
    OPT_NO_RECORD,
    OPT_WAIT,
    OPT_MAX_LOSS,
    OPT_LIMITS,
    OPT_LONGEST,
    OPT_STIFFER,
    OPT_CALIB,
    OPT_SOUND,
    OPT_SOUND_FILE,
    OPT_VOLUME,
    OPT_WORDS
};

static const struct argp_option option_table[] = {
    {"source", OPT_SOURCE, "URI", 0, "where samples come from (below); default auto", 0},
    {"exercise", OPT_EXERCISE, "ID", 0, "the exercise, by id or by file; default supine-edge", 0},
    {"side", OPT_SIDE, "left|right|both", 0,
     "the stretched side; both: in the exercise's order; default right", 0},
    {"stiffer", OPT_STIFFER, "left|right", 0,
     "the stiffer side, with which some exercises begin and end; default what past sessions say", 0},
    {"limits", OPT_LIMITS, "FILE", 0, "thresholds of this person and side, over the exercise's", 0},
    {"longest", OPT_LONGEST, NULL, 0, "the upper end of every dose", 0},
    {"patient", OPT_PATIENT, "NAME", 0, "who, under an alias; default me", 0},
    {"calib", OPT_CALIB, "FILE", 0,
     "use this calibration; default the one kept for the clip, else the clip's own", 0},
    {"sound", OPT_SOUND, "full|beyond-red|summary|off", 0,
     "what is heard; default full at a terminal, else off", 0},
    {"sound-file", OPT_SOUND_FILE, "WAV", 0, "the sound into a file instead", 0},
    {"volume", OPT_VOLUME, "PERCENT", 0, "0 to 100; default 70", 0},
    {"words", OPT_WORDS, "ID", 0, "the language file: en (the usual one), de, or a file of your own", 0},
    {"record", OPT_RECORD, "FILE", 0, "a raw CSV (.csv or .csv.gz) beside what the store keeps", 0},
    {"no-record", OPT_NO_RECORD, NULL, 0, "keep nothing, neither in the store nor in a file", 0},
    {"jsonl", OPT_JSONL, NULL, 0, "one event a line on standard output, for machines", 0},
    {"jsonl-hz", OPT_JSONL_HZ, "N", 0, "angle lines a second with --jsonl; default 10", 0},
    {"wait", OPT_WAIT, "S", 0, "how long to wait for the clip to answer or to come back; default 60", 0},
    {"max-loss", OPT_MAX_LOSS, "PERCENT", 0, "exit code 7 when more samples were lost; default 100", 0},
    {0}};

struct options {
    struct plumb_live_options live;
    struct plumb_live_shell shell;
    double max_loss_percent;
};

static int sound_arg(const char *text, struct argp_state *state)
{
    static const char *const modes[] = {
        [PLUMB_VOICE_FULL] = "full",
        [PLUMB_VOICE_BEYOND_RED] = "beyond-red",
        [PLUMB_VOICE_SUMMARY] = "summary",
        [PLUMB_VOICE_OFF] = "off"};
    for (int mode = 0; mode <= PLUMB_VOICE_OFF; mode++)
        if (strcmp(text, modes[mode]) == 0)
            return mode;
    argp_error(state, "--sound is full, beyond-red, summary or off, not %s", text);
    return PLUMB_VOICE_OFF;
}

static error_t parse_sound(int key, char *arg, struct argp_state *state)
{
    struct plumb_live_options *options = &((struct options *)state->input)->live;
    switch (key) {
    case OPT_SOUND:
        options->sound = sound_arg(arg, state);
        return 0;
    case OPT_SOUND_FILE:
        options->sound_file = arg;
        return 0;
    case OPT_VOLUME:
        options->volume = plumb_number_arg(arg, 0, 100, "volume", state) / 100;
        return 0;
    case OPT_WORDS:
        options->words = arg;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static error_t parse_machine(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case OPT_JSONL:
        options->shell.jsonl = 1;
        return 0;
    case OPT_JSONL_HZ:
        options->shell.jsonl_hz = plumb_number_arg(arg, 0, 1000, "jsonl-hz", state);
        return 0;
    case OPT_MAX_LOSS:
        options->max_loss_percent = plumb_number_arg(arg, 0, 100, "max-loss", state);
        return 0;
    default:
        return parse_sound(key, arg, state);
    }
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct plumb_live_options *options = &((struct options *)state->input)->live;
    switch (key) {
    case OPT_SOURCE:
        options->source = arg;
        return 0;
    case OPT_EXERCISE:
        options->exercise = arg;
        return 0;
    case OPT_SIDE:
        options->both_sides = strcmp(arg, "both") == 0;
        options->side = options->both_sides ? PLUMB_RIGHT : plumb_side_arg(arg, state);
        return 0;
    case OPT_STIFFER:
        options->stiffer = plumb_side_arg(arg, state);
        return 0;
    case OPT_LIMITS:
        options->limits = arg;
        return 0;
    case OPT_LONGEST:
        options->longest = 1;
        return 0;
    case OPT_PATIENT:
        options->patient = arg;
        return 0;
    case OPT_CALIB:
        options->calib = arg;
        return 0;
    case OPT_RECORD:
        options->record = arg;
        return 0;
    case OPT_NO_RECORD:
        options->no_record = 1;
        return 0;
    case OPT_WAIT:
        options->wait_s = plumb_number_arg(arg, 1, 86400, "wait", state);
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "what is \"%s\"? Everything here has an option", arg);
        return 0;
    default:
        return parse_machine(key, arg, state);
    }
}

static const struct argp argp = {
    option_table,
    parse,
    NULL,
    "Guides one exercise and records it. Space goes on to the next step, Q or Ctrl-C ends it well. Pain: K "
    "knee, "
    "B back (the hold waits for Space), P sharp (stops).\v"
    "Sources:\n"
    "  auto                            finds the clip by its USB id and its answer\n"
    "  serial:PORT[?baud=N]            a port, e.g. serial:/dev/ttyUSB0\n"
    "  sim:SCENARIO[?speed=N|max]      the real firmware on the emulated board, with an emulated person\n"
    "  replay:RAW.csv[?speed=N|max]    a recording\n"
    "  replay:SESSION[?speed=N|max]    a session of the store: last, its number, the beginning of its id\n\n"
    "Exit codes: 0 done, 1 failed, 2 usage, 3 no device, 4 no right to it, 5 device lost, 6 file not "
    "understood, 7 loss "
    "above --max-loss.",
    NULL,
    NULL,
    NULL};

/* Sound is on where a person is at the terminal, or where somebody wants it in a file. */
static int usual_sound(const struct plumb_live_options *options)
{
    return options->sound_file || isatty(STDERR_FILENO) ? PLUMB_VOICE_FULL : PLUMB_VOICE_OFF;
}

/* What was kept is looked at once more, with all of it in view: lists and the start screen have it then. What
 * cannot be done now is done when the session is asked for. */
static void derive(const struct plumb_live *live)
{
    int fail = 0;
    struct plumb_message without = {""};
    struct plumb_store *store = live->recorder.session > 0 ? plumb_store_open(NULL, &fail, &without) : NULL;
    if (store)
        plumb_derive(store, live->recorder.session, &without);
    plumb_store_close(store);
}

int plumb_verb_live(int argc, char **argv)
{
    struct plumb_message message = {""};
    struct options options = {
        .live = plumb_live_options_usual(), .shell = {.jsonl_hz = 10}, .max_loss_percent = 100};
    struct plumb_live *live = calloc(1, sizeof *live);
    if (!live)
        return PLUMB_EXIT_FAILED;
    options.live.sound = -1;
    options.live.program = "plumb " PLUMB_VERSION;
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    if (options.live.sound < 0)
        options.live.sound = usual_sound(&options.live);
    live->options = options.live;
    int fail = plumb_live_shell_run(&options.shell, live, &message);
    if (live->session.begun && !options.shell.jsonl)
        plumb_live_shell_tell(live);
    derive(live);
    int lossy = 100 * plumb_link_loss(&live->session.link) > options.max_loss_percent;
    free(live);
    return fail ? plumb_complain(fail, &message) : lossy ? PLUMB_EXIT_LOSS : PLUMB_EXIT_DONE;
}
