#include "save_raw.h"

#include <math.h>
#include <stdlib.h>

#include "file_out.h"
#include "message_fail.h"
#include "raw_row.h"

#define FLUSH_US 1000000 /* the most a killed process may lose */

struct plumb_save_raw {
    struct plumb_file_out *out;
    unsigned roles;
    double last_t_s;
    int64_t flushed_us;
    int begun;
    unsigned long left_out;
    struct plumb_csv_row row;
};

static int put_header(struct plumb_save_raw *save, struct plumb_message *message)
{
    plumb_raw_header(&save->row, save->roles);
    return plumb_file_out_put(save->out, save->row.text, save->row.n, message);
}

struct plumb_save_raw *
plumb_save_raw_open(const char *path, unsigned roles, int *fail, struct plumb_message *message)
{
    struct plumb_save_raw *save = calloc(1, sizeof *save);
    if (!save) {
        *fail = plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", path);
        return NULL;
    }
    save->roles = roles | (1u << PLUMB_PELVIS);
    save->last_t_s = -HUGE_VAL;
    save->out = plumb_file_out_open(path, PLUMB_FILE_NEW, fail, message);
    if (save->out)
        *fail = put_header(save, message);
    if (!*fail)
        return save;
    plumb_file_out_drop(save->out);
    free(save);
    return NULL;
}

int plumb_save_raw_row(
    struct plumb_save_raw *save, const struct plumb_sample *sample, const char *marker, int64_t host_us,
    struct plumb_message *message)
{
    double t_s = plumb_raw_time_s(sample->t_s);
    if (!(t_s > save->last_t_s)) {
        save->left_out++;
        return 0;
    }
    save->last_t_s = t_s;
    plumb_raw_row(&save->row, save->roles, sample, marker);
    int fail = plumb_file_out_put(save->out, save->row.text, save->row.n, message);
    return fail ? fail : plumb_save_raw_tick(save, host_us, message);
}

int plumb_save_raw_tick(struct plumb_save_raw *save, int64_t host_us, struct plumb_message *message)
{
    if (!save->begun)
        save->flushed_us = host_us;
    save->begun = 1;
    if (host_us - save->flushed_us < FLUSH_US)
        return 0;
    save->flushed_us = host_us;
    return plumb_file_out_flush(save->out, message);
}

unsigned long plumb_save_raw_left_out(const struct plumb_save_raw *save)
{
    return save->left_out;
}

int plumb_save_raw_close(struct plumb_save_raw *save, struct plumb_message *message)
{
    if (!save)
        return 0;
    int fail = plumb_file_out_close(save->out, message);
    free(save);
    return fail;
}
