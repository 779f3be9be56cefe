/* WIRE.md against the code, both ways. */
#include <CUnit/CUnit.h>
#include <string.h>

#include "golden.h"
#include "plumb/frame.h"
#include "plumb/payload.h"
#include "suite.h"

static struct golden goldens[GOLDEN_MOST_N];
static int goldens_n;

static void load(void)
{
    if (goldens_n == 0)
        goldens_n = golden_load(goldens, GOLDEN_MOST_N);
    CU_ASSERT_FATAL(goldens_n > 0);
}

/* What a decoded struct holds, in the document's order. */
struct values {
    int64_t v[64];
    int n;
};

static void add(struct values *values, int64_t value)
{
    values->v[values->n++] = value;
}

static void add_i16(struct values *values, const int16_t *from, int n)
{
    for (int i = 0; i < n; i++)
        add(values, from[i]);
}

static int read_hello(const uint8_t *payload, uint8_t n, struct values *values, uint8_t *again)
{
    struct plumb_hello h;
    if (plumb_get_hello(&h, payload, n) != 0)
        return -1;
    const int64_t head[] = {h.version, h.reason,  h.board, h.reset,   h.boot,     h.firmware,
                            h.serial,  h.time_us, h.baud,  h.rate_hz, h.delay_us, h.imus_n};
    for (size_t i = 0; i < sizeof head / sizeof head[0]; i++)
        add(values, head[i]);
    for (int i = 0; i < h.imus_n; i++) {
        const struct plumb_hello_imu *u = &h.imus[i];
        const int64_t imu[] = {u->address,         u->who_am_i,           u->role,
                               u->present,         u->accel_lsb_per_g,    u->gyro_lsb_per_kdps,
                               u->temp_lsb_per_kc, u->temp_offset_centi_c};
        for (size_t k = 0; k < sizeof imu / sizeof imu[0]; k++)
            add(values, imu[k]);
    }
    return plumb_put_hello(again, &h);
}

static int read_sample(const uint8_t *payload, uint8_t n, struct values *values, uint8_t *again)
{
    struct plumb_wire_sample s;
    if (plumb_get_sample(&s, payload, n) != 0)
        return -1;
    const int64_t head[] = {s.flags, s.sequence, s.time_us, s.overruns, s.frames_lost};
    for (size_t i = 0; i < sizeof head / sizeof head[0]; i++)
        add(values, head[i]);
    for (int i = 0; i < PLUMB_WIRE_IMUS_N; i++) {
        if (!(s.flags & (1 << i)))
            continue;
        add_i16(values, s.counts[i].accel_lsb, 3);
        add_i16(values, s.counts[i].gyro_lsb, 3);
        add(values, s.counts[i].temp_lsb);
    }
    return plumb_put_sample(again, &s);
}

static int read_status(const uint8_t *payload, uint8_t n, struct values *values, uint8_t *again)
{
    struct plumb_status s;
    if (plumb_get_status(&s, payload, n) != 0)
        return -1;
    const int64_t all[] = {s.time_us,      s.state,          s.boot,         s.flags,     s.imu_state[0],
                           s.imu_state[1], s.rate_hz,        s.samples,      s.overruns,  s.frames_lost,
                           s.i2c_errors,   s.bus_recoveries, s.imu_restarts, s.rx_errors, s.stack_free};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        add(values, all[i]);
    return plumb_put_status(again, &s);
}

static int read_ack(const uint8_t *payload, uint8_t n, struct values *values, uint8_t *again)
{
    struct plumb_ack ack;
    if (plumb_get_ack(&ack, payload, n) != 0)
        return -1;
    add(values, ack.command);
    add(values, ack.result);
    return plumb_put_ack(again, &ack);
}

static void add_record(struct values *values, const struct plumb_calib_record *record)
{
    add_i16(values, record->accel_bias, 3);
    add_i16(values, record->accel_matrix, 9);
    add_i16(values, record->gyro_bias, 3);
    add_i16(values, record->gyro_scale, 3);
    add(values, record->temp_centi_c);
    add(values, record->day);
}

static int read_calib(const uint8_t *payload, uint8_t n, struct values *values, uint8_t *again)
{
    struct plumb_calib_reply reply;
    if (plumb_get_calib_reply(&reply, payload, n) != 0)
        return -1;
    add(values, reply.imu);
    add(values, reply.valid);
    add_record(values, &reply.record);
    return plumb_put_calib_reply(again, &reply);
}

static int read_calib_write(const uint8_t *payload, uint8_t n, struct values *values, uint8_t *again)
{
    struct plumb_calib_record record;
    if (n < PLUMB_CALIB_WRITE_N)
        return -1;
    plumb_get_calib_record(&record, payload + 1);
    add(values, payload[0]);
    add_record(values, &record);
    again[0] = payload[0];
    return (int)(plumb_put_calib_record(again + 1, &record) - again);
}

static const struct kind {
    const char *name;
    uint8_t type;
    int payload_n; /* of a command, as wire.h has it; -1: it has a reader */
    int (*read)(const uint8_t *payload, uint8_t n, struct values *values, uint8_t *again);
} kinds[] = {
    {"HELLO", PLUMB_HELLO, -1, read_hello},
    {"SAMPLE", PLUMB_SAMPLE, -1, read_sample},
    {"STATUS", PLUMB_STATUS, PLUMB_STATUS_N, read_status},
    {"ACK", PLUMB_ACK, PLUMB_ACK_N, read_ack},
    {"CALIB", PLUMB_CALIB, PLUMB_CALIB_N, read_calib},
    {"HELLO_REQUEST", PLUMB_HELLO_REQUEST, 0, NULL},
    {"START", PLUMB_START, 0, NULL},
    {"STOP", PLUMB_STOP, 0, NULL},
    {"RATE", PLUMB_RATE, PLUMB_RATE_N, NULL},
    {"CUE", PLUMB_CUE, PLUMB_CUE_N, NULL},
    {"IDENTIFY", PLUMB_IDENTIFY, PLUMB_IDENTIFY_N, NULL},
    {"ROLE", PLUMB_ROLE, PLUMB_ROLE_N, NULL},
    {"CALIB_READ", PLUMB_CALIB_READ, PLUMB_CALIB_READ_N, NULL},
    {"CALIB_WRITE", PLUMB_CALIB_WRITE, PLUMB_CALIB_WRITE_N, read_calib_write},
    {"SERIAL_WRITE", PLUMB_SERIAL_WRITE, PLUMB_SERIAL_WRITE_N, NULL},
};

#define KINDS_N ((int)(sizeof kinds / sizeof kinds[0]))

static const struct kind *find_kind(const char *name)
{
    for (int i = 0; i < KINDS_N; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    return NULL;
}

static void test_every_kind_has_a_golden_frame(void)
{
    load();
    for (int k = 0; k < KINDS_N; k++) {
        int seen = 0;
        for (int i = 0; i < goldens_n; i++)
            seen += strcmp(goldens[i].kind, kinds[k].name) == 0 && goldens[i].type == kinds[k].type;
        CU_ASSERT(seen > 0);
    }
}

static void test_fields_become_the_bytes(void)
{
    load();
    for (int i = 0; i < goldens_n; i++) {
        const struct golden *golden = &goldens[i];
        uint8_t frame[256];
        int n = plumb_frame_encode(frame, golden->type, golden->payload, (uint8_t)golden->payload_n);
        CU_ASSERT_EQUAL(n, golden->frame_n);
        CU_ASSERT_EQUAL(memcmp(frame, golden->frame, (size_t)golden->frame_n), 0);
    }
}

static void check_values(const struct golden *golden, const struct kind *kind, const uint8_t *payload, int n)
{
    struct values values = {.n = 0};
    uint8_t again[PLUMB_PAYLOAD_N];
    if (!kind->read) {
        CU_ASSERT_EQUAL(n, kind->payload_n);
        return;
    }
    CU_ASSERT_EQUAL_FATAL(kind->read(payload, (uint8_t)n, &values, again), n);
    CU_ASSERT_EQUAL(memcmp(again, payload, (size_t)n), 0);
    CU_ASSERT_EQUAL_FATAL(values.n, golden->values_n);
    CU_ASSERT_EQUAL(memcmp(values.v, golden->values, sizeof values.v[0] * (size_t)values.n), 0);
}

static void test_bytes_become_the_fields(void)
{
    load();
    for (int i = 0; i < goldens_n; i++) {
        const struct golden *golden = &goldens[i];
        const struct kind *kind = find_kind(golden->kind);
        CU_ASSERT_PTR_NOT_NULL_FATAL(kind);
        uint8_t frame[256];
        memcpy(frame, golden->frame, sizeof frame);
        int n = plumb_frame_open(frame, (uint8_t)(golden->frame_n - 1));
        CU_ASSERT_EQUAL_FATAL(n, golden->payload_n);
        CU_ASSERT_EQUAL(frame[1], golden->type);
        CU_ASSERT_EQUAL(memcmp(frame + 2, golden->payload, (size_t)n), 0);
        check_values(golden, kind, frame + 2, n);
    }
}

static void test_longer_is_welcome_shorter_is_not(void)
{
    load();
    for (int i = 0; i < goldens_n; i++) {
        const struct kind *kind = find_kind(goldens[i].kind);
        uint8_t payload[PLUMB_PAYLOAD_N] = {0}, again[PLUMB_PAYLOAD_N];
        memcpy(payload, goldens[i].payload, (size_t)goldens[i].payload_n);
        struct values values = {.n = 0};
        if (!kind || !kind->read)
            continue;
        CU_ASSERT_EQUAL(
            kind->read(payload, (uint8_t)(goldens[i].payload_n + 5), &values, again), goldens[i].payload_n);
        CU_ASSERT_EQUAL(kind->read(payload, (uint8_t)(goldens[i].payload_n - 1), &values, again), -1);
        CU_ASSERT_EQUAL(kind->read(payload, 0, &values, again), -1);
    }
}

/* The check value of this CRC is published: "123456789" gives 0x6F91 (catalogue of CRCs, CRC-16/MCRF4XX). */
static void test_crc_is_the_published_one(void)
{
    uint16_t crc = PLUMB_CRC_INIT;
    for (const char *at = "123456789"; *at; at++)
        crc = plumb_crc_push(crc, (uint8_t)*at);
    CU_ASSERT_EQUAL(crc, 0x6F91);
}

static void check_round_trip(const uint8_t *payload, uint8_t n)
{
    uint8_t frame[PLUMB_FRAME_N(PLUMB_PAYLOAD_N)];
    uint8_t frame_n = plumb_frame_encode(frame, 0x42, payload, n);
    CU_ASSERT_EQUAL(frame_n, PLUMB_FRAME_N(n));
    CU_ASSERT_PTR_EQUAL(memchr(frame, 0, frame_n), frame + frame_n - 1);
    CU_ASSERT_EQUAL(plumb_frame_open(frame, (uint8_t)(frame_n - 1)), n);
    CU_ASSERT_EQUAL(memcmp(frame + 2, payload, n), 0);
}

static void test_every_length_of_zeros_and_of_ones(void)
{
    uint8_t payload[PLUMB_PAYLOAD_N];
    for (uint8_t n = 0; n <= PLUMB_PAYLOAD_N; n++) {
        memset(payload, 0, sizeof payload);
        check_round_trip(payload, n);
        memset(payload, 0xFF, sizeof payload);
        check_round_trip(payload, n);
        for (int i = 0; i < PLUMB_PAYLOAD_N; i++)
            payload[i] = (uint8_t)(i * 37 % 3 == 0 ? 0 : i + n);
        check_round_trip(payload, n);
    }
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"every kind has a golden frame", test_every_kind_has_a_golden_frame},
        {"fields become the bytes", test_fields_become_the_bytes},
        {"bytes become the fields", test_bytes_become_the_fields},
        {"longer is welcome, shorter is not", test_longer_is_welcome_shorter_is_not},
        {"crc is the published one", test_crc_is_the_published_one},
        {"every length of zeros and of ones", test_every_length_of_zeros_and_of_ones},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("wire", tests, argc, argv);
}
