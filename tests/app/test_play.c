/* Exercises through the real firmware on the emulated board, each with a patient who does as asked (by a
 * timetable made for it, and by following what is said): run to their end.
 *
 *     test_play          one of each kind
 *     test_play others   every other shipped exercise by its timetable
 *     test_play all      besides, all by following: the left side, the right one, both; ten minutes, by hand.
 *                        Without a board test_exercises plays both sides of each.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "process.h"
#include "suite.h"

static const struct row {
    const char *id;
    int some; /* 1: in the short run too; 2: by following as well */
    double in_zone_s;
    int counted_n, holds_n;
    int no_side;
} rows[] = {
    {"supine-slide", 0, 30, 0, 1, 0},
    {"supine-edge", 0, 60, 0, 2, 0},
    {"supine-hang", 0, 180, 0, 1, 0},
    {"prone-strap", 0, 90, 0, 3, 0},
    {"half-kneeling", 0, 60, 0, 2, 0},
    {"standing-lunge", 2, 30, 0, 1, 0},
    {"psoas-split", 1, 48, 0, 4, 0},
    {"lying-drop", 0, 30, 0, 1, 0},
    {"sidelying-release", 2, 0, 3, 0, 0},
    {"doorway-side", 1, 0, 2, 0, 0},
    {"prone-leg-raise", 0, 150, 0, 10, 0},
    {"supine-leg-raise", 0, 100, 0, 10, 0},
    {"side-bend", 0, 150, 0, 10, 0},
    {"hip-abduction", 0, 100, 0, 10, 0},
    {"hip-adduction", 0, 100, 0, 10, 0},
    {"crab-walk", 0, 0, 10, 0, 0},
    {"frog", 0, 75, 0, 5, 1},
    {"butterfly", 1, 10, 0, 1, 0},
    {"childs-pose", 0, 10, 0, 1, 0},
    {"knee-drop", 0, 10, 0, 1, 0},
    {"figure-four", 0, 10, 0, 1, 0},
    {"low-lunge", 0, 10, 0, 1, 0},
};

static int others, all;

static int times(const char *text, const char *wanted)
{
    int n = 0;
    for (const char *at = text; (at = strstr(at, wanted)); at += strlen(wanted))
        n++;
    return n;
}

/* What the exercise's own end says; NaN where it did not come to it. */
static double in_zone_at_end_s(const struct process *live)
{
    const char *done = strstr(live->out, "\"event\":\"done\"");
    return done ? strtod(strstr(done, "\"in_zone_s\":") + 12, NULL) : NAN;
}

static void play(const struct row *row, const char *source, const char *side)
{
    const char *folder = folder_make();
    int sides_n = !strcmp(side, "both") && !row->no_side ? 2 : 1;
    struct process live = PLUMB_RUN(
        folder, "live", "--source", source, "--exercise", row->id, "--side", side, "--no-record", "--jsonl",
        "--jsonl-hz", "0");
    double in_zone_s = in_zone_at_end_s(&live), wanted_s = sides_n * row->in_zone_s;
    int counted_n = times(live.out, "\"event\":\"rep\"") + times(live.out, "\"event\":\"breath\"");
    int holds_n = times(live.out, "\"event\":\"hold_end\""), flags_n = times(live.out, "flag_begin");
    int good = live.exit_code == 0 && fabs(in_zone_s - wanted_s) <= 0.002 * wanted_s + 0.05 &&
               counted_n == sides_n * row->counted_n && holds_n == sides_n * row->holds_n && flags_n == 0;
    CU_ASSERT(good);
    if (!good)
        printf(
            "%s, %s, %s: exit %d, %.2f s in the zone, %d holds, %d counted, %d flags\n", row->id, source,
            side, live.exit_code, in_zone_s, holds_n, counted_n, flags_n);
    process_free(&live);
    folder_remove(folder);
}

static void test_by_a_timetable(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char source[96];
        snprintf(source, sizeof source, "sim:%s-perfect?speed=max", rows[i].id);
        if (all || others == (rows[i].some == 0))
            play(&rows[i], source, "right");
    }
}

/* What the window's "Try without a sensor" does. */
static void test_by_following_what_is_said(void)
{
    static const char *const sides[] = {"left", "right", "both"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int side = 0; side < 3; side++)
            if (all || (!others && rows[i].some > 1 && side == 2))
                play(&rows[i], "sim:willing?speed=max", sides[side]);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"timetable", test_by_a_timetable}, {"following", test_by_following_what_is_said}, CU_TEST_INFO_NULL};
    others = argc > 1 && strcmp(argv[1], "others") == 0;
    all = argc > 1 && strcmp(argv[1], "all") == 0;
    int words = others || all;
    return plumb_suite_run("play", tests, argc - words, argv + words);
}
