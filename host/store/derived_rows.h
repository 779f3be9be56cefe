/* Derived rows, packed: some thousand at a time, column by column, as differences of whole numbers.
 *
 *   data = squeezed:  columns, one behind the other, each a varint a row
 *   column: 0 where the value is not known, else 1 + zigzag(value - the column's known value before)
 *   order: the six angles, zone, flags, then for each role of `roles` w, x, y, z of q_ws
 *
 * Angles lie within half PLUMB_DERIVED_ANGLE_RAD of what was found, orientations within PLUMB_DERIVED_Q_RAD.
 */
#ifndef PLUMB_DERIVED_ROWS_H
#define PLUMB_DERIVED_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "../core/body.h"
#include "../core/flag.h"

#define PLUMB_DERIVED_ROWS_N    4096
#define PLUMB_DERIVED_ANGLE_RAD 1e-5    /* 0.0006 deg */
#define PLUMB_DERIVED_Q         0x1p-18 /* of a component */
#define PLUMB_DERIVED_Q_RAD     8e-6    /* 0.0005 deg: twice half of four such */

struct plumb_derived_row {
    struct plumb_angles angles;
    enum plumb_zone zone;
    unsigned flags;
    struct plumb_quat q_ws[PLUMB_ROLES_N]; /* of the roles that have columns */
};

struct plumb_derived_rows; /* one block of rows, in either direction; owned by who made it */

/* NULL when memory is short. roles: bits of the roles that have orientations. */
struct plumb_derived_rows *plumb_derived_rows_new(unsigned roles);
void plumb_derived_rows_free(struct plumb_derived_rows *rows);

/* 1 when no more rows go in. */
int plumb_derived_rows_full(const struct plumb_derived_rows *rows);
size_t plumb_derived_rows_n(const struct plumb_derived_rows *rows);
void plumb_derived_rows_add(struct plumb_derived_rows *rows, const struct plumb_derived_row *row);

/* Packs what was added and begins anew. *data: borrowed until the next call. Its length; 0 where that failed.
 */
size_t plumb_derived_rows_pack(struct plumb_derived_rows *rows, const uint8_t **data);

/* Understands a block of n rows. 0, or -1 where it is not one. Whatever bytes are handed in, nothing is read
 * or written beyond them. */
int plumb_derived_rows_open(struct plumb_derived_rows *rows, const uint8_t *data, size_t data_n, size_t n);

/* Row i of what was opened. */
void plumb_derived_rows_get(const struct plumb_derived_rows *rows, size_t i, struct plumb_derived_row *row);

#endif
