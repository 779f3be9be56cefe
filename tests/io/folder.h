/* A folder of the test's own, gone when the test is. */
#ifndef PLUMB_TESTS_FOLDER_H
#define PLUMB_TESTS_FOLDER_H

#include <stddef.h>

#define FOLDER_PATH_N 300

struct folder {
    char path[FOLDER_PATH_N / 2];
};

void folder_make(struct folder *folder);

/* "FOLDER/name". */
void folder_path(const struct folder *folder, const char *name, char out[FOLDER_PATH_N]);

/* Writes a file of n bytes into it. */
void folder_put(const struct folder *folder, const char *name, const void *bytes, size_t n);

/* The whole file, with a NUL behind it; owned by the caller. NULL where there is none. */
char *folder_get(const struct folder *folder, const char *name, size_t *n);

/* 1 where a file of that name is there. */
int folder_has(const struct folder *folder, const char *name);

/* Removes it and everything in it. */
void folder_remove(const struct folder *folder);

#endif
