/* fuzz.h - what the fuzz targets share
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TESTS_FUZZ_H
#define HG_TESTS_FUZZ_H

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/* The entry point of every target; aborts when something is wrong. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* In force in every build type, unlike assert. */
#define CHECK(condition)                                                                           \
  do {                                                                                             \
    if (!(condition))                                                                              \
      g_error("%s:%d: %s", __FILE__, __LINE__, #condition);                                        \
  } while (0)

#endif
