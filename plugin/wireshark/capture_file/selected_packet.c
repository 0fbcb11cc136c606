/* selected_packet.c - the packet that is selected in the packet list
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "selected_packet.h"

#include <epan/frame_data_sequence.h>
#include <epan/plugin_if.h>

#include "export/text/text.h"
#include "wireshark/tap/packet_decoder.h"

typedef struct {
  HgLayer layer;
  guint32 frame;
  char *source;
} Selected;

/* As reports show the address; trace= and suspect= take it like that, too. (transfer full) */
static char *shown_address(const HgAddress *address) {
  GString *shown = g_string_new(NULL);
  char *text = hg_address_to_text(address);

  hg_text_plain(shown, text, -1);
  g_free(text);
  return g_string_free(shown, FALSE);
}

static void *read_selected(capture_file *cf, void *data) {
  Selected *selected = data;
  HgPacketDecoder *decoder;
  HgHeaders headers;
  HgFrameLayers layers;
  HgPacket packet;

  if (cf->state == FILE_CLOSED || cf->current_frame == NULL || cf->edt == NULL)
    return NULL;
  selected->frame = cf->current_frame->num;
  headers = (HgHeaders){.frame = selected->frame, .net = TRUE};
  decoder = hg_packet_decoder_new(selected->layer, FALSE);
  hg_packet_decoder_decode(decoder, &cf->edt->pi, &headers, &layers, &packet);
  if (!hg_address_is_none(&packet.source) && hg_scope_is_unicast(hg_address_scope(&packet.source)))
    selected->source = shown_address(&packet.source);
  hg_packet_decoder_free(decoder);
  return NULL;
}

char *hg_selected_packet_source(HgLayer layer, guint32 *frame) {
  Selected selected = {.layer = layer};

  plugin_if_get_capture_file(read_selected, &selected);
  if (frame != NULL)
    *frame = selected.frame;
  return selected.source;
}

typedef struct {
  guint32 frame;
  gboolean found;
  gint64 time_ns;
} Sought;

static void *read_time(capture_file *cf, void *data) {
  Sought *sought = data;
  const frame_data *fd;

  if (cf->state == FILE_CLOSED || cf->provider.frames == NULL || sought->frame == 0 ||
      sought->frame > cf->count)
    return NULL;
  fd = frame_data_sequence_find(cf->provider.frames, sought->frame);
  sought->found = fd != NULL;
  if (fd != NULL)
    sought->time_ns = hg_packet_decoder_time(fd);
  return NULL;
}

gboolean hg_packet_time(guint32 frame, gint64 *time_ns) {
  Sought sought = {.frame = frame};

  plugin_if_get_capture_file(read_time, &sought);
  *time_ns = sought.time_ns;
  return sought.found && hg_time_is_known(sought.time_ns);
}
