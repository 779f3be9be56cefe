#include "words.h"

static const char *const keys[PLUMB_WORDS_N] = {
    [PLUMB_WORD_ANTERIOR_ROTATION] = "anterior_rotation",
    [PLUMB_WORD_LUMBAR_ARCH] = "lumbar_arch",
    [PLUMB_WORD_PELVIC_ROTATION] = "pelvic_rotation",
    [PLUMB_WORD_OBLIQUITY] = "obliquity",
    [PLUMB_WORD_POSTERIOR_TILT] = "posterior_tilt",
    [PLUMB_WORD_GOOD] = "good",
    [PLUMB_WORD_TEN_SECONDS] = "ten_seconds",
    [PLUMB_WORD_SWITCH_SIDES] = "switch_sides",
    [PLUMB_WORD_SENSOR_LOST] = "sensor_lost",
    [PLUMB_WORD_SENSOR_BACK] = "sensor_back",
    [PLUMB_WORD_POSE_GONE] = "pose_gone",
    [PLUMB_WORD_POSE_BACK] = "pose_back",
    [PLUMB_WORD_DONE] = "done",
    [PLUMB_WORD_SUMMARY] = "summary",
    [PLUMB_WORD_SUMMARY_OUT] = "summary_out",
    [PLUMB_WORD_COUNT] = "count",
    [PLUMB_WORD_LIE_STILL] = "lie_still",
    [PLUMB_WORD_TILT_FURTHER] = "tilt_further",
    [PLUMB_WORD_STOP_MOVING] = "stop_moving",
    [PLUMB_WORD_ARCH] = "arch",
    [PLUMB_WORD_MOVED] = "moved",
};

const char *plumb_word_key(enum plumb_word word)
{
    return keys[word];
}
