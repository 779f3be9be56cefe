#include "harness.h"

#include <assert.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct pile {
    char *text;
    size_t n, room;
};

static void pile_add(void *context, const char *text, size_t n)
{
    struct pile *pile = context;
    if (pile->n + n + 1 > pile->room) {
        pile->room = 2 * (pile->room + n) + 1024;
        pile->text = realloc(pile->text, pile->room);
        assert(pile->text);
    }
    memcpy(pile->text + pile->n, text, n);
    pile->n += n;
    pile->text[pile->n] = '\0';
}

char *dump_text(const struct plumb_scene *scene)
{
    struct pile pile = {0};
    plumb_scene_dump(scene, pile_add, &pile);
    return pile.text;
}

int count_of(const char *text, const char *word)
{
    int n = 0;
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word))
        n++;
    return n;
}

int says(const struct plumb_scene *scene, const char *text)
{
    for (size_t i = 0; i < scene->items_n; i++)
        if (scene->items[i].kind == PLUMB_ITEM_TEXT &&
            strcmp(plumb_scene_chars(scene, &scene->items[i]), text) == 0)
            return 1;
    return 0;
}

char *file_bytes(const char *path, size_t *n)
{
    struct pile pile = {0};
    char part[4096];
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    pile_add(&pile, "", 0);
    for (size_t got; (got = fread(part, 1, sizeof part, file)) > 0;)
        pile_add(&pile, part, got);
    fclose(file);
    *n = pile.n;
    return pile.text;
}

void folder_make(struct folder *folder)
{
    strcpy(folder->path, "/tmp/plumb-view-XXXXXX");
    char *made = mkdtemp(folder->path);
    assert(made);
    (void)made;
}

const char *folder_file(const struct folder *folder, const char *name, char path[128])
{
    snprintf(path, 128, "%s/%s", folder->path, name);
    return path;
}

void folder_remove(const struct folder *folder)
{
    DIR *dir = opendir(folder->path);
    char path[400];
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        snprintf(path, sizeof path, "%s/%s", folder->path, entry->d_name);
        if (entry->d_name[0] != '.')
            unlink(path);
    }
    if (dir)
        closedir(dir);
    rmdir(folder->path);
}
