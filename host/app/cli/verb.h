/* The verbs of the command line: one file each, one row of the table in main.c each. */
#ifndef PLUMB_VERB_H
#define PLUMB_VERB_H

#include <argp.h>

#include "../../core/message.h"

enum plumb_exit {
    PLUMB_EXIT_DONE = 0,
    PLUMB_EXIT_FAILED = 1,
    PLUMB_EXIT_USAGE = 2,
    PLUMB_EXIT_NO_DEVICE = 3,
    PLUMB_EXIT_NO_RIGHT = 4,
    PLUMB_EXIT_LOST = 5,
    PLUMB_EXIT_DAMAGED = 6,
    PLUMB_EXIT_LOSS = 7,
};

struct plumb_verb {
    const char *id, *summary;
    int (*run)(int argc, char **argv); /* argv[0] is "plumb VERB"; returns an exit code */
};

int plumb_verb_analyze(int argc, char **argv);
int plumb_verb_calibrate(int argc, char **argv);
int plumb_verb_doctor(int argc, char **argv);
int plumb_verb_exercises(int argc, char **argv);
int plumb_verb_export(int argc, char **argv);
int plumb_verb_flash(int argc, char **argv);
int plumb_verb_import(int argc, char **argv);
int plumb_verb_live(int argc, char **argv);
int plumb_verb_orient(int argc, char **argv);
int plumb_verb_ports(int argc, char **argv);
int plumb_verb_render(int argc, char **argv);
int plumb_verb_report(int argc, char **argv);
int plumb_verb_sessions(int argc, char **argv);
int plumb_verb_sim(int argc, char **argv);
int plumb_verb_spectrum(int argc, char **argv);

/* Says the message on stderr, "plumb: " before it, and returns the exit code that `fail` means. */
int plumb_complain(int fail, const struct plumb_message *message);

/* Says on stderr what is worth knowing though nothing failed; nothing where the message is empty. */
void plumb_tell_news(const struct plumb_message *news);

/* A number within [low, high] or a usage error that names the option and ends the program. */
double
plumb_number_arg(const char *text, double low, double high, const char *option, struct argp_state *state);

/* "left" or "right", likewise. */
int plumb_side_arg(const char *text, struct argp_state *state);

#endif
