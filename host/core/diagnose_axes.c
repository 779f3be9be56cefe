#include "diagnose_axes.h"

#include <math.h>

static const double looks_per_s = 20;  /* the step of diagnose.c */
static const double memory_s = 1;      /* what 0.7 Hz lets through stays alike for so long */
static const double least_turn = 0.3;  /* rad^2/s: sum of the squared change of up that is enough to judge */
static const double least_fit = 0.5;   /* the best mapping explains at least so much of the change */
static const double clear_ratio = 1.4; /* another mapping is out when its misfit is so much larger */
static const double clear_odds = 8;    /* and its log-likelihood so much lower */
static const double scale_sd_most = 5; /* percent: worse is not worth a number */

void plumb_diagnose_axes_add(
    struct plumb_diagnose_sums *sums, struct plumb_vec3 up_s, struct plumb_vec3 change_per_s,
    struct plumb_vec3 rate_s_radps)
{
    struct plumb_vec3 cross = plumb_vec3_cross(change_per_s, up_s);
    const double up[3] = {up_s.x, up_s.y, up_s.z}, pull[3] = {cross.x, cross.y, cross.z};
    const double rate[3] = {rate_s_radps.x, rate_s_radps.y, rate_s_radps.z};
    sums->n += 1;
    sums->change2 += plumb_vec3_dot(change_per_s, change_per_s);
    for (int i = 0; i < 3; i++) {
        sums->pull[i] += pull[i];
        for (int j = 0; j < 3; j++) {
            double across = (i == j) - up[i] * up[j];
            sums->pull_rate[i][j] += pull[i] * rate[j];
            sums->across[i][j] += across;
            for (int k = 0; k < 3; k++) {
                sums->across_rate[i][j][k] += across * rate[k];
                for (int l = 0; l < 3; l++)
                    sums->across_rates[i][j][k][l] += across * rate[k] * rate[l];
            }
        }
    }
}

/* Number 0..47; 0 is the identity. */
static struct plumb_axis_map map_of(int number)
{
    static const int orders[6][3] = {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}, {0, 2, 1}, {1, 0, 2}, {2, 1, 0}};
    struct plumb_axis_map map;
    for (int i = 0; i < 3; i++) {
        map.from[i] = orders[number / 8][i];
        map.sign[i] = (number >> i) & 1 ? -1 : 1;
    }
    return map;
}

/* x = A^-1 b for a symmetric positive matrix (a little is added to its diagonal), by Cramer's rule. */
static void solve3(const double a_in[3][3], const double b[3], double x[3])
{
    double a[3][3], trace = a_in[0][0] + a_in[1][1] + a_in[2][2], inverse[3][3];
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            a[i][j] = a_in[i][j] + (i == j ? 1e-6 * trace + 1e-12 : 0);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            int p = (i + 1) % 3, q = (i + 2) % 3, r = (j + 1) % 3, s = (j + 2) % 3;
            inverse[j][i] = a[p][r] * a[q][s] - a[p][s] * a[q][r];
        }
    double det = a[0][0] * inverse[0][0] + a[0][1] * inverse[1][0] + a[0][2] * inverse[2][0];
    for (int i = 0; i < 3; i++)
        x[i] = (inverse[i][0] * b[0] + inverse[i][1] * b[1] + inverse[i][2] * b[2]) / det;
}

/* What is left of the change of up under one mapping, with the offset that suits it best:
 * sum |change - up x (P rate - offset)|^2 = change2 - 2 along + turned2, `along` and `turned2` without what
 * the offset explains. */
struct fit {
    double along, turned2, offset_gain;
};

static struct fit fit_of(const struct plumb_diagnose_sums *sums, const struct plumb_axis_map *map)
{
    struct fit fit = {0, 0, 0};
    double pull[3], bent[3], offset[3], offset_pull[3];
    for (int i = 0; i < 3; i++) {
        bent[i] = 0;
        pull[i] = sums->pull[i];
        fit.along += map->sign[i] * sums->pull_rate[i][map->from[i]];
        for (int j = 0; j < 3; j++) {
            fit.turned2 += map->sign[i] * map->sign[j] * sums->across_rates[i][j][map->from[i]][map->from[j]];
            bent[i] += map->sign[j] * sums->across_rate[i][j][map->from[j]];
        }
    }
    solve3(sums->across, bent, offset);      /* takes the offset out of the rate */
    solve3(sums->across, pull, offset_pull); /* and out of the change */
    for (int i = 0; i < 3; i++) {
        fit.along -= offset[i] * pull[i];
        fit.turned2 -= offset[i] * bent[i];
        fit.offset_gain += offset_pull[i] * pull[i];
    }
    return fit;
}

static double misfit(const struct plumb_diagnose_sums *sums, const struct fit *fit)
{
    return fmax(sums->change2 - fit->offset_gain - 2 * fit->along + fit->turned2, 1e-9);
}

/* 1 where the data clearly prefer misfit `low` to `high`. */
static int clearly(double low, double high, double looks)
{
    return high > clear_ratio * low && looks * log(high / low) > clear_odds;
}

static void judge_scale(
    const struct plumb_diagnose_sums *sums, const struct fit *fit, double looks,
    struct plumb_diagnosis *diagnosis)
{
    double share = fit->along / fit->turned2; /* true rate / reading */
    double left = fmax(sums->change2 - fit->offset_gain - share * fit->along, 1e-12);
    double sd = sqrt(left / sums->n / fit->turned2 * (sums->n / looks));
    double sd_percent = 100 * sd / (share * share);
    if (!(share > 0) || !(sd_percent < scale_sd_most))
        return;
    diagnosis->gyro_scale_percent = 100 * (1 / share - 1);
    diagnosis->gyro_scale_sd_percent = sd_percent;
}

void plumb_diagnose_axes_judge(const struct plumb_diagnose_sums *sums, struct plumb_diagnosis *diagnosis)
{
    double looks = sums->n / (looks_per_s * memory_s), misfits[48];
    int best = 0, rivals = 0;
    diagnosis->axes = PLUMB_CANNOT_TELL;
    if (sums->change2 / looks_per_s < least_turn)
        return;
    for (int m = 0; m < 48; m++) {
        struct plumb_axis_map map = map_of(m);
        struct fit fit = fit_of(sums, &map);
        misfits[m] = misfit(sums, &fit);
        if (misfits[m] < misfits[best])
            best = m;
    }
    struct plumb_axis_map identity = map_of(0);
    struct fit plain = fit_of(sums, &identity);
    if (misfits[best] > (1 - least_fit) * (sums->change2 - plain.offset_gain))
        return;
    for (int m = 0; m < 48; m++)
        rivals += m != best && !clearly(misfits[best], misfits[m], looks);
    if (best != 0 && clearly(misfits[best], misfits[0], looks))
        diagnosis->axes = PLUMB_FAULT;
    if (best == 0 && rivals == 0)
        diagnosis->axes = PLUMB_FINE;
    diagnosis->map_known = rivals == 0;
    diagnosis->map = map_of(best);
    if (diagnosis->axes == PLUMB_FINE)
        judge_scale(sums, &plain, looks, diagnosis);
}
