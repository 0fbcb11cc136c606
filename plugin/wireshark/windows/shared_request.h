/* shared_request.h - a request that a window and the dialogs opened from it share
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_SHARED_REQUEST_H
#define HG_WIRESHARK_SHARED_REQUEST_H

#include "export/request/request.h"

G_BEGIN_DECLS

/* Lives until the last reference is gone: a dialog may outlive the window that opened it. */
typedef struct {
  HgRequest *request;
} HgSharedRequest;

/* Takes the request. (transfer full) */
static inline HgSharedRequest *hg_shared_request_new(HgRequest *request) {
  HgSharedRequest *shared = g_rc_box_new0(HgSharedRequest);

  shared->request = request;
  return shared;
}

static inline HgSharedRequest *hg_shared_request_ref(HgSharedRequest *shared) {
  return g_rc_box_acquire(shared);
}

static inline void hg_shared_request_clear(gpointer data) {
  hg_request_free(((HgSharedRequest *)data)->request);
}

static inline void hg_shared_request_unref(gpointer data) {
  if (data != NULL)
    g_rc_box_release_full(data, hg_shared_request_clear);
}

G_END_DECLS
#endif
