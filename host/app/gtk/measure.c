#include "measure.h"

#include <stdio.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define KEY GDK_KEY_m /* marks a moment: the engine answers, and the mark is drawn */

struct plumb_measure {
    struct plumb_app *app;
    gint64 first_frame_us; /* from the program's start */
    gint64 begun_us, frame_us;
    double cpu_ms, drawing_ms; /* as it began: of the process, of the window's thread */
    gint64 frames_n;
    GArray *gaps_ms, *fresh_ms, *stale_ms, *keys_ms; /* of doubles */
    gint64 shown_us;                                 /* arrival of the newest sample that is on the screen */
    gint64 pressed_us;                               /* a key waits for its effect; 0: none */
    unsigned fulfilled_n;
    guint64 samples_n, lost_n; /* as it began */
    int stalled;
};

static double clock_ms(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void add(GArray *list, gint64 span_us)
{
    double ms = (double)span_us / 1e3;
    g_array_append_val(list, ms);
}

/* ---- reading the system's own figures */

/* When this process was started, of the clock since boot: field 22 of proc(5)'s stat, in ticks. */
static double started_ms(void)
{
    char *text = NULL;
    unsigned long long ticks = 0;
    if (g_file_get_contents("/proc/self/stat", &text, NULL, NULL)) {
        const char *behind_name = strrchr(text, ')');
        sscanf(
            behind_name ? behind_name : "",
            ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu", &ticks);
    }
    g_free(text);
    return (double)ticks * 1e3 / (double)sysconf(_SC_CLK_TCK);
}

static double resident_mb(void)
{
    char *text = NULL;
    long pages = 0;
    if (g_file_get_contents("/proc/self/statm", &text, NULL, NULL))
        sscanf(text, "%*d %ld", &pages);
    g_free(text);
    return (double)pages * (double)sysconf(_SC_PAGESIZE) / 1e6;
}

/* ---- telling */

static int by_size(gconstpointer a, gconstpointer b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void tell_spread(const char *name, GArray *list)
{
    if (!list->len)
        return;
    g_array_sort(list, by_size);
    printf("%s_median_ms %.2f\n", name, g_array_index(list, double, list->len / 2));
    printf("%s_p99_ms %.2f\n", name, g_array_index(list, double, (list->len - 1) * 99 / 100));
    printf("%s_most_ms %.2f\n", name, g_array_index(list, double, list->len - 1));
}

static void tell(const struct plumb_measure *measure)
{
    const struct plumb_moment *moment = &measure->app->moment;
    double seconds = (double)(g_get_monotonic_time() - measure->begun_us) / 1e6;
    double frames_n = (double)MAX(measure->frames_n, 1);
    printf("first_frame_ms %.0f\n", (double)measure->first_frame_us / 1e3);
    printf("frames_per_s %.2f\n", (double)measure->frames_n / seconds);
    printf("cpu_percent %.2f\n", (clock_ms(CLOCK_PROCESS_CPUTIME_ID) - measure->cpu_ms) / seconds / 10);
    printf("frame_cpu_ms %.2f\n", (clock_ms(CLOCK_THREAD_CPUTIME_ID) - measure->drawing_ms) / frames_n);
    printf("resident_mb %.1f\n", resident_mb());
    printf("samples %lu\n", (unsigned long)(moment->samples_n - measure->samples_n));
    printf("lost %lu\n", (unsigned long)(moment->lost_n - measure->lost_n));
    tell_spread("gap", measure->gaps_ms);
    tell_spread("newest_sample_to_pixel", measure->fresh_ms);
    tell_spread("oldest_sample_to_pixel", measure->stale_ms);
    tell_spread("key_to_pixel", measure->keys_ms);
    printf("keys %u\n", measure->keys_ms->len);
    fflush(stdout);
}

/* ---- watching */

static void begin(struct plumb_measure *measure)
{
    measure->begun_us = g_get_monotonic_time();
    measure->cpu_ms = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
    measure->drawing_ms = clock_ms(CLOCK_THREAD_CPUTIME_ID);
    measure->samples_n = measure->app->moment.samples_n;
    measure->lost_n = measure->app->moment.lost_n;
    measure->fulfilled_n = measure->app->moment.fulfilled_n;
}

static gboolean leave(gpointer data)
{
    struct plumb_app *app = data;
    tell(app->measure);
    gtk_window_close(GTK_WINDOW(app->window));
    return G_SOURCE_REMOVE;
}

/* Some samples of a frame are new in it: the newest of them waited least, the oldest since the frame before.
 */
static void note_samples(struct plumb_measure *measure, gint64 now_us)
{
    gint64 arrived_us = measure->app->moment.arrived_us;
    if (!arrived_us || arrived_us == measure->shown_us)
        return;
    add(measure->fresh_ms, now_us - arrived_us);
    if (measure->shown_us)
        add(measure->stale_ms, now_us - measure->shown_us);
    measure->shown_us = arrived_us;
}

static void note_key(struct plumb_measure *measure, gint64 now_us)
{
    unsigned fulfilled_n = measure->app->moment.fulfilled_n;
    if (measure->pressed_us && fulfilled_n != measure->fulfilled_n) {
        add(measure->keys_ms, now_us - measure->pressed_us);
        measure->pressed_us = 0;
    }
    measure->fulfilled_n = fulfilled_n;
}

static void stall(struct plumb_measure *measure)
{
    double stall_s = measure->app->options.stall_s;
    gint64 half_us = (gint64)(measure->app->options.measure_s / 2 * 1e6);
    if (measure->stalled || stall_s <= 0 || g_get_monotonic_time() - measure->begun_us < half_us)
        return;
    measure->stalled = 1;
    g_usleep((gulong)(stall_s * 1e6));
}

static void frame_painted(GdkFrameClock *clock, gpointer data)
{
    struct plumb_measure *measure = data;
    struct plumb_app *app = measure->app;
    gint64 now_us = g_get_monotonic_time();
    (void)clock;
    if (!measure->first_frame_us)
        measure->first_frame_us = (gint64)((clock_ms(CLOCK_BOOTTIME) - started_ms()) * 1e3);
    if (!g_str_equal(app->screen->id, "stretch"))
        return;
    if (!measure->begun_us) {
        begin(measure);
        g_timeout_add((guint)(app->options.measure_s * 1e3), leave, app);
    } else {
        add(measure->gaps_ms, now_us - measure->frame_us);
        measure->frames_n++;
    }
    measure->frame_us = now_us;
    note_samples(measure, now_us);
    note_key(measure, now_us);
    stall(measure);
}

/* X and Wayland give the time of an event in milliseconds of the monotonic clock, without its upper bits. */
static gboolean
key_pressed(GtkEventControllerKey *keys, guint key, guint code, GdkModifierType with, gpointer data)
{
    struct plumb_measure *measure = data;
    gint64 now_us = g_get_monotonic_time();
    guint32 at_ms = gtk_event_controller_get_current_event_time(GTK_EVENT_CONTROLLER(keys));
    guint32 ago_ms = (guint32)(now_us / 1000) - at_ms;
    (void)code, (void)with;
    if (key == KEY && !measure->pressed_us)
        measure->pressed_us = ago_ms < 10000 ? now_us - (gint64)ago_ms * 1000 : now_us;
    return FALSE;
}

void plumb_measure_start(struct plumb_app *app)
{
    struct plumb_measure *measure = g_new0(struct plumb_measure, 1);
    GtkEventController *keys = gtk_event_controller_key_new();
    measure->app = app;
    measure->gaps_ms = g_array_new(FALSE, FALSE, sizeof(double));
    measure->fresh_ms = g_array_new(FALSE, FALSE, sizeof(double));
    measure->stale_ms = g_array_new(FALSE, FALSE, sizeof(double));
    measure->keys_ms = g_array_new(FALSE, FALSE, sizeof(double));
    app->measure = measure;
    gtk_event_controller_set_propagation_phase(keys, GTK_PHASE_CAPTURE);
    g_signal_connect(keys, "key-pressed", G_CALLBACK(key_pressed), measure);
    gtk_widget_add_controller(app->window, keys);
    g_signal_connect(
        gtk_widget_get_frame_clock(app->window), "after-paint", G_CALLBACK(frame_painted), measure);
}

void plumb_measure_free(struct plumb_measure *measure)
{
    if (!measure)
        return;
    g_array_unref(measure->gaps_ms);
    g_array_unref(measure->fresh_ms);
    g_array_unref(measure->stale_ms);
    g_array_unref(measure->keys_ms);
    g_free(measure);
}
