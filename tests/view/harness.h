/* What the tests of pictures share: a scene as text, files in a folder of their own. */
#ifndef PLUMB_TESTS_VIEW_HARNESS_H
#define PLUMB_TESTS_VIEW_HARNESS_H

#include <stddef.h>

#include "host/view/scene.h"

/* The scene's dump. Owned, free with free. */
char *dump_text(const struct plumb_scene *scene);

/* How often `word` stands in `text`. */
int count_of(const char *text, const char *word);

/* 1 when the scene has a text item that says exactly this. */
int says(const struct plumb_scene *scene, const char *text);

/* A whole file, ended by a zero byte that *n does not count; NULL when it cannot be read. Free with free. */
char *file_bytes(const char *path, size_t *n);

/* A new folder for this test program; removed with folder_remove together with the files in it. */
struct folder {
    char path[64];
};
void folder_make(struct folder *folder);
void folder_remove(const struct folder *folder);

/* FOLDER/NAME into `path` of 128 bytes. */
const char *folder_file(const struct folder *folder, const char *name, char path[128]);

#endif
