/* test_executable.c - programs by their first bytes
 *
 * The headers are those that linkers write (Microsoft, PE Format; System V ABI).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/executable.h"

#include <string.h>

#define PE_AT 0xf8

/* A DOS header, its stub, a PE header; `length` bytes of it, so that a sanitizer sees what is read beyond. */
static HgExecutable of_pe(gsize length, guint32 pe_at, const char *signature) {
  guint8 whole[PE_AT + 8] = "MZ\x90";
  guint8 *copy;
  HgExecutable found;
  for (guint i = 0; i < 4; i++)
    whole[0x3c + i] = (guint8)(pe_at >> 8 * i);
  memcpy(whole + 0x40,
         "\x0e\x1f\xba\x0e\x00\xb4\t\xcd!\xb8\x01L\xcd!This program cannot be run in DOS mode.",
         54);
  memcpy(whole + PE_AT, signature, 4);
  copy = g_memdup2(whole, length);
  found = hg_executable_of(copy, length);
  g_free(copy);
  return found;
}

static void test_pe(void) {
  g_assert_cmpint(of_pe(PE_AT + 8, PE_AT, "PE\0\0"), ==, HG_EXECUTABLE_PE);
  g_assert_cmpint(of_pe(PE_AT + 4, PE_AT, "PE\0\0"), ==, HG_EXECUTABLE_PE);
  /* For DOS alone, or for OS/2. */
  g_assert_cmpint(of_pe(PE_AT + 8, PE_AT, "NE\0\0"), ==, HG_EXECUTABLE_NONE);
  g_assert_cmpint(of_pe(PE_AT + 8, 4, "PE\0\0"), ==, HG_EXECUTABLE_NONE);
}

/* Cut before the header: the stub says it. */
static void test_pe_cut(void) {
  g_assert_cmpint(of_pe(PE_AT, PE_AT, "PE\0\0"), ==, HG_EXECUTABLE_PE);
  g_assert_cmpint(of_pe(0x80, G_MAXUINT32, "PE\0\0"), ==, HG_EXECUTABLE_PE);
  for (gsize length = 1; length < 0x60; length++)
    g_assert_cmpint(of_pe(length, PE_AT, "PE\0\0"), ==, HG_EXECUTABLE_NONE);
}

static HgExecutable of_elf(const char *head, gsize length) {
  guint8 *copy = g_memdup2(head, length);
  const HgExecutable found = hg_executable_of(copy, length);
  g_free(copy);
  return found;
}

static void test_elf(void) {
  static const char x86_64[20] = "\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\x3e";
  static const char mips[20] = "\177ELF\1\2\1\0\0\0\0\0\0\0\0\0\0\2\0\10";
  static const char core[20] = "\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\4\0\x3e";
  static const char swapped[20] = "\177ELF\1\1\1\0\0\0\0\0\0\0\0\0\0\2\0\10";
  g_assert_cmpint(of_elf(x86_64, 20), ==, HG_EXECUTABLE_ELF);
  g_assert_cmpint(of_elf(mips, 20), ==, HG_EXECUTABLE_ELF);
  g_assert_cmpint(of_elf(core, 20), ==, HG_EXECUTABLE_NONE);
  g_assert_cmpint(of_elf(swapped, 20), ==, HG_EXECUTABLE_NONE);
  for (gsize length = 1; length < 20; length++)
    g_assert_cmpint(of_elf(mips, length), ==, HG_EXECUTABLE_NONE);
}

static void test_others(void) {
  static const char text[] =
      "MZ is how a program for DOS begins, and this text, too; it goes on for some while yet.";
  g_assert_cmpint(of_elf(text, sizeof text), ==, HG_EXECUTABLE_NONE);
  g_assert_cmpint(hg_executable_of((const guint8 *)"", 0), ==, HG_EXECUTABLE_NONE);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/executable/pe", test_pe);
  g_test_add_func("/executable/pe-cut", test_pe_cut);
  g_test_add_func("/executable/elf", test_elf);
  g_test_add_func("/executable/others", test_others);
  return g_test_run();
}
