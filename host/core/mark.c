#include "mark.h"

#include <string.h>

static const char *const names[PLUMB_MARKERS_N] = {
    [PLUMB_NEUTRAL_BEGIN] = "neutral_begin",
    [PLUMB_NEUTRAL_END] = "neutral_end",
    [PLUMB_TILT_BEGIN] = "tilt_begin",
    [PLUMB_TILT_END] = "tilt_end",
    [PLUMB_ARCH_BEGIN] = "arch_begin",
    [PLUMB_ARCH_END] = "arch_end",
    [PLUMB_HOLD_BEGIN] = "hold_begin",
    [PLUMB_HOLD_END] = "hold_end",
    [PLUMB_CONTRACT_BEGIN] = "contract_begin",
    [PLUMB_CONTRACT_END] = "contract_end",
    [PLUMB_POSE_CHANGE_BEGIN] = "pose_change_begin",
    [PLUMB_POSE_CHANGE_END] = "pose_change_end",
    [PLUMB_NOTE] = PLUMB_MARKER_NOTE,
};

const char *plumb_marker_name(enum plumb_marker kind)
{
    return names[kind];
}

bool plumb_marker_find(const char *text, size_t n, enum plumb_marker *kind)
{
    for (int i = 0; i < PLUMB_MARKERS_N; i++) {
        size_t name_n = strlen(names[i]);
        if (i == PLUMB_NOTE ? n < name_n : n != name_n)
            continue;
        if (!memcmp(names[i], text, name_n)) {
            *kind = (enum plumb_marker)i;
            return true;
        }
    }
    return false;
}
