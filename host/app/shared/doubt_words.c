#include "doubt_words.h"

#include "../../core/said.h"

#include <stddef.h>

static const char *const doubts[] = {
    PLUMB_SAID("hardly any turning was seen: tilt the pelvis further"),
    PLUMB_SAID("fewer than three tilts were seen: make four"),
    PLUMB_SAID("the turning was not about one axis: tilt without rolling"),
    PLUMB_SAID("the axis did not lie across the body: was it a turn instead of a tilt?"),
    PLUMB_SAID("the tilts differ from each other: make them alike"),
    PLUMB_SAID("no arch was seen: forward and backward may be exchanged"),
    PLUMB_SAID("the wearer was on the move: lie still before the tilts"),
    PLUMB_SAID("the sensor was at the end of its range: move more slowly"),
    PLUMB_SAID("samples are missing in the tilts"),
};

const char *plumb_doubt_words(unsigned doubt)
{
    for (size_t i = 0; i < sizeof doubts / sizeof *doubts; i++)
        if (doubt == 1u << i)
            return doubts[i];
    return "";
}
