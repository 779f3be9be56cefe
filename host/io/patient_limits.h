/* A person's own limits, in a file of their own (XDG_DATA_HOME/plumb/limits, the format of load_limits.h): in
 * force wherever that person stretches, live and in the window, unless other limits are asked for.
 */
#ifndef PLUMB_PATIENT_LIMITS_H
#define PLUMB_PATIENT_LIMITS_H

#include "../core/exercise.h"
#include "../core/message.h"
#include "find_data.h"

#define PLUMB_BOTH_SIDES (-1)

/* The file of that alias (NULL or empty: "me"), which need not exist; its folder is made 0700. Other bytes
 * than letters, digits, '-' and '_' become %XX: no alias climbs out of the folder, no two share a file.
 */
int plumb_patient_limits_path(const char *alias, char path[PLUMB_PATH_N], struct plumb_message *message);

struct plumb_patient_limits {
    struct plumb_thresholds base; /* what would be in force without this person's own for exercise and side */
    struct plumb_thresholds own;  /* what is; equal to base where there are none */
    int has_own;
};

/* What the file says of that exercise and side (enum plumb_side or PLUMB_BOTH_SIDES), over the exercise's own
 * thresholds. Without a file all is as the exercise has it. 0 or negative with message. */
int plumb_patient_limits_get(
    struct plumb_patient_limits *limits, const char *path, const struct plumb_exercise *exercise, int side,
    struct plumb_message *message);

/* Writes what differs from the base for that exercise and side; what equals it goes. Everything else in the
 * file is kept, its comments are not. 0; PLUMB_DAMAGED where the order of the limits is not right, the file
 * is then as it was. */
int plumb_patient_limits_set(
    const char *path, const struct plumb_exercise *exercise, int side, const struct plumb_thresholds *wanted,
    struct plumb_message *message);

/* The person is gone, or is called otherwise: so are the limits. A file that is not there is no failure; nor
 * is one under the new name already, which stays. 0 or negative with message. */
int plumb_patient_limits_delete(const char *alias, struct plumb_message *message);
int plumb_patient_limits_rename(const char *alias, const char *new_alias, struct plumb_message *message);

#endif
