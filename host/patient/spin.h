/* The attitude of a rigid body in motion: where it points, how fast it turns, how that changes. */
#ifndef PLUMB_SPIN_H
#define PLUMB_SPIN_H

#include "../core/quat.h"
#include "jet.h"

struct plumb_spin {
    struct plumb_quat q_wb;
    struct plumb_vec3 rate_b_radps;   /* angular rate, in the body's own axes */
    struct plumb_vec3 accel_b_radps2; /* its derivative by time, as the body's axes see it */
};

static inline struct plumb_spin plumb_spin_still(struct plumb_quat q_wb)
{
    return (struct plumb_spin){q_wb, {0, 0, 0}, {0, 0, 0}};
}

/* The body that is turned against `outer` by angle (rad) about `axis`, a unit vector in outer's axes:
 * w' = R^T w + n a',  dw'/dt = R^T dw/dt + (R^T w) x n a' + n a''. */
static inline struct plumb_spin
plumb_spin_turn(struct plumb_spin outer, struct plumb_vec3 axis, struct plumb_jet angle)
{
    struct plumb_quat turn = plumb_quat_from_rotvec(plumb_vec3_scale(axis, angle.x));
    struct plumb_quat back = plumb_quat_conj(turn);
    struct plumb_vec3 own_radps = plumb_vec3_scale(axis, angle.d);
    struct plumb_vec3 carried_radps = plumb_quat_apply(back, outer.rate_b_radps);
    struct plumb_vec3 carried_radps2 = plumb_quat_apply(back, outer.accel_b_radps2);
    struct plumb_spin inner;
    inner.q_wb = plumb_quat_mul(outer.q_wb, turn);
    inner.rate_b_radps = plumb_vec3_add(carried_radps, own_radps);
    inner.accel_b_radps2 = plumb_vec3_add(
        plumb_vec3_add(carried_radps2, plumb_vec3_cross(carried_radps, own_radps)),
        plumb_vec3_scale(axis, angle.dd));
    return inner;
}

/* The same body seen in other axes that are fixed to it: q_bs takes the new axes' vectors to the old ones. */
static inline struct plumb_spin plumb_spin_refer(struct plumb_spin body, struct plumb_quat q_bs)
{
    struct plumb_quat q_sb = plumb_quat_conj(q_bs);
    return (struct plumb_spin){
        plumb_quat_mul(body.q_wb, q_bs), plumb_quat_apply(q_sb, body.rate_b_radps),
        plumb_quat_apply(q_sb, body.accel_b_radps2)};
}

#endif
