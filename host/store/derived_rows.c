#include "derived_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "squeeze.h"
#include "varint.h"

#define ANGLES_N  6
#define ZONE      ANGLES_N
#define FLAGS     (ANGLES_N + 1)
#define FIRST_Q   (ANGLES_N + 2)
#define COLUMNS_N (FIRST_Q + 4 * PLUMB_ROLES_N)
#define UNKNOWN   INT32_MIN
#define PLAIN_N   ((size_t)COLUMNS_N * PLUMB_DERIVED_ROWS_N * 5) /* a folded difference has 33 bits at most */

struct plumb_derived_rows {
    unsigned roles;
    size_t n;
    int32_t value[COLUMNS_N][PLUMB_DERIVED_ROWS_N];
    uint8_t *plain, *data; /* owned */
    size_t data_room;
};

struct plumb_derived_rows *plumb_derived_rows_new(unsigned roles)
{
    struct plumb_derived_rows *rows = calloc(1, sizeof *rows);
    if (!rows)
        return NULL;
    rows->roles = roles;
    rows->data_room = plumb_squeeze_most(PLAIN_N);
    rows->plain = malloc(PLAIN_N);
    rows->data = malloc(rows->data_room);
    if (rows->plain && rows->data)
        return rows;
    plumb_derived_rows_free(rows);
    return NULL;
}

void plumb_derived_rows_free(struct plumb_derived_rows *rows)
{
    if (!rows)
        return;
    free(rows->plain);
    free(rows->data);
    free(rows);
}

int plumb_derived_rows_full(const struct plumb_derived_rows *rows)
{
    return rows->n == PLUMB_DERIVED_ROWS_N;
}

size_t plumb_derived_rows_n(const struct plumb_derived_rows *rows)
{
    return rows->n;
}

static int has_column(const struct plumb_derived_rows *rows, int column)
{
    return column < FIRST_Q || (rows->roles >> (column - FIRST_Q) / 4 & 1);
}

/* ---- in */

static int32_t whole(double value, double step)
{
    double n = value / step;
    return fabs(n) < INT32_MAX ? (int32_t)lrint(n) : UNKNOWN; /* NaN compares as neither */
}

static void add_q(struct plumb_derived_rows *rows, size_t i, int role, struct plumb_quat q)
{
    const double parts[] = {q.w, q.x, q.y, q.z};
    for (int part = 0; part < 4; part++)
        rows->value[FIRST_Q + 4 * role + part][i] = whole(parts[part], PLUMB_DERIVED_Q);
}

void plumb_derived_rows_add(struct plumb_derived_rows *rows, const struct plumb_derived_row *row)
{
    size_t i = rows->n++;
    const struct plumb_angles *a = &row->angles;
    const double angles[ANGLES_N] = {a->tilt_rad,      a->tilt_sd_rad, a->rotation_rad,
                                     a->obliquity_rad, a->lumbar_rad,  a->hip_rad};
    for (int column = 0; column < ANGLES_N; column++)
        rows->value[column][i] = whole(angles[column], PLUMB_DERIVED_ANGLE_RAD);
    rows->value[ZONE][i] = (int32_t)row->zone;
    rows->value[FLAGS][i] = (int32_t)row->flags;
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (rows->roles >> role & 1)
            add_q(rows, i, role, row->q_ws[role]);
}

static size_t put_column(uint8_t *at, const int32_t *value, size_t n)
{
    size_t put = 0;
    int64_t before = 0;
    for (size_t i = 0; i < n; i++) {
        if (value[i] == UNKNOWN) {
            at[put++] = 0;
            continue;
        }
        put += plumb_varint_put(at + put, 1 + plumb_zigzag(value[i] - before));
        before = value[i];
    }
    return put;
}

size_t plumb_derived_rows_pack(struct plumb_derived_rows *rows, const uint8_t **data)
{
    size_t plain_n = 0;
    for (int column = 0; column < COLUMNS_N; column++)
        if (has_column(rows, column))
            plain_n += put_column(rows->plain + plain_n, rows->value[column], rows->n);
    rows->n = 0;
    *data = rows->data;
    return plumb_squeeze(rows->data, rows->data_room, rows->plain, plain_n);
}

/* ---- out */

static const uint8_t *get_column(const uint8_t *at, const uint8_t *end, int32_t *value, size_t n)
{
    int64_t before = 0;
    uint64_t folded;
    for (size_t i = 0; i < n && at; i++) {
        at = plumb_varint_get(at, end, &folded);
        value[i] = UNKNOWN;
        if (!at || !folded)
            continue;
        before = (int32_t)((uint64_t)before + (uint64_t)plumb_unzigzag(folded - 1));
        value[i] = (int32_t)before;
    }
    return at;
}

int plumb_derived_rows_open(struct plumb_derived_rows *rows, const uint8_t *data, size_t data_n, size_t n)
{
    rows->n = 0;
    if (n > PLUMB_DERIVED_ROWS_N)
        return -1;
    const uint8_t *at = rows->plain, *end = at + plumb_unsqueeze(rows->plain, PLAIN_N, data, data_n);
    for (int column = 0; column < COLUMNS_N && at; column++)
        if (has_column(rows, column))
            at = get_column(at, end, rows->value[column], n);
    for (size_t i = 0; i < n && at == end; i++)
        if (rows->value[ZONE][i] < PLUMB_OFF || rows->value[ZONE][i] > PLUMB_RED)
            at = NULL;
    if (at != end)
        return -1;
    rows->n = n;
    return 0;
}

static double known(const struct plumb_derived_rows *rows, int column, size_t i, double step)
{
    int32_t value = rows->value[column][i];
    return value == UNKNOWN ? NAN : value * step;
}

static struct plumb_quat get_q(const struct plumb_derived_rows *rows, size_t i, int role)
{
    double parts[4];
    for (int part = 0; part < 4; part++)
        parts[part] = known(rows, FIRST_Q + 4 * role + part, i, PLUMB_DERIVED_Q);
    return plumb_quat_unit((struct plumb_quat){parts[0], parts[1], parts[2], parts[3]});
}

void plumb_derived_rows_get(const struct plumb_derived_rows *rows, size_t i, struct plumb_derived_row *row)
{
    double angles[ANGLES_N];
    for (int column = 0; column < ANGLES_N; column++)
        angles[column] = known(rows, column, i, PLUMB_DERIVED_ANGLE_RAD);
    memset(row, 0, sizeof *row);
    row->angles = (struct plumb_angles){angles[0], angles[1], angles[2], angles[3], angles[4], angles[5]};
    row->zone = (enum plumb_zone)rows->value[ZONE][i];
    row->flags = (unsigned)rows->value[FLAGS][i];
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (rows->roles >> role & 1)
            row->q_ws[role] = get_q(rows, i, role);
}
