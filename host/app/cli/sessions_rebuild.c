/* plumb sessions rebuild: what was found is found again by the present code. */
#include <stdio.h>
#include <unistd.h>

#include "../../store/derive.h"
#include "progress.h"
#include "sessions.h"

static const struct argp_option option_table[] = {
    {"all", 'a', NULL, 0, "also what this version has found already", 0}, {0}};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    (void)arg;
    if (key == 'a')
        *(int *)state->input = 1;
    else if (key == ARGP_KEY_ARG)
        argp_error(state, "rebuild takes no names: what is up to date is left alone");
    else
        return ARGP_ERR_UNKNOWN;
    return 0;
}

static const struct argp argp = {
    option_table,
    parse,
    NULL,
    "Looks again at every session that an older version of Plumb has looked at, or none.\v"
    "What was recorded is never changed: only angles, holds and flags are found anew. May be stopped at any "
    "time.\n\nExample: plumb sessions rebuild",
    NULL,
    NULL,
    NULL};

static int tell(void *context, const struct plumb_derive_done *done)
{
    plumb_progress_show(context, (double)done->sessions_n / (double)done->of_n);
    return 0;
}

int plumb_sessions_rebuild(int argc, char **argv)
{
    int all = 0, fail = 0;
    struct plumb_message message = {""};
    struct plumb_progress progress;
    struct plumb_derive_done done = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &all);
    struct plumb_store *store = plumb_sessions_open(&fail, &message);
    plumb_progress_init(&progress, isatty(STDERR_FILENO));
    if (store)
        fail = plumb_derive_all(store, all, tell, &progress, &done, &message);
    plumb_progress_clear(&progress);
    if (store && !fail)
        fprintf(
            stderr, "plumb: %lld sessions, %.1f hours of them\n",
            (long long)(done.sessions_n - done.failed_n), done.recorded_s / 3600);
    if (!fail && done.failed_n) {
        fprintf(stderr, "plumb: %lld sessions could not be understood\n", (long long)done.failed_n);
        fail = PLUMB_DAMAGED;
    }
    return plumb_sessions_end(store, fail, &message);
}
