/* accessibility.c - makes Qt's accessibility forget windows that were closed
 *
 * Only exported functions of Qt's are used, as their C++ names are in its binary interface, which
 * does not change within Qt 5 or Qt 6.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#define _GNU_SOURCE /* RTLD_DEFAULT */
#include "accessibility.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

/* QAccessible::Id: Qt counts them up from here. */
#define FIRST_ID 0x80000000U
/* Without a screen reader each window has an id, with one each widget. Higher ids are left alone. */
#define MOST_IDS 100000U
/* Place of QAccessibleInterface::isValid() const (whether its object still exists) in the table, after
 * two destructors. */
#define IS_VALID 2

typedef bool (*IsValid)(const void *interface);

/* An interface of Qt's begins with its table of virtual functions. */
typedef struct {
  const IsValid *table;
} Interface;

typedef Interface *(*Find)(unsigned id);
typedef void (*Delete)(unsigned id);

/* FALSE: there is no such function in this process. */
static bool find_function(const char *name, void *function) {
  void *found = dlsym(RTLD_DEFAULT, name);

  memcpy(function, &found, sizeof found);
  return found != NULL;
}

void hg_accessibility_forget_closed(void) {
  Find find;
  Delete delete;

  if (!find_function("_ZN11QAccessible19accessibleInterfaceEj", &find) ||
      !find_function("_ZN11QAccessible25deleteAccessibleInterfaceEj", &delete))
    return;
  for (unsigned id = FIRST_ID; id < FIRST_ID + MOST_IDS; id++) {
    const Interface *interface = find(id);

    if (interface != NULL && !interface->table[IS_VALID](interface))
      delete (id);
  }
}
