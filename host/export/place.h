/* A file or folder on its way: written as NAME.part, which takes its name when all of it is there. For what a
 * library writes by itself, and for folders; a single file of ours is a plumb_file_out. */
#ifndef PLUMB_EXPORT_PLACE_H
#define PLUMB_EXPORT_PLACE_H

#include "exporter.h"

#define PLUMB_PLACE_N 4096 /* bytes of the longest path, with its end */

enum plumb_place_kind { PLUMB_PLACE_FILE, PLUMB_PLACE_FOLDER };

struct plumb_place {
    enum plumb_place_kind kind;
    int dry_run;
    char path[PLUMB_PLACE_N], part[PLUMB_PLACE_N]; /* the name to take; where to write until then */
};

/* 0 where `path` is free, or the job has force; else PLUMB_USAGE with message. A folder is only ever replaced
 * where `sign`, a file that only such an export leaves, lies in it. */
int plumb_place_check(
    const struct plumb_export_job *job, enum plumb_place_kind kind, const char *sign,
    struct plumb_message *message);

/* Checks, and makes the folder NAME.part (in a dry run: nothing). What a killed export left of that name is
 * removed. 0, or negative with message: nothing is left behind. */
int plumb_place_begin(
    struct plumb_place *place, const struct plumb_export_job *job, enum plumb_place_kind kind,
    const char *sign, struct plumb_message *message);

/* "NAME.part/name": where a file of the folder is written; `name` may have folders in it, which are made. 0
 * or negative with message. */
int plumb_place_inside(
    const struct plumb_place *place, const char *name, char out[PLUMB_PLACE_N],
    struct plumb_message *message);

/* Writes all to the disk and takes the name. 0, or negative with message: nothing is left behind. */
int plumb_place_take(struct plumb_place *place, struct plumb_message *message);

/* Removes what was written. A place that never began is allowed where all its bytes are zero. */
void plumb_place_drop(struct plumb_place *place);

/* Removes a file, or a folder with all that is in it; links are removed, never followed. */
void plumb_place_remove(const char *path);

#endif
