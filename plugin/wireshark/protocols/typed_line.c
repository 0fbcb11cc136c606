/* typed_line.c - the user name that somebody types at a Telnet server's prompt
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "typed_line.h"

#include <string.h>

#include "login_prompt.h"
#include "telnet_stream.h"

/* Most that is kept of what the server said since the client's last line: two screens of 80 by 24 characters.
 * A prompt after a longer text is not read, since what it is about may stand in what was cut off. */
#define TEXT_MAX 4096

/* Longest answer that is looked for, bytes; more than that is kept of a text that is cut off. */
#define ANSWER_MAX 32

/* A line that a client edits itself goes out in one piece, its end perhaps in another. */
#define LINE_MODE_SEGMENTS 2

#define ESCAPE 0x1b
#define DELETE 0x7f
#define CONTROL(letter) ((letter)&0x1f)

typedef enum {
  IDLE,
  ASKED,  /* a prompt for a user name is the last that the server said */
  TYPING, /* the client has begun its line */
  ECHOING /* the line is complete, its echo is not */
} State;

typedef struct {
  gboolean known;
  gboolean whole; /* everything since the connection's begin was seen */
  guint32 next;
  HgTelnetStream stream;
} Direction;

/* What the server's bytes since the prompt look like on a terminal. */
typedef struct {
  char text[HG_TYPED_MAX];
  guint length, cursor;
} Screen;

/* An escape sequence of a terminal (ECMA-48): "ESC [ parameters letter". */
typedef struct {
  enum { NO_SEQUENCE, AFTER_ESCAPE, PARAMETERS } state;
  gboolean plain; /* no parameters but 0 */
} Sequence;

struct HgTypedLine {
  Direction client, server;
  State state;
  HgPrompt prompt; /* that was answered, or is about to be */

  GString *text;   /* that the server said since the client's last line, without escape sequences */
  gboolean is_cut; /* it was longer than TEXT_MAX */
  gsize searched;  /* how far for answers */
  Sequence sequence;

  gboolean server_echoes; /* it said so last */
  gboolean client_echoes; /* so the client's bytes are the server's */
  gboolean echo_was_seen; /* of an earlier line */
  gboolean server_spoke;
  gboolean blind; /* the client typed before the server said anything: it does not read prompts */
  gboolean within_line;      /* the client has begun a line that no prompt asked for */
  gboolean waiting;          /* the server has asked for a line, and got none yet */
  gboolean line_was_counted; /* as that */
  gboolean line_ended;       /* nothing but blanks was said since */
  guint ahead;               /* lines that were sent before they were asked for */

  gboolean after_return; /* the client's last byte was a carriage return */
  gboolean edited, reported;
  guint segments; /* of the client's line */
  guint length;
  char typed[HG_TYPED_MAX + 1];
  Screen screen;
  char name[HG_TYPED_MAX + 1]; /* to be told; "": none */
};

HgTypedLine *hg_typed_line_new(void) {
  HgTypedLine *line = g_new0(HgTypedLine, 1);
  line->text = g_string_new(NULL);
  return line;
}

void hg_typed_line_free(HgTypedLine *line) {
  if (line == NULL)
    return;
  g_string_free(line->text, TRUE);
  g_free(line);
}

/* The typed line is kept no longer than it is needed. */
static void leave(HgTypedLine *line, State state) {
  line->state = state;
  line->length = line->segments = 0;
  line->edited = line->reported = FALSE;
  memset(line->typed, 0, sizeof line->typed);
  line->screen = (Screen){0};
  line->sequence = (Sequence){0};
}

static void clear_text(HgTypedLine *line) {
  g_string_truncate(line->text, 0);
  line->searched = 0;
  line->is_cut = line->line_was_counted = line->line_ended = FALSE;
}

/* The server's line has begun with what is not known. */
static void lose_text(HgTypedLine *line) {
  clear_text(line);
  g_string_append_c(line->text, '\x80'); /* no UTF-8, so no prompt */
}

/* Bytes are missing. Whether a line was asked for is not known, so that the next one is not ahead of anything. */
static void forget(HgTypedLine *line, gboolean from_client) {
  line->within_line |= from_client || line->state == TYPING;
  leave(line, IDLE);
  lose_text(line);
  line->client.whole = line->server.whole = FALSE;
  line->client.stream = line->server.stream = (HgTelnetStream){0};
  line->after_return = FALSE;
  line->waiting = TRUE;
  line->ahead = 0;
}

/* --- what the server says --- */

static void append_text(HgTypedLine *line, char byte) {
  if (line->text->len == TEXT_MAX) {
    line->is_cut = TRUE;
    g_string_erase(line->text, 0, TEXT_MAX - ANSWER_MAX);
    line->searched = 0;
  }
  g_string_append_c(line->text, byte);
  if (byte == '\n') {
    line->line_ended = TRUE;
  } else if (!g_ascii_isspace(byte) && line->line_ended) {
    line->line_ended = line->line_was_counted = FALSE;
  }
}

/* FALSE: the byte belongs to no sequence. `final`: the letter that ends one, else 0. */
static gboolean in_sequence(Sequence *sequence, guint8 byte, char *final) {
  *final = 0;
  switch (sequence->state) {
  case AFTER_ESCAPE:
    sequence->state = byte == '[' ? PARAMETERS : NO_SEQUENCE;
    sequence->plain = TRUE;
    if (byte != '[')
      *final = '?';
    return TRUE;
  case PARAMETERS:
    if (byte >= 0x40 && byte < DELETE) {
      sequence->state = NO_SEQUENCE;
      *final = (char)byte;
    } else if (byte != '0') {
      sequence->plain = FALSE;
    }
    return TRUE;
  default:
    if (byte != ESCAPE)
      return FALSE;
    sequence->state = AFTER_ESCAPE;
    return TRUE;
  }
}

/* Colours, and what erases to the end of the line, part no words; what moves the cursor does. */
static void read_text(HgTypedLine *line, guint8 byte) {
  char final;
  if (in_sequence(&line->sequence, byte, &final)) {
    if (final != 0 && final != 'm' && final != 'K')
      append_text(line, ' ');
  } else if (byte == '\b') {
    append_text(line, ' ');
  } else if (byte != '\0' && byte != '\a') {
    append_text(line, (char)byte);
  }
}

/* --- the echo --- */

static gboolean screen_is(const HgTypedLine *line, guint typed) {
  const Screen *screen = &line->screen;
  if (screen->length < typed || memcmp(screen->text, line->typed, typed) != 0)
    return FALSE;
  for (guint i = typed; i < screen->length; i++) {
    if (screen->text[i] != ' ')
      return FALSE;
  }
  return TRUE;
}

static gboolean screen_shows_line(const HgTypedLine *line) {
  return line->length > 0 && screen_is(line, line->length);
}

/* Nothing else was said than what was typed so far. */
static gboolean screen_may_show_line(const HgTypedLine *line) {
  return screen_is(line, MIN(line->screen.length, line->length));
}

static gboolean draw(Screen *screen, guint8 byte) {
  if (screen->cursor == sizeof screen->text)
    return FALSE;
  screen->text[screen->cursor++] = (char)byte;
  screen->length = MAX(screen->length, screen->cursor);
  return TRUE;
}

/* FALSE: it is no echo. */
static gboolean read_echo(HgTypedLine *line, guint8 byte) {
  Screen *screen = &line->screen;
  char final;
  if (in_sequence(&line->sequence, byte, &final)) {
    if (final == 'K' || final == 'J')
      screen->length = screen->cursor;
    else if (final == 'D' && screen->cursor > 0)
      screen->cursor--;
    return final == 0 || final == 'm' || (strchr("KJD", final) != NULL && line->sequence.plain);
  }
  if (byte == '\a' || byte == '\0')
    return TRUE;
  if (byte == '\b') {
    screen->cursor -= screen->cursor > 0;
    return TRUE;
  }
  return byte >= ' ' && byte != DELETE && draw(screen, byte);
}

/* --- the client's line --- */

static gboolean is_name(const char *typed, guint length) {
  if (length == 0 || !g_utf8_validate(typed, (gssize)length, NULL))
    return FALSE;
  for (const char *at = typed; at < typed + length; at = g_utf8_next_char(at)) {
    if (!g_unichar_isgraph(g_utf8_get_char(at)))
      return FALSE;
  }
  return TRUE;
}

static void tell(HgTypedLine *line) {
  if (!line->reported && is_name(line->typed, line->length))
    memcpy(line->name, line->typed, line->length);
  line->reported = TRUE;
}

/* The client shows the line itself: as far as is known nobody ever asked the server to. */
static gboolean client_shows_line(const HgTypedLine *line) {
  return line->prompt == HG_PROMPT_USER_ALONE && line->client.whole && line->server.whole &&
         !line->server_echoes && !line->echo_was_seen && !line->edited &&
         line->segments <= LINE_MODE_SEGMENTS && line->screen.length == 0;
}

/* Ends the line as `typed` is, whose echo may be still to come. */
static void end_typed(HgTypedLine *line) {
  clear_text(line);
  line->waiting = FALSE;
  if (line->length == 0) {
    leave(line, IDLE);
    return;
  }
  line->state = ECHOING;
  if (client_shows_line(line)) {
    tell(line); /* and if an echo comes after all, the next line will have one, too */
  } else if (screen_shows_line(line)) {
    tell(line);
    line->echo_was_seen = TRUE;
    line->state = IDLE;
  }
}

static void give_up(HgTypedLine *line) {
  leave(line, IDLE);
  line->within_line = TRUE;
}

static void erase_word(HgTypedLine *line) {
  while (line->length > 0 && line->typed[line->length - 1] == ' ')
    line->length--;
  while (line->length > 0 && line->typed[line->length - 1] != ' ')
    line->length--;
}

/* What terminals and network devices erase by; FALSE: `byte` is no such thing. */
static gboolean edit(HgTypedLine *line, guint8 byte) {
  switch (byte) {
  case DELETE:
  case '\b':
    line->length -= line->length > 0;
    break;
  case CONTROL('U'):
  case CONTROL('X'):
    line->length = 0;
    break;
  case CONTROL('W'):
    erase_word(line);
    break;
  default:
    return FALSE;
  }
  line->edited = TRUE;
  return TRUE;
}

static gboolean ends_input(guint8 byte) {
  return byte == CONTROL('C') || byte == CONTROL('D') || byte == CONTROL('Z') ||
         byte == CONTROL('\\');
}

static void abandon(HgTypedLine *line) {
  leave(line, IDLE);
  line->within_line = FALSE;
}

/* A line that is no answer to a prompt for a user name. */
static void end_other(HgTypedLine *line) {
  if (line->waiting)
    line->waiting = FALSE;
  else if (line->within_line)
    line->ahead += line->ahead < G_MAXUINT;
  /* An empty line answers nothing: "Password for " and "user: " stay one text. */
  if (line->within_line)
    clear_text(line);
  line->within_line = FALSE;
}

static void type_other(HgTypedLine *line, guint8 byte) {
  if (byte == '\r' || byte == '\n') {
    end_other(line);
  } else if (ends_input(byte)) {
    line->within_line = FALSE;
  } else {
    line->within_line = TRUE;
    line->blind |= !line->server_spoke;
  }
}

static void type(HgTypedLine *line, guint8 byte) {
  const gboolean second = line->after_return && (byte == '\n' || byte == '\0');
  line->after_return = byte == '\r';
  if (second)
    return;
  if (line->state == IDLE || line->state == ECHOING) {
    type_other(line, byte);
  } else if (byte == '\r' || byte == '\n') {
    end_typed(line);
  } else if (ends_input(byte)) {
    abandon(line);
  } else if (!edit(line, byte)) {
    line->state = TYPING;
    if (byte < ' ' || line->length == HG_TYPED_MAX)
      give_up(line);
    else
      line->typed[line->length++] = (char)byte;
  }
}

static void command(HgTypedLine *line, guint8 value) {
  switch (value) {
  case HG_TELNET_ERASE_CHARACTER:
    type(line, DELETE);
    break;
  case HG_TELNET_ERASE_LINE:
    type(line, CONTROL('U'));
    break;
  case HG_TELNET_EOF:
  case HG_TELNET_SUSP:
  case HG_TELNET_ABORT:
  case HG_TELNET_BREAK:
  case HG_TELNET_INTERRUPT:
  case HG_TELNET_ABORT_OUTPUT:
    abandon(line);
    break;
  default:
    break;
  }
}

/* --- both sides --- */

/* What was taken for an echo is something else that the server says. */
static void is_no_echo(HgTypedLine *line) {
  const Screen screen = line->screen;
  const gboolean typing = line->state == TYPING;
  leave(line, IDLE);
  line->within_line |= typing;
  for (guint i = 0; i < screen.length; i++)
    append_text(line, screen.text[i]);
}

static void end_echo(HgTypedLine *line) {
  if (screen_shows_line(line)) {
    tell(line);
    line->echo_was_seen = TRUE;
    line->state = IDLE;
  } else {
    is_no_echo(line);
  }
}

static void say(HgTypedLine *line, guint8 byte) {
  line->server_spoke = TRUE;
  if (line->state == ASKED)
    line->state = IDLE; /* whether it still asks is seen at the segment's end */
  if (line->state == TYPING || line->state == ECHOING) {
    const gboolean in_sequence = line->sequence.state != NO_SEQUENCE;
    const gboolean ends = !in_sequence && (byte == '\r' || byte == '\n');
    if (ends && line->state == ECHOING)
      end_echo(line);
    else if (ends || !read_echo(line, byte))
      is_no_echo(line);
    else
      return;
    if (in_sequence)
      byte = ' '; /* the end of one that moves the cursor */
  }
  read_text(line, byte);
}

/* The last line is blank. */
static gboolean is_blank(const GString *text) {
  for (gsize i = text->len; i > 0 && text->str[i - 1] != '\n'; i--) {
    if (!g_ascii_isspace(text->str[i - 1]))
      return FALSE;
  }
  return TRUE;
}

static HgPrompt prompt_of(const HgTypedLine *line) {
  return line->is_cut ? HG_PROMPT_OTHER : hg_login_prompt(line->text->str, line->text->len);
}

/* The server has said what it had to say for now: does it ask for a line? One that was sent ahead is the answer. */
static void see_prompt(HgTypedLine *line) {
  const HgPrompt prompt = prompt_of(line);
  const gboolean user = prompt == HG_PROMPT_USER || prompt == HG_PROMPT_USER_ALONE;
  if ((user || !is_blank(line->text)) && !line->line_was_counted) {
    line->line_was_counted = TRUE;
    line->waiting = line->ahead == 0;
    line->ahead -= line->ahead > 0;
  }
  if (!user || !line->waiting || line->within_line || line->blind || line->client_echoes)
    return;
  leave(line, ASKED);
  line->prompt = prompt;
}

static void end_server_segment(HgTypedLine *line) {
  const gboolean early = line->state == TYPING && line->edited;
  if ((line->state == TYPING || line->state == ECHOING) && !early && !screen_may_show_line(line))
    is_no_echo(line);
  if (line->state == IDLE)
    see_prompt(line);
}

static void negotiate(HgTypedLine *line, gboolean from_client, HgTelnetToken token) {
  if (token.option != HG_TELNET_OPTION_ECHO)
    return;
  if (token.value == HG_TELNET_WILL || token.value == HG_TELNET_WONT) {
    const gboolean will = token.value == HG_TELNET_WILL;
    if (from_client)
      line->client_echoes = will;
    else
      line->server_echoes = will;
  }
}

static void read_segment(HgTypedLine *line, const HgTypedSegment *segment) {
  Direction *direction = segment->from_client ? &line->client : &line->server;
  gboolean any = FALSE;
  for (guint i = 0; i < segment->captured; i++) {
    const HgTelnetToken token = hg_telnet_next(&direction->stream, segment->bytes[i]);
    if (token.kind == HG_TELNET_OPTION) {
      negotiate(line, segment->from_client, token);
    } else if (token.kind == HG_TELNET_COMMAND && segment->from_client) {
      command(line, token.value);
    } else if (token.kind == HG_TELNET_TEXT && segment->from_client) {
      line->segments += !any;
      any = TRUE;
      type(line, token.value);
    } else if (token.kind == HG_TELNET_TEXT) {
      say(line, token.value);
    }
  }
}

/* The sender has got bytes that were not captured. */
static gboolean has_got_more(const HgTypedSegment *segment, const Direction *other) {
  return other->known && (gint32)(segment->acknowledged - other->next) > 0;
}

/* FALSE: the segment was seen before. */
static gboolean follow(HgTypedLine *line, const HgTypedSegment *segment) {
  Direction *direction = segment->from_client ? &line->client : &line->server;
  const Direction *other = segment->from_client ? &line->server : &line->client;
  if (!direction->known) {
    direction->whole = segment->is_first;
    if (!segment->is_first && !segment->from_client)
      lose_text(line);
  } else if ((gint32)(segment->sequence - direction->next) < 0) {
    return FALSE;
  } else if (segment->sequence != direction->next) {
    forget(line, segment->from_client);
  }
  if (has_got_more(segment, other))
    forget(line, !segment->from_client);
  /* The line was sent before the prompt was there. */
  if (segment->from_client && line->state == ASKED && segment->acknowledged != other->next)
    leave(line, IDLE);
  return TRUE;
}

const char *hg_typed_line_feed(HgTypedLine *line, const HgTypedSegment *segment) {
  Direction *direction = segment->from_client ? &line->client : &line->server;
  memset(line->name, 0, sizeof line->name);
  if (segment->length == 0 || !follow(line, segment))
    return NULL;
  read_segment(line, segment);
  direction->known = TRUE;
  direction->next = segment->sequence + segment->length;
  if (!segment->from_client)
    end_server_segment(line);
  if (segment->captured < segment->length)
    forget(line, segment->from_client);
  return line->name[0] != '\0' ? line->name : NULL;
}

gboolean hg_typed_line_answers(HgTypedLine *line, const char *const *words) {
  char *lower = g_ascii_strdown(line->text->str + line->searched, -1);
  gsize behind = 0; /* the last that was found */
  for (; *words != NULL; words++) {
    const char *found = g_strrstr(lower, *words);
    if (found != NULL)
      behind = MAX(behind, (gsize)(found - lower) + strlen(*words));
  }
  g_free(lower);
  line->searched += behind;
  if (line->text->len > line->searched + ANSWER_MAX)
    line->searched = line->text->len - ANSWER_MAX;
  return behind > 0;
}
