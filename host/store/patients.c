/* Who is who. */
#include <string.h>

#include "../io/message_fail.h"
#include "../io/text_utf8.h"
#include "sql.h"
#include "uuid.h"

#define ALIAS_N 100 /* bytes of the longest alias */

static int check_alias(const char *alias, struct plumb_message *message)
{
    size_t n = strlen(alias);
    if (n < 1 || n > ALIAS_N || strspn(alias, " ") == n || plumb_text_utf8_bad(alias, n) < n)
        return plumb_message_fail(
            message, PLUMB_USAGE,
            "a patient's alias wants 1 to %d characters of plain text, found \"%.120s\"", ALIAS_N, alias);
    for (const char *at = alias; *at; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7f)
            return plumb_message_fail(message, PLUMB_USAGE, "a patient's alias wants no control characters");
    return 0;
}

static int64_t make(struct plumb_store *store, const char *alias, struct plumb_message *message)
{
    char uuid[PLUMB_UUID_N];
    int fail = check_alias(alias, message);
    if (!fail && plumb_uuid_make(uuid))
        fail = plumb_message_fail(message, PLUMB_FAILED, "the system gives no random numbers");
    if (!fail)
        fail = plumb_sql_run(
            store, message, "INSERT INTO patients (uuid, made_utc_us) VALUES (?, ?)", "ti", uuid,
            plumb_utc_us());
    int64_t id = sqlite3_last_insert_rowid(store->db);
    if (!fail)
        fail = plumb_sql_run(
            store, message, "INSERT INTO patient_words (patient_id, said_utc_us, alias) VALUES (?, ?, ?)",
            "iit", id, plumb_utc_us(), alias);
    return fail ? fail : id;
}

static int64_t find(struct plumb_store *store, const char *words, struct plumb_message *message)
{
    static const char sql[] = "SELECT id FROM patient WHERE alias = ?1 OR (code <> '' AND code = ?1) "
                              "ORDER BY alias = ?1 DESC, id LIMIT 1";
    int64_t id = 0;
    int found = plumb_sql_integer(store, &id, message, sql, "t", words);
    return found < 0 ? found : id;
}

int64_t
plumb_store_patient(struct plumb_store *store, const char *alias, int make_it, struct plumb_message *message)
{
    int within = !sqlite3_get_autocommit(store->db);
    int64_t id = find(store, alias, message);
    if (id || !make_it)
        return id;
    int fail = within ? 0 : plumb_sql_begin(store, message);
    if (fail)
        return fail;
    id = find(store, alias, message); /* another program may have made it in between */
    if (!id)
        id = make(store, alias, message);
    fail = within ? 0 : plumb_sql_end(store, id < 0 ? (int)id : 0, message);
    return fail ? fail : id;
}

static void take_patient(sqlite3_stmt *row, struct plumb_store_patient *patient)
{
    char sex[4];
    *patient = (struct plumb_store_patient){.id = sqlite3_column_int64(row, 0)};
    plumb_sql_text(row, 1, patient->who.alias, sizeof patient->who.alias);
    plumb_sql_text(row, 2, patient->who.code, sizeof patient->who.code);
    plumb_sql_text(row, 3, sex, sizeof sex);
    patient->who.sex = sex[0];
    patient->who.birth_year = sqlite3_column_int(row, 4);
    patient->sessions_n = sqlite3_column_int64(row, 5);
    patient->last_utc_us = sqlite3_column_int64(row, 6);
}

int plumb_store_patients(
    struct plumb_store *store, int (*visit)(void *context, const struct plumb_store_patient *patient),
    void *context, struct plumb_message *message)
{
    static const char sql[] =
        "SELECT p.id, p.alias, p.code, p.sex, p.birth_year, count(s.id), max(s.begun_utc_us) AS last "
        "FROM patient p LEFT JOIN sessions s ON s.patient_id = p.id GROUP BY p.id ORDER BY last DESC, p.id";
    struct plumb_store_patient patient;
    sqlite3_stmt *row = plumb_sql_prepare(store, message, sql, "");
    int more = row ? 1 : plumb_sql_fail(store, message);
    while (more > 0 && (more = plumb_sql_step(store, row, message)) > 0) {
        take_patient(row, &patient);
        if (visit(context, &patient))
            break;
    }
    sqlite3_finalize(row);
    return more < 0 ? more : 0;
}

int plumb_store_patient_words(
    struct plumb_store *store, int64_t patient_id, const struct plumb_dossier_patient *who,
    struct plumb_message *message)
{
    char sex[2] = {who->sex, '\0'};
    int fail = check_alias(who->alias, message);
    if (fail)
        return fail;
    int64_t other = find(store, who->alias, message);
    if (other < 0)
        return (int)other;
    if (other && other != patient_id)
        return plumb_message_fail(
            message, PLUMB_USAGE, "there is another patient called \"%s\" already", who->alias);
    return plumb_sql_run(
        store, message,
        "INSERT INTO patient_words (patient_id, said_utc_us, alias, code, sex, birth_year) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        "iittti", patient_id, plumb_utc_us(), who->alias, who->code, sex, (int64_t)who->birth_year);
}
