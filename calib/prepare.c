#include "prepare.h"

#include <string.h>

#include "../host/core/breath.h"
#include "../host/core/said.h"
#include "../host/core/units.h"

#define STILL_RAD                                                                                            \
    (1.5 * PLUMB_RAD_PER_DEG) /* breathing is 1.3-2 deg peak to peak (EVIDENCE): half of it and some */
#define ARCHED_RAD  (3.0 * PLUMB_RAD_PER_DEG) /* above repositioning and breathing */
#define QUIET_S     1.5
#define STAYED_S    4.0 /* who stays arched so long will not come back */
#define FIT_EVERY_S 0.5

static struct plumb_vec3 up_in(struct plumb_quat q_ws)
{
    return plumb_quat_apply(plumb_quat_conj(q_ws), plumb_vec3_of(0, 0, 1));
}

static double between_rad(struct plumb_vec3 a, struct plumb_vec3 b)
{
    return atan2(plumb_vec3_norm(plumb_vec3_cross(a, b)), plumb_vec3_dot(a, b));
}

void plumb_prepare_init(struct plumb_prepare *prepare, enum plumb_pose pose)
{
    memset(prepare, 0, sizeof *prepare);
    prepare->pose = pose;
}

void plumb_prepare_begin(struct plumb_prepare *prepare, const struct plumb_step *step, double t_s)
{
    prepare->step = *step;
    prepare->begun_s = prepare->last_fit_s = t_s;
    prepare->ups_n = 0;
    prepare->moved_rad = 0;
    prepare->progress = (struct plumb_progress){0};
    if (step->kind == PLUMB_STEP_TILTS) {
        prepare->rows_n = prepare->tilts_begin = prepare->tilts_n = prepare->arch_n = 0;
    } else if (step->kind == PLUMB_STEP_ARCH) {
        prepare->arch_begin = prepare->rows_n;
        prepare->arch_n = 0;
    }
}

/* ---- up, remembered for half a minute */

/* 1 when it was time for another. */
static int keep_up(struct plumb_prepare *prepare, double t_s, const struct plumb_quat *q_ws)
{
    if (prepare->ups_n && t_s - prepare->last_up_s < PLUMB_PREPARE_UP_S * 0.999)
        return 0;
    size_t at = prepare->ups_n % PLUMB_PREPARE_UPS_N;
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        prepare->ups[at][role] = up_in(q_ws[role]);
    if (!prepare->ups_n)
        prepare->start_up_s = prepare->ups[at][PLUMB_PELVIS];
    double moved_rad = between_rad(prepare->start_up_s, prepare->ups[at][PLUMB_PELVIS]);
    prepare->moved_rad = moved_rad > prepare->moved_rad ? moved_rad : prepare->moved_rad;
    prepare->ups_s[at] = prepare->last_up_s = t_s;
    prepare->ups_n++;
    return 1;
}

/* How many of the last ups are no older than span_s; 0 when the memory does not reach that far back. */
static size_t ups_within(const struct plumb_prepare *prepare, double span_s)
{
    size_t most = prepare->ups_n < PLUMB_PREPARE_UPS_N ? prepare->ups_n : PLUMB_PREPARE_UPS_N;
    for (size_t n = 1; n <= most; n++) {
        size_t at = (prepare->ups_n - n) % PLUMB_PREPARE_UPS_N;
        if (prepare->last_up_s - prepare->ups_s[at] >= span_s)
            return n;
    }
    return 0;
}

static struct plumb_vec3 mean_up(const struct plumb_prepare *prepare, size_t n, int role)
{
    struct plumb_vec3 sum = {0, 0, 0};
    for (size_t i = 1; i <= n; i++)
        sum = plumb_vec3_add(sum, prepare->ups[(prepare->ups_n - i) % PLUMB_PREPARE_UPS_N][role]);
    return plumb_vec3_unit(sum);
}

/* The largest angle between the last n ups and their mean. */
static double spread_rad(const struct plumb_prepare *prepare, size_t n)
{
    struct plumb_vec3 mean = mean_up(prepare, n, PLUMB_PELVIS);
    double most_rad = 0;
    for (size_t i = 1; i <= n; i++) {
        size_t at = (prepare->ups_n - i) % PLUMB_PREPARE_UPS_N;
        double away_rad = between_rad(mean, prepare->ups[at][PLUMB_PELVIS]);
        most_rad = away_rad > most_rad ? away_rad : most_rad;
    }
    return most_rad;
}

static int quiet(const struct plumb_prepare *prepare, double span_s, double within_rad)
{
    size_t n = ups_within(prepare, span_s);
    return n && spread_rad(prepare, n) < within_rad;
}

/* ---- rows, remembered for the fit of the mount */

static int
keep_row(struct plumb_prepare *prepare, const struct plumb_sample *sample, const struct plumb_quat *q_ws)
{
    size_t n = prepare->rows_n;
    if (n == PLUMB_PREPARE_ROWS_N || (n && sample->t_s - prepare->last_row_s < PLUMB_PREPARE_STEP_S * 0.999))
        return 0;
    prepare->samples[n] = *sample;
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        prepare->q_ws[role][n] = q_ws[role];
    prepare->last_row_s = sample->t_s;
    prepare->rows_n = n + 1;
    return 1;
}

static struct plumb_window window(const struct plumb_prepare *prepare, int role, size_t begin, size_t n)
{
    return (struct plumb_window){prepare->samples + begin, prepare->q_ws[role] + begin, n};
}

static void fit(struct plumb_prepare *prepare)
{
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (prepare->present >> role & 1u)
            plumb_mount_fit(
                &prepare->mount[role], (enum plumb_role)role, prepare->pose,
                window(prepare, role, prepare->tilts_begin, prepare->tilts_n),
                window(prepare, role, prepare->arch_begin, prepare->arch_n));
    prepare->have_mount = 1;
}

/* ---- the steps */

static struct plumb_progress progress(double fraction, int done, enum plumb_prepare_hint hint)
{
    return (struct plumb_progress){fraction < 0 ? 0 : fraction > 1 ? 1 : fraction, done, hint};
}

static int out_of_time(const struct plumb_prepare *prepare, double t_s)
{
    return prepare->step.at_most_s > 0 && t_s - prepare->begun_s >= prepare->step.at_most_s;
}

static struct plumb_progress push_still(struct plumb_prepare *prepare, double t_s)
{
    double for_s = prepare->step.for_s;
    if (quiet(prepare, for_s, STILL_RAD) || out_of_time(prepare, t_s))
        return progress(1, 1, PLUMB_HINT_NONE);
    int settling = quiet(prepare, for_s < 1 ? for_s : 1, STILL_RAD);
    return progress(settling ? 0.5 : 0, 0, PLUMB_HINT_LIE_STILL);
}

static struct plumb_progress push_tilts(struct plumb_prepare *prepare, double t_s)
{
    int count = prepare->step.count, seen = prepare->have_mount ? prepare->mount[PLUMB_PELVIS].tilts_n : 0;
    if (t_s - prepare->last_fit_s >= FIT_EVERY_S) {
        prepare->last_fit_s = t_s;
        fit(prepare);
        seen = prepare->mount[PLUMB_PELVIS].tilts_n;
    }
    int full = prepare->rows_n == PLUMB_PREPARE_ROWS_N;
    if ((seen >= count && quiet(prepare, QUIET_S, STILL_RAD)) || full || out_of_time(prepare, t_s)) {
        fit(prepare);
        return progress(1, 1, PLUMB_HINT_NONE);
    }
    enum plumb_prepare_hint hint = seen >= count                     ? PLUMB_HINT_STOP_MOVING
                                   : prepare->moved_rad < ARCHED_RAD ? PLUMB_HINT_TILT_FURTHER
                                                                     : PLUMB_HINT_KEEP_TILTING;
    return progress((double)seen / count, 0, hint);
}

/* The top of a slow arch is quiet too: over is what came back at least half the way, or stays. */
static int arch_over(const struct plumb_prepare *prepare)
{
    size_t n = ups_within(prepare, QUIET_S);
    if (!quiet(prepare, QUIET_S, STILL_RAD))
        return 0;
    double away_rad = between_rad(prepare->start_up_s, mean_up(prepare, n, PLUMB_PELVIS));
    return away_rad < prepare->moved_rad / 2 || quiet(prepare, STAYED_S, STILL_RAD);
}

static struct plumb_progress push_arch(struct plumb_prepare *prepare, double t_s)
{
    int arched = prepare->moved_rad > ARCHED_RAD;
    if ((arched && arch_over(prepare)) || out_of_time(prepare, t_s)) {
        fit(prepare);
        return progress(1, 1, PLUMB_HINT_NONE);
    }
    return progress(arched ? 0.5 : 0, 0, arched ? PLUMB_HINT_STOP_MOVING : PLUMB_HINT_ARCH);
}

/* Breathing as the tilt shows it over the last n ups. */
static void find_breath(struct plumb_prepare *prepare, size_t n)
{
    double tilt_rad[PLUMB_PREPARE_UPS_N];
    struct plumb_quat q_bs = plumb_quat_conj(prepare->mount[PLUMB_PELVIS].q_sb);
    double neutral_rad = plumb_body_sagittal_rad(prepare->neutral.up_b[PLUMB_PELVIS]);
    for (size_t i = 0; i < n; i++) {
        size_t at = (prepare->ups_n - n + i) % PLUMB_PREPARE_UPS_N;
        struct plumb_vec3 up_b = plumb_quat_apply(q_bs, prepare->ups[at][PLUMB_PELVIS]);
        tilt_rad[i] = plumb_wrap_rad(plumb_body_sagittal_rad(up_b) - neutral_rad);
    }
    struct plumb_breath breath;
    plumb_breath_find(&breath, tilt_rad, n, 1 / PLUMB_PREPARE_UP_S);
    prepare->neutral.breath_pp_rad = breath.pp_rad;
    prepare->neutral.breath_per_min = breath.per_min;
}

static void capture_role(struct plumb_prepare *prepare, int role, size_t n)
{
    struct plumb_mount *mount = &prepare->mount[role];
    struct plumb_vec3 up_s = mean_up(prepare, n, role);
    if (!prepare->have_mount)
        plumb_mount_assume_role(mount, (enum plumb_role)role, prepare->pose, up_s);
    plumb_mount_orient(mount, prepare->pose, up_s);
    prepare->neutral.up_b[role] = plumb_quat_apply(plumb_quat_conj(mount->q_sb), up_s);
}

static void capture_neutral(struct plumb_prepare *prepare, size_t n, double t_s)
{
    prepare->neutral = (struct plumb_neutral){.start_s = t_s - prepare->step.for_s, .end_s = t_s};
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (prepare->present >> role & 1u)
            capture_role(prepare, role, n);
    prepare->have_mount = prepare->have_neutral = 1;
    find_breath(prepare, n);
}

static struct plumb_progress push_neutral(struct plumb_prepare *prepare, double t_s)
{
    size_t n = ups_within(prepare, prepare->step.for_s);
    double passed_s = t_s - prepare->begun_s;
    if (n && spread_rad(prepare, n) < PLUMB_PREPARE_MOVED_RAD) {
        capture_neutral(prepare, n, t_s);
        return progress(1, 1, PLUMB_HINT_NONE);
    }
    size_t all = prepare->ups_n < PLUMB_PREPARE_UPS_N ? prepare->ups_n : PLUMB_PREPARE_UPS_N;
    if (n || spread_rad(prepare, all) >= PLUMB_PREPARE_MOVED_RAD) {
        plumb_prepare_begin(prepare, &prepare->step, t_s);
        return progress(0, 0, PLUMB_HINT_MOVED);
    }
    return progress(passed_s / prepare->step.for_s, 0, PLUMB_HINT_BREATHE);
}

static struct plumb_progress look(struct plumb_prepare *prepare, double t_s)
{
    switch (prepare->step.kind) {
    case PLUMB_STEP_STILL:
        return push_still(prepare, t_s);
    case PLUMB_STEP_TILTS:
        return push_tilts(prepare, t_s);
    case PLUMB_STEP_ARCH:
        return push_arch(prepare, t_s);
    case PLUMB_STEP_NEUTRAL:
        return push_neutral(prepare, t_s);
    default:
        return progress(1, 1, PLUMB_HINT_NONE);
    }
}

struct plumb_progress plumb_prepare_push(
    struct plumb_prepare *prepare, const struct plumb_sample *sample,
    const struct plumb_quat q_ws[PLUMB_ROLES_N])
{
    prepare->present |= sample->present;
    if (prepare->step.kind == PLUMB_STEP_TILTS)
        prepare->tilts_n += (size_t)keep_row(prepare, sample, q_ws);
    if (prepare->step.kind == PLUMB_STEP_ARCH)
        prepare->arch_n += (size_t)keep_row(prepare, sample, q_ws);
    if (keep_up(prepare, sample->t_s, q_ws))
        prepare->progress = look(prepare, sample->t_s);
    return prepare->progress;
}

const char *plumb_hint_words(enum plumb_prepare_hint hint)
{
    static const char *const words[] = {
        [PLUMB_HINT_NONE] = "",
        [PLUMB_HINT_LIE_STILL] = PLUMB_SAID("Keep still."),
        [PLUMB_HINT_TILT_FURTHER] = PLUMB_SAID("Tilt a little further."),
        [PLUMB_HINT_KEEP_TILTING] = PLUMB_SAID("Good. Keep tilting, slowly."),
        [PLUMB_HINT_STOP_MOVING] = PLUMB_SAID("Good. Come to rest."),
        [PLUMB_HINT_ARCH] = PLUMB_SAID("Arch your lower back, then let it down."),
        [PLUMB_HINT_BREATHE] = PLUMB_SAID("Breathe quietly."),
        [PLUMB_HINT_MOVED] = PLUMB_SAID("You moved: once more. Breathe quietly."),
    };
    return words[hint];
}
