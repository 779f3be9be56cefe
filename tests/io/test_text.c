/* Numbers and characters as text: exact, whatever the locale. */
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/core/units.h"
#include "host/io/csv_field.h"
#include "host/io/message_fail.h"
#include "host/io/text_number.h"
#include "host/io/text_utf8.h"
#include "suite.h"

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static const char *read_number(const char *text, double *value)
{
    return plumb_text_number(text, text + strlen(text), value);
}

static void numbers_are_read_as_strtod_reads_them(void)
{
    uint64_t seed = 88172645463325252u;
    for (int i = 0; i < 200000; i++) {
        char text[64];
        double value = NAN;
        if (i % 2) { /* any double, with 1 to 19 digits */
            uint64_t bits = next_random(&seed);
            memcpy(&value, &bits, sizeof value);
            if (!isfinite(value))
                continue;
            snprintf(text, sizeof text, "%.*g", 1 + (int)(next_random(&seed) % 19), value);
        } else /* as recordings have them */
            snprintf(
                text, sizeof text, "%.*f", (int)(next_random(&seed) % 9),
                (double)(int64_t)next_random(&seed) / 1e15);
        double wanted = strtod(text, NULL);
        const char *stop = read_number(text, &value);
        if (!isfinite(wanted)) {
            CU_ASSERT_PTR_NULL(stop);
            continue;
        }
        CU_ASSERT_PTR_EQUAL(stop, text + strlen(text));
        CU_ASSERT_EQUAL(value, wanted);
    }
}

static void what_is_no_number_is_not_read(void)
{
    static const char *const bad[] = {"",         "-",  "+",  ".", "-.",  "e5",    "nan",   "inf",
                                      "Infinity", ",5", " 1", "x", "--1", "1e999", "-1e999"};
    double value;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CU_ASSERT_PTR_NULL(read_number(bad[i], &value));
    const char *text = "0x10";
    CU_ASSERT_PTR_EQUAL(read_number(text, &value), text + 1);
    text = "1e+";
    CU_ASSERT_PTR_EQUAL(read_number(text, &value), text + 1);
    text = "5.e1.";
    CU_ASSERT_PTR_EQUAL(read_number(text, &value), text + 4);
    CU_ASSERT_EQUAL(value, 50);
}

static void fixed(double value, int decimals, const char *wanted)
{
    char text[PLUMB_TEXT_NUMBER_N];
    CU_ASSERT_EQUAL(plumb_text_fixed(text, value, decimals), strlen(wanted));
    CU_ASSERT_STRING_EQUAL(text, wanted);
}

static void numbers_are_written_plainly(void)
{
    fixed(0, 3, "0.000");
    fixed(-0.0001, 3, "0.000");
    fixed(-0.0006, 3, "-0.001");
    fixed(9.80665, 5, "9.80665");
    fixed(0.005, 6, "0.005000");
    fixed(12345678.5, 0, "12345679");
    fixed(-1234.5678, 2, "-1234.57");
    fixed(1e20, 1, "100000000000000000000.0");
    fixed(NAN, 3, "");
    fixed(HUGE_VAL, 3, "");
    char text[PLUMB_TEXT_NUMBER_N];
    plumb_text_exact(text, 0.1);
    CU_ASSERT_STRING_EQUAL(text, "0.1");
    plumb_text_exact(text, -DBL_MAX);
    CU_ASSERT_STRING_EQUAL(text, "-1.7976931348623157e+308");
}

static void what_is_written_exactly_reads_back(void)
{
    uint64_t seed = 42;
    char text[PLUMB_TEXT_NUMBER_N];
    for (int i = 0; i < 20000; i++) {
        uint64_t bits = next_random(&seed);
        double value, back;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value))
            continue;
        size_t n = plumb_text_exact(text, value);
        CU_ASSERT_PTR_EQUAL(plumb_text_number(text, text + n, &back), text + n);
        CU_ASSERT_EQUAL(back, value);
    }
}

/* GTK sets the locale of whoever sits before it; a German one has decimal commas. */
static void the_locale_changes_nothing(void)
{
    double value;
    struct plumb_message message = {""};
    if (!setlocale(LC_ALL, "de_DE.UTF-8") && !setlocale(LC_ALL, "fr_FR.UTF-8"))
        fprintf(stderr, "skipped in part: no locale with decimal commas is installed\n");
    fixed(1.5, 3, "1.500");
    fixed(1e20, 1, "100000000000000000000.0");
    CU_ASSERT_PTR_NOT_NULL(read_number("1.2345678901234567890123", &value));
    CU_ASSERT_EQUAL(value, 1.2345678901234567890123);
    plumb_message_fail(&message, -1, "%.2f", 1.5);
    CU_ASSERT_STRING_EQUAL(message.text, "1.50");
    char text[PLUMB_TEXT_NUMBER_N];
    plumb_text_exact(text, 1.0 / 3);
    CU_ASSERT_STRING_EQUAL(text, "0.3333333333333333");
    setlocale(LC_ALL, "C");
}

static void only_well_formed_characters_are_text(void)
{
    static const struct {
        const char *text;
        size_t n, bad;
    } cases[] = {
        {"plain text of more than eight", 29, 29},
        {"\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80", 9, 9},
        {"\xC0\x80", 2, 0},
        {"ab\xE0\x80\x80", 5, 2}, /* not the shortest form */
        {"\xED\xA0\x80", 3, 0},
        {"\xF4\x90\x80\x80", 4, 0}, /* surrogate, too far */
        {"a\xC3", 2, 1},
        {"0123456789\xFFzzzzzzzz", 19, 10},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CU_ASSERT_EQUAL(plumb_text_utf8_bad(cases[i].text, cases[i].n), cases[i].bad);
}

static void a_message_is_one_line_and_the_first_wins(void)
{
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL(plumb_message_fail(&message, PLUMB_LOST, "a\nb\x01\xFF%d", 1), PLUMB_LOST);
    CU_ASSERT_STRING_EQUAL(message.text, "a b ?1");
    plumb_message_fail(&message, PLUMB_LOST, "second");
    CU_ASSERT_STRING_EQUAL(message.text, "a b ?1");
    char text[1000];
    for (size_t i = 0; i < 998; i += 2)
        memcpy(text + i, "\xC3\xA4", 3);
    for (size_t skip = 0; skip < 2; skip++) {
        message.text[0] = '\0';
        plumb_message_fail(&message, PLUMB_LOST, "%s%s", skip ? "" : "x", text);
        CU_ASSERT_EQUAL(plumb_text_utf8_bad(message.text, strlen(message.text)), strlen(message.text));
        CU_ASSERT_PTR_NULL(strchr(message.text, '?'));
        CU_ASSERT_TRUE(strlen(message.text) >= sizeof message.text - 3);
    }
}

static void put(const char *text, const char *wanted)
{
    char out[100], back[100];
    const char *at = out;
    struct plumb_csv_field field;
    CU_ASSERT_EQUAL(plumb_csv_put(out, sizeof out, text), strlen(wanted));
    CU_ASSERT_STRING_EQUAL(out, wanted);
    plumb_csv_next(&at, out + strlen(out), &field);
    CU_ASSERT_TRUE(field.whole);
    CU_ASSERT_PTR_NULL(at);
    plumb_csv_text(back, sizeof back, &field);
    CU_ASSERT_PTR_NOT_NULL(strstr(back, *text && strchr("=+-@", *text) ? text + 1 : ""));
}

static void free_text_stays_one_harmless_field(void)
{
    put("", "");
    put("plain", "plain");
    put("a,b", "\"a,b\"");
    put("say \"x\"", "\"say \"\"x\"\"\"");
    put("two\nlines", "two lines");
    put("=1+1", "'=1+1");
    put("@x,y", "\"'@x,y\"");
    put("-2", "'-2");
    char out[8];
    CU_ASSERT_TRUE(plumb_csv_put(out, sizeof out, "\"\"\"\"\"\"\"") < sizeof out);
    CU_ASSERT_EQUAL(strlen(out) % 2, 0); /* the quote that opens is closed, doubled ones stay together */
}

static void degrees_that_somebody_wrote_come_back(void)
{
    for (int tenths = -3600; tenths <= 3600; tenths++) {
        double deg = tenths / 10.0;
        CU_ASSERT_EQUAL(plumb_text_degrees(deg * PLUMB_RAD_PER_DEG), deg);
    }
    uint32_t bits = 1;
    for (int i = 0; i < 100000; i++) { /* and all others as the angle they are */
        bits = bits * 1664525u + 1013904223u;
        double rad = (bits / 4294967296.0 - 0.5) * 720 * PLUMB_RAD_PER_DEG * (1 + i * 1e-9);
        double deg = rad * PLUMB_DEG_PER_RAD, reached = deg * PLUMB_RAD_PER_DEG;
        CU_ASSERT_EQUAL(plumb_text_degrees(reached) * PLUMB_RAD_PER_DEG, reached);
    }
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"numbers are read as strtod reads them", numbers_are_read_as_strtod_reads_them},
        {"what is no number is not read", what_is_no_number_is_not_read},
        {"numbers are written plainly", numbers_are_written_plainly},
        {"what is written exactly reads back", what_is_written_exactly_reads_back},
        {"the locale changes nothing", the_locale_changes_nothing},
        {"only well-formed characters are text", only_well_formed_characters_are_text},
        {"a message is one line and the first wins", a_message_is_one_line_and_the_first_wins},
        {"free text stays one harmless field", free_text_stays_one_harmless_field},
        {"degrees that somebody wrote come back", degrees_that_somebody_wrote_come_back},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("text", tests, argc, argv);
}
