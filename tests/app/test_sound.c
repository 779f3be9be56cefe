/* What the person on the table hears: the words at their moments, and a whole stretch as a WAV, measured by
 * sox. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/io/load_exercise.h"
#include "host/io/load_words.h"
#include "process.h"
#include "rehearsal.h"
#include "suite.h"

static struct plumb_words words;

static void load(struct plumb_exercise *exercise, const char *id)
{
    char path[512];
    struct plumb_message message = {""};
    snprintf(path, sizeof path, "%s/host/exercises/%s.exercise", PLUMB_SOURCE_DIR, id);
    CU_ASSERT_EQUAL_FATAL(plumb_exercise_load(exercise, path, &message), 0);
    snprintf(path, sizeof path, "%s/host/words/en.words", PLUMB_SOURCE_DIR);
    CU_ASSERT_EQUAL_FATAL(plumb_words_load(&words, exercise, path, &message), 0);
}

static int times(const char *text, const char *wanted)
{
    int n = 0;
    for (const char *at = text; (at = strstr(at, wanted)); at += strlen(wanted))
        n++;
    return n;
}

static struct rehearsal *hear(const char *id, enum manner manner, int both, enum plumb_voice_mode mode)
{
    struct rehearsal *played = calloc(1, sizeof *played);
    struct plumb_exercise exercise;
    struct plumb_voice voice;
    load(&exercise, id);
    plumb_voice_init(&voice, mode, &words);
    rehearse_aloud(played, &exercise, manner, both, &voice);
    rehearsal_free(played);
    return played;
}

static void test_a_clean_hold_is_silent_but_for_its_words(void)
{
    struct rehearsal *played = hear("supine-edge", MANNER_PERFECT, 1, PLUMB_VOICE_FULL);
    CU_ASSERT_EQUAL(played->tones_n, 0);
    CU_ASSERT_EQUAL(times(played->said, "Hold. "), 4);
    CU_ASSERT_EQUAL(times(played->said, "Ten seconds."), 4);
    CU_ASSERT_EQUAL(times(played->said, "Switch sides."), 1);
    CU_ASSERT_EQUAL(times(played->said, "All done."), 1);
    CU_ASSERT_EQUAL(times(played->said, "tipping"), 0);
    CU_ASSERT_EQUAL(played->signs_n, 4 * (1 + 3 + 1)); /* begin, three ticks, end */
    free(played);
}

static void test_a_lapse_is_sounded_and_said_once_with_its_end(void)
{
    struct rehearsal *played = hear("lying-drop", MANNER_SLOPPY, 0, PLUMB_VOICE_FULL);
    CU_ASSERT(played->tones_n > 3);
    CU_ASSERT_EQUAL(played->tones_outside_n, 0);
    CU_ASSERT_EQUAL(times(played->said, "Pelvis tipping forward."), 1);
    CU_ASSERT_EQUAL(times(played->said, "Lower back arching."), 0); /* inferred: the same movement */
    CU_ASSERT_EQUAL(times(played->said, "Good."), 1);
    free(played);
}

static void test_pressing_against_the_stretch_is_silent(void)
{
    struct rehearsal *played = hear("psoas-split", MANNER_PERFECT, 0, PLUMB_VOICE_FULL);
    CU_ASSERT_EQUAL(played->tones_n, 0);
    CU_ASSERT_EQUAL(times(played->said, "tipping"), 0);
    free(played);
}

static void test_the_summary_comes_after_the_hold(void)
{
    struct rehearsal *played = hear("lying-drop", MANNER_SLOPPY, 0, PLUMB_VOICE_SUMMARY);
    CU_ASSERT_EQUAL(played->tones_n, 0);
    CU_ASSERT_EQUAL(times(played->said, "tipping"), 0);
    CU_ASSERT_EQUAL(times(played->said, "30 seconds in the zone."), 1);
    CU_ASSERT_EQUAL(times(played->said, "Times out of it: 1."), 1);
    free(played);
}

static void test_off_is_off_and_beyond_red_is_less(void)
{
    struct rehearsal *off = hear("lying-drop", MANNER_SLOPPY, 0, PLUMB_VOICE_OFF);
    struct rehearsal *red = hear("lying-drop", MANNER_SLOPPY, 0, PLUMB_VOICE_BEYOND_RED);
    struct rehearsal *full = hear("lying-drop", MANNER_SLOPPY, 0, PLUMB_VOICE_FULL);
    CU_ASSERT(off->said[0] == '\0' && !off->tones_n && !off->signs_n);
    CU_ASSERT(red->tones_n > 0 && red->tones_n < full->tones_n);
    free(off), free(red), free(full);
}

/* ---- the file, with somebody else's ears */

struct ears {
    double loudest, rms, hz;
};

static double stat_of(const char *text, const char *name)
{
    const char *at = strstr(text, name);
    return at ? strtod(at + strcspn(at, ":") + 1, NULL) : NAN;
}

/* One channel (1 left, 2 right) of the file from a moment on. */
static struct ears sox(const char *path, int channel, double from_s, double for_s)
{
    char command[900], text[2048];
    snprintf(
        command, sizeof command, "sox '%s' -n remix %d trim %.0f.%03.0f %.0f.%03.0f stat 2>&1", path, channel,
        floor(from_s), (from_s - floor(from_s)) * 1000, floor(for_s), (for_s - floor(for_s)) * 1000);
    FILE *pipe = popen(command, "r");
    size_t n = pipe ? fread(text, 1, sizeof text - 1, pipe) : 0;
    text[n] = '\0';
    if (pipe)
        pclose(pipe);
    return (struct ears){
        stat_of(text, "Maximum amplitude"), stat_of(text, "RMS     amplitude"), stat_of(text, "Rough")};
}

static double t_of(const char *lines, const char *event, const char *with, int n)
{
    const char *at = lines;
    char wanted[64];
    snprintf(wanted, sizeof wanted, "\"event\":\"%s\"", event);
    while ((at = strstr(at, wanted))) {
        size_t length = strcspn(at, "\n");
        const char *found = strstr(at, with), *t_s = strstr(at, "\"host_s\":");
        if (found && found < at + length && n-- == 0 && t_s)
            return strtod(t_s + 9, NULL);
        at += length;
    }
    return NAN;
}

static void test_a_whole_stretch_in_a_file(void)
{
    char path[600];
    if (system("command -v sox >/dev/null") != 0) {
        puts("skipped: there is no sox");
        return;
    }
    const char *folder = folder_make();
    struct process live = PLUMB_RUN(
        folder, "live", "--source", "sim:supine-edge-demo?speed=max", "--no-record", "--jsonl",
        "--sound-file", "a.wav");
    struct process again = PLUMB_RUN(
        folder, "live", "--source", "sim:supine-edge-demo?speed=max", "--no-record", "--sound-file", "b.wav");
    CU_ASSERT_EQUAL(live.exit_code, 0);
    CU_ASSERT_EQUAL(again.exit_code, 0);
    snprintf(path, sizeof path, "cd '%s' && cmp a.wav b.wav", folder);
    CU_ASSERT_EQUAL(system(path), 0);
    snprintf(path, sizeof path, "%s/a.wav", folder);
    double begin_s = t_of(live.out, "hello", "", 0), hold_s = t_of(live.out, "hold_begin", "", 0) - begin_s;
    double lapse_s = t_of(live.out, "flag_begin", "anterior", 0) - begin_s;
    double back_s = t_of(live.out, "flag_end", "anterior", 0) - begin_s;
    CU_ASSERT(sox(path, 1, hold_s, 2).rms > 0.02);        /* "Hold. ..." */
    CU_ASSERT(sox(path, 1, hold_s + 5, 14).loudest <= 0); /* the zone is silent */
    CU_ASSERT(sox(path, 1, hold_s + 20, 1).rms > 0.02);   /* "Ten seconds." */
    CU_ASSERT(sox(path, 1, hold_s + 22, 4.9).loudest <= 0);
    struct ears early = sox(path, 1, lapse_s - 0.6, 0.2), late = sox(path, 1, lapse_s + 1.8, 1.5);
    CU_ASSERT(early.hz > 400 && late.hz > 1.1 * early.hz && late.hz < 900); /* forward: up */
    CU_ASSERT(sox(path, 1, back_s, 0.8).rms > 0.02);                        /* "Good." */
    CU_ASSERT(sox(path, 1, back_s + 1.5, 2).loudest <= 0);
    process_free(&live);
    process_free(&again);
    folder_remove(folder);
}

static void test_without_a_sound_card_the_session_goes_on_and_says_so(void)
{
    const char *folder = folder_make();
    const char *const arguments[] = {
        "live", "--source", "sim:supine-edge-perfect?speed=max", "--no-record", "--sound", "full", NULL};
    struct process live = process_plumb(folder, NULL, "ALSA_CONFIG_PATH=/dev/null", 120, arguments);
    CU_ASSERT_EQUAL(live.exit_code, 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(live.err, "Sound off"));
    process_free(&live);
    folder_remove(folder);
}

static void test_a_language_file_with_a_mistake_names_its_line(void)
{
    static const char text[] = "[voice]\nname = en\n[words]\nanteriour_rotation = Forward.\n";
    const char *folder = folder_make();
    folder_write(folder, "xx.words", text, sizeof text - 1);
    struct process live = PLUMB_RUN(
        folder, "live", "--source", "sim:still", "--no-record", "--sound", "full", "--words", "./xx.words");
    CU_ASSERT_EQUAL(live.exit_code, 6);
    CU_ASSERT_PTR_NOT_NULL(strstr(live.err, "xx.words:4:"));
    process_free(&live);
    folder_remove(folder);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"clean hold", test_a_clean_hold_is_silent_but_for_its_words},
        {"lapse", test_a_lapse_is_sounded_and_said_once_with_its_end},
        {"contraction", test_pressing_against_the_stretch_is_silent},
        {"summary", test_the_summary_comes_after_the_hold},
        {"modes", test_off_is_off_and_beyond_red_is_less},
        {"file", test_a_whole_stretch_in_a_file},
        {"no sound card", test_without_a_sound_card_the_session_goes_on_and_says_so},
        {"language file", test_a_language_file_with_a_mistake_names_its_line},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("sound", tests, argc, argv);
}
