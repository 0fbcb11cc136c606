# Installs the plugin where Wireshark looks for it (`tshark -G folders`): in its global folder, or
# with HOSTGRAPH_INSTALL_USER in the one of the user. `--target uninstall` removes it again.
option(HOSTGRAPH_INSTALL_USER "Install the plugin for this user only (root's is ignored by Wireshark)" OFF)

set(plugin_version ${Wireshark_MAJOR_VERSION}.${Wireshark_MINOR_VERSION})
if(HOSTGRAPH_INSTALL_USER)
  if(APPLE)
    string(REPLACE "." "-" plugin_version ${plugin_version})
  endif()
  set(plugin_dir $ENV{HOME}/.local/lib/wireshark/plugins/${plugin_version})
elseif(Wireshark_PLUGIN_INSTALL_DIR)
  set(plugin_dir ${Wireshark_PLUGIN_INSTALL_DIR})
else()
  set(plugin_dir ${Wireshark_LIB_DIR}/wireshark/plugins/${plugin_version})
endif()
if(NOT DEFINED HOSTGRAPH_PLUGIN_DIR)
  set(HOSTGRAPH_PLUGIN_DIR ${plugin_dir}/epan)
endif()
message(STATUS "The plugin will be installed in ${HOSTGRAPH_PLUGIN_DIR}")

install(TARGETS hostgraph LIBRARY DESTINATION ${HOSTGRAPH_PLUGIN_DIR} COMPONENT plugin)
# Beside it what Help opens (plugin/wireshark/guide.c), and colours to import.
set(packaging ${PROJECT_SOURCE_DIR}/packaging)
install(FILES ${packaging}/guide.html ${packaging}/hostgraph.colorfilters
              ${packaging}/images/suspect-hosts.png ${packaging}/images/host-map.png
        DESTINATION ${HOSTGRAPH_PLUGIN_DIR}/hostgraph COMPONENT plugin)

file(WRITE ${PROJECT_BINARY_DIR}/uninstall.cmake [[
if(NOT EXISTS install_manifest.txt)
  message(FATAL_ERROR "Nothing was installed from this folder")
endif()
file(STRINGS install_manifest.txt files)
foreach(file IN LISTS files)
  if(EXISTS $ENV{DESTDIR}${file} OR IS_SYMLINK $ENV{DESTDIR}${file})
    message(STATUS "Removing $ENV{DESTDIR}${file}")
    file(REMOVE $ENV{DESTDIR}${file})
  endif()
  get_filename_component(folder $ENV{DESTDIR}${file} DIRECTORY)
  string(REGEX REPLACE "([[*?])" "[\\1]" pattern "${folder}") # as cmake/Glob.cmake does
  file(GLOB left "${pattern}/*")
  if(folder MATCHES "/hostgraph$" AND NOT left) # ours, and empty
    file(REMOVE_RECURSE ${folder})
  endif()
endforeach()
]])
if(NOT TARGET uninstall)
  add_custom_target(uninstall
    COMMAND ${CMAKE_COMMAND} -P ${PROJECT_BINARY_DIR}/uninstall.cmake
    WORKING_DIRECTORY ${PROJECT_BINARY_DIR})
endif()
