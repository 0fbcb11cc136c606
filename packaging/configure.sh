# shellcheck shell=sh
# How scripts configure a build folder. To be sourced.
# SPDX-License-Identifier: GPL-2.0-or-later

# configure SOURCE FOLDER [FIRST...] -- [OPTION...]: runs cmake with OPTIONs; in a folder that was not
# configured before with Ninja and FIRST, too. What cmake cannot change later without forgetting all that
# the user had set (the compiler), or what the user may have chosen otherwise, is to be among FIRST.
configure() {
  source=$1 folder=$2
  shift 2
  if [ -e "$folder/CMakeCache.txt" ]; then
    while [ "$1" != -- ]; do shift; done
    shift
    cmake -S "$source" -B "$folder" "$@"
    return
  fi
  # Without the mark between them.
  count=$#
  while [ "$count" -gt 0 ]; do
    [ "$1" = -- ] || set -- "$@" "$1"
    shift
    count=$((count - 1))
  done
  cmake -S "$source" -B "$folder" -G Ninja "$@"
}
