/* A stored session as one value: who, when and with what from the recorded tables, what was found from the
 * derived ones; its rows are read back from both, block by block. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/chip.h"
#include "../io/message_fail.h"
#include "blocks.h"
#include "carry.h"
#include "derive.h"
#include "derived_head.h"
#include "sql.h"
#include "stored.h"
#include "stored_rows.h"

static int damaged(struct plumb_store *store, int64_t session_id, struct plumb_message *message)
{
    return plumb_message_fail(
        message, PLUMB_DAMAGED,
        "%s: what was derived of session %lld is not understood (plumb sessions rebuild --all makes it anew)",
        plumb_store_path(store), (long long)session_id);
}

/* ---- who and when */

#define SAID(what)                                                                                           \
    "(SELECT a." what " FROM annotations a WHERE a.session_id = s.id AND a." what                            \
    " IS NOT NULL ORDER BY a.id DESC LIMIT 1)"

static const char who_sql[] =
    "SELECT s.uuid, p.alias, p.code, p.sex, p.birth_year, s.side, s.both_sides, s.utc_offset_s, s.program, "
    "e.how, s.begun_utc_us, "
    "(SELECT b.begun_host_us FROM blocks b WHERE b.session_id = s.id AND b.seq = 0) - s.begun_host_us, " SAID(
        "note") ", " SAID("tags") " FROM sessions s JOIN patient p ON p.id = s.patient_id LEFT JOIN "
                                  "session_ends e ON e.session_id = s.id "
                                  "WHERE s.id = ?";

static const char *own_text(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text && *text ? strdup(text) : NULL;
}

static void take_patient(sqlite3_stmt *row, struct plumb_dossier_patient *patient)
{
    char sex[4];
    plumb_sql_text(row, 1, patient->alias, sizeof patient->alias);
    plumb_sql_text(row, 2, patient->code, sizeof patient->code);
    plumb_sql_text(row, 3, sex, sizeof sex);
    patient->sex = sex[0];
    patient->birth_year = sqlite3_column_int(row, 4);
}

static void take_who(sqlite3_stmt *row, struct plumb_dossier *dossier)
{
    plumb_sql_text(row, 0, dossier->uuid, sizeof dossier->uuid);
    take_patient(row, &dossier->patient);
    dossier->side = sqlite3_column_int(row, 5) ? PLUMB_RIGHT : PLUMB_LEFT;
    dossier->both_sides = sqlite3_column_int(row, 6);
    dossier->utc_offset_s = sqlite3_column_int(row, 7);
    plumb_sql_text(row, 8, dossier->recorded_by, sizeof dossier->recorded_by);
    plumb_sql_text(row, 9, dossier->ended, sizeof dossier->ended);
    int64_t until_first_us = sqlite3_column_int64(row, 11);
    dossier->begun_utc_us = sqlite3_column_int64(row, 10) + (until_first_us > 0 ? until_first_us : 0);
    dossier->note = own_text(row, 12);
    dossier->tags = own_text(row, 13);
}

static int read_who(struct plumb_store *store, struct plumb_dossier *dossier, struct plumb_message *message)
{
    sqlite3_stmt *row = plumb_sql_prepare(store, message, who_sql, "i", dossier->id);
    int found = row ? plumb_sql_step(store, row, message) : plumb_sql_fail(store, message);
    if (found > 0)
        take_who(row, dossier);
    if (!found)
        found = plumb_message_fail(
            message, PLUMB_USAGE, "there is no session %lld in the store", (long long)dossier->id);
    sqlite3_finalize(row);
    return found < 0 ? found : 0;
}

/* ---- with what: the last device that was there */

static const char *board_name(unsigned board)
{
    return board == PLUMB_BOARD_ATMEGA328P ? "ATmega328P" : board == PLUMB_BOARD_RP2040 ? "RP2040" : "";
}

static void take_imu(
    struct plumb_dossier_device *out, const struct plumb_stored_device *device,
    const struct plumb_hello_imu *imu)
{
    if (!imu->present || imu->role >= PLUMB_ROLES_N)
        return;
    snprintf(out->sensor[imu->role], sizeof out->sensor[0], "%s", plumb_chip_name(imu->who_am_i));
    snprintf(
        out->calibration[imu->role], sizeof out->calibration[0], "%.*s", PLUMB_DOSSIER_WORDS_N - 1,
        device->words);
}

static void take_device(struct plumb_dossier_device *out, const struct plumb_stored_device *device)
{
    const struct plumb_hello *hello = &device->hello;
    if (!hello->imus_n)
        return;
    snprintf(out->serial, sizeof out->serial, "%08X", (unsigned)hello->serial);
    snprintf(out->board, sizeof out->board, "%s", board_name(hello->board));
    snprintf(
        out->firmware, sizeof out->firmware, "%u.%u", (unsigned)hello->firmware >> 8,
        (unsigned)hello->firmware & 0xff);
    for (int i = 0; i < hello->imus_n; i++)
        take_imu(out, device, &hello->imus[i]);
}

static int
read_device(struct plumb_store *store, struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct plumb_stored_device device;
    int found = 1;
    for (int64_t seq = 0; found > 0; seq++) {
        found = plumb_store_device(store, dossier->id, seq, &device, message);
        if (found > 0)
            take_device(&dossier->device, &device);
    }
    return found;
}

/* ---- what was found */

static const char head_sql[] = "SELECT head, code_version, rows_n, first_s, last_s FROM derived "
                               "WHERE session_id = ?";

static int take_head(
    sqlite3_stmt *row, struct plumb_store *store, struct plumb_dossier *dossier,
    struct plumb_message *message)
{
    plumb_sql_text(row, 1, dossier->derived_by, sizeof dossier->derived_by);
    dossier->rows_n = (size_t)sqlite3_column_int64(row, 2);
    dossier->first_s = sqlite3_column_double(row, 3);
    dossier->last_s = sqlite3_column_double(row, 4);
    const uint8_t *head = sqlite3_column_blob(row, 0);
    return plumb_derived_head_get(dossier, head, (size_t)sqlite3_column_bytes(row, 0))
               ? damaged(store, dossier->id, message)
               : 0;
}

static int read_head(struct plumb_store *store, struct plumb_dossier *dossier, struct plumb_message *message)
{
    sqlite3_stmt *row = plumb_sql_prepare(store, message, head_sql, "i", dossier->id);
    int found = row ? plumb_sql_step(store, row, message) : plumb_sql_fail(store, message);
    int fail = found > 0 ? take_head(row, store, dossier, message)
               : found   ? found
                         : damaged(store, dossier->id, message);
    sqlite3_finalize(row);
    return fail;
}

static struct plumb_dossier_hold take_hold(sqlite3_stmt *row)
{
    return (struct plumb_dossier_hold){
        .side = sqlite3_column_int(row, 0) ? PLUMB_RIGHT : PLUMB_LEFT,
        .hold =
            {.start_s = sqlite3_column_double(row, 1),
             .end_s = sqlite3_column_double(row, 2),
             .in_zone_s = sqlite3_column_double(row, 3),
             .excursions = sqlite3_column_int(row, 4),
             .worst_rad = plumb_sql_double(row, 5),
             .longest_s = sqlite3_column_double(row, 6)},
        .target_s = sqlite3_column_double(row, 7),
        .neutral_change_rad = plumb_sql_double(row, 8)};
}

static int take_one_hold(struct plumb_dossier *dossier, sqlite3_stmt *row)
{
    void *more = realloc(dossier->holds, (dossier->holds_n + 1) * sizeof *dossier->holds);
    if (!more)
        return -1;
    dossier->holds = more;
    dossier->holds[dossier->holds_n++] = take_hold(row);
    return 0;
}

static int take_one_flag(struct plumb_dossier *dossier, sqlite3_stmt *row)
{
    int kind = sqlite3_column_int(row, 0);
    void *more = realloc(dossier->flags, (dossier->flags_n + 1) * sizeof *dossier->flags);
    if (!more)
        return -1;
    dossier->flags = more;
    if (kind >= 0 && kind < PLUMB_FLAGS_N)
        dossier->flags[dossier->flags_n++] = (struct plumb_flag){
            (enum plumb_flag_kind)kind,    sqlite3_column_int(row, 1) ? PLUMB_INFERRED : PLUMB_MEASURED,
            sqlite3_column_double(row, 2), sqlite3_column_double(row, 3),
            plumb_sql_double(row, 4),      plumb_sql_double(row, 5)};
    return 0;
}

static int take_one_mark(struct plumb_dossier *dossier, sqlite3_stmt *row)
{
    char *text = strdup((const char *)sqlite3_column_text(row, 1));
    void *more = realloc(dossier->marks, (dossier->marks_n + 1) * sizeof *dossier->marks);
    dossier->marks = more ? more : dossier->marks;
    if (text && more) {
        dossier->marks[dossier->marks_n++] = (struct plumb_dossier_mark){sqlite3_column_double(row, 0), text};
        return 0;
    }
    free(text);
    return -1;
}

static const struct list {
    const char *sql;
    int (*take)(struct plumb_dossier *dossier, sqlite3_stmt *row);
} lists[] = {
    {"SELECT side, start_s, end_s, in_zone_s, excursions, worst_rad, longest_s, target_s, neutral_change_rad "
     "FROM derived_holds WHERE session_id = ? ORDER BY seq",
     take_one_hold},
    {"SELECT kind, basis, onset_s, start_s, end_s, peak_rad FROM derived_flags WHERE session_id = ? "
     "ORDER BY seq",
     take_one_flag},
    {"SELECT t_s, text FROM markers WHERE session_id = ? AND substr(text, 1, 5) <> 'side:' "
     "ORDER BY t_s, seq",
     take_one_mark},
};

static int read_list(
    struct plumb_store *store, struct plumb_dossier *dossier, const struct list *list,
    struct plumb_message *message)
{
    sqlite3_stmt *row = plumb_sql_prepare(store, message, list->sql, "i", dossier->id);
    int more = row ? 1 : plumb_sql_fail(store, message);
    while (more > 0 && (more = plumb_sql_step(store, row, message)) > 0)
        if (list->take(dossier, row))
            more = plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    sqlite3_finalize(row);
    return more;
}

static int read_found(struct plumb_store *store, struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct plumb_thresholds asked[2];
    int found = plumb_stored_exercise(store, dossier->id, &dossier->exercise, asked, message);
    int fail = found < 0 ? found : read_head(store, dossier, message);
    for (size_t i = 0; i < sizeof lists / sizeof *lists && !fail; i++)
        fail = read_list(store, dossier, &lists[i], message);
    return fail;
}

/* ---- the whole */

static int read_all(struct plumb_store *store, struct plumb_dossier *dossier, struct plumb_message *message)
{
    int fail = read_who(store, dossier, message);
    if (!fail)
        fail = read_device(store, dossier, message);
    if (!fail)
        fail = read_found(store, dossier, message);
    if (!fail)
        fail = plumb_stored_rows_give(store, dossier, message);
    return fail ? fail : plumb_store_kept(store, dossier->id, dossier, message);
}

int plumb_store_dossier(
    struct plumb_store *store, int64_t session_id, struct plumb_dossier *dossier,
    struct plumb_message *message)
{
    memset(dossier, 0, sizeof *dossier);
    int fail = plumb_derived_is_current(store, session_id, message);
    if (fail >= 0)
        fail = fail ? 0 : plumb_derive(store, session_id, message);
    dossier->id = session_id;
    if (!fail)
        fail = read_all(store, dossier, message);
    if (fail)
        plumb_dossier_free(dossier);
    return fail;
}
