#include "derive.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../io/message_fail.h"
#include "asked.h"
#include "derived.h"
#include "derived_head.h"
#include "derived_rows.h"
#include "sql.h"

struct deriving {
    struct plumb_store *store;
    int64_t session_id;
    struct plumb_asked asked; /* owned, as is all below */
    struct plumb_analysis analysis;
    struct plumb_dossier dossier;
};

int plumb_derived_is_current(struct plumb_store *store, int64_t session_id, struct plumb_message *message)
{
    int64_t one = 0;
    return plumb_sql_integer(
        store, &one, message, "SELECT 1 FROM derived WHERE session_id = ? AND code_version = ?", "it",
        session_id, PLUMB_DERIVED_BY);
}

/* ---- what is found */

static int find(struct deriving *deriving, struct plumb_message *message)
{
    const struct plumb_recording *recording = &deriving->asked.recording;
    if (plumb_analyze(
            &deriving->analysis, &deriving->asked.params, &recording->track, recording->marks,
            recording->marks_n) ||
        plumb_dossier_of_analysis(
            &deriving->dossier, &deriving->analysis, &deriving->asked.params, &recording->track,
            recording->marks, recording->marks_n))
        return plumb_store_given_up(deriving->store, message)
                   ? PLUMB_USAGE
                   : plumb_message_fail(
                         message, PLUMB_FAILED, "session %lld: not enough memory to analyse it",
                         (long long)deriving->session_id);
    deriving->dossier.roles = recording->roles;
    return 0;
}

/* ---- writing it down */

struct side_sums {
    double in_zone_s, worst_rad; /* NaN without a hold */
    int64_t holds_n, excursions;
};

static struct side_sums sum_side(const struct plumb_dossier *dossier, enum plumb_side side)
{
    struct side_sums sums = {NAN, NAN, 0, 0};
    for (size_t i = 0; i < dossier->holds_n; i++) {
        const struct plumb_hold *hold = &dossier->holds[i].hold;
        if (dossier->holds[i].side != side)
            continue;
        sums.in_zone_s = (sums.holds_n ? sums.in_zone_s : 0) + hold->in_zone_s;
        sums.worst_rad = fmax(sums.worst_rad, hold->worst_rad); /* of a NaN and a number, the number */
        sums.excursions += hold->excursions;
        sums.holds_n++;
    }
    return sums;
}

static int write_head(const struct deriving *deriving, struct plumb_message *message)
{
    const struct plumb_dossier *dossier = &deriving->dossier;
    uint8_t head[PLUMB_DERIVED_HEAD_N];
    size_t head_n = plumb_derived_head_put(head, dossier);
    struct side_sums left = sum_side(dossier, PLUMB_LEFT), right = sum_side(dossier, PLUMB_RIGHT);
    return plumb_sql_run(
        deriving->store, message,
        "INSERT INTO derived (session_id, code_version, made_utc_us, head, rows_n, first_s, last_s, "
        "in_zone_left_s, in_zone_right_s, worst_left_rad, worst_right_rad, holds_left_n, holds_right_n, "
        "excursions_left, excursions_right) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "itibiddddddiiii", deriving->session_id, PLUMB_DERIVED_BY, plumb_utc_us(), head, head_n,
        (int64_t)dossier->rows_n, dossier->first_s, dossier->last_s, left.in_zone_s, right.in_zone_s,
        left.worst_rad, right.worst_rad, left.holds_n, right.holds_n, left.excursions, right.excursions);
}

static int write_holds(const struct deriving *deriving, struct plumb_message *message)
{
    const struct plumb_dossier *dossier = &deriving->dossier;
    int fail = 0;
    for (size_t i = 0; i < dossier->holds_n && !fail; i++) {
        const struct plumb_dossier_hold *hold = &dossier->holds[i];
        fail = plumb_sql_run(
            deriving->store, message,
            "INSERT INTO derived_holds (session_id, seq, side, start_s, end_s, in_zone_s, excursions, "
            "worst_rad, longest_s, target_s, neutral_change_rad) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            "iiidddidddd", deriving->session_id, (int64_t)i, (int64_t)hold->side, hold->hold.start_s,
            hold->hold.end_s, hold->hold.in_zone_s, (int64_t)hold->hold.excursions, hold->hold.worst_rad,
            hold->hold.longest_s, hold->target_s, hold->neutral_change_rad);
    }
    return fail;
}

static int write_flags(const struct deriving *deriving, struct plumb_message *message)
{
    const struct plumb_dossier *dossier = &deriving->dossier;
    int fail = 0;
    for (size_t i = 0; i < dossier->flags_n && !fail; i++) {
        const struct plumb_flag *flag = &dossier->flags[i];
        fail = plumb_sql_run(
            deriving->store, message,
            "INSERT INTO derived_flags (session_id, seq, kind, basis, onset_s, start_s, end_s, peak_rad) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            "iiiidddd", deriving->session_id, (int64_t)i, (int64_t)flag->kind, (int64_t)flag->basis,
            flag->onset_s, flag->start_s, flag->end_s, flag->peak_rad);
    }
    return fail;
}

static int write_block(
    const struct deriving *deriving, struct plumb_derived_rows *rows, int64_t seq,
    struct plumb_message *message)
{
    const uint8_t *data;
    int64_t n = (int64_t)plumb_derived_rows_n(rows);
    size_t data_n = plumb_derived_rows_pack(rows, &data);
    if (!data_n)
        return plumb_message_fail(message, PLUMB_FAILED, "derived rows could not be compressed");
    return plumb_sql_run(
        deriving->store, message, "INSERT INTO derived_rows (session_id, seq, n, data) VALUES (?, ?, ?, ?)",
        "iiib", deriving->session_id, seq, n, data, data_n);
}

static struct plumb_derived_row row_of(const struct plumb_analysis *analysis, size_t i)
{
    struct plumb_derived_row row = {
        .angles =
            {(double)analysis->tilt_rad[i], (double)analysis->tilt_sd_rad[i],
             (double)analysis->rotation_rad[i], (double)analysis->obliquity_rad[i],
             (double)analysis->lumbar_rad[i], (double)analysis->hip_rad[i]},
        .zone = (enum plumb_zone)analysis->zone[i],
        .flags = analysis->row_flags[i]};
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (analysis->q_ws[role])
            row.q_ws[role] = analysis->q_ws[role][i];
    return row;
}

static int write_rows(const struct deriving *deriving, struct plumb_message *message)
{
    const struct plumb_analysis *analysis = &deriving->analysis;
    struct plumb_derived_rows *rows = plumb_derived_rows_new(deriving->dossier.roles);
    int64_t seq = 0;
    int fail = rows ? 0 : plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    for (size_t i = 0; i < analysis->n && !fail; i++) {
        struct plumb_derived_row row = row_of(analysis, i);
        plumb_derived_rows_add(rows, &row);
        if (plumb_derived_rows_full(rows))
            fail = write_block(deriving, rows, seq++, message);
        if (!fail && i % PLUMB_WANTED_ROWS == 0)
            fail = plumb_store_given_up(deriving->store, message);
    }
    if (!fail && plumb_derived_rows_n(rows))
        fail = write_block(deriving, rows, seq, message);
    plumb_derived_rows_free(rows);
    return fail;
}

static int write_all(const struct deriving *deriving, struct plumb_message *message)
{
    int fail = plumb_sql_begin(deriving->store, message);
    if (fail)
        return fail;
    fail = plumb_sql_run(
        deriving->store, message, "DELETE FROM derived WHERE session_id = ?", "i", deriving->session_id);
    if (!fail)
        fail = write_head(deriving, message);
    if (!fail)
        fail = write_holds(deriving, message);
    if (!fail)
        fail = write_flags(deriving, message);
    if (!fail)
        fail = write_rows(deriving, message);
    return plumb_sql_end(deriving->store, fail, message);
}

static void free_deriving(struct deriving *deriving)
{
    plumb_dossier_free(&deriving->dossier);
    plumb_analysis_free(&deriving->analysis);
    plumb_asked_free(&deriving->asked);
    free(deriving);
}

int plumb_derive(struct plumb_store *store, int64_t session_id, struct plumb_message *message)
{
    struct deriving *deriving = calloc(1, sizeof *deriving);
    if (!deriving)
        return plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    deriving->store = store;
    deriving->session_id = session_id;
    int fail = plumb_asked_load(store, session_id, &deriving->asked, message);
    if (!fail)
        fail = find(deriving, message);
    if (!fail)
        fail = write_all(deriving, message);
    free_deriving(deriving);
    return fail;
}
