/* What a person's past sessions of an exercise allow and ask for, before the next one begins (EXERCISES,
 * "Rules over a programme"). */
#ifndef PLUMB_PAST_H
#define PLUMB_PAST_H

#include "../../core/message.h"
#include "../../core/programme.h"

struct plumb_past {
    int holds_n;         /* of this exercise on record */
    int clean[2];        /* by side: 1 where a full clean hold is on record */
    int stiffer;         /* enum plumb_side, -1 where none is known */
    int weight_known[2]; /* by side: 1 where a weight may be added */
};

/* Looks into the user's own store. Without a store or that person, nothing is on record. 0, or negative with
 * message where the store cannot be read: no reason not to stretch. */
int plumb_past_load(
    struct plumb_past *past, const char *patient, const struct plumb_exercise *exercise,
    struct plumb_message *message);

#endif
