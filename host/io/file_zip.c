#include "file_zip.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "message_fail.h"

/* APPNOTE.TXT of PKWARE, 4.3: the end record, the central directory before it, each member's local header. */
#define END_N     22
#define CENTRAL_N 46
#define LOCAL_N   30
#define BLOCK_N   65536
#define HEAD_N    512 /* of a document: where its outermost element's name is found */
#define TAIL_N    80

static uint32_t get(const unsigned char *at, int bytes)
{
    uint32_t value = 0;
    for (int i = bytes - 1; i >= 0; i--)
        value = value << 8 | at[i];
    return value;
}

static bool read_at(FILE *file, uint32_t offset, unsigned char *out, size_t n)
{
    return fseek(file, (long)offset, SEEK_SET) == 0 && fread(out, 1, n, file) == n;
}

/* The beginning and the end of a document that is unpacked piece by piece. */
struct document {
    char head[HEAD_N + 1], tail[TAIL_N + 1];
    size_t head_n, tail_n;
    uint32_t crc;
    long depth;         /* elements that are open */
    char before, quote; /* the character before, 0 outside a tag; the quote that is open in it, or 0 */
    bool broken;
};

/* Follows the tags, as far as it takes to see that something is missing between them. */
static void follow(struct document *document, const unsigned char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char c = (char)text[i], before = document->before;
        if (!before && c != '<')
            continue;
        document->before = c;
        if (document->quote) {
            document->quote = c == document->quote ? '\0' : document->quote;
            continue;
        }
        document->broken |= before && c == '<';
        document->quote = c == '"' || c == '\'' ? c : '\0';
        if (before == '<')
            document->depth += c == '/' ? -1 : c == '?' || c == '!' ? 0 : 1;
        if (c != '>')
            continue;
        document->depth -= before == '/';
        document->before = '\0';
    }
}

static void take(struct document *document, const unsigned char *text, size_t n)
{
    size_t head = HEAD_N - document->head_n < n ? HEAD_N - document->head_n : n,
           kept = n < TAIL_N ? TAIL_N - n : 0;
    follow(document, text, n);
    document->crc = (uint32_t)crc32(document->crc, text, (uInt)n);
    memcpy(document->head + document->head_n, text, head);
    document->head_n += head;
    kept = kept < document->tail_n ? kept : document->tail_n;
    memmove(document->tail, document->tail + document->tail_n - kept, kept);
    document->tail_n = kept + (n < TAIL_N ? n : TAIL_N);
    memcpy(document->tail + kept, text + n - (document->tail_n - kept), document->tail_n - kept);
}

/* "<worksheet ..." at the beginning wants "</worksheet>" at the end. */
static bool is_whole(struct document *document)
{
    char end[TAIL_N + 4];
    while (document->tail_n && strchr(" \r\n\t", document->tail[document->tail_n - 1]))
        document->tail_n--;
    document->head[document->head_n] = document->tail[document->tail_n] = '\0';
    const char *root = strstr(document->head, "?>");
    root = root ? strchr(root, '<') : NULL;
    if (!root)
        return false;
    int n = snprintf(end, sizeof end, "</%.*s>", (int)strcspn(root + 1, " />\n\r\t"), root + 1);
    return n < TAIL_N && !document->broken && !document->depth && document->tail_n >= (size_t)n &&
           strcmp(document->tail + document->tail_n - n, end) == 0;
}

/* Unpacks n bytes from here on. */
static bool unpack(FILE *file, uint32_t n, struct document *document, const struct plumb_wanted *wanted)
{
    unsigned char packed[BLOCK_N / 4], text[BLOCK_N];
    z_stream stream = {0};
    int result = inflateInit2(&stream, -MAX_WBITS);
    while (result == Z_OK && n && !plumb_given_up(wanted)) {
        size_t step = n < sizeof packed ? n : sizeof packed;
        if (fread(packed, 1, step, file) != step)
            break;
        n -= (uint32_t)step;
        stream.next_in = packed;
        stream.avail_in = (uInt)step;
        do {
            stream.next_out = text;
            stream.avail_out = sizeof text;
            result = inflate(&stream, Z_NO_FLUSH);
            result = result == Z_BUF_ERROR ? Z_OK : result; /* no more without the next block */
            take(document, text, sizeof text - stream.avail_out);
        } while (result == Z_OK && !stream.avail_out);
    }
    inflateEnd(&stream);
    return result == Z_STREAM_END && !n;
}

/* The member that this entry of the central directory names. */
static bool check_member(FILE *file, const unsigned char *entry, const struct plumb_wanted *wanted)
{
    unsigned char local[LOCAL_N];
    struct document document = {.crc = 0};
    uint32_t at = get(entry + 42, 4);
    if (get(entry + 10, 2) != Z_DEFLATED || !read_at(file, at, local, sizeof local))
        return false;
    at += LOCAL_N + get(local + 26, 2) + get(local + 28, 2);
    return fseek(file, (long)at, SEEK_SET) == 0 && unpack(file, get(entry + 20, 4), &document, wanted) &&
           document.crc == get(entry + 16, 4) && is_whole(&document);
}

static bool check_all(FILE *file, const struct plumb_wanted *wanted)
{
    unsigned char end[END_N], entry[CENTRAL_N];
    if (fseek(file, -END_N, SEEK_END) || fread(end, 1, END_N, file) != END_N || get(end, 4) != 0x06054b50)
        return false;
    uint32_t at = get(end + 16, 4), members_n = get(end + 10, 2);
    bool whole = members_n > 0;
    for (uint32_t i = 0; i < members_n && whole; i++) {
        whole = read_at(file, at, entry, sizeof entry) && check_member(file, entry, wanted);
        at += CENTRAL_N + get(entry + 28, 2) + get(entry + 30, 2) + get(entry + 32, 2);
    }
    return whole;
}

int plumb_zip_check_xml(
    const char *part, const char *path, const struct plumb_wanted *wanted, struct plumb_message *message)
{
    FILE *file = fopen(part, "rb");
    bool whole = file && check_all(file, wanted);
    if (file)
        fclose(file);
    if (plumb_given_up(wanted))
        return plumb_message_fail(message, PLUMB_USAGE, "%s: given up; nothing was written", path);
    return whole ? 0
                 : plumb_message_fail(
                       message, PLUMB_FAILED,
                       "%s: did not get whole: is the disk full, or the folder for passing things (TMPDIR)?",
                       path);
}
