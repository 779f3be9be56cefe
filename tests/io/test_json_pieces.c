/* Large JSON, piece by piece: the same pieces however it is laid out, and a sentence where it is damaged. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "host/io/json_pieces.h"
#include "suite.h"

static const char *const lists[] = {"rows", "kept", NULL};

/* "member[element]=piece;" for every piece; ends with "!" and the message where it fails. */
static void read_all(const char *json, size_t n, char *out, size_t room)
{
    struct folder folder;
    char path[FOLDER_PATH_N];
    struct plumb_message message = {""};
    struct plumb_json_piece piece;
    int fail = 0, more = 0;
    folder_make(&folder);
    folder_put(&folder, "a.json", json, n);
    folder_path(&folder, "a.json", path);
    struct plumb_json_pieces *pieces = plumb_json_pieces_open(path, lists, &fail, &message);
    CU_ASSERT_PTR_NOT_NULL_FATAL(pieces);
    size_t at = 0;
    out[0] = '\0';
    while (at < room - 200 && (more = plumb_json_pieces_next(pieces, &piece, &message)) > 0) {
        json_t *value = plumb_json_piece_read(pieces, &piece, &message);
        char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
        if (text)
            at += (size_t)snprintf(out + at, room - at, "%s[%ld]=%.100s;", piece.member, piece.element, text);
        free(text);
        json_decref(value);
        if (!value)
            break;
    }
    const char *says = strstr(message.text, "a.json:");
    if (more < 0 || message.text[0])
        snprintf(out + at, room - at, "!%s", says ? says + 7 : message.text);
    plumb_json_pieces_close(pieces);
    folder_remove(&folder);
}

static void check(const char *json, const char *wanted)
{
    char found[4000];
    read_all(json, strlen(json), found, sizeof found);
    CU_ASSERT_STRING_EQUAL(found, wanted);
    if (strcmp(found, wanted))
        printf("\n%s\n gives  %s\n wanted %s\n", json, found, wanted);
}

static void pieces_do_not_depend_on_the_layout(void)
{
    static const char wanted[] = "schema[-1]=\"x\";session[-1]={\"a\":[1,{\"b\":null}],\"rows\":[2]};"
                                 "rows[0]=[1,2.5];rows[1]=[null,\"],}\"];rows[2]=\"\\\"\";end[-1]=true;";
    check(
        "{\"schema\":\"x\",\"session\":{\"a\":[1,{\"b\":null}],\"rows\":[2]},\"rows\":[[1,2.5],[null,\"],}\"]"
        ","
        "\"\\\"\"],\"end\":true}",
        wanted);
    check(
        " {\r\n\t\"schema\" :\"x\" , \"session\": {\n \"a\" : [ 1 , { \"b\" : null } ] , \"rows\" : [ 2 ] } "
        ",\n"
        "\"rows\" : [\n [ 1 , 2.5 ] ,\n[ null,\"],}\" ],\n\"\\\"\" ] ,\n\"end\" :\ntrue }\n\n",
        wanted);
    check("{}", "");
    check("{\"rows\":[],\"kept\":[ ]}", "");
    check("{\"rows\":7}", "rows[-1]=7;");
}

static void damage_is_said_with_its_line(void)
{
    check("", "!1: wants a JSON object, found the end of the file");
    check("[1]", "!1: wants a JSON object, found `[`");
    check("{\"a\":1,\n}", "a[-1]=1;!2: wants a name in quotes, found `}`");
    check("{\"a\" 1}", "!1: wants a colon, found `1`");
    check("{\"a\":}", "!1: wants a value, found `}`");
    check("{\"a\":1\n", "!2: wants the rest of a value, found the end of the file");
    check("{\"rows\":[1,]}", "rows[0]=1;!1: wants a value, found `]`");
    check("{\"rows\":[1 2]}", "!1: \"rows\" wants JSON: end of file expected near '2'");
    check("{\"rows\":[{\"a\":1,\"a\":2}]}", "!1: \"rows\" wants JSON: duplicate object key near '\"a\"'");
    check("{\"a\":[1}", "!1: \"a\" wants JSON: ']' expected near '}'");
    check("{\"a\":\"x", "!1: wants a closing quote, found the end of the file");
    check("{\"a\":1}\n{", "a[-1]=1;!2: wants nothing behind the object, found `{`");
    check("{\"a\":nan}", "!1: \"a\" wants JSON: invalid token near 'nan'");
}

/* Whatever is cut off or changed, it is either read or said; never more than that. */
static void every_cut_and_every_changed_byte_ends_well(void)
{
    static const char json[] =
        "{\"a\": {\"b\": [1, \"\\u00e4\\n\"]}, \"rows\": [[1, null], [2, 3]], \"kept\": [{}]}";
    char copy[sizeof json], found[4000];
    for (size_t n = 0; n + 1 < sizeof json; n++) {
        read_all(json, n, found, sizeof found);
        CU_ASSERT_PTR_NOT_NULL(strchr(found, '!'));
    }
    for (size_t i = 0; i + 1 < sizeof json; i++)
        for (const char *with = "\"[]{},:\\x\x80"; *with; with++) {
            memcpy(copy, json, sizeof json);
            copy[i] = *with;
            read_all(copy, sizeof json - 1, found, sizeof found);
        }
}

static void a_piece_too_long_is_refused(void)
{
    size_t n = PLUMB_JSON_PIECE_N + 100;
    char *json = malloc(n), found[400];
    CU_ASSERT_PTR_NOT_NULL_FATAL(json);
    memset(json, ' ', n);
    memcpy(json, "{\"note\":\"", 9);
    memset(json + 9, 'x', PLUMB_JSON_PIECE_N);
    memcpy(json + n - 2, "\"}", 2);
    read_all(json, n, found, sizeof found);
    CU_ASSERT_STRING_EQUAL(found, "!1: wants pieces of at most 8388608 bytes, found more in \"note\"");
    free(json);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"pieces do not depend on the layout", pieces_do_not_depend_on_the_layout},
        {"damage is said with its line", damage_is_said_with_its_line},
        {"every cut and every changed byte ends well", every_cut_and_every_changed_byte_ends_well},
        {"a piece too long is refused", a_piece_too_long_is_refused},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("json pieces", tests, argc, argv);
}
