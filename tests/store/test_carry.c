/* Sessions carried from store to store: the same on the other side, whole or not at all. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "export/nasty.h"
#include "host/io/load_exercise.h"
#include "host/store/carry.h"
#include "host/store/intake.h"
#include "host/store/sql.h"
#include "io/folder.h"
#include "suite.h"

#define ROWS_MOST 400

/* What was kept, copied: rows to put in, damaged where a test wants that. */
struct copied {
    int n;
    struct plumb_kept rows[ROWS_MOST];
};

static void *must(void *memory)
{
    if (!memory)
        abort();
    return memory;
}

static void copy_row(struct plumb_kept *to, const struct plumb_kept *from)
{
    *to = *from;
    to->table = must(strdup(from->table));
    for (int i = 0; i < from->fields_n; i++) {
        to->fields[i].name = must(strdup(from->fields[i].name));
        char *bytes = must(malloc(from->fields[i].n + 1));
        if (from->fields[i].n)
            memcpy(bytes, from->fields[i].bytes, from->fields[i].n);
        bytes[from->fields[i].n] = '\0';
        to->fields[i].bytes = bytes;
    }
}

static void free_copied(struct copied *copied)
{
    for (int row = 0; row < copied->n; row++) {
        for (int i = 0; i < copied->rows[row].fields_n; i++) {
            free((void *)copied->rows[row].fields[i].name);
            free((void *)copied->rows[row].fields[i].bytes);
        }
        free((void *)copied->rows[row].table);
    }
    free(copied);
}

static struct plumb_store *open_store(const struct folder *folder, const char *name)
{
    char path[FOLDER_PATH_N];
    struct plumb_message message = {""};
    int fail = 0;
    folder_path(folder, name, path);
    struct plumb_store *store = plumb_store_open(path, &fail, &message);
    CU_ASSERT_PTR_NOT_NULL_FATAL(store);
    CU_ASSERT_STRING_EQUAL(message.text, "");
    return store;
}

static struct copied *copy_of(struct plumb_store *store, int64_t session)
{
    struct copied *copied = must(calloc(1, sizeof *copied));
    struct plumb_dossier dossier = {0};
    struct plumb_message message = {""};
    struct plumb_kept row;
    CU_ASSERT_EQUAL_FATAL(plumb_store_kept(store, session, &dossier, &message), 0);
    CU_ASSERT_EQUAL(dossier.rewind_kept(dossier.kept, &message), 0);
    while (dossier.next_kept(dossier.kept, &row, &message) == 1 && copied->n < ROWS_MOST)
        copy_row(&copied->rows[copied->n++], &row);
    CU_ASSERT_STRING_EQUAL(message.text, "");
    plumb_dossier_free(&dossier);
    return copied;
}

static int same_row(const struct plumb_kept *a, const struct plumb_kept *b)
{
    int same = strcmp(a->table, b->table) == 0 && a->fields_n == b->fields_n;
    for (int i = 0; same && i < a->fields_n; i++) {
        const struct plumb_kept_field *x = &a->fields[i], *y = &b->fields[i];
        same = strcmp(x->name, y->name) == 0 && x->kind == y->kind && x->integer == y->integer &&
               memcmp(&x->real, &y->real, sizeof x->real) == 0 && x->n == y->n &&
               memcmp(x->bytes, y->bytes, x->n) == 0;
    }
    return same;
}

/* Records a minute of the nasty session into a store. */
static int64_t record(struct plumb_store *store, const char *patient)
{
    struct plumb_dossier dossier;
    struct plumb_dossier_row row;
    struct plumb_message message = {""};
    struct plumb_exercise exercise = {.id = "supine-edge", .name = "Stretch", .steps_n = 2};
    int fail = 0;
    plumb_thresholds_default(&exercise.thresholds);
    struct plumb_intake_about about = {
        .begin =
            {.patient = patient,
             .exercise = &exercise,
             .exercise_text = "[exercise]\n# not read here\n",
             .side = PLUMB_LEFT,
             .both_sides = 1,
             .source = "test",
             .program = "test 1",
             .utc_us = INT64_C(1767349230123456)},
        .utc_offset_s = 20700,
        .note = "=1+1\n\u00fc",
        .tags = "a b",
        .ended = "stopped: sharp pain"};
    nasty_dossier(&dossier, &(struct nasty){.events_n = 60});
    struct plumb_intake *intake = plumb_intake_begin(&about, &fail, &message);
    CU_ASSERT_PTR_NOT_NULL_FATAL(intake);
    for (size_t i = 0; i < dossier.marks_n; i++)
        CU_ASSERT_EQUAL(plumb_intake_mark(intake, dossier.marks[i].t_s, dossier.marks[i].text, &message), 0);
    while (plumb_dossier_next(&dossier, &row, &message) == 1)
        CU_ASSERT_EQUAL(plumb_intake_sample(intake, &row.sample, &message), 0);
    plumb_dossier_free(&dossier);
    int64_t id = plumb_intake_end(intake, store, &message);
    CU_ASSERT_TRUE(id > 0);
    CU_ASSERT_STRING_EQUAL(message.text, "");
    return id;
}

/* Takes the first `n` rows in and ends. */
static int64_t take(
    struct plumb_store *store, const struct copied *copied, int n, const char *patient, int *was_there,
    struct plumb_message *message)
{
    int fail = 0;
    message->text[0] = '\0';
    struct plumb_take *taking = plumb_take_begin(store, patient, &fail, message);
    CU_ASSERT_PTR_NOT_NULL_FATAL(taking);
    for (int i = 0; i < n && !fail; i++)
        fail = plumb_take_row(taking, &copied->rows[i], message);
    if (!fail)
        return plumb_take_end(taking, was_there, message);
    plumb_take_drop(taking);
    return fail;
}

static int64_t count(struct plumb_store *store, const char *sql)
{
    int64_t n = -1;
    CU_ASSERT_TRUE(plumb_sql_integer(store, &n, NULL, sql, "") >= 0);
    return n;
}

/* Rows of all recorded tables. */
static int64_t rows_of(struct plumb_store *store)
{
    static const char *const tables[] = {
        "patients",     "patient_words", "exercises",          "devices",         "calibrations", "sessions",
        "session_ends", "session_steps", "session_thresholds", "session_devices", "blocks",       "markers",
        "annotations"};
    int64_t sum = 0;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char sql[80];
        snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", tables[i]);
        sum += count(store, sql);
    }
    return sum;
}

static void a_session_is_the_same_on_the_other_side(void)
{
    struct folder folder;
    struct plumb_message message = {""};
    int was_there = 0;
    folder_make(&folder);
    struct plumb_store *from = open_store(&folder, "from.db"), *to = open_store(&folder, "to.db");
    int64_t id = record(from, "Zo\u00eb");
    struct copied *given = copy_of(from, id);
    CU_ASSERT_TRUE(given->n > 100);
    record(to, "other"); /* so that the numbers differ */
    int64_t there = take(to, given, given->n, NULL, &was_there, &message);
    CU_ASSERT_STRING_EQUAL(message.text, "");
    CU_ASSERT_TRUE(there > 0 && there != id && !was_there);
    struct copied *found = copy_of(to, there);
    CU_ASSERT_EQUAL_FATAL(found->n, given->n);
    for (int i = 0; i < given->n; i++)
        CU_ASSERT_TRUE(same_row(&given->rows[i], &found->rows[i]));
    int64_t rows = rows_of(to);
    CU_ASSERT_EQUAL(take(to, given, given->n, NULL, &was_there, &message), there);
    CU_ASSERT_TRUE(was_there);
    CU_ASSERT_EQUAL(rows_of(to), rows);
    free_copied(given);
    free_copied(found);
    plumb_store_close(from);
    plumb_store_close(to);
    folder_remove(&folder);
}

static void patients_are_known_by_name(void)
{
    struct folder folder;
    struct plumb_message message = {""};
    int was_there = 0;
    folder_make(&folder);
    struct plumb_store *from = open_store(&folder, "from.db"), *to = open_store(&folder, "to.db");
    struct copied *one = copy_of(from, record(from, "Anna")), *two = copy_of(from, record(from, "Anna"));
    record(to, "Anna");
    CU_ASSERT_TRUE(take(to, one, one->n, NULL, &was_there, &message) > 0);
    CU_ASSERT_EQUAL(count(to, "SELECT count(*) FROM patients"), 1); /* that Anna */
    CU_ASSERT_TRUE(take(to, two, two->n, "Berta", &was_there, &message) > 0);
    CU_ASSERT_EQUAL(count(to, "SELECT count(*) FROM patients"), 2);
    CU_ASSERT_EQUAL(
        count(
            to, "SELECT count(*) FROM sessions JOIN patient ON patient.id = patient_id WHERE alias = 'Anna'"),
        2);
    CU_ASSERT_EQUAL(
        count(
            to,
            "SELECT count(*) FROM sessions JOIN patient ON patient.id = patient_id WHERE alias = 'Berta'"),
        1);
    free_copied(one);
    free_copied(two);
    plumb_store_close(from);
    plumb_store_close(to);
    folder_remove(&folder);
}

static void what_breaks_off_leaves_nothing(void)
{
    struct folder folder;
    struct plumb_message message = {""};
    int was_there = 0;
    folder_make(&folder);
    struct plumb_store *from = open_store(&folder, "from.db"), *to = open_store(&folder, "to.db");
    struct copied *given = copy_of(from, record(from, "Anna"));
    for (int n = 0; n < given->n; n += n < 8 ? 1 : 37) {
        int fail = 0;
        struct plumb_take *taking = plumb_take_begin(to, NULL, &fail, &message);
        for (int i = 0; i < n; i++)
            CU_ASSERT_EQUAL(plumb_take_row(taking, &given->rows[i], &message), 0);
        plumb_take_drop(taking);
        CU_ASSERT_EQUAL(rows_of(to), 0);
    }
    pid_t child = fork();
    if (!child) {
        int fail = 0;
        struct plumb_store *store = open_store(&folder, "to.db");
        struct plumb_take *taking = plumb_take_begin(store, NULL, &fail, &message);
        for (int i = 0; i + 1 < given->n; i++)
            plumb_take_row(taking, &given->rows[i], &message);
        raise(SIGKILL);
    }
    waitpid(child, NULL, 0);
    CU_ASSERT_EQUAL(rows_of(to), 0);
    CU_ASSERT_TRUE(take(to, given, given->n, NULL, &was_there, &message) > 0);
    free_copied(given);
    plumb_store_close(from);
    plumb_store_close(to);
    folder_remove(&folder);
}

/* The first row of that table. */
static struct plumb_kept *row_of(struct copied *copied, const char *table)
{
    for (int i = 0; i < copied->n; i++)
        if (strcmp(copied->rows[i].table, table) == 0)
            return &copied->rows[i];
    abort();
}

static struct plumb_kept_field *field_of(struct plumb_kept *row, const char *name)
{
    for (int i = 0; i < row->fields_n; i++)
        if (strcmp(row->fields[i].name, name) == 0)
            return &row->fields[i];
    abort();
}

static void refused(struct plumb_store *store, const struct copied *copied, int n, const char *wanted)
{
    struct plumb_message message = {""};
    int was_there = 0;
    CU_ASSERT_EQUAL(take(store, copied, n, NULL, &was_there, &message), PLUMB_DAMAGED);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, wanted));
    if (!strstr(message.text, wanted))
        printf("\n%s\n wanted %s\n", message.text, wanted);
    CU_ASSERT_EQUAL(rows_of(store), 0);
}

static void what_does_not_fit_is_refused_and_nothing_stays(void)
{
    struct folder folder;
    folder_make(&folder);
    struct plumb_store *from = open_store(&folder, "from.db"), *to = open_store(&folder, "to.db");
    struct copied *given = copy_of(from, record(from, "Anna"));
    refused(to, given, 0, "a session wants to be among what was kept");
    refused(to, given, 2, "a session wants to be among what was kept");
    unsigned char *data = (unsigned char *)field_of(row_of(given, "block"), "data")->bytes;
    data[9] ^= 1;
    refused(to, given, given->n, "block 0 of the session is damaged");
    data[9] ^= 1;
    struct plumb_kept_field *side = field_of(row_of(given, "session"), "side");
    side->integer = 2;
    refused(to, given, given->n, "a kept \"session\" does not fit: CHECK constraint failed");
    side->integer = 0;
    side->kind = PLUMB_KEPT_TEXT;
    refused(to, given, given->n, "a kept \"session\" does not fit");
    side->kind = PLUMB_KEPT_INTEGER;
    const char *name = side->name;
    side->name = "sideways";
    refused(to, given, given->n, "a kept \"session\" wants \"side\"");
    side->name = name;
    char *uuid = (char *)field_of(row_of(given, "patient"), "uuid")->bytes;
    uuid[0] = 'x';
    refused(to, given, given->n, "a kept \"patient\" wants a UUID");
    uuid[0] = '0';
    struct plumb_kept *end = row_of(given, "end");
    const char *table = end->table;
    end->table = "sqlite_schema";
    refused(to, given, given->n, "\"sqlite_schema\" is nothing that is kept");
    end->table = "session";
    refused(to, given, given->n, "a kept \"session\" comes too late");
    end->table = table;
    free_copied(given);
    plumb_store_close(from);
    plumb_store_close(to);
    folder_remove(&folder);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"a session is the same on the other side", a_session_is_the_same_on_the_other_side},
        {"patients are known by name", patients_are_known_by_name},
        {"what breaks off leaves nothing", what_breaks_off_leaves_nothing},
        {"what does not fit is refused and nothing stays", what_does_not_fit_is_refused_and_nothing_stays},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("carry", tests, argc, argv);
}
