#include "exercise.h"

static const struct {
    const char *name, *words;
} poses[PLUMB_POSES_N] = {
    [PLUMB_SUPINE] = {"supine", "lying on your back"},
    [PLUMB_PRONE] = {"prone", "lying on your front"},
    [PLUMB_UPRIGHT] = {"upright", "upright"},
    [PLUMB_LYING_LEFT] = {"lying-left", "lying on your left side"},
    [PLUMB_LYING_RIGHT] = {"lying-right", "lying on your right side"},
};

const char *plumb_pose_name(enum plumb_pose pose)
{
    return poses[pose].name;
}

const char *plumb_pose_words(enum plumb_pose pose)
{
    return poses[pose].words;
}

const char *plumb_side_name(enum plumb_side side)
{
    return side == PLUMB_LEFT ? "left" : "right";
}
