/* plumb-draw-icons FOLDER: the program's sign, drawn by the program's own painter, as desktops look for it.
 * Run once, at build time. */
#include <stdio.h>

#include "../../../view/icon.h"
#include "../../../view/target.h"

#define NAME "org.plumb.Plumb"

static const struct {
    const char *folder, *file;
    void (*draw)(struct plumb_scene *scene);
    double side_pt, scale;
} icons[] = {
    {"scalable", NAME ".svg", plumb_icon_draw, PLUMB_ICON_PT, 1},
    {"symbolic", NAME "-symbolic.svg", plumb_icon_draw_symbolic, PLUMB_ICON_SYMBOLIC_PT, 1},
    {"128x128", NAME ".png", plumb_icon_draw, PLUMB_ICON_PT, 1},
    {"256x256", NAME ".png", plumb_icon_draw, PLUMB_ICON_PT, 2},
};

#define ICONS_N (sizeof icons / sizeof icons[0])

static int draw(const char *folder, size_t which)
{
    char path[4096];
    struct plumb_message message = {""};
    struct plumb_scene scene;
    plumb_scene_init(&scene, icons[which].side_pt, icons[which].side_pt);
    icons[which].draw(&scene);
    snprintf(path, sizeof path, "%s/%s/apps/%s", folder, icons[which].folder, icons[which].file);
    int fail = plumb_render(&scene, path, plumb_target_by_path(path), icons[which].scale, &message);
    if (fail)
        fprintf(stderr, "plumb-draw-icons: %s\n", message.text);
    plumb_scene_free(&scene);
    return fail;
}

int main(int argc, char **argv)
{
    int fail = argc == 2 ? 0 : -1;
    for (size_t i = 0; !fail && i < ICONS_N; i++)
        fail = draw(argv[1], i);
    return fail ? 1 : 0;
}
