#include "try_source.h"

#include <glib.h>

#include "../../io/find_data.h"

#define WILLING "sim:willing" /* does whatever an exercise asks */

char *plumb_try_source(const struct plumb_exercise *exercise, int both_sides)
{
    char path[PLUMB_PATH_N];
    char *id = g_strconcat(exercise->id, "-demo", NULL);
    int shows = !both_sides && !plumb_data_find("scenarios", ".scenario", id, path, NULL);
    char *source = shows ? g_strconcat("sim:", id, NULL) : g_strdup(WILLING);
    g_free(id);
    return source;
}
