#include "link.h"

#include <assert.h>
#include <string.h>

#include "plumb/payload.h"

/* STATUS and HELLO say the time they were written, a sample the time its reading was ready: a sample may
 * follow a STATUS that is younger by the time of a bus transfer with all its retries. */
#define DISORDER_US 50000

#define PERIOD_DEFAULT_US 5000   /* the node's own default, 200 Hz */
#define PERIOD_MOST_US    100000 /* slower than any rate of the node: a pause, not a period */
#define WRAP_N            65536  /* the sequence is 16 bits wide */
#define REPEATED_MOST_N   200 /* samples that may come twice; further back it is a device that started again \
                               */

void plumb_link_init(struct plumb_link *link)
{
    *link = (struct plumb_link){.period_us = PERIOD_DEFAULT_US};
}

static void begin_segment(struct plumb_link *link)
{
    link->segment++;
    link->counters.segments++;
    link->has_time = link->has_sequence = link->has_sample = link->has_status = 0;
    link->has_boot = link->has_totals = 0;
    link->unreported = 0;
    link->samples_offset = 0;
}

void plumb_link_restart(struct plumb_link *link)
{
    link->partial_n = 0;
    link->skipping = 0;
    if (link->has_time)
        begin_segment(link);
}

double plumb_link_loss(const struct plumb_link *link)
{
    uint64_t taken = link->counters.lost + link->counters.samples;
    return taken > 0 ? (double)link->counters.lost / (double)taken : 0;
}

/* The device time nearest to the newest one known that has these low 32 bits. */
static int64_t unwrap_time(const struct plumb_link *link, uint32_t time_us)
{
    if (!link->has_time)
        return time_us;
    return link->time_us + (int32_t)(time_us - (uint32_t)((uint64_t)link->time_us & UINT32_MAX));
}

static void take_time(struct plumb_link *link, int64_t device_us)
{
    if (!link->has_time || device_us > link->time_us)
        link->time_us = device_us;
    link->has_time = 1;
}

/* The node's running totals, 16 bits each, since its boot. */
static void take_totals(struct plumb_link *link, uint16_t overruns, uint16_t dropped)
{
    if (link->has_totals) {
        link->counters.overruns += (uint16_t)(overruns - link->overruns_u16);
        link->counters.dropped += (uint16_t)(dropped - link->dropped_u16);
    }
    link->has_totals = 1;
    link->overruns_u16 = overruns;
    link->dropped_u16 = dropped;
}

static void take_loss(struct plumb_link *link, uint64_t n)
{
    link->counters.lost += n;
    link->unreported += n;
}

/* How many samples lie between the one expected and this one: the sequence tells modulo its wrap, and where
 * more than half a wrap may have passed, device time tells how often it wrapped. */
static uint64_t samples_skipped(const struct plumb_link *link, uint16_t sequence, int64_t device_us)
{
    int64_t skipped = (uint16_t)(sequence - (uint16_t)(link->next_sequence & 0xFFFFu));
    int64_t expected = (device_us - link->sequence_us) / link->period_us;
    if (expected > WRAP_N / 2 && expected > skipped)
        skipped += (expected - skipped + WRAP_N / 2) / WRAP_N * WRAP_N;
    return (uint64_t)skipped;
}

/* A sample not younger than the newest: one that came before, if its age and its number tell the same. */
static int is_repeated(const struct plumb_link *link, uint16_t sequence, int64_t device_us)
{
    int64_t back_n = (uint16_t)(link->next_sequence - 1 - sequence);
    int64_t back_us = link->sample_us - device_us;
    int64_t slack_us = link->period_us + back_n * link->period_us / 8;
    int64_t off_us = back_us - back_n * link->period_us;
    return back_n < REPEATED_MOST_N && off_us <= slack_us && off_us >= -slack_us;
}

static void learn_period(struct plumb_link *link, int64_t device_us)
{
    int64_t apart_us = device_us - link->sample_us;
    if (link->has_sample && link->unreported == 0 && apart_us < PERIOD_MOST_US)
        link->period_us = apart_us;
}

/* Counts what is missing before this sample and gives it its number. */
static void number_sample(struct plumb_link *link, struct plumb_link_message *message)
{
    uint16_t sequence = message->of.sample.sequence;
    uint64_t skipped = 0;
    if (link->has_sequence)
        skipped = samples_skipped(link, sequence, message->device_us);
    else
        link->next_sequence = sequence;
    take_loss(link, skipped);
    message->lost_before = link->unreported;
    message->sequence = link->next_sequence + skipped;
    link->next_sequence = message->sequence + 1;
}

static void take_sample(struct plumb_link *link, struct plumb_link_message *message)
{
    number_sample(link, message);
    learn_period(link, message->device_us);
    take_totals(link, message->of.sample.overruns, message->of.sample.frames_lost);
    take_time(link, message->device_us);
    link->counters.samples++;
    link->has_sample = link->has_sequence = 1;
    link->sample_us = link->sequence_us = message->device_us;
    link->unreported = 0;
}

/* 0 when the sample is one that was delivered before. */
static int on_sample(struct plumb_link *link, struct plumb_link_message *message)
{
    const struct plumb_wire_sample *sample = &message->of.sample;
    message->device_us = unwrap_time(link, sample->time_us);
    if (link->has_sample && message->device_us <= link->sample_us) {
        if (is_repeated(link, sample->sequence, message->device_us)) {
            link->counters.duplicates++;
            return 0;
        }
        begin_segment(link);
    } else if (link->has_time && message->device_us < link->time_us - DISORDER_US) {
        begin_segment(link);
    }
    message->device_us = unwrap_time(link, sample->time_us);
    take_sample(link, message);
    return 1;
}

/* A new segment where the boot mark says that the device was reset. */
static void take_boot(struct plumb_link *link, uint8_t boot)
{
    if (link->has_boot && link->boot != boot)
        begin_segment(link);
    link->has_boot = 1;
    link->boot = boot;
}

static int is_stale(const struct plumb_link *link, uint32_t time_us)
{
    return link->has_time && unwrap_time(link, time_us) < link->time_us - DISORDER_US;
}

/* A device that has just started has taken no sample and lost nothing. */
static void start_from_zero(struct plumb_link *link)
{
    link->next_sequence = 0;
    link->has_sequence = link->has_status = 1;
    take_totals(link, 0, 0);
}

static void on_hello(struct plumb_link *link, struct plumb_link_message *message)
{
    const struct plumb_hello *hello = &message->of.hello;
    int booted = hello->reason == PLUMB_HELLO_BOOT;
    if (booted && (is_stale(link, hello->time_us) || (link->has_sample && !link->has_boot)))
        begin_segment(link);
    take_boot(link, hello->boot);
    message->device_us = unwrap_time(link, hello->time_us);
    if (booted && !link->has_sequence)
        start_from_zero(link);
    if (!link->has_sequence || booted)
        link->sequence_us = message->device_us;
    take_time(link, message->device_us);
    if (hello->rate_hz > 0)
        link->period_us = 1000000 / hello->rate_hz;
}

/* STATUS counts samples in 32 bits: what it is ahead of the sequence was lost, what it is behind had been
 * counted as lost by mistake (the sensor paused while the line was cut). */
static void take_samples_count(struct plumb_link *link, uint32_t samples)
{
    uint32_t next_u32 = (uint32_t)(link->next_sequence & UINT32_MAX);
    if (!link->has_sequence)
        link->next_sequence = samples;
    else if (!link->has_status)
        link->samples_offset = next_u32 + (uint16_t)(samples - next_u32) - samples;
    link->has_sequence = link->has_status = 1;
    int32_t ahead = (int32_t)(samples + link->samples_offset - (uint32_t)(link->next_sequence & UINT32_MAX));
    if (ahead > 0)
        take_loss(link, (uint64_t)ahead);
    else if ((uint64_t) - (int64_t)ahead <= link->counters.lost)
        link->counters.lost -= (uint64_t) - (int64_t)ahead;
    link->next_sequence += (uint64_t)(int64_t)ahead;
}

static void on_status(struct plumb_link *link, struct plumb_link_message *message)
{
    const struct plumb_status *status = &message->of.status;
    take_boot(link, status->boot);
    message->device_us = unwrap_time(link, status->time_us);
    if (is_stale(link, status->time_us))
        return;
    take_samples_count(link, status->samples);
    take_totals(link, status->overruns, status->frames_lost);
    take_time(link, message->device_us);
    link->sequence_us = message->device_us;
}

/* 1 when the payload is read, 0 when it is too short, -1 when the type is unknown. */
static int read_payload(struct plumb_link_message *message, uint8_t type, const uint8_t *payload, uint8_t n)
{
    switch (type) {
    case PLUMB_HELLO:
        return plumb_get_hello(&message->of.hello, payload, n) == 0;
    case PLUMB_SAMPLE:
        return plumb_get_sample(&message->of.sample, payload, n) == 0;
    case PLUMB_STATUS:
        return plumb_get_status(&message->of.status, payload, n) == 0;
    case PLUMB_ACK:
        return plumb_get_ack(&message->of.ack, payload, n) == 0;
    case PLUMB_CALIB:
        return plumb_get_calib_reply(&message->of.calib, payload, n) == 0;
    default:
        return -1;
    }
}

static void deliver(struct plumb_link *link, struct plumb_link_message *message, enum plumb_link_kind kind)
{
    link->counters.frames++;
    if (kind == PLUMB_LINK_SAMPLE && !on_sample(link, message))
        return;
    if (kind == PLUMB_LINK_HELLO)
        on_hello(link, message);
    if (kind == PLUMB_LINK_STATUS)
        on_status(link, message);
    message->kind = kind;
    message->segment = link->segment;
}

/* The delimiter has come: what lies in `partial` is a frame, or damage. */
static void close_frame(struct plumb_link *link, struct plumb_link_message *message)
{
    uint8_t n = (uint8_t)link->partial_n;
    int skipped = link->skipping;
    link->partial_n = 0;
    link->skipping = 0;
    if (skipped || n == 0)
        return;
    int16_t payload_n = plumb_frame_open(link->partial, n);
    if (payload_n < 0) {
        link->counters.damaged++;
        return;
    }
    uint8_t type = link->partial[1];
    int read = read_payload(message, type, link->partial + 2, (uint8_t)payload_n);
    if (read > 0)
        deliver(link, message, (enum plumb_link_kind)type);
    else if (read == 0)
        link->counters.too_short++;
    else
        link->counters.unknown++;
}

static void collect(struct plumb_link *link, const uint8_t *bytes, size_t n)
{
    if (link->skipping)
        return;
    if (n > (size_t)(PLUMB_FRAME_MOST_N - link->partial_n)) {
        link->counters.too_long++;
        link->skipping = 1;
        return;
    }
    memcpy(link->partial + link->partial_n, bytes, n);
    link->partial_n = (uint16_t)(link->partial_n + n);
}

size_t
plumb_link_feed(struct plumb_link *link, const uint8_t *bytes, size_t n, struct plumb_link_message *message)
{
    assert(link && message && (bytes || n == 0));
    size_t used = 0;
    message->kind = PLUMB_LINK_NONE;
    message->lost_before = 0;
    while (used < n && message->kind == PLUMB_LINK_NONE) {
        const uint8_t *delimiter = memchr(bytes + used, 0, n - used);
        size_t run_n = delimiter ? (size_t)(delimiter - (bytes + used)) : n - used;
        collect(link, bytes + used, run_n);
        used += run_n;
        if (delimiter) {
            close_frame(link, message);
            used++;
        }
    }
    link->counters.bytes += used;
    return used;
}
