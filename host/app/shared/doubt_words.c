#include "doubt_words.h"

#include <stddef.h>

static const char *const doubts[] = {
    "hardly any turning was seen: tilt the pelvis further",
    "fewer than three tilts were seen: make four",
    "the turning was not about one axis: tilt without rolling",
    "the axis did not lie across the body: was it a turn instead of a tilt?",
    "the tilts differ from each other: make them alike",
    "no arch was seen: forward and backward may be exchanged",
    "the wearer was on the move: lie still before the tilts",
    "the sensor was at the end of its range: move more slowly",
    "samples are missing in the tilts",
};

const char *plumb_doubt_words(unsigned doubt)
{
    for (size_t i = 0; i < sizeof doubts / sizeof *doubts; i++)
        if (doubt == 1u << i)
            return doubts[i];
    return "";
}
