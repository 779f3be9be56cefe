#include "try_source.h"

#include <glib.h>

#include "../../io/find_data.h"

/* Who does another exercise in that pose well. */
static const char *const others[PLUMB_POSES_N] = {
    [PLUMB_SUPINE] = "supine-edge",        [PLUMB_PRONE] = "prone-strap",
    [PLUMB_UPRIGHT] = "half-kneeling",     [PLUMB_LYING_LEFT] = "hip-abduction",
    [PLUMB_LYING_RIGHT] = "hip-adduction",
};

/* "sim:NAME-ENDING" where there is such a scenario. Owned; NULL where there is none. */
static char *scenario(const char *name, const char *ending)
{
    char path[PLUMB_PATH_N];
    char *id = g_strconcat(name, ending, NULL);
    int fail = plumb_data_find("scenarios", ".scenario", id, path, NULL);
    char *source = fail ? NULL : g_strconcat("sim:", id, NULL);
    g_free(id);
    return source;
}

char *plumb_try_source(const struct plumb_exercise *exercise, int both_sides)
{
    char *source =
        both_sides ? scenario(exercise->id, "-both") : NULL; /* who stays until the other side is done */
    if (!source)
        source = scenario(exercise->id, "-demo");
    if (!source)
        source = scenario(exercise->id, "-perfect");
    if (!source)
        source = scenario(others[plumb_exercise_pose(exercise, PLUMB_RIGHT)], "-perfect");
    return source ? source : g_strdup("sim:supine-edge-demo");
}
