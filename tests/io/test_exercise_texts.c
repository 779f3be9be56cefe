/* Texts of exercises written: they come back as they were typed, or are refused with one clear line; and any
 * exercise at all. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "any_exercise.h"
#include "host/io/ini_write.h"
#include "host/io/load_exercise.h"
#include "host/io/save_exercise.h"
#include "same_exercise.h"
#include "suite.h"

#define EXERCISES PLUMB_SOURCE_DIR "/host/exercises/"
#define RANDOM_N  3000

/* ---- texts */

static void put(char *text, size_t room, const char *words)
{
    CU_ASSERT_FATAL(strlen(words) < room);
    strcpy(text, words);
}

/* What the writing says to that summary; NULL where it reads back the same. */
static const char *written(const char *summary)
{
    static struct plumb_message message;
    static struct plumb_exercise was, is;
    char *text;
    size_t n;
    message.text[0] = '\0';
    exercise_load(&was, EXERCISES "supine-edge.exercise");
    put(was.summary, sizeof was.summary, summary);
    if (plumb_exercise_write(&was, &text, &n, &message))
        return message.text;
    int fail = plumb_exercise_read(&is, "memory", text, n, &message);
    CU_ASSERT_EQUAL(fail, 0);
    if (!fail)
        check_no_difference(&was, &is);
    free(text);
    return fail ? message.text : NULL;
}

static const char *repeated(const char *piece, size_t bytes)
{
    static char text[PLUMB_EXERCISE_TEXT_N];
    text[0] = '\0';
    while (strlen(text) + strlen(piece) <= bytes)
        strcat(text, piece);
    if (text[0] && text[strlen(text) - 1] == ' ')
        text[strlen(text) - 1] = '\0';
    return text;
}

static void odd_texts_read_back(void)
{
    static const char *const texts[] = {
        "# no comment",
        "a # b",
        "a;b; c",
        "= x",
        "a = b",
        "[step 1]",
        "two  spaces",
        "100 % \"quoted\" \\n",
        "\xc2\xa0no-break space",
        "caf\xc3\xa9 \xe2\x80\x94 \xf0\x9f\xa6\xb5"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CU_ASSERT_PTR_NULL(written(texts[i]));
    CU_ASSERT_PTR_NULL(written(repeated("\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac ", 255)));
    CU_ASSERT_PTR_NULL(written(repeated("steady = ", 255)));
    CU_ASSERT_PTR_NULL(written(repeated("word # ", 255)));
    CU_ASSERT_PTR_NULL(written(repeated("a [b] ", 255)));
    CU_ASSERT_PTR_NULL(written(repeated("\xf0\x9f\xa6\xb5", 184)));
}

static void a_text_that_no_file_holds_is_refused_in_one_line(void)
{
    static const struct {
        const char *text, *says;
    } rows[] = {
        {"two\nlines", "[exercise]: summary has a line break"},
        {"a\ttab", "[exercise]: summary has a control character"},
        {" first", "[exercise]: summary begins or ends with a space"},
        {"last ", "[exercise]: summary begins or ends with a space"},
        {"; first", "[exercise]: summary has a ';' first or behind a space, where a comment begins"},
        {"a ; b", "[exercise]: summary has a ';' first or behind a space, where a comment begins"},
        {"half \xe2\x82", "[exercise]: summary is not UTF-8"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *says = written(rows[i].text);
        CU_ASSERT_PTR_NOT_NULL_FATAL(says);
        CU_ASSERT_STRING_EQUAL(says, rows[i].says);
    }
    const char *says = written(repeated("\xe2\x82\xac", 255));
    CU_ASSERT_PTR_NOT_NULL_FATAL(says);
    CU_ASSERT_STRING_EQUAL(says, "[exercise]: summary has more than a line's bytes without a space");
}

static void cleaning_makes_a_text_that_a_file_holds(void)
{
    static const struct {
        const char *typed, *clean;
    } rows[] = {
        {"two\nlines\r\n", "two lines"}, {"  a \t b  ", "a b"},      {"a ; b", "a; b"}, {" ;; x", "x"},
        {"half \xe2\x82", "half"},       {"\xe2\x82 ok \xff", "ok"}, {"", ""},          {" \n ", ""},
        {"as it is", "as it is"},
    };
    char text[64];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        put(text, sizeof text, rows[i].typed);
        plumb_ini_text_clean(text, sizeof text);
        CU_ASSERT_STRING_EQUAL(text, rows[i].clean);
        CU_ASSERT_PTR_NULL(plumb_ini_text_lacks(text));
    }
    put(text, sizeof text, "12345 \xe2\x82\xac");
    plumb_ini_text_clean(text, 8); /* room for one of the last character's three bytes */
    CU_ASSERT_STRING_EQUAL(text, "12345");
}

/* ---- any exercise */

/* 1 where it was written and has come back the same; 0 where a text of it is refused. */
static int round_trip(const struct plumb_exercise *exercise, struct plumb_message *message)
{
    struct plumb_exercise back;
    char *text;
    size_t n;
    message->text[0] = '\0';
    if (plumb_exercise_write(exercise, &text, &n, message)) {
        CU_ASSERT(strstr(message->text, " has ") || strstr(message->text, "with a space"));
        return 0;
    }
    int fail = plumb_exercise_read(&back, "any", text, n, message);
    if (fail)
        printf("\n%s\n%s", message->text, text);
    CU_ASSERT_EQUAL_FATAL(fail, 0);
    check_no_difference(exercise, &back);
    free(text);
    return 1;
}

static void any_exercise_comes_back_or_is_refused(void)
{
    struct plumb_rng rng = plumb_rng_of(7);
    struct plumb_exercise exercise;
    struct plumb_message message;
    int written_n[2] = {0}; /* as it was typed, cleaned */
    for (int i = 0; i < RANDOM_N; i++) {
        int clean = i % 3 > 0;
        any_exercise(&rng, &exercise, clean);
        int good = round_trip(&exercise, &message);
        written_n[clean] += good;
        if (clean && !good)
            CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "without a space"));
    }
    printf(
        "\n%d of %d written as typed, %d of %d when cleaned\n", written_n[0], RANDOM_N / 3, written_n[1],
        RANDOM_N - RANDOM_N / 3);
    CU_ASSERT(written_n[0] > 0 && written_n[0] < RANDOM_N / 3);
    CU_ASSERT(written_n[1] > RANDOM_N / 2);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"odd texts read back", odd_texts_read_back},
        {"a text that no file holds is refused in one line",
         a_text_that_no_file_holds_is_refused_in_one_line},
        {"cleaning makes a text that a file holds", cleaning_makes_a_text_that_a_file_holds},
        {"any exercise comes back or is refused", any_exercise_comes_back_or_is_refused},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("exercise texts", tests, argc, argv);
}
