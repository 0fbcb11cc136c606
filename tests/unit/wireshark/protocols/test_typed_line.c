/* test_typed_line.c - which lines are user names, by what both sides of a connection send
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/typed_line.h"

#include <string.h>

#define WILL "\xff\xfb\x01"
#define WONT "\xff\xfc\x01"

typedef struct {
  HgTypedLine *line;
  guint32 sequence[2]; /* of the server, of the client */
  gboolean begun[2];
  gboolean captured; /* the connection's begin was */
  guint32 late;      /* bytes that the client has not got yet */
} Talk;

static Talk talk_new(void) {
  return (Talk){hg_typed_line_new(), {G_MAXUINT32 - 20, 7}, {FALSE, FALSE}, TRUE, 0};
}

static const char *feed(Talk *talk, gboolean from_client, const char *bytes, guint captured) {
  const guint length = (guint)strlen(bytes);
  guint8 *copy = g_memdup2(bytes, length); /* of its own, so that reading beyond is seen */
  const HgTypedSegment segment = {.from_client = from_client,
                                  .is_first = talk->captured && !talk->begun[from_client],
                                  .sequence = talk->sequence[from_client],
                                  .acknowledged = talk->sequence[!from_client] - talk->late,
                                  .length = length,
                                  .bytes = copy,
                                  .captured = MIN(captured, length)};
  const char *user = hg_typed_line_feed(talk->line, &segment);
  talk->sequence[from_client] += length;
  talk->begun[from_client] = TRUE;
  g_free(copy);
  return user;
}

/* What follows: segments, each begins with 'S' or 'C' for who sends it, 'L' for one of the client and 'M' for one
 * of the server that is lost, 'A' for the client's last one once more; NULL after the last. Which user names were
 * told, with a blank behind each. */
static char *users_of(Talk talk, const char *const *segments) {
  GString *users = g_string_new(NULL);
  const char *last = "";
  for (; *segments != NULL; segments++) {
    const char *bytes = *segments + 1, *user = NULL;
    switch (**segments) {
    case 'L':
    case 'M':
      talk.sequence[**segments == 'L'] += (guint32)strlen(bytes);
      talk.begun[**segments == 'L'] = TRUE;
      break;
    case 'A':
      talk.sequence[1] -= (guint32)strlen(last);
      user = feed(&talk, TRUE, last, G_MAXUINT);
      break;
    default:
      user = feed(&talk, **segments == 'C', bytes, G_MAXUINT);
      if (**segments == 'C')
        last = bytes;
    }
    if (user != NULL)
      g_string_append_printf(users, "%s ", user);
  }
  hg_typed_line_free(talk.line);
  return g_string_free(users, FALSE);
}

static void check_talk(Talk talk, const char *expected, const char *const *segments) {
  char *users = users_of(talk, segments);
  if (strcmp(users, expected) != 0)
    g_error("told \"%s\", not \"%s\", of \"%s\", ...", users, expected, segments[1]);
  g_free(users);
}

#define CHECK(expected, ...)                                                                       \
  check_talk(talk_new(), expected, (const char *const[]){__VA_ARGS__, NULL})

static void test_echo(void) {
  CHECK("al ", "S" WILL "login: ", "Ca", "Sa", "Cl", "Sl", "C\r");
  CHECK("al ", "S" WILL "login: ", "Cal\r\n", "Sal\r\n");
  CHECK("al ", "S" WILL "login: ", "Cal\r\n", "Sal\r\nPassword: ", "Cs\r\n", "Ss\r\n");
  CHECK("al ", "S" WILL "login: ", "Ca", "Cl", "C\r", "Sa", "Sl\r\n");
  CHECK("al ", "SEnter username: ", "Cal\r\n", "Sal\r\n");
  CHECK("al bo ", "S" WILL "login: ", "Cal\r", "Sal\r\nlogin: ", "Cbo\r", "Sbo\r\n");
  CHECK("", "S" WILL "login: ", "Cal\r\n", "S\r\n");
  CHECK("", "S" WILL "login: ", "Cal\r\n", "SPassword: ", "Cs\r\n");
  CHECK("", "S" WILL "login: ", "Cal\r\n", "Sa\r\n");
  CHECK("", "S" WILL "login: ", "Cal\r\n", "S**\r\n");
  CHECK("", "S" WILL "login: ", "Cal\r\n", "Salx\r\n");
  CHECK("", "S" WILL "login: ", "Ca", "Sa\r\nmessage\r\nlogin: ", "Cl\r", "Sl\r\n");
  CHECK("", "S" WILL "login: ", "Cal\r");
}

static void test_own_echo(void) {
  CHECK("al ", "Slogin: ", "Cal\r\n");
  CHECK("al ", "Slogin: ", "Cal", "C\n");
  CHECK("al bo ", "Slogin: ", "Cal\r\n", "S\r\nlogin: ", "Cbo\r\n");
  CHECK("al ", "S" WILL, "S" WONT "login: ", "Cal\r\n");
  CHECK("", "Slogin: ", "S" WILL, "Cal\r\n");
  CHECK("", "Slogin: ", "Ca", "Cl", "C\r\n");
  CHECK("", "SEnter login: ", "Cal\r\n");
  CHECK("", "Slogin: ", "Cab\bl\r\n");
  /* The server did send back an earlier line. */
  CHECK("al ", "Slogin: ", "Cal\r\n", "Sal\r\nlogin: ", "Csecret\r\n", "S\r\n");
}

static void test_edited(void) {
  CHECK("al ", "S" WILL "login: ", "Cab", "Sab", "C\x7f", "S\b \b", "Cl", "Sl", "C\r");
  CHECK("al ", "S" WILL "login: ", "Cab\x7fl\r", "Sab\b \bl\r\n");
  CHECK("al ", "S" WILL "login: ", "Cab", "Sab", "C\x7f", "S\b\x1b[K", "Cl", "Sl", "C\r");
  CHECK("al ", "S" WILL "login: ", "Cab", "Sab", "C\xff\xf7", "S\b \b", "Cl", "Sl", "C\r");
  CHECK("al ", "S" WILL "login: ", "Cxyz", "Sxyz", "C\x15", "S\b\b\b   \b\b\b", "Cal", "Sal",
        "C\r");
  CHECK("", "S" WILL "login: ", "Cal\x7f\x7f\r", "S\r\n");
  CHECK("", "S" WILL "login: ", "Cal", "Sal", "C\x03", "S\r\n$ ", "Cls\r", "Sls\r\n");
  CHECK("", "S" WILL "login: ", "Cal\t", "Sal\t", "C\r", "S\r\n");
  CHECK("", "S" WILL "login: ", "Ca\x1b[D", "Sa\x1b[D", "C\r", "S\r\n");
}

static void test_ahead(void) {
  CHECK("al ", "Slogin: ", "Cal\r\nsecret\r\n", "SPassword: ", "S\r\nlogin: ", "Cbo\r\n");
  CHECK("al ", "Slogin: ", "Cal\r\n", "Csecret\r\n", "Cls\r\n",
        "SPassword: ", "S\r\nlogin: ", "Csecret\r\n");
  CHECK("", "Cal\r\n", "Slogin: ", "Csecret\r\n");
  CHECK("", "Cal\r\n", "Slogin:", "S\r\n", "Csecret\r\n");
  CHECK("", "S$ ", "Csec", "S\r\nlogin: ", "Cret\r\n");
  CHECK("", "Csecret", "Slogin: ", "C\r\n");
}

static void test_other_prompts(void) {
  CHECK("", "SPassword for ", "C\r\n", "Suser: ", "Csecret\r\n");
  CHECK("", "SPassw", "Sord for us", "Ser: ", "Csecret\r\n");
  CHECK("", "SPass\x1b[1mword for user: ", "Csecret\r\n");
  CHECK("", "SPass\b \bword for user: ", "Csecret\r\n");
  CHECK("al ", "S\x1b[2J\x1b[1;1H\x1b[32mlogin:\x1b[0m ", "Cal\r\n");
  CHECK("", "Slogin: ", "S\r\nPassword: ", "Csecret\r\n");
  CHECK("", "Slogin: ", "C two words\r\n");
  CHECK("", "Slogin: ", "C\xff\xff\r\n");
  CHECK("",
        "Slogin: ", "C0123456789012345678901234567890123456789012345678901234567890123456789\r\n");
  CHECK("", "Slogin: ", "C\xff\xfb\x01", "S\r\nlogin: ", "Cal\r\n"); /* the client is to echo */
}

/* A prompt after a text that is longer than what is kept. */
static void test_long(void) {
  char *text = g_strnfill(5000, 'x');
  char *segment = g_strconcat("Spassword", text, "\r\n", NULL);
  CHECK("", segment, "Slogin: ", "Csecret\r\n");
  CHECK("al ", segment, "S$ ", "Clogin\r\n", "Slogin: ", "Cal\r\n");
  g_free(segment);
  g_free(text);
}

static void test_lost(void) {
  Talk talk;
  CHECK("", "Slogin: ", "Lal\r\n", "Csecret\r\n");
  CHECK("", "Slogin: ", "Ls", "Cecret\r\n");
  CHECK("", "Slogin: ", "MPassword: ", "S", "Csecret\r\n", "Sx\r\n");
  CHECK("al ", "Slogin: ", "Cal\r\n", "MPassword for ", "Slogin: ", "Csecret\r\n", "Ssecret\r\n");
  CHECK("al ", "Slogin: ", "Cal\r\n", "MPassword: ", "S\r\nlogin: ", "Cbo\r\n");
  CHECK("al bo ", "Slogin: ", "Cal\r\n", "MPassword: ", "S\r\nlogin: ", "Cbo\r\n", "Sbo\r\n");
  CHECK("al ", "S" WILL "login: ", "Ca", "A", "Sa", "Cl", "A", "Sl", "C\r", "A");
  talk = talk_new();
  talk.captured = FALSE;
  check_talk(talk, "", (const char *const[]){"Slogin: ", "Cal\r\n", NULL});
  talk = talk_new();
  talk.captured = FALSE;
  check_talk(talk, "al ", (const char *const[]){"Shello\r\nlogin: ", "Cal\r\n", "Sal\r\n", NULL});
  talk = talk_new();
  talk.captured = FALSE;
  check_talk(talk, "", (const char *const[]){"Slogin: ", "Cal\r\n", "Sal\r\n", NULL});
}

/* The client has sent its line before it got the prompt. */
static void test_crossed(void) {
  Talk talk = talk_new();
  g_assert_null(feed(&talk, FALSE, "\r\nlogin: ", 100));
  talk.late = 7;
  g_assert_null(feed(&talk, TRUE, "xyzzy\r\n", 100));
  talk.late = 0;
  g_assert_null(feed(&talk, FALSE, "xyzzy\r\nlogin: ", 100));
  g_assert_cmpstr(feed(&talk, TRUE, "al\r\n", 100), ==, "al");
  hg_typed_line_free(talk.line);
}

/* Of the line's end a capture has kept nothing, then of what comes after it. */
static void test_cut_off(void) {
  Talk talk = talk_new();
  g_assert_null(feed(&talk, FALSE, "login: ", 100));
  g_assert_null(feed(&talk, TRUE, "al\r\n", 2));
  g_assert_null(feed(&talk, TRUE, "secret\r\n", 100));
  hg_typed_line_free(talk.line);
  talk = talk_new();
  g_assert_null(feed(&talk, FALSE, "login: password", 7));
  g_assert_null(feed(&talk, TRUE, "secret\r\n", 100));
  hg_typed_line_free(talk.line);
}

static void test_answers(void) {
  static const char *const words[] = {"login incorrect", "login failed", NULL};
  Talk talk = talk_new();
  g_assert_false(hg_typed_line_answers(talk.line, words));
  feed(&talk, FALSE, "\r\nLogin inc", 100);
  g_assert_false(hg_typed_line_answers(talk.line, words));
  feed(&talk, FALSE, "orrect\r\nlogin: ", 100);
  g_assert_true(hg_typed_line_answers(talk.line, words));
  g_assert_false(hg_typed_line_answers(talk.line, words));
  feed(&talk, TRUE, "al\r\n", 100);
  feed(&talk, FALSE, "al\r\nLOGIN FAILED\r\n", 100);
  g_assert_true(hg_typed_line_answers(talk.line, words));
  g_assert_false(hg_typed_line_answers(talk.line, words));
  hg_typed_line_free(talk.line);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/typed-line/echo", test_echo);
  g_test_add_func("/typed-line/own-echo", test_own_echo);
  g_test_add_func("/typed-line/edited", test_edited);
  g_test_add_func("/typed-line/ahead", test_ahead);
  g_test_add_func("/typed-line/other-prompts", test_other_prompts);
  g_test_add_func("/typed-line/long", test_long);
  g_test_add_func("/typed-line/lost", test_lost);
  g_test_add_func("/typed-line/crossed", test_crossed);
  g_test_add_func("/typed-line/cut-off", test_cut_off);
  g_test_add_func("/typed-line/answers", test_answers);
  return g_test_run();
}
