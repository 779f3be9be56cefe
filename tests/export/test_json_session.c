/* A session written as JSON and read back: every reading, every marker, every kept value as it was. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/export/exporter.h"
#include "host/io/json_session.h"
#include "host/io/raw_row.h"
#include "io/folder.h"
#include "nasty.h"
#include "suite.h"

/* ---- readings and markers */

struct heard {
    struct plumb_dossier *dossier;
    size_t rows_n, marks_n;
};

static int hear_kept(void *context, const struct plumb_kept *row, struct plumb_message *message)
{
    (void)context, (void)row, (void)message;
    CU_FAIL("nothing was kept");
    return PLUMB_FAILED;
}

static int hear_mark(void *context, double t_s, const char *text, struct plumb_message *message)
{
    struct heard *heard = context;
    (void)message;
    const struct plumb_dossier_mark *mark = &heard->dossier->marks[heard->marks_n++];
    CU_ASSERT_DOUBLE_EQUAL(t_s, mark->t_s, 1e-6);
    CU_ASSERT_STRING_EQUAL(text, mark->text);
    return 0;
}

static int hear_sample(void *context, const struct plumb_sample *sample, struct plumb_message *message)
{
    struct heard *heard = context;
    struct plumb_dossier_row row;
    struct plumb_csv_row wanted, found;
    CU_ASSERT_EQUAL_FATAL(plumb_dossier_next(heard->dossier, &row, message), 1);
    plumb_raw_row(&wanted, heard->dossier->roles, &row.sample, NULL);
    plumb_raw_row(&found, heard->dossier->roles, sample, NULL);
    CU_ASSERT_EQUAL(found.n, wanted.n);
    CU_ASSERT_EQUAL(memcmp(found.text, wanted.text, wanted.n), 0);
    heard->rows_n++;
    return 0;
}

static void write_json(struct plumb_dossier *dossier, const struct folder *folder, char path[FOLDER_PATH_N])
{
    struct plumb_message message = {""};
    folder_path(folder, "a.json", path);
    struct plumb_export_job job = {.path = path, .force = 1};
    CU_ASSERT_EQUAL_FATAL(plumb_export(plumb_exporter_find("json"), &job, dossier, &message), 0);
}

static void readings_and_markers_come_back(void)
{
    struct folder folder;
    char path[FOLDER_PATH_N];
    struct plumb_dossier dossier;
    struct plumb_json_session session;
    struct plumb_message message = {""};
    folder_make(&folder);
    nasty_dossier(&dossier, &(struct nasty){0});
    write_json(&dossier, &folder, path);
    struct heard heard = {.dossier = &dossier};
    const struct plumb_json_session_to to = {hear_kept, hear_mark, hear_sample, &heard, NULL, NULL};
    CU_ASSERT_EQUAL(plumb_json_session_head(&session, path, &message), 0);
    CU_ASSERT_FALSE(session.has_kept);
    CU_ASSERT_EQUAL(session.roles, dossier.roles);
    CU_ASSERT_STRING_EQUAL(session.alias, dossier.patient.alias);
    CU_ASSERT_STRING_EQUAL(session.note, dossier.note);
    CU_ASSERT_STRING_EQUAL(session.exercise, "supine-edge");
    CU_ASSERT_STRING_EQUAL(session.begun, "2026-01-02T16:05:30.123456+05:45");
    CU_ASSERT_TRUE(session.both_sides && session.side == PLUMB_LEFT && session.has_limits);
    CU_ASSERT_DOUBLE_EQUAL(session.limits[1].red_rad, dossier.thresholds[1].red_rad, 1e-5);
    plumb_dossier_rewind(&dossier, &message);
    CU_ASSERT_EQUAL(plumb_json_session_read(&session, path, &to, &message), 0);
    CU_ASSERT_STRING_EQUAL(message.text, "");
    CU_ASSERT_EQUAL(heard.rows_n, dossier.rows_n);
    CU_ASSERT_EQUAL(heard.marks_n, dossier.marks_n);
    plumb_dossier_free(&dossier);
    folder_remove(&folder);
}

/* ---- what was kept */

#define KEPT_N 300

/* Row i of what is kept here: every kind of value, at its ends and between. */
static void make_kept(struct plumb_kept *row, int i, unsigned char bytes[KEPT_N])
{
    static const double reals[] = {0, -0.1, 1e300, DBL_MIN, DBL_MAX, 3, -7e15, 0.1 + 0.2};
    static const int64_t integers[] = {0, -1, INT64_MAX, INT64_MIN, INT64_C(1767349230123456)};
    static const char *const texts[] = {
        "", "=1+1", "a \"b\" \\ /\n\t\x01\x7f", "\u00fc\u2192\U0001F600", "{\"base64\":\"\"}"};
    const char *text = texts[i % 5];
    for (int at = 0; at < KEPT_N; at++)
        bytes[at] = (unsigned char)(i * 31 + at);
    *row = (struct plumb_kept){
        .table = i % 2 ? "odd" : "even",
        .fields_n = 5,
        .fields = {
            {"integer", PLUMB_KEPT_INTEGER, integers[i % 5], 0, NULL, 0},
            {"real", PLUMB_KEPT_REAL, 0, reals[i % 8], NULL, 0},
            {"text", PLUMB_KEPT_TEXT, 0, 0, text, strlen(text)},
            {"bytes", PLUMB_KEPT_BYTES, 0, 0, bytes, (size_t)i},
            {"nothing", PLUMB_KEPT_NOTHING, 0, 0, NULL, 0}}};
}

struct giving {
    int at;
    unsigned char bytes[KEPT_N];
};

static int rewind_kept(void *self, struct plumb_message *message)
{
    (void)message;
    ((struct giving *)self)->at = 0;
    return 0;
}

static int next_kept(void *self, struct plumb_kept *row, struct plumb_message *message)
{
    struct giving *giving = self;
    (void)message;
    if (giving->at == KEPT_N)
        return 0;
    make_kept(row, giving->at++, giving->bytes);
    return 1;
}

static int check_kept(void *context, const struct plumb_kept *row, struct plumb_message *message)
{
    int *at = context;
    unsigned char bytes[KEPT_N];
    struct plumb_kept wanted;
    (void)message;
    make_kept(&wanted, (*at)++, bytes);
    CU_ASSERT_STRING_EQUAL(row->table, wanted.table);
    CU_ASSERT_EQUAL_FATAL(row->fields_n, wanted.fields_n);
    for (int i = 0; i < wanted.fields_n; i++) {
        const struct plumb_kept_field *found = &row->fields[i], *field = &wanted.fields[i];
        CU_ASSERT_STRING_EQUAL(found->name, field->name);
        CU_ASSERT_EQUAL(found->kind, field->kind);
        CU_ASSERT_EQUAL(found->integer, field->integer);
        CU_ASSERT_TRUE(found->real <= field->real && found->real >= field->real);
        CU_ASSERT_EQUAL_FATAL(found->n, field->n);
        CU_ASSERT_TRUE(!field->n || memcmp(found->bytes, field->bytes, field->n) == 0);
    }
    return 0;
}

static void what_was_kept_comes_back_to_the_bit(void)
{
    struct folder folder;
    char path[FOLDER_PATH_N];
    struct giving giving = {0};
    struct plumb_dossier dossier;
    struct plumb_json_session session;
    struct plumb_message message = {""};
    int heard_n = 0;
    folder_make(&folder);
    nasty_dossier(&dossier, &(struct nasty){.duration_s = 6});
    dossier.kept = &giving;
    dossier.rewind_kept = rewind_kept;
    dossier.next_kept = next_kept;
    write_json(&dossier, &folder, path);
    const struct plumb_json_session_to to = {check_kept, NULL, NULL, &heard_n, NULL, NULL};
    CU_ASSERT_EQUAL(plumb_json_session_head(&session, path, &message), 0);
    CU_ASSERT_TRUE(session.has_kept);
    CU_ASSERT_EQUAL(plumb_json_session_read(&session, path, &to, &message), 0);
    CU_ASSERT_STRING_EQUAL(message.text, "");
    CU_ASSERT_EQUAL(heard_n, KEPT_N);
    plumb_dossier_free(&dossier);
    folder_remove(&folder);
}

/* ---- what is no such session */

static int take_any(void *context, const struct plumb_kept *row, struct plumb_message *message)
{
    (void)context, (void)row, (void)message;
    return 0;
}

static int take_any_mark(void *context, double t_s, const char *text, struct plumb_message *message)
{
    (void)context, (void)t_s, (void)text, (void)message;
    return 0;
}

static int take_any_sample(void *context, const struct plumb_sample *sample, struct plumb_message *message)
{
    (void)context, (void)sample, (void)message;
    return 0;
}

static void refused(const char *json, const char *wanted)
{
    struct folder folder;
    char path[FOLDER_PATH_N];
    struct plumb_json_session session;
    struct plumb_message message = {""};
    const struct plumb_json_session_to to = {take_any, take_any_mark, take_any_sample, NULL, NULL, NULL};
    folder_make(&folder);
    folder_put(&folder, "a.json", json, strlen(json));
    folder_path(&folder, "a.json", path);
    int fail = plumb_json_session_head(&session, path, &message);
    if (!fail)
        fail = plumb_json_session_read(&session, path, &to, &message);
    CU_ASSERT_EQUAL(fail, PLUMB_DAMAGED);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, wanted));
    if (!strstr(message.text, wanted))
        printf("\n%s\n wanted %s\n", message.text, wanted);
    folder_remove(&folder);
}

#define HEAD "{\"schema\":\"plumb-session/1\",\"session\":{\"side\":\"left\"},\n"

static void what_is_no_session_is_refused(void)
{
    refused("{}", "found no \"schema\"");
    refused("{\"schema\":\"plumb-session/2\"}", "\"schema\": it wants \"plumb-session/1\"");
    refused("{\"schema\":\"plumb-session/1\"}", "found no \"session\"");
    refused("{\"schema\":\"plumb-session/1\",\"session\":{}}", "it wants a side");
    refused(HEAD "\"columns\":[\"t_s\"]}", "it wants the pelvis' columns");
    refused(HEAD "\"rows\":[[0]]}", "a.json:2: \"rows\": a row wants as many values");
    refused(
        HEAD "\"columns\":[\"t_s\",\"pelvis_ax_mps2\"],\"rows\":[[0,\"x\"]]}", "a row wants numbers or null");
    refused(
        HEAD "\"columns\":[\"t_s\",\"pelvis_ax_mps2\"],\"rows\":[[1,null],\n[1,null]]}",
        "a.json:3: \"rows\": t_s wants to rise");
    refused(HEAD "\"markers\":[{\"t_s\":\"1\"}]}", "a marker wants");
    refused(HEAD "\"kept\":[1]}", "an object with \"table\"");
    refused(HEAD "\"kept\":[{\"table\":\"x\",\"a\":[1]}]}", "a wants a number, a text, null or");
    refused(HEAD "\"kept\":[{\"table\":\"x\",\"a\":{\"base64\":\"AAA\"}}]}", "a wants bytes in base64");
    refused(HEAD "\"kept\":[{\"table\":\"x\",\"a\":{\"base64\":\"A=AA\"}}]}", "a wants bytes in base64");
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"readings and markers come back", readings_and_markers_come_back},
        {"what was kept comes back to the bit", what_was_kept_comes_back_to_the_bit},
        {"what is no session is refused", what_is_no_session_is_refused},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("json session", tests, argc, argv);
}
