/* Where the data files are: the person's own folder first, then what Plumb brought along. */
#ifndef PLUMB_FIND_DATA_H
#define PLUMB_FIND_DATA_H

#include <stddef.h>

#include "../core/message.h"

#define PLUMB_PATH_N 4096

/* The folders that are searched for a kind ("exercises", "scenarios"), in order; 0 while `which` exists. */
int plumb_data_folder(const char *kind, int which, char path[PLUMB_PATH_N]);

/* 1 for a bare name of letters, digits, '-' and '_': anything else could climb out of the folder. */
int plumb_data_is_id(const char *id);

/* The file of an id ("supine-edge" + ".exercise"), or the name itself where it is a path (has a slash or the
 * ending). 0, or PLUMB_USAGE with a message that names the kind and how to list what there is. */
int plumb_data_find(
    const char *kind, const char *ending, const char *id, char path[PLUMB_PATH_N],
    struct plumb_message *message);

/* A folder of the person's own below XDG_DATA_HOME/plumb, made 0700 where it is missing. */
int plumb_data_make(const char *name, char path[PLUMB_PATH_N], struct plumb_message *message);

/* The folder of the person's settings, XDG_CONFIG_HOME/plumb, made 0700 where it is missing. */
int plumb_config_make(char path[PLUMB_PATH_N], struct plumb_message *message);

#endif
