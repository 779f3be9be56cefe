/* plumb: finds the verb and runs it. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verb.h"

static const struct plumb_verb verbs[] = {
    {"ports", "which serial ports there are and what answers on them", plumb_verb_ports},
    {"live", "guide and record one exercise", plumb_verb_live},
    {"calibrate", "accelerometer, gyroscope, mount; what a sensor is good for", plumb_verb_calibrate},
    {"analyze", "a recording's flags, holds, totals and trace", plumb_verb_analyze},
    {"orient", "a recording's orientation, row by row", plumb_verb_orient},
    {"render", "a recording's picture as PNG, SVG or PDF", plumb_verb_render},
    {"report", "one page for the file: who, when, the trace, the holds, the doubts", plumb_verb_report},
    {"export", "sessions in the formats that other programs open", plumb_verb_export},
    {"import", "recordings and sessions from elsewhere into the store", plumb_verb_import},
    {"spectrum", "breathing and tremor in a recording; noise of a sensor", plumb_verb_spectrum},
    {"exercises", "list, show or check the exercise files", plumb_verb_exercises},
    {"sessions", "list, show, compare, note, rebuild what the store holds", plumb_verb_sessions},
    {"sim", "run the firmware on the emulated board", plumb_verb_sim},
    {"flash", "put the firmware on a board and hear it answer", plumb_verb_flash},
    {"doctor", "what works on this machine and what to do about the rest", plumb_verb_doctor},
};

#define VERBS_N (sizeof verbs / sizeof *verbs)

static void print_help(FILE *to)
{
    fputs(
        "Usage: plumb VERB [OPTION...]\n"
        "Shows how your pelvis tilts during a hip flexor stretch, for exercise and learning. Not a medical "
        "device.\n\n",
        to);
    for (size_t i = 0; i < VERBS_N; i++)
        fprintf(to, "  %-10s %s\n", verbs[i].id, verbs[i].summary);
    fputs(
        "\nplumb VERB --help tells more. To see it work without a sensor:\n"
        "  plumb live --source sim:supine-edge-demo --exercise supine-edge --side right\n",
        to);
}

static const struct plumb_verb *find_verb(const char *id)
{
    for (size_t i = 0; i < VERBS_N; i++)
        if (strcmp(verbs[i].id, id) == 0)
            return &verbs[i];
    return NULL;
}

static int run(int argc, char **argv)
{
    const char *first = argc > 1 ? argv[1] : "";
    if (strcmp(first, "--help") == 0 || strcmp(first, "help") == 0) {
        print_help(stdout);
        return PLUMB_EXIT_DONE;
    }
    if (strcmp(first, "--version") == 0) {
        puts("plumb " PLUMB_VERSION);
        return PLUMB_EXIT_DONE;
    }
    const struct plumb_verb *verb = find_verb(first);
    if (!verb) {
        if (*first)
            fprintf(stderr, "plumb: there is no verb \"%s\"\n", first);
        print_help(stderr);
        return PLUMB_EXIT_USAGE;
    }
    char name[64];
    snprintf(name, sizeof name, "plumb %s", verb->id);
    argv[1] = name;
    return verb->run(argc - 1, argv + 1);
}

/* Results that did not reach standard output are no results. A reader that went away (head) wanted no more.
 */
static int check_output(int code)
{
    errno = 0;
    if (!fflush(stdout) && !ferror(stdout))
        return code;
    if (errno == EPIPE)
        return code;
    fprintf(
        stderr, "plumb: standard output cannot be written%s%s\n", errno ? ": " : "",
        errno ? strerror(errno) : "");
    return code ? code : PLUMB_EXIT_FAILED;
}

int main(int argc, char **argv)
{
    argp_err_exit_status = PLUMB_EXIT_USAGE;
    signal(SIGPIPE, SIG_IGN);
    return check_output(run(argc, argv));
}
