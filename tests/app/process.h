/* Runs a program as a person would and keeps what it said. */
#ifndef PLUMB_TESTS_PROCESS_H
#define PLUMB_TESTS_PROCESS_H

#include <stddef.h>

#define PROCESS_OUT_N (4u << 20)

struct process {
    int exit_code; /* -1: ended by a signal or never started */
    int signal_number;
    char *out, *err; /* owned; free with process_free */
};

/* Runs the plumb that was built with these arguments (NULL-ended) in `folder`, standard input from `in`
 * (NULL: empty); `environment` is one "NAME=value" to add, or NULL. Ended by force after timeout_s. */
struct process process_plumb(
    const char *folder, const char *in, const char *environment, int timeout_s, const char *const *arguments);

#define PLUMB_RUN(folder, ...)                                                                               \
    process_plumb(folder, NULL, NULL, 120, (const char *const[]){__VA_ARGS__, NULL})

void process_free(struct process *process);

/* Lines in a text. */
size_t lines_in(const char *text);

/* A fresh folder of the test's own (static storage; removed by folder_remove). */
const char *folder_make(void);
void folder_remove(const char *folder);

/* Writes a file of the folder; returns 0. */
int folder_write(const char *folder, const char *name, const char *bytes, size_t n);

/* Reads one; owned, NULL when missing. */
char *folder_read(const char *folder, const char *name);

#endif
