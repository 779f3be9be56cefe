#include "posture.h"

#include "units.h"

#define DEG PLUMB_RAD_PER_DEG

/* Lying straight, arms along the body; standing straight. */
static const struct plumb_posture USUAL[PLUMB_POSES_N] = {
    [PLUMB_SUPINE] =
        {.on = PLUMB_ON_BED,
         .trunk_rad = 180 * DEG,
         .head_rad = 180 * DEG,
         .worked = {0, 0, 80 * DEG},
         .other = {0, 0, 80 * DEG},
         .worked_arm = {-4 * DEG, 0},
         .other_arm = {-4 * DEG, 0}},
    [PLUMB_PRONE] =
        {.on = PLUMB_ON_BED,
         .clip_back = 1,
         .worked = {180 * DEG, 180 * DEG, 200 * DEG},
         .other = {180 * DEG, 180 * DEG, 200 * DEG},
         .worked_arm = {-20 * DEG, 10 * DEG},
         .other_arm = {-20 * DEG, 10 * DEG}},
    [PLUMB_UPRIGHT] =
        {.trunk_rad = 90 * DEG,
         .head_rad = 90 * DEG,
         .worked = {-90 * DEG, -92 * DEG, 0},
         .other = {-88 * DEG, -90 * DEG, 0},
         .worked_arm = {-93 * DEG, -86 * DEG},
         .other_arm = {-93 * DEG, -86 * DEG}},
    [PLUMB_LYING_LEFT] =
        {.on = PLUMB_ON_BED,
         .trunk_rad = 180 * DEG,
         .head_rad = 176 * DEG,
         .worked = {0, 0, -20 * DEG},
         .other = {0, 0, -20 * DEG},
         .worked_arm = {10 * DEG, -10 * DEG},
         .other_arm = {165 * DEG, 175 * DEG}},
    [PLUMB_LYING_RIGHT] =
        {.on = PLUMB_ON_BED,
         .trunk_rad = 180 * DEG,
         .head_rad = 176 * DEG,
         .worked = {0, 0, -20 * DEG},
         .other = {0, 0, -20 * DEG},
         .worked_arm = {10 * DEG, -10 * DEG},
         .other_arm = {165 * DEG, 175 * DEG}},
};

void plumb_posture_default(struct plumb_posture *posture, enum plumb_pose pose)
{
    *posture = USUAL[pose < PLUMB_POSES_N ? pose : PLUMB_UPRIGHT];
}
