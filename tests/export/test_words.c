/* Texts, names and moments made fit for where they go. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "host/export/names.h"
#include "host/export/text_safe.h"
#include "host/export/when.h"
#include "host/io/text_utf8.h"
#include "suite.h"

static void cell(const char *text, const char *wanted)
{
    char out[64];
    CU_ASSERT_EQUAL(plumb_text_cell(out, sizeof out, text), strlen(wanted));
    CU_ASSERT_STRING_EQUAL(out, wanted);
}

static void a_cell_is_one_line_and_no_formula(void)
{
    cell("plain", "plain");
    cell("", "");
    cell("=1+1", "'=1+1");
    cell("+49", "'+49");
    cell("-2", "'-2");
    cell("@x", "'@x");
    cell("\t=1", "' =1");
    cell("a\tb\nc\rd", "a b c d");
    cell("1=1", "1=1");
}

static void a_cut_never_splits_a_character(void)
{
    static const char text[] = "=\u00e4\u2192\U0001F600z\u00e4";
    char out[64];
    for (size_t room = 8; room < sizeof out; room++) {
        size_t n = plumb_text_cell(out, room, text);
        CU_ASSERT_TRUE(n < room);
        CU_ASSERT_EQUAL(strlen(out), n);
        CU_ASSERT_EQUAL(plumb_text_utf8_bad(out, n), n);
    }
    CU_ASSERT_EQUAL(plumb_text_cut("\u2192\u2192", 5), 3);
    CU_ASSERT_EQUAL(plumb_text_cut("\u2192\u2192", 6), 6);
    CU_ASSERT_EQUAL(plumb_text_cut("abc", 40), 3);
    CU_ASSERT_EQUAL(plumb_text_cut("\U0001F600", 3), 0);
}

static void ascii(const char *text, const char *wanted)
{
    char out[128];
    plumb_text_ascii(out, sizeof out, text);
    CU_ASSERT_STRING_EQUAL(out, wanted);
}

static void ascii_reads_like_what_was_written(void)
{
    ascii("\u00c4nna Stra\u00dfe", "Anna Strasse");
    ascii("Zo\u00eb \u00c5str\u00f6m \u0141\u00f3d\u017a \u0160\u00e9\u0159", "Zoe Astrom Lodz Ser");
    ascii("e\u0301tude", "etude");
    ascii("\u201cquoted\u201d \u2013 it\u2019s 20 \u20ac\u2026", "\"quoted\" - it's 20 EUR...");
    ascii("\U0001F600\U0001F3FD \u2764\uFE0F", "? ?");
    ascii("\u03b1\u03b2", "??");
    ascii("a\tb\x01", "a b ");
    ascii("bad\xff\xc3", "bad??");
    ascii("\u0152uvre \u0131\u015f\u0219", "OEuvre iss");
}

/* Every code point becomes printable ASCII, whatever the room. */
static void ascii_is_ascii(void)
{
    for (unsigned point = 1; point < 0x20000; point++) {
        char text[5], out[8];
        if (point >= 0xD800 && point < 0xE000)
            continue;
        int n =
            point < 0x80 ? snprintf(text, sizeof text, "%c", (int)point)
            : point < 0x800
                ? snprintf(text, sizeof text, "%c%c", (int)(0xC0 | point >> 6), (int)(0x80 | (point & 63)))
            : point < 0x10000 ? snprintf(
                                    text, sizeof text, "%c%c%c", (int)(0xE0 | point >> 12),
                                    (int)(0x80 | (point >> 6 & 63)), (int)(0x80 | (point & 63)))
                              : snprintf(
                                    text, sizeof text, "%c%c%c%c", (int)(0xF0 | point >> 18),
                                    (int)(0x80 | (point >> 12 & 63)), (int)(0x80 | (point >> 6 & 63)),
                                    (int)(0x80 | (point & 63)));
        CU_ASSERT_TRUE(n > 0);
        size_t length = plumb_text_ascii(out, sizeof out, text);
        for (size_t i = 0; i < length; i++)
            if (out[i] < 0x20 || out[i] > 0x7e)
                CU_FAIL("not printable");
    }
}

static void name(const char *text, const char *wanted, const char *label)
{
    char out[PLUMB_NAME_N];
    plumb_name_safe(out, text, "nobody");
    CU_ASSERT_STRING_EQUAL(out, wanted);
    plumb_name_label(out, text, "nobody");
    CU_ASSERT_STRING_EQUAL(out, label);
}

static void a_name_leads_nowhere_else(void)
{
    char longest[400], out[PLUMB_NAME_N];
    name("anna", "anna", "anna");
    name("../../etc/passwd", "etc-passwd", "etcpasswd");
    name("a b/c\\d:e*f", "a-b-c-d-e-f", "abcdef");
    name("..", "nobody", "nobody");
    name("", "nobody", "nobody");
    name("\U0001F600", "nobody", "nobody");
    name("-rf _x_", "rf-_x", "rfx");
    name("Zo\u00eb =1+1", "Zoe-1-1", "Zoe11");
    memset(longest, 'x', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    CU_ASSERT_EQUAL(plumb_name_safe(out, longest, "nobody"), PLUMB_NAME_N - 2);
}

static void a_session_has_a_name_of_its_own(void)
{
    struct plumb_dossier dossier = {.id = 12, .side = PLUMB_RIGHT, .utc_offset_s = 3600};
    char out[PLUMB_NAME_N];
    snprintf(dossier.exercise.id, sizeof dossier.exercise.id, "supine-edge");
    plumb_name_session(out, &dossier, INT64_C(1767349230123456));
    CU_ASSERT_STRING_EQUAL(out, "session-12-2026-01-02-1120-supine-edge-right");
    dossier.id = 0;
    dossier.both_sides = 1;
    plumb_name_session(out, &dossier, 0);
    CU_ASSERT_STRING_EQUAL(out, "supine-edge-both");
}

/* Every day of four centuries, against the C library. */
static void days_are_those_of_the_calendar(void)
{
    for (int64_t day = -70 * 365; day < 130 * 366; day++) {
        time_t at = (time_t)(day * 86400 + 45296);
        struct tm wanted;
        gmtime_r(&at, &wanted);
        struct plumb_when when = plumb_when_of((int64_t)at * 1000000 + 7, 0);
        if (when.year != wanted.tm_year + 1900 || when.month != wanted.tm_mon + 1 ||
            when.day != wanted.tm_mday || when.hour != 12 || when.minute != 34 || when.second != 56 ||
            when.us != 7)
            CU_FAIL("another day");
        if (plumb_when_utc_us(&when, 0) != (int64_t)at * 1000000 + 7)
            CU_FAIL("another moment");
    }
}

static void reads(const char *text, int known, const char *utc, int offset_s)
{
    char out[PLUMB_WHEN_N];
    int64_t us = 0;
    int offset = 0;
    CU_ASSERT_EQUAL(plumb_when_read(text, &us, &offset), known);
    CU_ASSERT_EQUAL(offset, offset_s);
    plumb_when_utc(out, us);
    CU_ASSERT_STRING_EQUAL(out, utc);
}

static void moments_are_read_as_they_are_written(void)
{
    char out[PLUMB_WHEN_N];
    plumb_when_local(out, INT64_C(1767349230123456), 5 * 3600 + 45 * 60);
    CU_ASSERT_STRING_EQUAL(out, "2026-01-02T16:05:30.123456+05:45");
    reads(out, 1, "2026-01-02T10:20:30.123456Z", 20700);
    plumb_when_local(out, -1, -12600);
    CU_ASSERT_STRING_EQUAL(out, "1969-12-31T20:29:59.999999-03:30");
    reads(out, 1, "1969-12-31T23:59:59.999999Z", -12600);
    reads("2026-01-02", 0, "2026-01-02T00:00:00.000000Z", 0);
    reads("2026-01-02 10:20", 0, "2026-01-02T10:20:00.000000Z", 0);
    reads("2026-01-02T10:20:30.5Z", 1, "2026-01-02T10:20:30.500000Z", 0);
    reads("2024-02-29T23:59:59.9999999+0100", 1, "2024-02-29T22:59:59.999999Z", 3600);
}

static void what_is_no_moment_is_refused(void)
{
    static const char *const bad[] = {
        "",
        "2026",
        "2026-1-2",
        "2026-02-29",
        "2026-13-01",
        "2026-00-01",
        "2026-04-31",
        "2026-01-02T24:00",
        "2026-01-02T1:00",
        "2026-01-02T10:60",
        "2026-01-02T10:20:61",
        "2026-01-02T10:20:30.",
        "2026-01-02T10:20+19:00",
        "2026-01-02T10:20Zx",
        "1899-01-01",
        "02.01.2026",
        "2026-01-02T10:20:30,5",
        "2026-01-02x"};
    int64_t us;
    int offset_s;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CU_ASSERT_EQUAL(plumb_when_read(bad[i], &us, &offset_s), -1);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"a cell is one line and no formula", a_cell_is_one_line_and_no_formula},
        {"a cut never splits a character", a_cut_never_splits_a_character},
        {"ASCII reads like what was written", ascii_reads_like_what_was_written},
        {"ASCII is ASCII", ascii_is_ascii},
        {"a name leads nowhere else", a_name_leads_nowhere_else},
        {"a session has a name of its own", a_session_has_a_name_of_its_own},
        {"days are those of the calendar", days_are_those_of_the_calendar},
        {"moments are read as they are written", moments_are_read_as_they_are_written},
        {"what is no moment is refused", what_is_no_moment_is_refused},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("words", tests, argc, argv);
}
