/* request_box.h - a request that a window and the dialogs opened from it share
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_REQUEST_BOX_H
#define HG_WIRESHARK_REQUEST_BOX_H

#include "export/request/request.h"

G_BEGIN_DECLS

/* Freed with its last holder: a dialog may outlive the window that it came from. */
typedef struct {
  HgRequest *request;
} HgRequestBox;

/* Takes the request. (transfer full) */
static inline HgRequestBox *hg_request_box_new(HgRequest *request) {
  HgRequestBox *box = g_rc_box_new0(HgRequestBox);

  box->request = request;
  return box;
}

static inline HgRequestBox *hg_request_box_ref(HgRequestBox *box) {
  return g_rc_box_acquire(box);
}

static inline void hg_request_box_clear(gpointer data) {
  hg_request_free(((HgRequestBox *)data)->request);
}

static inline void hg_request_box_unref(gpointer data) {
  if (data != NULL)
    g_rc_box_release_full(data, hg_request_box_clear);
}

G_END_DECLS
#endif
