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

/* "3 to 10", "3" */
static void put_range(double least, double most)
{
    if (most > least)
        printf("%.0f to %.0f", least, most);
    else
        printf("%.0f", least);
}

/* "30 to 60 s in the zone a side, 3 holds" */
static void put_dose(const struct plumb_exercise *exercise)
{
    struct plumb_exercise longer = *exercise;
    plumb_exercise_longest(&longer);
    struct plumb_dose least = plumb_exercise_dose(exercise), most = plumb_exercise_dose(&longer);
    if (least.holds_n) {
        put_range(least.in_zone_s, most.in_zone_s);
        fputs(exercise->judged ? " s in the zone" : " s held", stdout);
    } else {
        put_range(least.reps_n + least.breaths_n, most.reps_n + most.breaths_n);
        fputs(least.reps_n ? " repetitions" : " breaths", stdout);
    }
    fputs(exercise->order == PLUMB_ORDER_BOTH_AT_ONCE ? "" : " a side", stdout);
    if (most.holds_n > 1) {
        fputs(", ", stdout);
        put_range(least.holds_n, most.holds_n);
        fputs(" holds", stdout);
    }
}

static void put_text(const char *name, const char *text)
{
    if (text[0])
        printf("%s: %s\n", name, text);
}

/* How arching would be known here. */
static const char *basis_of(const struct plumb_exercise *exercise, int kind)
{
    if (kind != PLUMB_LUMBAR_ARCH)
        return "";
    return exercise->pose == PLUMB_UPRIGHT ? " (only with a second sensor)"
                                           : " (inferred; measured with a second sensor)";
}

static void put_judged(const struct plumb_exercise *exercise)
{
    const struct plumb_thresholds *t = &exercise->thresholds;
    for (int kind = 0; kind < PLUMB_FLAGS_N; kind++)
        if (exercise->judges >> kind & 1u)
            printf("  flag: %s%s\n", plumb_flag_words((enum plumb_flag_kind)kind), basis_of(exercise, kind));
    if (exercise->judged)
        printf(
            "  out of the zone beyond %.1f deg for %.1f s, or beyond %.1f deg at once\n",
            t->red_rad * PLUMB_DEG_PER_RAD, t->delay_s, t->immediate_rad * PLUMB_DEG_PER_RAD);
}

static void put_rules(const struct plumb_exercise *exercise)
{
    if (exercise->order == PLUMB_ORDER_STIFFER_ENDS)
        puts("sides: the stiffer one first and last");
    if (exercise->weight.where[0])
        printf(
            "weight: %.1f to %.1f kg on the %s, once a full clean hold of that side is on record\n",
            exercise->weight.from_kg, exercise->weight.to_kg, exercise->weight.where);
    put_text("support", exercise->support);
    put_text("allowed", exercise->allowed);
    if (exercise->next_id[0])
        printf(
            "then: %s, once both sides held clean and to the question: %s\n", exercise->next_id,
            exercise->next_ask);
}

static void put_exercise(const struct plumb_exercise *exercise)
{
    printf("%s\n%s\n%s\n", exercise->id, exercise->name, exercise->summary);
    printf(
        "%s, %s\n", exercise->stance[0] ? exercise->stance : plumb_pose_words(exercise->pose),
        exercise->judged ? "judged" : "counted, not judged");
    fputs("dose: ", stdout);
    put_dose(exercise);
    putchar('\n');
    put_judged(exercise);
    put_rules(exercise);
    for (int step = 0; step < exercise->steps_n; step++)
        if (exercise->steps[step].kind == PLUMB_STEP_AGAIN)
            printf(
                "%3d. (again from %d, %d times in all)\n", step + 1, exercise->steps[step].back_to,
                exercise->steps[step].count);
        else
            printf("%3d. %s\n", step + 1, exercise->steps[step].say);
}

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
    put_exercise(&exercise);
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

static void put_row(const struct plumb_exercise *exercise)
{
    printf(
        "%-18s %-9s %-11s %s; ", exercise->id, exercise->judged ? "judged" : "companion",
        exercise->mirrored ? "side-lying" : plumb_pose_name(exercise->pose), exercise->name);
    put_dose(exercise);
    putchar('\n');
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
            put_row(&exercise);
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
