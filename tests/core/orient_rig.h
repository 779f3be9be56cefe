/* A sensor and the live estimator that listens to it, for the tests of orientation. */
#ifndef PLUMB_TESTS_ORIENT_RIG_H
#define PLUMB_TESTS_ORIENT_RIG_H

#include "host/core/orient.h"
#include "host/core/units.h"

static const struct plumb_vec3 x_w = {1, 0, 0}, y_w = {0, 1, 0};

struct rig {
    struct plumb_orient_coeff coeff;
    struct plumb_orient orient;
    double t_s;
};

static inline struct rig rig_of(void)
{
    struct rig rig = {.t_s = 0};
    struct plumb_orient_params params;
    plumb_orient_params_default(&params);
    plumb_orient_coeff_init(&rig.coeff, &params);
    plumb_orient_init(&rig.orient, &rig.coeff);
    return rig;
}

static inline struct plumb_imu imu_of(struct plumb_vec3 force, struct plumb_vec3 rate)
{
    return (struct plumb_imu){.accel_s_mps2 = force, .gyro_s_radps = rate, .temp_c = NAN};
}

/* What a sensor in that attitude feels, turning and pushed like that. */
static inline struct plumb_imu
felt(struct plumb_quat q_ws, struct plumb_vec3 rate_s, struct plumb_vec3 accel_w)
{
    accel_w.z += PLUMB_GRAVITY_MPS2;
    return imu_of(plumb_quat_apply(plumb_quat_conj(q_ws), accel_w), rate_s);
}

static inline double tilt_error_rad(const struct rig *rig, struct plumb_quat q_ws)
{
    struct plumb_quat e = plumb_quat_mul(plumb_orient_q_ws(&rig->orient), plumb_quat_conj(q_ws));
    return 2 * asin(fmin(1, hypot(e.x, e.y)));
}

static inline void push(struct rig *rig, double dt_s, struct plumb_imu imu, unsigned flags)
{
    rig->t_s += dt_s;
    plumb_orient_push(&rig->orient, &rig->coeff, rig->t_s, &imu, flags);
}

/* A swing about x by `size` and a push to and fro, as one of them goes on for ever. */
struct swing {
    double size_rad, hz, push_mps2, push_hz;
};

static inline struct plumb_quat swing_at(const struct swing *swing, double t_s, struct plumb_vec3 *rate)
{
    double w = 2 * PLUMB_PI * swing->hz;
    *rate = plumb_vec3_of(swing->size_rad * w * cos(w * t_s), 0, 0);
    return plumb_quat_from_rotvec(plumb_vec3_of(swing->size_rad * sin(w * t_s), 0, 0));
}

/* Runs it from from_s to to_s at rate_hz with that zero-rate offset; the largest error after judge_s. */
static inline double swing_run(
    struct rig *rig, const struct swing *swing, double to_s, double rate_hz, double offset, double judge_s)
{
    double worst_rad = 0;
    while (rig->t_s < to_s) {
        struct plumb_vec3 rate, accel = {0, 0, 0};
        double t_s = rig->t_s + 1 / rate_hz;
        struct plumb_quat q_ws = swing_at(swing, t_s, &rate);
        accel.y = swing->push_mps2 * cos(2 * PLUMB_PI * swing->push_hz * t_s);
        rate = plumb_vec3_add(rate, plumb_vec3_of(offset, -offset, offset));
        push(rig, 1 / rate_hz, felt(q_ws, rate, accel), 0);
        if (rig->t_s > judge_s)
            worst_rad = fmax(worst_rad, tilt_error_rad(rig, q_ws));
    }
    return worst_rad;
}

#endif
