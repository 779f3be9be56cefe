#define _XOPEN_SOURCE 700 /* P_tmpdir, nftw */
#include "folder.h"

#include <CUnit/CUnit.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void folder_make(struct folder *folder)
{
    const char *base = getenv("TMPDIR");
    snprintf(folder->path, sizeof folder->path, "%s/plumb-test-XXXXXX", base && *base ? base : P_tmpdir);
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder->path));
}

void folder_path(const struct folder *folder, const char *name, char out[FOLDER_PATH_N])
{
    snprintf(out, FOLDER_PATH_N, "%s/%s", folder->path, name);
}

void folder_put(const struct folder *folder, const char *name, const void *bytes, size_t n)
{
    char path[FOLDER_PATH_N];
    folder_path(folder, name, path);
    FILE *file = fopen(path, "wb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    CU_ASSERT_EQUAL_FATAL(fwrite(bytes, 1, n, file), n);
    CU_ASSERT_EQUAL_FATAL(fclose(file), 0);
}

char *folder_get(const struct folder *folder, const char *name, size_t *n)
{
    char path[FOLDER_PATH_N];
    folder_path(folder, name, path);
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    fseek(file, 0, SEEK_END);
    *n = (size_t)ftell(file);
    rewind(file);
    char *bytes = calloc(1, *n + 1);
    CU_ASSERT_EQUAL_FATAL(fread(bytes, 1, *n, file), *n);
    fclose(file);
    return bytes;
}

int folder_has(const struct folder *folder, const char *name)
{
    char path[FOLDER_PATH_N];
    folder_path(folder, name, path);
    return access(path, F_OK) == 0;
}

static int remove_one(const char *path, const struct stat *facts, int kind, struct FTW *place)
{
    (void)facts, (void)kind, (void)place;
    return remove(path);
}

void folder_remove(const struct folder *folder)
{
    nftw(folder->path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}
