#include "store_calib.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "message_fail.h"

#define ENDING  ".calib"
#define TRIES_N 100 /* replaced so often within one second */

void plumb_calib_serial(uint32_t serial, char out[PLUMB_CALIB_TEXT_N])
{
    snprintf(out, PLUMB_CALIB_TEXT_N, "%08lX", (unsigned long)serial);
}

static void say_now(const char *format, char *out, size_t n)
{
    time_t now = time(NULL);
    struct tm local;
    if (!localtime_r(&now, &local) || !strftime(out, n, format, &local))
        *out = '\0';
}

void plumb_calib_today(char out[PLUMB_CALIB_TEXT_N])
{
    say_now("%Y-%m-%d", out, PLUMB_CALIB_TEXT_N);
}

static int is_name(const char *device)
{
    return *device && strspn(device, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
                          strlen(device);
}

int plumb_calib_path(const char *device, char path[PLUMB_PATH_N], struct plumb_message *message)
{
    char folder[PLUMB_PATH_N];
    int fail = plumb_data_make("calibrations", folder, message);
    if (fail)
        return fail;
    if (!is_name(device) || snprintf(path, PLUMB_PATH_N, "%s/%s" ENDING, folder, device) >= PLUMB_PATH_N)
        return plumb_message_fail(
            message, PLUMB_USAGE, "a serial number is letters and digits, not \"%s\"", device);
    return 0;
}

int plumb_calib_find(const char *device, struct plumb_calib_file *file, struct plumb_message *message)
{
    char path[PLUMB_PATH_N];
    int fail = plumb_calib_path(device, path, message);
    if (fail)
        return fail;
    if (access(path, F_OK) && errno == ENOENT)
        return 0;
    fail = plumb_calib_load(file, path, message);
    return fail ? fail : 1;
}

/* A second name for what is there: the old file stays whole whatever happens to the new one. */
static int keep_old(const char *path, char kept[PLUMB_PATH_N], struct plumb_message *message)
{
    char stamp[32];
    size_t n = strlen(path), ending_n = strlen(ENDING);
    int is_ours = n > ending_n && strcmp(path + n - ending_n, ENDING) == 0;
    size_t stem_n = is_ours ? n - ending_n : n;
    say_now("%Y%m%d-%H%M%S", stamp, sizeof stamp);
    for (int i = 0; i < TRIES_N; i++) {
        char again[16] = "";
        if (i)
            snprintf(again, sizeof again, "-%d", i + 1);
        if (snprintf(kept, PLUMB_PATH_N, "%.*s-%s%s" ENDING, (int)stem_n, path, stamp, again) >= PLUMB_PATH_N)
            break;
        if (link(path, kept) == 0)
            return 0;
        if (errno == ENOENT) {
            *kept = '\0';
            return 0;
        }
        if (errno != EEXIST)
            break;
    }
    return plumb_message_fail(
        message, PLUMB_FAILED, "%s: the older calibration cannot be kept aside (%s), so it was not replaced",
        path, strerror(errno));
}

int plumb_calib_replace(
    const struct plumb_calib_file *file, const char *path, char *kept, struct plumb_message *message)
{
    char aside[PLUMB_PATH_N] = "";
    struct stat status;
    int to_stdout = strcmp(path, "-") == 0;
    int is_there = !to_stdout && stat(path, &status) == 0;
    int fail = is_there && S_ISREG(status.st_mode) ? keep_old(path, aside, message) : 0;
    if (kept)
        memcpy(kept, aside, strlen(aside) + 1);
    if (!fail)
        fail = plumb_calib_save(file, path, message);
    if (!fail && !to_stdout && stat(path, &status) == 0 && S_ISREG(status.st_mode))
        chmod(path, S_IRUSR | S_IWUSR);
    return fail;
}
