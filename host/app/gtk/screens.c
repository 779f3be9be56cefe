#include "screen.h"

const struct plumb_screen *const plumb_screens[PLUMB_SCREENS_N] = {
    &plumb_screen_start,   &plumb_screen_prepare, &plumb_screen_stretch,  &plumb_screen_after,
    &plumb_screen_history, &plumb_screen_replay,  &plumb_screen_settings, &plumb_screen_editor,
};
