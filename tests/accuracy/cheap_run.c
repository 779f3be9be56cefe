#include "cheap_run.h"

#include "host/core/orient.h"

#define NEUTRAL_BEGIN_S 10.0 /* after the pose began; the window ends before the first hold */
#define NEUTRAL_END_S   18.0
#define SHOWN_LEAST     0.5 /* of up lies in the plane in which sagittal tilt shows */

struct tally {
    double zero_deg, zero_n; /* the neutral of this pose */
    double sum2, n, worst, late, late_n;
};

static double shown(const struct cheap *cheap, struct plumb_quat q_ws)
{
    struct plumb_quat q_bw = plumb_quat_conj(plumb_quat_mul(q_ws, plumb_quat_conj(cheap->q_bs)));
    struct plumb_vec3 up_b = plumb_quat_apply(q_bw, plumb_vec3_of(0, 0, 1));
    return hypot(up_b.x, up_b.y);
}

static void count(struct tally *tally, double t_s, double pose_s, double error_deg)
{
    if (pose_s > NEUTRAL_BEGIN_S && pose_s < NEUTRAL_END_S) {
        tally->zero_deg += error_deg;
        tally->zero_n++;
    }
    if (pose_s < NEUTRAL_END_S || !cheap_scored(t_s))
        return;
    double off_deg = error_deg - tally->zero_deg / tally->zero_n;
    tally->sum2 += off_deg * off_deg;
    tally->n++;
    tally->worst = fmax(tally->worst, fabs(off_deg));
    if (t_s > CHEAP_TURN_S - 41 && t_s < CHEAP_TURN_S) {
        tally->late += off_deg;
        tally->late_n++;
    }
}

struct cheap_score cheap_run(struct cheap *cheap)
{
    struct plumb_orient_params params;
    struct plumb_orient_coeff coeff;
    struct plumb_orient orient;
    struct tally tally = {0};
    plumb_orient_params_default(&params);
    plumb_orient_coeff_init(&coeff, &params);
    plumb_orient_init(&orient, &coeff);
    size_t n = (size_t)(CHEAP_SECONDS * cheap->rate_hz);
    for (size_t i = 0; i < n; i++) {
        struct plumb_quat q_ws;
        struct plumb_imu imu = cheap_sample(cheap, i, &q_ws);
        double t_s = (double)i / cheap->rate_hz, begin_s = CHEAP_TURN_S + CHEAP_TURNING_S;
        plumb_orient_push(&orient, &coeff, t_s, &imu, 0);
        if (t_s > begin_s && (double)(i - 1) / cheap->rate_hz <= begin_s)
            tally.zero_deg = tally.zero_n = 0;
        if (shown(cheap, q_ws) < SHOWN_LEAST)
            continue;
        double off_rad = cheap_tilt_rad(cheap, plumb_orient_q_ws(&orient)) - cheap_tilt_rad(cheap, q_ws);
        double pose_s = t_s > begin_s ? t_s - begin_s : t_s;
        count(&tally, t_s, pose_s, remainder(off_rad, 2 * PLUMB_PI) * PLUMB_DEG_PER_RAD);
    }
    return (struct cheap_score){
        sqrt(tally.sum2 / tally.n), tally.n > 0 ? tally.worst : NAN, tally.late / tally.late_n};
}
