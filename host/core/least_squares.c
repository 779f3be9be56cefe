#include "least_squares.h"

#include <math.h>

#define SWEEPS_N 30    /* of Jacobi's method; a dozen unknowns need under ten */
#define SINGULAR 1e-13 /* a pivot smaller than this share of its diagonal is rounding */

void plumb_least_init(struct plumb_least *least, int n)
{
    *least = (struct plumb_least){.n = n};
}

void plumb_least_add(struct plumb_least *least, const double *slope, double residual, double weight)
{
    for (int i = 0; i < least->n; i++) {
        for (int j = 0; j < least->n; j++)
            least->information[i][j] += weight * slope[i] * slope[j];
        least->pull[i] += weight * slope[i] * residual;
    }
    least->cost += weight * residual * residual;
}

void plumb_least_believe(struct plumb_least *least, int i, double residual, double sd)
{
    double slope[PLUMB_LEAST_N] = {0};
    slope[i] = 1;
    plumb_least_add(least, slope, residual, 1 / (sd * sd));
}

/* Cholesky: lower lower' = information with its diagonal raised. */
static int factor(const struct plumb_least *least, double damping, double lower[PLUMB_LEAST_N][PLUMB_LEAST_N])
{
    for (int i = 0; i < least->n; i++)
        for (int j = 0; j <= i; j++) {
            double sum = least->information[i][j] * (i == j ? 1 + damping : 1);
            for (int k = 0; k < j; k++)
                sum -= lower[i][k] * lower[j][k];
            if (i == j && !(sum > SINGULAR * least->information[i][i]))
                return -1;
            lower[i][j] = i == j ? sqrt(sum) : sum / lower[j][j];
        }
    return 0;
}

/* lower lower' x = right. */
static void
solve_factored(int n, const double lower[PLUMB_LEAST_N][PLUMB_LEAST_N], const double *right, double *x)
{
    for (int i = 0; i < n; i++) {
        x[i] = right[i];
        for (int k = 0; k < i; k++)
            x[i] -= lower[i][k] * x[k];
        x[i] /= lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
        for (int k = i + 1; k < n; k++)
            x[i] -= lower[k][i] * x[k];
        x[i] /= lower[i][i];
    }
}

int plumb_least_solve(const struct plumb_least *least, double damping, double *step)
{
    double lower[PLUMB_LEAST_N][PLUMB_LEAST_N] = {{0}};
    for (int i = 0; i < least->n; i++)
        step[i] = 0;
    if (factor(least, damping, lower))
        return -1;
    solve_factored(least->n, (const double(*)[PLUMB_LEAST_N])lower, least->pull, step);
    return 0;
}

int plumb_least_covariance(const struct plumb_least *least, double covariance[PLUMB_LEAST_N][PLUMB_LEAST_N])
{
    double lower[PLUMB_LEAST_N][PLUMB_LEAST_N] = {{0}};
    if (factor(least, 0, lower))
        return -1;
    for (int i = 0; i < least->n; i++) {
        double unit[PLUMB_LEAST_N] = {0};
        unit[i] = 1;
        solve_factored(least->n, (const double(*)[PLUMB_LEAST_N])lower, unit, covariance[i]);
    }
    return 0;
}

double plumb_least_variance(const double covariance[PLUMB_LEAST_N][PLUMB_LEAST_N], const double *slope, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            sum += slope[i] * covariance[i][j] * slope[j];
    return sum;
}

/* Jacobi: turns the plane of p and q so that their product vanishes. */
static void turn_away(double m[PLUMB_LEAST_N][PLUMB_LEAST_N], int n, int p, int q)
{
    double theta = (m[q][q] - m[p][p]) / (2 * m[p][q]);
    double t = (theta < 0 ? -1 : 1) / (fabs(theta) + sqrt(theta * theta + 1));
    double c = 1 / sqrt(t * t + 1), s = t * c;
    for (int k = 0; k < n; k++) {
        double mp = m[k][p], mq = m[k][q];
        m[k][p] = c * mp - s * mq;
        m[k][q] = s * mp + c * mq;
    }
    for (int k = 0; k < n; k++) {
        double mp = m[p][k], mq = m[q][k];
        m[p][k] = c * mp - s * mq;
        m[q][k] = s * mp + c * mq;
    }
}

void plumb_least_eigenvalues(const struct plumb_least *least, double values[PLUMB_LEAST_N])
{
    struct plumb_least work = *least;
    int n = least->n;
    for (int sweep = 0; sweep < SWEEPS_N; sweep++)
        for (int p = 0; p < n; p++)
            for (int q = p + 1; q < n; q++)
                if (work.information[p][q] != 0)
                    turn_away(work.information, n, p, q);
    for (int i = 0; i < n; i++) {
        double value = work.information[i][i];
        int at = i;
        for (; at > 0 && values[at - 1] > value; at--)
            values[at] = values[at - 1];
        values[at] = value;
    }
}
