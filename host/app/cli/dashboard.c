#include "dashboard.h"

#include <math.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../../core/units.h"
#include "big_text.h"

#define TERMINAL_EVERY_US 100000
#define LOG_EVERY_US      1000000
#define BAR_N             40
#define BAR_DEG           10.0 /* either way */

/* Okabe-Ito, as in DRAWING, on whatever background the terminal has; the zone is also a word. */
static const char *const zone_colours[] = {
    [PLUMB_OFF] = "\033[0m",
    [PLUMB_GREEN] = "\033[38;5;36m",
    [PLUMB_AMBER] = "\033[38;5;214m",
    [PLUMB_RED] = "\033[38;5;166m"};
static const char *const zone_words[] = {
    [PLUMB_OFF] = "not judged",
    [PLUMB_GREEN] = "in the zone",
    [PLUMB_AMBER] = "near the edge",
    [PLUMB_RED] = "OUT OF YOUR SET ZONE - timer paused"};

void plumb_dashboard_init(struct plumb_dashboard *dashboard, FILE *to)
{
    *dashboard = (struct plumb_dashboard){.to = to, .terminal = isatty(fileno(to))};
    if (dashboard->terminal)
        fputs("\033[?25l\033[2J", to);
}

void plumb_dashboard_close(struct plumb_dashboard *dashboard)
{
    if (dashboard->terminal)
        fputs("\033[0m\033[?25h\n", dashboard->to);
    fflush(dashboard->to);
}

/* ---- what events say */

static void say_flag(char *note, size_t n, const struct plumb_flag *flag)
{
    const char *words = plumb_flag_words(flag->kind);
    const char *inferred = flag->basis == PLUMB_INFERRED ? " (inferred)" : "";
    if (isnan(flag->end_s))
        snprintf(note, n, "%s%s", words, inferred);
    else if (flag->kind == PLUMB_SIGNAL_LOST)
        snprintf(note, n, "sensor is back after %.1f s", flag->end_s - flag->onset_s);
    else
        snprintf(
            note, n, "back in the zone; %s%s for %.1f s, most %.1f deg", words, inferred,
            flag->end_s - flag->start_s, flag->peak_rad * PLUMB_DEG_PER_RAD);
}

static void say_mount(char *note, size_t n, const struct plumb_mount *mount)
{
    snprintf(
        note, n, "clip alignment %s: %d tilts, %.0f %% about one axis",
        mount->quality == PLUMB_MOUNT_GOOD ? "measured, good" : "approximate", mount->tilts_n,
        100 * mount->explained);
}

static void say_neutral(char *note, size_t n, const struct plumb_neutral *neutral)
{
    snprintf(
        note, n, "zone set; breathing %.1f deg peak to peak, %.0f a minute",
        neutral->breath_pp_rad * PLUMB_DEG_PER_RAD, neutral->breath_per_min);
}

static void say_hold(char *note, size_t n, const struct plumb_hold *hold)
{
    snprintf(
        note, n, "hold over: %.1f s in the zone of %.1f s, out of it %d times", hold->in_zone_s,
        plumb_hold_elapsed_s(hold), hold->excursions);
}

static void say_rep(char *note, size_t n, const struct plumb_repetition *rep)
{
    snprintf(
        note, n, "%d: %.0f deg; up in %.1f s, %.1f s at the top, down in %.1f s", rep->n,
        rep->peak_rad * PLUMB_DEG_PER_RAD, rep->raising_s, rep->top_s, rep->lowering_s);
}

static void say_hello(char *note, size_t n, const struct plumb_hello *hello)
{
    int sensors_n = 0;
    for (int imu = 0; imu < hello->imus_n; imu++)
        sensors_n += hello->imus[imu].present != 0;
    snprintf(
        note, n, "clip answers: serial number %08X, %d sensor%s, %d Hz", hello->serial, sensors_n,
        sensors_n == 1 ? "" : "s", hello->rate_hz);
}

/* 1 when the event has something to say. */
static int say(char *note, size_t n, const struct plumb_session *session, const struct plumb_event *event)
{
    switch (event->kind) {
    case PLUMB_EVENT_HELLO:
        say_hello(note, n, &session->hello);
        return 1;
    case PLUMB_EVENT_TROUBLE:
        snprintf(note, n, "%s", *event->text ? event->text : "The sensor delivers again.");
        return 1;
    case PLUMB_EVENT_SILENT:
        snprintf(note, n, "No signal from the clip: the timer is paused.");
        return 1;
    case PLUMB_EVENT_SEGMENT:
        snprintf(note, n, "The clip was restarted; going on.");
        return 1;
    case PLUMB_EVENT_STEP:
        snprintf(note, n, "%s", event->text);
        return 1;
    case PLUMB_EVENT_MOUNT:
        say_mount(note, n, &session->prepare.mount[PLUMB_PELVIS]);
        return 1;
    case PLUMB_EVENT_NEUTRAL:
        say_neutral(note, n, &session->prepare.neutral);
        return 1;
    case PLUMB_EVENT_HOLD_END:
        say_hold(note, n, &event->hold);
        return 1;
    case PLUMB_EVENT_POSE_GONE:
        snprintf(note, n, "You left the pose: the timer is paused.");
        return 1;
    case PLUMB_EVENT_POSE_BACK:
        snprintf(note, n, "Back in the pose: going on.");
        return 1;
    case PLUMB_EVENT_PAUSED:
        snprintf(note, n, "Paused. Press again to go on.");
        return 1;
    case PLUMB_EVENT_GOES_ON:
        snprintf(note, n, "Going on.");
        return 1;
    case PLUMB_EVENT_REP:
        say_rep(note, n, &event->rep);
        return 1;
    case PLUMB_EVENT_BREATH:
        snprintf(note, n, "breath %d", event->breath);
        return 1;
    case PLUMB_EVENT_SIDE:
        snprintf(note, n, "Switch sides: now the %s one.", plumb_side_name(event->side));
        return 1;
    case PLUMB_EVENT_ADVICE:
    case PLUMB_EVENT_STOPPED:
        snprintf(note, n, "%s", event->text);
        return 1;
    case PLUMB_EVENT_FLAG_BEGIN:
    case PLUMB_EVENT_FLAG_END:
        say_flag(note, n, &event->flag);
        return 1;
    default:
        return 0;
    }
}

void plumb_dashboard_event(
    struct plumb_dashboard *dashboard, const struct plumb_session *session, const struct plumb_event *event)
{
    char note[sizeof dashboard->note];
    if (!say(note, sizeof note, session, event))
        return;
    if (!dashboard->terminal)
        fprintf(dashboard->to, "%8.2f s  %s\n", event->t_s, note);
    else if (event->kind != PLUMB_EVENT_STEP)
        memcpy(dashboard->note, note, sizeof note);
}

/* ---- the picture */

static void put_bar(FILE *to, double tilt_deg, double green_deg)
{
    int at = (int)lround((tilt_deg + BAR_DEG) / (2 * BAR_DEG) * BAR_N);
    fputs("back ", to);
    for (int i = 0; i <= BAR_N; i++) {
        double here_deg = ((double)i / BAR_N - 0.5) * 2 * BAR_DEG;
        int inside = fabs(here_deg) <= green_deg;
        fputs(isfinite(tilt_deg) && i == at ? "\u2588" : inside ? "\u2501" : "\u00b7", to);
    }
    fputs(" forward", to);
}

static void put_line(struct plumb_dashboard *dashboard)
{
    fputs("\033[K\n", dashboard->to);
    dashboard->rows_n++;
}

static void put_big(struct plumb_dashboard *dashboard, const char *text, int wide)
{
    for (int row = 0; row < PLUMB_BIG_ROWS_N; row++) {
        fputs("  ", dashboard->to);
        plumb_big_text_row(dashboard->to, text, row, wide);
        put_line(dashboard);
    }
}

static int columns(const FILE *to)
{
    struct winsize size;
    return ioctl(fileno((FILE *)(uintptr_t)to), TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
}

static void put_angle(struct plumb_dashboard *dashboard, const struct plumb_session *session)
{
    const struct plumb_row *row = &session->row;
    double tilt_deg = row->decided.tilt_rad * PLUMB_DEG_PER_RAD;
    char text[32] = " --- ";
    if (isfinite(tilt_deg) && !session->silent)
        snprintf(text, sizeof text, "%+.1fd", tilt_deg);
    int wide = columns(dashboard->to) / 28;
    fputs(zone_colours[session->silent ? PLUMB_OFF : row->zone], dashboard->to);
    put_big(dashboard, text, wide < 1 ? 1 : wide > 4 ? 4 : wide);
    put_line(dashboard);
    fprintf(
        dashboard->to, "  %s\033[0m", session->silent ? "NO SIGNAL - timer paused" : zone_words[row->zone]);
    put_line(dashboard);
    fputs("  ", dashboard->to);
    put_bar(
        dashboard->to, session->silent ? NAN : tilt_deg,
        session->judging.thresholds.amber_rad * PLUMB_DEG_PER_RAD);
    put_line(dashboard);
}

/* Why the timer stands, beside being out of the zone. */
static const char *waiting(const struct plumb_session *session)
{
    if (session->resting)
        return "; resting: Space goes on";
    return plumb_limit_raised(&session->pose_guard) ? "; you left the pose" : "";
}

static void put_step(struct plumb_dashboard *dashboard, const struct plumb_session *session)
{
    const struct plumb_step *step = plumb_session_step(session);
    fprintf(dashboard->to, "  \033[1m%s\033[0m", step ? session->say : "");
    put_line(dashboard);
    if (step && step->kind == PLUMB_STEP_HOLD)
        fprintf(
            dashboard->to, "  %.0f of %.0f s in the zone%s", session->hold.in_zone_s, step->in_zone_s,
            waiting(session));
    else if (step && step->kind == PLUMB_STEP_REPS)
        fprintf(dashboard->to, "  %d of %d", session->repetitions.n, step->count);
    else if (step && step->kind == PLUMB_STEP_BREATHS)
        fprintf(dashboard->to, "  breath %d of %d", session->breaths.n, step->count);
    else if (step)
        fprintf(
            dashboard->to, "  %3.0f %%  %s", 100 * session->progress.fraction,
            plumb_hint_words(session->progress.hint));
    put_line(dashboard);
}

static void draw(struct plumb_dashboard *dashboard, const struct plumb_session *session)
{
    dashboard->rows_n = 0;
    fputs("\033[H", dashboard->to);
    put_line(dashboard);
    put_angle(dashboard, session);
    put_line(dashboard);
    put_step(dashboard, session);
    put_line(dashboard);
    fprintf(dashboard->to, "  %s%s", dashboard->sound_off ? "Sound off. " : "", dashboard->note);
    put_line(dashboard);
    put_line(dashboard);
    fputs("  Space goes on, Q ends. Pain: K knee, B back, P sharp.", dashboard->to);
    put_line(dashboard);
    fputs("  For exercise and learning, not a medical device.\033[J", dashboard->to);
    fflush(dashboard->to);
}

static void print_status(struct plumb_dashboard *dashboard, const struct plumb_session *session)
{
    const struct plumb_row *row = &session->row;
    double tilt_deg = row->decided.tilt_rad * PLUMB_DEG_PER_RAD;
    if (!isfinite(tilt_deg) || session->silent)
        return;
    fprintf(
        dashboard->to, "%8.2f s  tilt %+5.1f deg  %-13s  %.1f s in the zone\n", session->last_t_s, tilt_deg,
        row->zone == PLUMB_RED ? "out of zone" : zone_words[row->zone],
        session->in_zone_s + (session->holding ? session->hold.in_zone_s : 0));
}

void plumb_dashboard_tick(
    struct plumb_dashboard *dashboard, const struct plumb_session *session, int64_t now_us)
{
    int64_t every_us = dashboard->terminal ? TERMINAL_EVERY_US : LOG_EVERY_US;
    if (now_us - dashboard->drawn_us < every_us)
        return;
    dashboard->drawn_us = now_us;
    if (dashboard->terminal)
        draw(dashboard, session);
    else
        print_status(dashboard, session);
}
