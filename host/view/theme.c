#include "theme.h"

#include "../core/said.h"
#include "palette.h"

static const struct plumb_theme THEMES[PLUMB_THEMES_N] = {
    [PLUMB_THEME_LIGHT] =
        {
            .id = "light",
            .paper = PLUMB_COLOUR_PAPER,
            .ink = PLUMB_COLOUR_INK,
            .slate = PLUMB_COLOUR_SLATE,
            .rule = PLUMB_COLOUR_RULE,
            .axis = PLUMB_COLOUR_AXIS,
            .hatch = PLUMB_COLOUR_HATCH,
            .mist = PLUMB_COLOUR_MIST,
            .trace = PLUMB_COLOUR_TRACE_BLUE,
            .trace_idle = PLUMB_COLOUR_TRACE_IDLE,
            .trace_second = PLUMB_COLOUR_TRACE_RUST,
            .bone = 0xf6ead2,
            .bone_edge = 0x8a7650,
            .skin = 0xd5dbe2,
            .hill = PLUMB_COLOUR_RED_FILL,
            .side = {PLUMB_COLOUR_SIDE_LEFT, PLUMB_COLOUR_SIDE_RIGHT},
            .zone =
                {
                    [PLUMB_OFF] = {0x55606d, 0xffffff, PLUMB_COLOUR_SLATE, PLUMB_COLOUR_MIST},
                    [PLUMB_GREEN] =
                        {0x007a59, 0xffffff, PLUMB_COLOUR_GREEN_TEXT, PLUMB_COLOUR_GREEN_TINT},
                    [PLUMB_AMBER] =
                        {PLUMB_COLOUR_AMBER, PLUMB_COLOUR_INK, PLUMB_COLOUR_AMBER_TEXT,
                         PLUMB_COLOUR_AMBER_TINT},
                    [PLUMB_RED] = {PLUMB_COLOUR_RED, 0xffffff, 0xa94800, PLUMB_COLOUR_RED_TINT},
                },
        },
    [PLUMB_THEME_DARK] =
        {
            .id = "dark",
            .paper = 0x1b2027,
            .ink = 0xf1f4f7,
            .slate = 0xaeb8c3,
            .rule = 0x2c343d,
            .axis = 0x5a6672,
            .hatch = 0x4a555f,
            .mist = 0x252c34,
            .trace = PLUMB_COLOUR_SIDE_RIGHT,
            .trace_idle = 0x7d8995,
            .trace_second = 0xff9a5c,
            .bone = 0x4a4638,
            .bone_edge = 0xd9c79a,
            .skin = 0x38424d,
            .hill = 0x7a4423,
            .side = {PLUMB_COLOUR_SIDE_RIGHT, 0xbfe3f7},
            .zone =
                {
                    [PLUMB_OFF] = {0x55606d, 0xffffff, 0xaeb8c3, 0x252c34},
                    [PLUMB_GREEN] = {0x007a59, 0xffffff, 0x4fd1a5, 0x16332c},
                    [PLUMB_AMBER] = {PLUMB_COLOUR_AMBER, 0x1b2027, 0xf2b63c, 0x3a2f17},
                    [PLUMB_RED] = {PLUMB_COLOUR_RED, 0xffffff, 0xffa36b, 0x40271a},
                },
        },
    [PLUMB_THEME_CONTRAST] =
        {
            .id = "contrast",
            .paper = 0xffffff,
            .ink = 0x000000,
            .slate = 0x1a1a1a,
            .rule = 0xbdbdbd,
            .axis = 0x404040,
            .hatch = 0x707070,
            .mist = 0xeeeeee,
            .trace = 0x00426b,
            .trace_idle = 0x595959,
            .trace_second = 0x7a2f00,
            .bone = 0xffffff,
            .bone_edge = 0x000000,
            .skin = 0x9a9a9a,
            .hill = 0xe09a6c,
            .side = {0x00426b, 0x0072b2},
            .zone =
                {
                    [PLUMB_OFF] = {0x333333, 0xffffff, 0x1a1a1a, 0xeeeeee},
                    [PLUMB_GREEN] = {0x00523c, 0xffffff, 0x00523c, 0xdff2ea},
                    [PLUMB_AMBER] = {0xe69f00, 0x000000, 0x4d3500, 0xfbeccb},
                    [PLUMB_RED] = {0x7a2f00, 0xffffff, 0x7a2f00, 0xf9dfcf},
                },
        },
};

static const struct {
    const char *words;
    enum plumb_shape shape;
} ZONES[] = {
    [PLUMB_OFF] = {PLUMB_SAID("not judged"), PLUMB_SHAPE_SQUARE},
    [PLUMB_GREEN] = {PLUMB_SAID("in zone"), PLUMB_SHAPE_CIRCLE},
    [PLUMB_AMBER] = {PLUMB_SAID("at the edge"), PLUMB_SHAPE_DIAMOND},
    [PLUMB_RED] = {PLUMB_SAID("out of zone"), PLUMB_SHAPE_UP},
};

const struct plumb_theme *plumb_theme_get(enum plumb_theme_id id)
{
    return &THEMES[id < PLUMB_THEMES_N ? id : PLUMB_THEME_LIGHT];
}

const char *plumb_zone_words(enum plumb_zone zone)
{
    return ZONES[zone <= PLUMB_RED ? zone : PLUMB_OFF].words;
}

enum plumb_shape plumb_zone_shape(enum plumb_zone zone)
{
    return ZONES[zone <= PLUMB_RED ? zone : PLUMB_OFF].shape;
}
