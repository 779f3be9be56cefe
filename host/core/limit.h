/* A limit with hysteresis and dwell: one flag's state machine.
 *
 *   value      _______________________
 *   enter ----/-----------------------\------------------------   beyond `enter` for `delay_s`: raised
 *   release -/-------------------------\---------/\------------   below `release` for `release_s`: ended
 *           /                           \_______/  \______
 *          onset   start (raised)            not yet      end
 *
 *   state      | beyond immediate | beyond enter   | between         | below release  | value unknown
 *   -----------+------------------+----------------+-----------------+----------------+----------------
 *   CLEAR      | RAISED           | SUSPECT        | stay            | stay           | stay
 *   SUSPECT    | RAISED           | RAISED if dwelt| CLEAR           | CLEAR          | stay
 *   RAISED     | stay             | stay           | stay            | RELEASING      | stay
 *   RELEASING  | RAISED           | RAISED         | RAISED          | CLEAR if dwelt | stay
 *
 * Onset is when `enter` was crossed, start when the flag was raised, end when it was released.
 *
 * A causal filter shows a crossing `lag_s` late. That is known beforehand, so it is taken off every crossing:
 * the dwell begins when the wearer crossed, not when the filter said so, and the flag comes as if there were
 * no filter.
 */
#ifndef PLUMB_LIMIT_H
#define PLUMB_LIMIT_H

struct plumb_limit_params {
    double enter_rad, delay_s;     /* raised when beyond enter for delay */
    double release_rad, release_s; /* ended when below release for release_s; release_rad <= enter_rad */
    double immediate_rad;          /* raised at once; INFINITY for never */
    double lag_s;                  /* of the filter the value came through; 0: none */
};

enum plumb_limit_phase { PLUMB_LIMIT_CLEAR, PLUMB_LIMIT_SUSPECT, PLUMB_LIMIT_RAISED, PLUMB_LIMIT_RELEASING };

enum plumb_limit_change { PLUMB_LIMIT_SAME, PLUMB_LIMIT_BEGAN, PLUMB_LIMIT_ENDED };

struct plumb_limit {
    enum plumb_limit_phase phase;
    double since_s;          /* when this phase's dwell began */
    double onset_s, start_s; /* of the flag now raised */
    double peak_rad;         /* largest value since onset */
    double last_s, last_rad; /* the sample before, for the exact moment of a crossing */
};

/* One value at t_s (strictly increasing); NaN where it is not known. Begins with a zeroed state. */
enum plumb_limit_change plumb_limit_push(
    struct plumb_limit *limit, const struct plumb_limit_params *params, double t_s, double value_rad);

/* 1 while the flag stands. */
int plumb_limit_raised(const struct plumb_limit *limit);

#endif
