/* The keys of an exercise's file, for reading and for writing, and the shape a file has before it becomes the
 * exercise: switches instead of bits, degrees. The [thresholds] and [figure] have their own: load_limits,
 * load_posture.
 */
#ifndef PLUMB_EXERCISE_FIELDS_H
#define PLUMB_EXERCISE_FIELDS_H

#include "../core/exercise.h"
#include "ini.h"

struct plumb_exercise_sheet {
    struct plumb_exercise exercise;
    int pose; /* the file's choice: the poses, then lying on the worked leg, on the other */
    bool judges[PLUMB_FLAGS_N];
};

struct plumb_step_sheet {
    struct plumb_step step;
    double rep_deg;
};

#define PLUMB_EXERCISE_FIELDS_MOST 32 /* rows of the larger table */

/* The tables; *n rows. Static. */
const struct plumb_ini_field *plumb_exercise_fields(size_t *n);
const struct plumb_ini_field *plumb_step_fields(size_t *n);

/* What holds where the file says nothing. */
void plumb_exercise_sheet_usual(struct plumb_exercise_sheet *sheet);
void plumb_step_sheet_usual(struct plumb_step_sheet *sheet);

void plumb_exercise_sheet_from(struct plumb_exercise_sheet *sheet, const struct plumb_exercise *exercise);
void plumb_exercise_sheet_into(struct plumb_exercise *exercise, const struct plumb_exercise_sheet *sheet);
void plumb_step_sheet_from(struct plumb_step_sheet *sheet, const struct plumb_step *step);
void plumb_step_sheet_into(struct plumb_step *step, const struct plumb_step_sheet *sheet);

#endif
