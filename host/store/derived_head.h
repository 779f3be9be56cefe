/* What was found of a session beside its rows, holds and flags (mount, neutral, limits in force, quality,
 * doubts), as bytes: one list of numbers that is written and read by the same walk over the dossier. */
#ifndef PLUMB_DERIVED_HEAD_H
#define PLUMB_DERIVED_HEAD_H

#include <stddef.h>
#include <stdint.h>

#include "../session/dossier.h"

#define PLUMB_DERIVED_HEAD_N 1024 /* bytes, room enough */

/* Returns how many bytes were put. */
size_t plumb_derived_head_put(uint8_t out[PLUMB_DERIVED_HEAD_N], const struct plumb_dossier *dossier);

/* 0, or -1 where the bytes are not a head. */
int plumb_derived_head_get(struct plumb_dossier *dossier, const uint8_t *bytes, size_t n);

#endif
