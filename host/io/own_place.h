/* What was installed together with the running program: found from where that lies, so that the whole may be
 * moved. */
#ifndef PLUMB_OWN_PLACE_H
#define PLUMB_OWN_PLACE_H

#include "find_data.h"

/* What lies at `way` from the running program's folder ("../share/plumb"). 0 where it can be read, else -1.
 */
int plumb_own_place(const char *way, char path[PLUMB_PATH_N]);

/* A data file or folder of ours ("exercises"): as installed, or of the source tree. 0 where it can be read.
 */
int plumb_own_share(const char *name, char path[PLUMB_PATH_N]);

/* A program of ours, by what the environment says, beside the running one, as installed, or where it was
 * built. 0, or -1 with the path that was tried last. */
int plumb_own_program(const char *variable, const char *name, const char *built, char path[PLUMB_PATH_N]);

#endif
