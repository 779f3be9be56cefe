/* The data files: what a good one yields, and the sentence each bad one gets. */
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/core/vec3.h"
#include "host/io/ini.h"
#include "host/io/ini_write.h"
#include "suite.h"

enum pose { SUPINE, PRONE };

struct thing {
    char name[40];
    double rate_hz;
    int count;
    bool loud;
    struct plumb_vec3 bias_mps2;
    double row[3];
    double list[4];
    size_t list_n;
    enum pose pose;
    double start_s;
};

static const char *const poses[] = {"supine", "prone", NULL};
static const struct plumb_ini_field fields[] = {
    {"thing", "name", PLUMB_INI_TEXT, .offset = offsetof(struct thing, name), .room = 40, .required = true},
    {"thing", "rate_hz", PLUMB_INI_DOUBLE, .offset = offsetof(struct thing, rate_hz), .min = 20, .max = 1000},
    {"thing", "count", PLUMB_INI_INT, .offset = offsetof(struct thing, count)},
    {"thing", "loud", PLUMB_INI_BOOL, .offset = offsetof(struct thing, loud)},
    {"thing", "bias_mps2", PLUMB_INI_VEC3, .offset = offsetof(struct thing, bias_mps2)},
    {"thing", "row", PLUMB_INI_DOUBLES, .offset = offsetof(struct thing, row), .room = 3},
    {"thing", "list", PLUMB_INI_DOUBLES, .offset = offsetof(struct thing, list), .room = 4,
     .n_offset = offsetof(struct thing, list_n)},
    {"thing", "pose", PLUMB_INI_CHOICE, .offset = offsetof(struct thing, pose), .choices = poses},
};
static const struct plumb_ini_field lapse_fields[] = {
    {"lapse", "start_s", PLUMB_INI_DOUBLE, .offset = offsetof(struct thing, start_s), .max = HUGE_VAL,
     .required = true},
};
#define FIELDS_N (sizeof fields / sizeof *fields)

static int read_thing(const char *text, struct thing *thing, struct plumb_message *message)
{
    static const char *const repeated[] = {"lapse", NULL};
    size_t n = strlen(text);
    char *exact = malloc(n ? n : 1); /* no byte behind the end: the sanitizer sees a step too far */
    memcpy(exact, text, n);
    struct plumb_ini ini;
    message->text[0] = '\0';
    int fail = plumb_ini_parse(&ini, "a.ini", exact, n, message);
    free(exact);
    if (fail)
        return fail;
    fail = plumb_ini_read(&ini, fields, FIELDS_N, repeated, thing, message);
    plumb_ini_free(&ini);
    return fail;
}

static void refused(const char *text, const char *sentence)
{
    struct thing thing = {0};
    struct plumb_message message;
    CU_ASSERT_EQUAL(read_thing(text, &thing, &message), PLUMB_DAMAGED);
    CU_ASSERT_STRING_EQUAL(message.text, sentence);
    if (strcmp(message.text, sentence))
        fprintf(stderr, "got:    %s\nwanted: %s\n", message.text, sentence);
}

static void a_good_file_fills_the_struct(void)
{
    struct thing thing = {.start_s = 7};
    struct plumb_message message;
    int fail = read_thing(
        "\xEF\xBB\xBF# comment\n[thing] ; the one\nname = Anna\r\n  M\xC3\xBCller ; not this\nrate_hz=200 ; "
        "Hz\n"
        "count = -3\nloud = yes\nbias_mps2 = 0.1, -0.2 3e-1\nrow = 1 2 3\nlist = 5 6\npose = prone\n"
        "[lapse 1]\nanything = 1\n",
        &thing, &message);
    CU_ASSERT_EQUAL_FATAL(fail, 0);
    CU_ASSERT_STRING_EQUAL(message.text, "");
    CU_ASSERT_STRING_EQUAL(thing.name, "Anna M\xC3\xBCller");
    CU_ASSERT_EQUAL(thing.rate_hz, 200);
    CU_ASSERT_EQUAL(thing.count, -3);
    CU_ASSERT_TRUE(thing.loud);
    CU_ASSERT_EQUAL(thing.bias_mps2.x, 0.1);
    CU_ASSERT_EQUAL(thing.bias_mps2.y, -0.2);
    CU_ASSERT_EQUAL(thing.bias_mps2.z, 0.3);
    CU_ASSERT_EQUAL(thing.row[2], 3);
    CU_ASSERT_EQUAL(thing.list_n, 2);
    CU_ASSERT_EQUAL(thing.list[1], 6);
    CU_ASSERT_EQUAL(thing.pose, PRONE);
    CU_ASSERT_EQUAL(thing.start_s, 7);
}

static void sections_that_repeat_come_in_order(void)
{
    static const char text[] = "[lapse 1]\nstart_s = 3\n[lapsed]\nx=1\n[lapse cough]\nstart_s = 5\n[lapse]\n";
    struct plumb_message message = {""};
    struct plumb_ini ini;
    CU_ASSERT_EQUAL_FATAL(plumb_ini_parse(&ini, "b", text, sizeof text - 1, &message), 0);
    struct thing thing;
    const struct plumb_ini_section *lapse = plumb_ini_next(&ini, "lapse", NULL);
    CU_ASSERT_STRING_EQUAL(plumb_ini_label(lapse), "1");
    CU_ASSERT_EQUAL(plumb_ini_read_section(&ini, lapse, lapse_fields, 1, &thing, &message), 0);
    CU_ASSERT_EQUAL(thing.start_s, 3);
    lapse = plumb_ini_next(&ini, "lapse", lapse);
    CU_ASSERT_STRING_EQUAL(plumb_ini_label(lapse), "cough");
    lapse = plumb_ini_next(&ini, "lapse", lapse);
    CU_ASSERT_STRING_EQUAL(plumb_ini_label(lapse), "");
    CU_ASSERT_EQUAL(plumb_ini_read_section(&ini, lapse, lapse_fields, 1, &thing, &message), PLUMB_DAMAGED);
    CU_ASSERT_STRING_EQUAL(message.text, "b:7: [lapse] wants the key start_s, which is missing");
    CU_ASSERT_PTR_NULL(plumb_ini_next(&ini, "lapse", lapse));
    plumb_ini_free(&ini);
}

static void each_mistake_gets_its_line(void)
{
    refused("[thing]\nname=a\nbias_mps2 = 1 2\n", "a.ini:3: bias_mps2 wants 3 numbers, found 2");
    refused("[thing]\nname=a\n\n# x\nrate_hz = abc\n", "a.ini:5: rate_hz wants a number, found `abc`");
    refused("[thing]\nname=a\nrate_hz = 2,5\n", "a.ini:3: rate_hz wants a number, found `2,5`");
    refused("[thing]\nname=a\nrate_hz = nan\n", "a.ini:3: rate_hz wants a number, found `nan`");
    refused("[thing]\nname=a\nrate_hz = 5\n", "a.ini:3: rate_hz wants 20 to 1000, found 5");
    refused("[thing]\nname=a\ncount = 1.5\n", "a.ini:3: count wants a whole number, found `1.5`");
    refused("[thing]\nname=a\nloud = si\n", "a.ini:3: loud wants yes or no, found `si`");
    refused("[thing]\nname=a\nlist = 1 2 3 4 5\n", "a.ini:3: list wants at most 4 numbers, found 5");
    refused(
        "[thing]\nname=a\nrow = 1 2x 3\n",
        "a.ini:3: row wants numbers with spaces between them, found `1 2x 3`");
    refused("[thing]\nname=a\npose = sitting\n", "a.ini:3: pose wants one of supine, prone, found `sitting`");
    refused(
        "[thing]\nname=a\nvolume = 3\n", "a.ini:3: unknown key volume in [thing]; it wants name, rate_hz, "
                                         "count, loud, bias_mps2, row, list, pose");
    refused("[thing]\nname=a\nname=b\n", "a.ini:3: name comes twice in [thing], first in line 2");
    refused("[thing]\nname=a\n[thing]\n", "a.ini:3: [thing] comes twice, first in line 1");
    refused("[thing]\nname=a\n[thing 2]\n", "a.ini:3: unknown section [thing 2]");
    refused("[thing]\nname=a\n[other]\nx=1\n", "a.ini:3: unknown section [other]");
    refused("[thing]\nrate_hz=100\n", "a.ini:1: [thing] wants the key name, which is missing");
    refused("", "a.ini: wants the section [thing], which is missing");
    refused("name=a\n", "a.ini:1: wants a [section] before the first key");
    refused("[thing]\nname\n", "a.ini:2: wants `key = value` or [section]");
    refused("[thing]\nName=a\n", "a.ini:2: wants a key of small letters, digits and '_', found `Name`");
    refused("[thing\n", "a.ini:1: wants a section's name in brackets, of at most 49 letters and digits");
    refused("[thing] x\n", "a.ini:1: wants a section's name in brackets, of at most 49 letters and digits");
    refused(
        "[thing]\nname=a\n rate_hz = 3\n", "a.ini:3: wants `rate_hz` at the left edge, found it indented");
    refused(
        "[thing]\nname=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
        "a.ini:2: name wants at most 39 bytes of text, found 46");
}

static void lines_and_values_are_bounded(void)
{
    char text[8000] = "[thing]\nname=a\n# ";
    struct thing thing;
    struct plumb_message message;
    memset(text + strlen(text), 'x', 196);
    CU_ASSERT_EQUAL(read_thing(text, &thing, &message), 0);
    strcat(text, "x");
    CU_ASSERT_EQUAL(read_thing(text, &thing, &message), PLUMB_DAMAGED);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "a.ini:3: wants lines of at most 198 bytes, found 199"));
    memset(text, 0, sizeof text);
    strcpy(text, "[thing]\nname=a\n");
    for (int i = 0; i < 30; i++) {
        strcat(text, " ");
        memset(text + strlen(text), 'y', 100);
        strcat(text, "\n");
    }
    CU_ASSERT_EQUAL(read_thing(text, &thing, &message), PLUMB_DAMAGED);
    CU_ASSERT_STRING_EQUAL(message.text, "a.ini:22: wants at most 2000 bytes for name, found more");
}

static void files_that_are_no_text_are_refused(void)
{
    struct plumb_ini ini;
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL(plumb_ini_load(&ini, "/nowhere/x.ini", &message), PLUMB_FAILED);
    CU_ASSERT_STRING_EQUAL(message.text, "/nowhere/x.ini: no such file");
    message.text[0] = '\0';
    CU_ASSERT_EQUAL(plumb_ini_load(&ini, "/", &message), PLUMB_FAILED);
    CU_ASSERT_STRING_EQUAL(message.text, "/: wants a file, found a folder");
    message.text[0] = '\0';
    CU_ASSERT_EQUAL(plumb_ini_load(&ini, "/dev/zero", &message), PLUMB_DAMAGED);
    CU_ASSERT_STRING_EQUAL(message.text, "/dev/zero: wants at most 262144 bytes, found more");
}

static void every_kind_of_value_is_written_by_the_same_table(void)
{
    static const char wanted[] = "\n[thing]\nname = Anna\nrate_hz = 200.5\ncount = -3\nloud = yes\n"
                                 "bias_mps2 = 0.1 -0.2 0.3\nrow = 1 2 3\nlist = 5 6\npose = prone\n";
    struct thing usual = {0}, back = {0},
                 thing = {"Anna", 200.5, -3, true, {0.1, -0.2, 0.3}, {1, 2, 3}, {5, 6}, 2, PRONE, 0};
    struct plumb_message message = {""};
    char *text;
    size_t n;
    FILE *to = open_memstream(&text, &n);
    CU_ASSERT_EQUAL(plumb_ini_write_section(to, "thing", fields, FIELDS_N, &thing, &usual, &message), 0);
    fclose(to);
    CU_ASSERT_STRING_EQUAL(text, wanted);
    CU_ASSERT_EQUAL(read_thing(text, &back, &message), 0);
    CU_ASSERT_EQUAL(memcmp(back.list, thing.list, sizeof back.list), 0);
    CU_ASSERT_EQUAL(back.list_n, 2);
    CU_ASSERT_EQUAL(back.bias_mps2.y, -0.2);
    free(text);
    to = open_memstream(&text, &n);
    CU_ASSERT_EQUAL(plumb_ini_write_section(to, "thing", fields, FIELDS_N, &thing, &thing, &message), 0);
    fclose(to);
    CU_ASSERT_STRING_EQUAL(text, "\n[thing]\nname = Anna\n"); /* only what is required */
    free(text);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"a good file fills the struct", a_good_file_fills_the_struct},
        {"sections that repeat come in order", sections_that_repeat_come_in_order},
        {"each mistake gets its line", each_mistake_gets_its_line},
        {"lines and values are bounded", lines_and_values_are_bounded},
        {"files that are no text are refused", files_that_are_no_text_are_refused},
        {"every kind of value is written by the same table",
         every_kind_of_value_is_written_by_the_same_table},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("ini", tests, argc, argv);
}
