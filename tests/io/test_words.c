/* The language files: English is what the program has within, and another language leaves nothing of it
 * standing. */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "host/core/exercise_edit.h"
#include "host/io/load_exercise.h"
#include "host/io/load_words.h"
#include "suite.h"

#define ENGLISH   PLUMB_SOURCE_DIR "/host/words/en.words"
#define GERMAN    PLUMB_SOURCE_DIR "/host/words/de.words"
#define EXERCISES PLUMB_SOURCE_DIR "/host/exercises/*.exercise"

static void load(struct plumb_words *words, struct plumb_exercise *exercise, const char *path)
{
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL_FATAL(plumb_words_load(words, exercise, path, &message), 0);
    CU_ASSERT_STRING_EQUAL(message.text, "");
}

static void english_in_the_file_is_english_within(void)
{
    struct plumb_words words;
    load(&words, NULL, ENGLISH);
    for (int word = 0; word < PLUMB_WORDS_N; word++)
        CU_ASSERT_STRING_EQUAL(words.text[word], plumb_words_text(NULL, (enum plumb_word)word));
}

static int times(const char *text, const char *wanted)
{
    int n = 0;
    for (const char *at = text; (at = strstr(at, wanted)); at += strlen(wanted))
        n++;
    return n;
}

static int same_marks(const char *a, const char *b)
{
    static const char *const marks[] = {"LEG", "OTHER", "{n}", "{seen}", "{wanted}"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (times(a, marks[i]) != times(b, marks[i]))
            return 0;
    return 1;
}

static void every_word_of_german_is_its_own_and_has_its_marks(void)
{
    struct plumb_words words;
    load(&words, NULL, GERMAN);
    CU_ASSERT_STRING_EQUAL(words.voice, "de");
    for (int word = 0; word < PLUMB_WORDS_N; word++) {
        const char *english = plumb_words_text(NULL, (enum plumb_word)word);
        CU_ASSERT(word == PLUMB_WORD_COUNT || strcmp(words.text[word], english) != 0);
        CU_ASSERT(same_marks(words.text[word], english));
    }
}

/* There where the English one is there, other than it, and with the same marks. */
static void compare(const char *id, const char *what, const char *english, const char *german)
{
    int good =
        !*english == !*german && (!*english || strcmp(english, german) != 0) && same_marks(english, german);
    if (!good)
        printf("%s, %s: \"%s\" became \"%s\"\n", id, what, english, german);
    CU_ASSERT(good);
}

static void compare_exercise(const struct plumb_exercise *english, const struct plumb_exercise *german)
{
    char step[32];
    compare(english->id, "name", english->name, german->name);
    compare(english->id, "summary", english->summary, german->summary);
    compare(english->id, "stance", english->stance, german->stance);
    compare(english->id, "support", english->support, german->support);
    compare(english->id, "allowed", english->allowed, german->allowed);
    for (int pain = 0; pain < PLUMB_PAINS_N; pain++)
        compare(english->id, "pain", english->pain[pain], german->pain[pain]);
    compare(english->id, "weight", english->weight.where, german->weight.where);
    compare(english->id, "ask", english->next_ask, german->next_ask);
    for (int i = 0; i < english->steps_n; i++) {
        snprintf(step, sizeof step, "step_%d", i + 1);
        compare(english->id, step, english->steps[i].say, german->steps[i].say);
    }
}

static void every_sentence_of_every_exercise_has_its_german(void)
{
    glob_t found;
    struct plumb_words words;
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL_FATAL(glob(EXERCISES, 0, NULL, &found), 0);
    CU_ASSERT(found.gl_pathc >= 23);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct plumb_exercise english, german;
        CU_ASSERT_EQUAL_FATAL(plumb_exercise_load(&english, found.gl_pathv[i], &message), 0);
        german = english;
        load(&words, &german, GERMAN);
        compare_exercise(&english, &german);
        CU_ASSERT_STRING_EQUAL(german.side_words[PLUMB_LEFT], "linke");
        CU_ASSERT_STRING_EQUAL(german.side_words[PLUMB_RIGHT], "rechte");
    }
    globfree(&found);
}

static void an_exercise_that_a_language_does_not_know_stays_as_it_is(void)
{
    struct plumb_words words;
    struct plumb_exercise own = {.id = "my-own", .name = "Mine", .steps_n = 1}, before = own;
    load(&words, &own, GERMAN);
    CU_ASSERT_STRING_EQUAL(own.name, before.name);
    CU_ASSERT_STRING_EQUAL(own.steps[0].say, before.steps[0].say);
    CU_ASSERT_STRING_EQUAL(own.side_words[PLUMB_LEFT], "linke"); /* written in the language that is spoken */
}

/* The user's own supine-edge: another name, a step less, one put in, one in other words. */
static void what_somebody_wrote_stays_and_the_rest_is_translated(void)
{
    struct plumb_words words;
    struct plumb_message message = {""};
    struct plumb_exercise own, german;
    CU_ASSERT_EQUAL_FATAL(
        plumb_exercise_load(&own, PLUMB_SOURCE_DIR "/host/exercises/supine-edge.exercise", &message), 0);
    german = own;
    load(&words, &german, GERMAN);
    snprintf(own.name, sizeof own.name, "Meine Tischkante");
    plumb_exercise_step_remove(&own, 1);
    plumb_exercise_step_insert(&own, 0, &(struct plumb_step){.say = "Erst trinken."});
    snprintf(own.steps[4].say, sizeof own.steps[4].say, "Ganz ruhig.");
    load(&words, &own, GERMAN);
    CU_ASSERT_STRING_EQUAL(own.name, "Meine Tischkante");
    CU_ASSERT_STRING_EQUAL(own.summary, german.summary);
    CU_ASSERT_STRING_EQUAL(own.steps[0].say, "Erst trinken.");
    CU_ASSERT_STRING_EQUAL(own.steps[1].say, german.steps[0].say);
    CU_ASSERT_STRING_EQUAL(own.steps[4].say, "Ganz ruhig.");
    for (int at = 5; at < own.steps_n; at++)
        CU_ASSERT_STRING_EQUAL(own.steps[at].say, german.steps[at].say);
    plumb_exercise_step_remove(&own, 10);
    load(&words, &own, GERMAN); /* fewer steps than the language has sentences for: no mistake */
}

/* The German file with something wrong at its end; the message names the file and the fact. */
static void refuse(const char *more, const char *wanted)
{
    struct folder folder;
    struct plumb_words words;
    struct plumb_message message = {""};
    struct plumb_exercise exercise = {.id = "frog2", .steps_n = 2};
    char path[FOLDER_PATH_N], command[3 * FOLDER_PATH_N];
    folder_make(&folder);
    folder_path(&folder, "bad.words", path);
    snprintf(command, sizeof command, "{ cat '%s'; printf '%s'; } >'%s'", GERMAN, more, path);
    CU_ASSERT_EQUAL_FATAL(system(command), 0);
    CU_ASSERT(plumb_words_load(&words, &exercise, path, &message) < 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "bad.words:"));
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, wanted));
    folder_remove(&folder);
}

static void a_mistake_is_named_with_its_line(void)
{
    refuse("[steps frog2]\\nstep_3 = Halten.\\n", "wanted step_1 to step_2");
    refuse("[exercise frog2]\\nnames = Frosch\\n", "names");
    refuse("[exercises frog2]\\nname = Frosch\\n", "exercises");
}

static void a_sentence_is_filled_where_its_mark_is(void)
{
    char out[40];
    plumb_words_fill(out, sizeof out, "By {n} degrees.", "{n}", "3.5");
    CU_ASSERT_STRING_EQUAL(out, "By 3.5 degrees.");
    plumb_words_fill(out, sizeof out, "No mark.", "{n}", "3.5");
    CU_ASSERT_STRING_EQUAL(out, "No mark.");
    plumb_words_fill(out, 6, "By {n} degrees.", "{n}", "3.5");
    CU_ASSERT_STRING_EQUAL(out, "By 3.");
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"english in the file is english within", english_in_the_file_is_english_within},
        {"every word of german is its own", every_word_of_german_is_its_own_and_has_its_marks},
        {"every sentence has its german", every_sentence_of_every_exercise_has_its_german},
        {"what a language does not know stays", an_exercise_that_a_language_does_not_know_stays_as_it_is},
        {"what somebody wrote stays, the rest is translated",
         what_somebody_wrote_stays_and_the_rest_is_translated},
        {"a mistake is named with its line", a_mistake_is_named_with_its_line},
        {"a sentence is filled where its mark is", a_sentence_is_filled_where_its_mark_is},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("words", tests, argc, argv);
}
