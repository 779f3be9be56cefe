#include "icon.h"

#include "curve.h"

#define COLOUR_GROUND 0x14566bu /* between a light desktop and a dark one */
#define COLOUR_FOOT   0x0d4153u
#define COLOUR_BONE   0xf6ead6u
#define COLOUR_SHADE  0xd9c29bu
#define COLOUR_LINE   0xffffffu
#define COLOUR_BOB    0xe69f00u
#define COLOUR_BOB_2  0xb97f00u
#define COLOUR_SINGLE 0x2e3436u /* what desktops expect of a symbolic icon */

#define N(points) (sizeof(points) / sizeof((points)[0]))

/* In units of half a pelvis' width, y up, the middle between the hips at the origin. */
static const double PELVIS[][2] = {
    {0.0, 0.34},    {0.20, 0.38},   {0.44, 0.62},   {0.78, 0.66},   {1.0, 0.42},    {0.92, 0.10},
    {0.72, -0.14},  {0.72, -0.34},  {0.58, -0.46},  {0.54, -0.70},  {0.34, -0.78},  {0.14, -0.60},
    {0.0, -0.54},   {-0.14, -0.60}, {-0.34, -0.78}, {-0.54, -0.70}, {-0.58, -0.46}, {-0.72, -0.34},
    {-0.72, -0.14}, {-0.92, 0.10},  {-1.0, 0.42},   {-0.78, 0.66},  {-0.44, 0.62},  {-0.20, 0.38}};
static const double INLET[][2] = {{0.0, -0.34}, {0.26, -0.26}, {0.38, -0.02},  {0.22, 0.16},
                                  {0.0, 0.10},  {-0.22, 0.16}, {-0.38, -0.02}, {-0.26, -0.26}};
static const double HOLE[][2] = {{0.22, -0.54}, {0.36, -0.44}, {0.45, -0.54}, {0.34, -0.67}};

static void ground(struct plumb_scene *scene)
{
    plumb_scene_rect(scene, 8, 12, 112, 112, 26, COLOUR_FOOT);
    plumb_scene_rect(scene, 8, 8, 112, 112, 26, COLOUR_GROUND);
}

static void pelvis(struct plumb_scene *scene)
{
    struct plumb_placing at = {64, 61, 44, 0, 0}, below = at, other = at;
    below.y_pt += 3;
    other.mirrored = 1;
    plumb_curve_closed(scene, &below, PELVIS, N(PELVIS), 0, 0, COLOUR_SHADE);
    plumb_curve_closed(scene, &at, PELVIS, N(PELVIS), 0, 0, COLOUR_BONE);
    plumb_curve_closed(scene, &at, INLET, N(INLET), 0, 0, COLOUR_GROUND);
    plumb_curve_closed(scene, &at, HOLE, N(HOLE), 0, 0, COLOUR_GROUND);
    plumb_curve_closed(scene, &other, HOLE, N(HOLE), 0, 0, COLOUR_GROUND);
}

/* From the upper edge down to the bob, over the bone: that is what is compared. */
static void line(struct plumb_scene *scene)
{
    plumb_scene_rect(scene, 60, 8, 8, 84, 0, COLOUR_GROUND);
    plumb_scene_rect(scene, 62, 8, 4, 86, 0, COLOUR_LINE);
}

static void half_bob(struct plumb_scene *scene, double side, plumb_colour colour)
{
    plumb_scene_polygon(scene, colour);
    plumb_scene_point(scene, 64, 88);
    plumb_scene_point(scene, 64 + side * 5, 88);
    plumb_scene_point(scene, 64 + side * 10, 97);
    plumb_scene_point(scene, 64, 114);
}

void plumb_icon_draw(struct plumb_scene *scene)
{
    plumb_scene_clear(scene);
    scene->bare = true;
    plumb_scene_group(scene, "icon");
    ground(scene);
    pelvis(scene);
    line(scene);
    half_bob(scene, -1, COLOUR_BOB);
    half_bob(scene, 1, COLOUR_BOB_2);
}

/* ---- in one colour, on a grid of sixteen: a wing, the line of two pixels, a wing */

static const double WING[][2] = {{-2.1, 3.6},  {-3.6, 5.4},  {-5.8, 5.9},  {-7.7, 4.2},  {-7.2, 1.2},
                                 {-5.4, -0.8}, {-5.3, -3.4}, {-4.2, -5.0}, {-2.9, -4.4}, {-2.4, -2.6},
                                 {-3.6, -1.4}, {-3.9, 0.3},  {-2.2, 1.6}};

static void wing(struct plumb_scene *scene, int mirrored)
{
    struct plumb_placing at = {8, 8, 1, 0, mirrored};
    plumb_curve_closed(scene, &at, WING, N(WING), 0, 0, COLOUR_SINGLE);
}

void plumb_icon_draw_symbolic(struct plumb_scene *scene)
{
    plumb_scene_clear(scene);
    scene->bare = true;
    plumb_scene_group(scene, "symbolic icon");
    wing(scene, 0);
    wing(scene, 1);
    plumb_scene_rect(scene, 7, 0, 2, 11, 0, COLOUR_SINGLE);
    plumb_scene_polygon(scene, COLOUR_SINGLE);
    plumb_scene_point(scene, 6, 11);
    plumb_scene_point(scene, 10, 11);
    plumb_scene_point(scene, 8, 16);
}
