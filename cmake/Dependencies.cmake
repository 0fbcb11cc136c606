# Libraries that the system provides.
find_package(PkgConfig REQUIRED)
pkg_check_modules(GLIB REQUIRED IMPORTED_TARGET glib-2.0>=2.68)
pkg_check_modules(GIO REQUIRED IMPORTED_TARGET gio-2.0>=2.68)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3>=3.24)
if(HOSTGRAPH_PLUGIN)
  find_package(Wireshark CONFIG REQUIRED)
endif()
