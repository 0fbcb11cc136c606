/* request_baseline.h - reads the baselines (stores of known-normal traffic) of a request
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_REQUEST_BASELINE_H
#define HG_EXPORT_REQUEST_BASELINE_H

#include "request.h"

G_BEGIN_DECLS

/* Reads the stores (char *: paths) and merges them into the baseline of the request; without stores
 * there is none. All other options must be parsed before. FALSE and `error` (G_OPTION_ERROR), which
 * names option and file: a file cannot be read, is no store, was tallied with other options, or
 * holds no packets. */
gboolean hg_request_read_baseline(HgRequest *request, const GPtrArray *paths, GError **error);

G_END_DECLS
#endif
