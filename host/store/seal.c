#include "seal.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "../io/file_out.h"
#include "../io/message_fail.h"

#define PIECE_N  65536
#define SEALED_N (PIECE_N + crypto_secretstream_xchacha20poly1305_ABYTES)
#define HEADER_N crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define KEY_N    crypto_secretstream_xchacha20poly1305_KEYBYTES
#define SALT_N   crypto_pwhash_SALTBYTES
#define FINAL    crypto_secretstream_xchacha20poly1305_TAG_FINAL

static const char magic[] = "PLUMB SEAL 1\n";
#define MAGIC_N (sizeof magic - 1)

struct seal {
    const char *from, *to;
    FILE *in;
    struct plumb_file_out *out;
    crypto_secretstream_xchacha20poly1305_state state;
};

static int make_key(
    unsigned char key[KEY_N], const char *passphrase, const unsigned char salt[SALT_N],
    struct plumb_message *message)
{
    if (sodium_init() < 0 ||
        crypto_pwhash(
            key, KEY_N, passphrase, strlen(passphrase), salt, crypto_pwhash_OPSLIMIT_INTERACTIVE,
            crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13))
        return plumb_message_fail(message, PLUMB_FAILED, "not enough memory to make a key of the passphrase");
    return 0;
}

static int put(struct seal *seal, const void *bytes, size_t n, struct plumb_message *message)
{
    return plumb_file_out_put(seal->out, bytes, n, message);
}

static int open_both(struct seal *seal, struct plumb_message *message)
{
    int fail = 0;
    seal->in = fopen(seal->from, "rb");
    if (!seal->in)
        return plumb_message_fail(
            message, errno == EACCES ? PLUMB_NO_RIGHT : PLUMB_USAGE, "%s: cannot be read: %s", seal->from,
            strerror(errno));
    seal->out = plumb_file_out_open(seal->to, PLUMB_FILE_REPLACE, &fail, message);
    return fail;
}

static int close_both(struct seal *seal, int fail, struct plumb_message *message)
{
    if (seal->in)
        fclose(seal->in);
    if (seal->out && fail)
        plumb_file_out_drop(seal->out);
    sodium_memzero(&seal->state, sizeof seal->state);
    return fail || !seal->out ? fail : plumb_file_out_close(seal->out, message);
}

/* ---- sealing */

static int seal_head(struct seal *seal, const char *passphrase, struct plumb_message *message)
{
    unsigned char salt[SALT_N], header[HEADER_N], key[KEY_N];
    if (sodium_init() < 0)
        return plumb_message_fail(message, PLUMB_FAILED, "the system gives no randomness");
    randombytes_buf(salt, sizeof salt);
    int fail = make_key(key, passphrase, salt, message);
    if (!fail)
        crypto_secretstream_xchacha20poly1305_init_push(&seal->state, header, key);
    sodium_memzero(key, sizeof key);
    fail = fail ? fail : put(seal, magic, MAGIC_N, message);
    fail = fail ? fail : put(seal, salt, sizeof salt, message);
    return fail ? fail : put(seal, header, sizeof header, message);
}

static int seal_pieces(struct seal *seal, struct plumb_message *message)
{
    unsigned char piece[PIECE_N], sealed[SEALED_N];
    int fail = 0, last = 0;
    while (!fail && !last) {
        unsigned long long sealed_n = 0;
        size_t n = fread(piece, 1, sizeof piece, seal->in);
        last = n < sizeof piece;
        if (ferror(seal->in))
            return plumb_message_fail(message, PLUMB_FAILED, "%s: cannot be read", seal->from);
        crypto_secretstream_xchacha20poly1305_push(
            &seal->state, sealed, &sealed_n, piece, n, NULL, 0, last ? FINAL : 0);
        fail = put(seal, sealed, (size_t)sealed_n, message);
    }
    sodium_memzero(piece, sizeof piece);
    return fail;
}

int plumb_seal_file(const char *from, const char *to, const char *passphrase, struct plumb_message *message)
{
    struct seal seal = {.from = from, .to = to};
    if (strlen(passphrase) < PLUMB_PASSPHRASE_LEAST_N)
        return plumb_message_fail(
            message, PLUMB_USAGE, "a passphrase wants %d characters at least", PLUMB_PASSPHRASE_LEAST_N);
    int fail = open_both(&seal, message);
    if (!fail)
        fail = seal_head(&seal, passphrase, message);
    if (!fail)
        fail = seal_pieces(&seal, message);
    return close_both(&seal, fail, message);
}

/* ---- opening */

static int refuse(const struct seal *seal, struct plumb_message *message)
{
    return plumb_message_fail(
        message, PLUMB_DAMAGED,
        "%s: the passphrase is another one, or the file was changed: nothing of it is taken", seal->from);
}

static int unseal_head(struct seal *seal, const char *passphrase, struct plumb_message *message)
{
    char begin[MAGIC_N];
    unsigned char salt[SALT_N], header[HEADER_N], key[KEY_N];
    if (fread(begin, 1, MAGIC_N, seal->in) != MAGIC_N || memcmp(begin, magic, MAGIC_N) != 0 ||
        fread(salt, 1, sizeof salt, seal->in) != sizeof salt ||
        fread(header, 1, sizeof header, seal->in) != sizeof header)
        return plumb_message_fail(message, PLUMB_DAMAGED, "%s: is no sealed archive", seal->from);
    int fail = make_key(key, passphrase, salt, message);
    if (!fail && crypto_secretstream_xchacha20poly1305_init_pull(&seal->state, header, key))
        fail = refuse(seal, message);
    sodium_memzero(key, sizeof key);
    return fail;
}

static int unseal_pieces(struct seal *seal, struct plumb_message *message)
{
    unsigned char piece[PIECE_N], sealed[SEALED_N], tag = 0;
    int fail = 0;
    while (!fail && tag != FINAL) {
        unsigned long long n = 0;
        size_t sealed_n = fread(sealed, 1, sizeof sealed, seal->in);
        if (crypto_secretstream_xchacha20poly1305_pull(
                &seal->state, piece, &n, &tag, sealed, sealed_n, NULL, 0))
            return refuse(seal, message);
        fail = put(seal, piece, (size_t)n, message);
    }
    sodium_memzero(piece, sizeof piece);
    return !fail && fgetc(seal->in) != EOF ? refuse(seal, message) : fail;
}

int plumb_unseal_file(const char *from, const char *to, const char *passphrase, struct plumb_message *message)
{
    struct seal seal = {.from = from, .to = to};
    int fail = open_both(&seal, message);
    if (!fail)
        fail = unseal_head(&seal, passphrase, message);
    if (!fail)
        fail = unseal_pieces(&seal, message);
    return close_both(&seal, fail, message);
}

int plumb_seal_is_file(const char *path)
{
    char begin[MAGIC_N];
    FILE *file = fopen(path, "rb");
    int is = file && fread(begin, 1, MAGIC_N, file) == MAGIC_N && memcmp(begin, magic, MAGIC_N) == 0;
    if (file)
        fclose(file);
    return is;
}
