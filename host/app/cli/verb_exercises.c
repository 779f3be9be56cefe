/* plumb exercises: list, show, check. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../core/units.h"
#include "../../io/find_data.h"
#include "../../io/load_exercise.h"
#include "verb.h"

struct options {
    const char *what, *which;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    if (key == ARGP_KEY_ARG && !options->what)
        options->what = arg;
    else if (key == ARGP_KEY_ARG && !options->which)
        options->which = arg;
    else if (key == ARGP_KEY_ARG)
        argp_error(state, "too many words");
    else if (key != ARGP_KEY_END)
        return ARGP_ERR_UNKNOWN;
    else if (!options->what)
        argp_error(state, "list, show ID or check FILE?");
    return 0;
}

static const struct argp argp = {
    NULL,
    parse,
    "list\nshow ID\ncheck FILE",
    "Lists the exercises, shows one, or checks a file of your own.\v"
    "An exercise is a text file: copy one, edit it, check it, and give its path to --exercise. "
    "example.exercise explains every key.",
    NULL,
    NULL,
    NULL};

static int show(const char *which)
{
    struct plumb_message message = {""};
    struct plumb_exercise exercise;
    char path[PLUMB_PATH_N];
    int fail = plumb_data_find("exercises", ".exercise", which, path, &message);
    if (!fail)
        fail = plumb_exercise_load(&exercise, path, &message);
    if (fail)
        return plumb_complain(fail, &message);
    printf(
        "%s\n%s\n%s\n%s, %s\n", exercise.id, exercise.name, exercise.summary, plumb_pose_words(exercise.pose),
        exercise.judged ? "judged" : "counted, not judged");
    for (int kind = 0; kind < PLUMB_FLAGS_N; kind++)
        if (exercise.judges >> kind & 1u)
            printf("  flag: %s\n", plumb_flag_words((enum plumb_flag_kind)kind));
    printf(
        "  out of the zone beyond %.1f deg for %.1f s\n", exercise.thresholds.red_rad * PLUMB_DEG_PER_RAD,
        exercise.thresholds.delay_s);
    for (int step = 0; step < exercise.steps_n; step++)
        printf("%3d. %s\n", step + 1, exercise.steps[step].say);
    return PLUMB_EXIT_DONE;
}

static int check(const char *path)
{
    struct plumb_message message = {""};
    struct plumb_exercise exercise;
    int fail = plumb_exercise_load(&exercise, path, &message);
    if (fail)
        return plumb_complain(fail, &message);
    printf("%s: good: %s, %d steps\n", path, exercise.id, exercise.steps_n);
    return PLUMB_EXIT_DONE;
}

static int is_exercise(const struct dirent *entry)
{
    size_t n = strlen(entry->d_name);
    return n > 9 && strcmp(entry->d_name + n - 9, ".exercise") == 0 &&
           strcmp(entry->d_name, "example.exercise") != 0;
}

static int list_folder(const char *folder)
{
    struct dirent **entries;
    int n = scandir(folder, &entries, is_exercise, alphasort), bad = 0;
    for (int i = 0; i < n; i++) {
        struct plumb_message message = {""};
        struct plumb_exercise exercise;
        char path[PLUMB_PATH_N + 256];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        int fail = plumb_exercise_load(&exercise, path, &message);
        if (fail)
            bad = plumb_complain(fail, &message);
        else
            printf("%-20s %-9s %s\n", exercise.id, exercise.judged ? "judged" : "companion", exercise.name);
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
    return bad;
}

static int list(void)
{
    char folder[PLUMB_PATH_N];
    int bad = 0;
    for (int which = 0; plumb_data_folder("exercises", which, folder) == 0; which++) {
        int worse = list_folder(folder);
        bad = worse ? worse : bad;
    }
    return bad;
}

int plumb_verb_exercises(int argc, char **argv)
{
    struct options options = {NULL, NULL};
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    if (strcmp(options.what, "list") == 0 && !options.which)
        return list();
    if (strcmp(options.what, "show") == 0 && options.which)
        return show(options.which);
    if (strcmp(options.what, "check") == 0 && options.which)
        return check(options.which);
    fputs("plumb exercises: list, show ID or check FILE?\n", stderr);
    return PLUMB_EXIT_USAGE;
}
