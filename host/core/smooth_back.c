#include "smooth_back.h"

#include <string.h>

#define N PLUMB_ORIENT_N

void plumb_smooth_back_init(struct plumb_smooth_back *back)
{
    memset(back, 0, sizeof *back);
}

static double dot(const float *a, const double *b)
{
    double sum = 0;
    for (int i = 0; i < N; i++)
        sum += (double)a[i] * b[i];
    return sum;
}

void plumb_smooth_back_tilt(
    const struct plumb_smooth_back *back, const struct plumb_orient_step *step, double turn_rad[2],
    double variance_rad2[3])
{
    const float(*rows)[N] = (const float(*)[N])step->tilt_rows;
    turn_rad[0] = -dot(rows[0], back->slope);
    turn_rad[1] = -dot(rows[1], back->slope);
    if (!variance_rad2)
        return;
    double less[2][N];
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < N; j++)
            less[i][j] = dot(rows[i], back->curve[j]);
    variance_rad2[0] = rows[0][0] - dot(rows[0], less[0]);
    variance_rad2[1] = rows[0][1] - dot(rows[0], less[1]);
    variance_rad2[2] = rows[1][1] - dot(rows[1], less[1]);
}

/* slope <- (I - K H)' slope - H' surprise / S; curve <- (I - K H)' curve (I - K H) + H' H / S, where H sees
 * the one state `at` and K is weight * column. */
static void unlook(struct plumb_smooth_back *back, const struct plumb_orient_look *look, int with_curve)
{
    double weight = look->weight, bent[N], sum = 0;
    int at = look->at;
    back->slope[at] -= weight * (look->surprise + dot(look->column, back->slope));
    if (!with_curve)
        return;
    for (int i = 0; i < N; i++) {
        bent[i] = weight * dot(look->column, back->curve[i]);
        sum += weight * (double)look->column[i] * bent[i];
    }
    for (int i = 0; i < N; i++) {
        back->curve[i][at] -= bent[i];
        back->curve[at][i] -= bent[i];
    }
    back->curve[at][at] += sum + weight;
}

/* Each of the m columns of `to` becomes the transposed transition times itself. */
static inline void carry_back(double *to, int m, const struct plumb_orient_step *step)
{
    double up = step->up_w_mps, all_s = step->gathered_s, bend[2];
    for (int j = 0; j < m; j++) {
        bend[0] =
            -up * (to[(PLUMB_AT_VELOCITY + 1) * m + j] + all_s / 2 * to[(PLUMB_AT_POSITION + 1) * m + j]);
        bend[1] = up * (to[PLUMB_AT_VELOCITY * m + j] + all_s / 2 * to[PLUMB_AT_POSITION * m + j]);
        for (int i = 0; i < 2; i++) {
            double mean = to[i * m + j] + bend[i] / 2;
            to[(PLUMB_AT_VELOCITY + i) * m + j] += all_s * to[(PLUMB_AT_POSITION + i) * m + j];
            to[i * m + j] += bend[i];
            for (int a = 0; a < 3; a++)
                to[(PLUMB_AT_OFFSET + a) * m + j] -= (double)step->rows_w_s[i][a] * mean;
            for (int a = 0; a < 9; a++)
                to[(PLUMB_AT_MATRIX + a) * m + j] -= (double)step->rows_gyro_w_rad[i][a] * mean;
        }
    }
}

static void transpose(double c[N][N])
{
    for (int i = 0; i < N; i++)
        for (int j = 0; j < i; j++) {
            double swap = c[i][j];
            c[i][j] = c[j][i];
            c[j][i] = swap;
        }
}

void plumb_smooth_back_over(
    struct plumb_smooth_back *back, const struct plumb_orient_step *step, int with_curve)
{
    for (int i = step->looks_n - 1; i >= 0; i--)
        unlook(back, &step->looks[i], with_curve);
    carry_back(back->slope, 1, step);
    if (!with_curve)
        return;
    carry_back(&back->curve[0][0], N, step);
    transpose(back->curve);
    carry_back(&back->curve[0][0], N, step);
}

void plumb_smooth_back_part(struct plumb_smooth_back *back)
{
    for (int i = 0; i < PLUMB_AT_OFFSET; i++) {
        back->slope[i] = 0;
        for (int j = 0; j < N; j++)
            back->curve[i][j] = back->curve[j][i] = 0;
    }
}
