/* Least squares for a handful of unknowns by their normal equations: rows in, a step and its covariance out.
 */
#ifndef PLUMB_LEAST_SQUARES_H
#define PLUMB_LEAST_SQUARES_H

#define PLUMB_LEAST_N 16 /* most unknowns */

/* Copied by assignment. */
struct plumb_least {
    int n;                                            /* unknowns */
    double information[PLUMB_LEAST_N][PLUMB_LEAST_N]; /* sum of weight * slope slope' */
    double pull[PLUMB_LEAST_N];                       /* sum of weight * slope * residual */
    double cost;                                      /* sum of weight * residual^2 */
};

/* n in 1..PLUMB_LEAST_N. */
void plumb_least_init(struct plumb_least *least, int n);

/* One equation: slope . step = residual, worth `weight` (one over its variance). */
void plumb_least_add(struct plumb_least *least, const double *slope, double residual, double weight);

/* "Unknown i is to move by `residual`", give or take sd: what is believed before anything is measured. */
void plumb_least_believe(struct plumb_least *least, int i, double residual, double sd);

/* The step that does best; each diagonal is raised by its share `damping` (0: none). 0, or -1 where the
 * equations do not determine it; step is then zero. */
int plumb_least_solve(const struct plumb_least *least, double damping, double *step);

/* The inverse of the information. 0, or -1 where there is none. */
int plumb_least_covariance(const struct plumb_least *least, double covariance[PLUMB_LEAST_N][PLUMB_LEAST_N]);

/* slope' covariance slope. */
double
plumb_least_variance(const double covariance[PLUMB_LEAST_N][PLUMB_LEAST_N], const double *slope, int n);

/* The eigenvalues of the information, ascending. */
void plumb_least_eigenvalues(const struct plumb_least *least, double values[PLUMB_LEAST_N]);

#endif
