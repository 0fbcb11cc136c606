/* marks.c - analyses capture files and keeps the result, from which packets get their fields
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include "export/request/request_report.h"
#include "marks.h"
#include "marks_fields.h"
#include "wireshark/capture_file/open_file.h"
#include "wireshark/gui.h"
#include "wireshark/preferences.h"
#include "wireshark/tap/first_pass.h"
#include "wireshark/tap/live.h"
#include "wireshark/tap/packet_decoder.h"

static struct {
  int proto;
  dissector_handle_t handle; /* NULL until marks are asked for the first time */
  HgAnnotations *marks;      /* NULL: none (yet) */
  HgPacketDecoder *decoder;  /* of the marks' layer */

  /* tshark, sharkd */
  HgRequest *request; /* made of the preferences; NULL: they are wrong */
  HgFirstPass *pass;  /* NULL: not collecting */

  /* Wireshark */
  HgLive *live;   /* NULL: the preference is off */
  char *path;     /* of the marked file */
  guint32 frames; /* of the marked file */
  gboolean showing;
} state;

/* --- the packets --- */

static void forget_marks(void) {
  g_clear_pointer(&state.marks, hg_annotations_free);
  g_clear_pointer(&state.decoder, hg_packet_decoder_free);
  g_clear_pointer(&state.path, g_free);
  state.frames = 0;
}

static void set_marks(HgAnnotations *marks, HgLayer layer) {
  forget_marks();
  state.marks = marks;
  state.decoder = hg_packet_decoder_new(layer, FALSE);
}

static void analyse(const HgTally *tally) {
  HgRequestReport *made = hg_request_report_new(state.request, tally, NULL, FALSE);
  set_marks(hg_annotations_new(hg_request_report_get(made)), state.request->tally.layer);
  hg_request_report_free(made);
}

/* A frame is not "visited" in its first pass only. The first visited frame begins the second pass. */
static void follow_passes(packet_info *pinfo, proto_tree *tree) {
  if (!pinfo->fd->visited) {
    hg_first_pass_frame(state.pass, pinfo, tree);
  } else if (hg_first_pass_frames(state.pass) > 0) {
    analyse(hg_first_pass_tally(state.pass));
    g_clear_pointer(&state.pass, hg_first_pass_free);
  }
}

static int dissect(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data) {
  (void)data;
  if (state.pass != NULL)
    follow_passes(pinfo, tree);
  if (tree != NULL && state.marks != NULL) {
    const HgHeaders headers = {.frame = pinfo->num, .net = TRUE};
    HgFrameLayers layers;
    HgPacket packet;
    hg_packet_decoder_decode(state.decoder, pinfo, &headers, &layers, &packet);
    hg_marks_fields_add(state.marks, &packet, tvb, tree);
  }
  return (int)tvb_captured_length(tvb);
}

/* From here on Wireshark calls dissect() for each packet. That alone asks for no trees or columns. */
static void begin(void) {
  if (state.handle != NULL)
    return;
  state.handle = create_dissector_handle(dissect, state.proto);
  register_postdissector(state.handle);
}

static gboolean read_preferences(void) {
  GError *error = NULL;
  hg_request_free(state.request);
  state.request = hg_preferences_request(NULL, &error);
  if (state.request == NULL) {
    hg_gui_report("hostgraph: ", error);
    g_error_free(error);
  }
  return state.request != NULL;
}

/* --- tshark, sharkd --- */

static void end_pass(void) {
  g_clear_pointer(&state.pass, hg_first_pass_free);
  if (state.handle != NULL)
    set_postdissector_wanted_hfids(state.handle, NULL);
}

static void begin_pass(void) {
  end_pass();
  forget_marks();
  if (!hg_preferences_mark() || !read_preferences())
    return;
  begin();
  state.pass = hg_first_pass_new(&state.request->tally);
  set_postdissector_wanted_hfids(state.handle, hg_first_pass_fields(state.pass));
}

/* --- Wireshark --- */

static void redissect(void) {
  const funnel_ops_t *ops = hg_gui_ops();
  HgOpenFile file;
  hg_open_file_init(&file);
  if (ops != NULL && file.open && !file.busy) {
    state.showing = TRUE;
    ops->redissect_packets(ops->ops_id);
    state.showing = FALSE;
  }
  hg_open_file_clear(&file);
}

/* Notes that the marks belong to the file that is open now. */
static void remember_file(const HgOpenFile *file) {
  g_free(state.path);
  state.path = g_strdup(file->path);
  state.frames = file->frames;
}

static gboolean is_marked(const HgOpenFile *file) {
  return state.marks != NULL && g_strcmp0(state.path, file->path) == 0 &&
         state.frames == file->frames;
}

/* Analyses the file when all of its packets have been seen. Showing the marks dissects it again, which
 * draws again. */
static void draw(HgLive *live, gpointer data) {
  HgOpenFile file;
  (void)data;
  hg_open_file_init(&file);
  if (!state.showing && file.open && !file.reading && !file.busy && file.frames > 0 &&
      hg_live_frames(live) >= file.frames && !is_marked(&file)) {
    analyse(hg_live_tally(live));
    remember_file(&file);
    begin();
    redissect();
  }
  hg_open_file_clear(&file);
}

static void follow_files(void) {
  GError *error = NULL;
  HgOpenFile file;
  hg_open_file_init(&file);
  if (!file.open || file.frames == 0 || g_strcmp0(state.path, file.path) != 0)
    forget_marks(); /* they belong to another file */
  hg_open_file_clear(&file);
  if (!hg_preferences_mark() || state.live != NULL || !read_preferences())
    return;
  state.live = hg_live_new(&state.request->tally, NULL, draw, NULL, &error);
  if (state.live == NULL) {
    hg_gui_report("hostgraph: ", error);
    g_error_free(error);
  }
}

void hg_marks_show(HgAnnotations *marks, HgLayer layer) {
  HgOpenFile file;
  if (marks != NULL)
    set_marks(marks, layer);
  else
    forget_marks();
  hg_open_file_init(&file);
  remember_file(&file);
  hg_open_file_clear(&file);
  begin();
  redissect();
}

/* --- beginning and end --- */

/* Wireshark opens a file, or dissects it again. */
static void begin_file(void) {
  if (hg_gui_ops() != NULL)
    follow_files();
  else
    begin_pass();
}

/* When preferences change, Wireshark dissects the open file again: begin_file() follows. */
static void preferences_changed(void) {
  g_clear_pointer(&state.live, hg_live_free);
  if (!hg_preferences_mark())
    end_pass();
  forget_marks();
}

static void shutdown_marks(void) {
  g_clear_pointer(&state.live, hg_live_free);
  g_clear_pointer(&state.pass, hg_first_pass_free);
  forget_marks();
  g_clear_pointer(&state.request, hg_request_free);
}

void hg_marks_register(int proto) {
  state.proto = proto;
  hg_marks_fields_register(proto);
  hg_preferences_register(proto, preferences_changed);
  register_init_routine(begin_file);
  register_shutdown_routine(shutdown_marks);
}
