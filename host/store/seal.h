/* A file behind a passphrase: for an archive that leaves the house. libsodium's one home.
 *
 *   "PLUMB SEAL 1\n" | 16 bytes of salt | header | pieces of 64 KiB, each sealed, in order; the last says
 * that it is
 *
 * The key is made of passphrase and salt by Argon2id, the pieces are a secretstream (XChaCha20-Poly1305): a
 * wrong passphrase, a changed byte, a missing or an added piece is noticed, and nothing of the file is
 * believed then.
 */
#ifndef PLUMB_SEAL_H
#define PLUMB_SEAL_H

#include "../core/message.h"

#define PLUMB_PASSPHRASE_LEAST_N 8

/* 1 where the file begins as a sealed one. */
int plumb_seal_is_file(const char *path);

/* Writes `to`, whole or not at all. 0, PLUMB_USAGE for a passphrase that is too short, or
 * PLUMB_FAILED. */
int plumb_seal_file(const char *from, const char *to, const char *passphrase, struct plumb_message *message);

/* The reverse. PLUMB_DAMAGED where the passphrase is another one or the file is not what was sealed; `to` is
 * not there then. */
int plumb_unseal_file(
    const char *from, const char *to, const char *passphrase, struct plumb_message *message);

#endif
