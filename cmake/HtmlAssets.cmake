# The page of the html format: d3 and the files of plugin/export/html, built in as a GResource.
#
# hostgraph_html_assets(TARGET FOLDER) adds them to TARGET. FOLDER/manifest names scripts and styles
# in the order in which they are put together.
set(HOSTGRAPH_D3 "" CACHE FILEPATH "d3.min.js, version 5 or later (default: Debian's node-d3)")
set(HOSTGRAPH_D3_LICENCE "" CACHE FILEPATH "d3's licence (default: beside d3, or Debian's)")

# hostgraph_first_of(RESULT FILES...): the first that exists, else empty.
function(hostgraph_first_of result)
  set(${result} "" PARENT_SCOPE)
  foreach(file IN LISTS ARGN)
    if(EXISTS ${file})
      set(${result} ${file} PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

set(d3 ${HOSTGRAPH_D3})
if(NOT d3)
  hostgraph_first_of(d3 /usr/share/nodejs/d3/dist/d3.min.js /usr/share/javascript/d3/d3.min.js)
endif()
if(NOT d3 OR NOT EXISTS ${d3})
  message(FATAL_ERROR "The html format needs d3: install the package node-d3, or say where it is "
                      "with -DHOSTGRAPH_D3=/path/to/d3.min.js (now: '${HOSTGRAPH_D3}')")
endif()
get_filename_component(d3_folder ${d3} DIRECTORY)
set(d3_licence ${HOSTGRAPH_D3_LICENCE})
if(NOT d3_licence)
  hostgraph_first_of(d3_licence ${d3_folder}/LICENSE ${d3_folder}/../LICENSE
                     /usr/share/doc/node-d3/copyright)
endif()
if(NOT d3_licence OR NOT EXISTS ${d3_licence})
  message(FATAL_ERROR "d3's licence goes into every page: say where it is with "
                      "-DHOSTGRAPH_D3_LICENCE=/path/to/LICENSE (now: '${HOSTGRAPH_D3_LICENCE}')")
endif()
message(STATUS "d3 for the html format: ${d3}")

pkg_check_modules(GIO REQUIRED IMPORTED_TARGET gio-2.0>=2.68)
pkg_get_variable(glib_compile_resources gio-2.0 glib_compile_resources)
find_program(GLIB_COMPILE_RESOURCES NAMES glib-compile-resources HINTS ${glib_compile_resources})
if(NOT GLIB_COMPILE_RESOURCES)
  message(FATAL_ERROR "The html format needs glib-compile-resources: install libglib2.0-dev-bin")
endif()

function(hostgraph_html_assets target folder)
  set(to ${CMAKE_CURRENT_BINARY_DIR}/html)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${folder}/manifest)
  file(STRINGS ${folder}/manifest names REGEX "^[^#]")
  set(parts ${folder}/page.html)
  foreach(name IN LISTS names)
    list(APPEND parts ${folder}/${name})
  endforeach()
  add_custom_command(
    OUTPUT ${to}/page.js ${to}/page.css ${to}/page.html ${to}/d3.js ${to}/d3-licence.txt
           ${to}/assets.gresource.xml
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${folder} -DTO=${to} -DD3=${d3}
            -DD3_LICENCE=${d3_licence}
            -P ${PROJECT_SOURCE_DIR}/cmake/ConcatenateAssets.cmake
    DEPENDS ${parts} ${folder}/manifest ${d3} ${d3_licence}
            ${PROJECT_SOURCE_DIR}/cmake/ConcatenateAssets.cmake
    VERBATIM)
  foreach(kind source header)
    set(result ${CMAKE_CURRENT_BINARY_DIR}/html_assets.h)
    if(kind STREQUAL source)
      set(result ${CMAKE_CURRENT_BINARY_DIR}/html_assets.c)
    endif()
    add_custom_command(
      OUTPUT ${result}
      COMMAND ${GLIB_COMPILE_RESOURCES} --generate-${kind} --internal --c-name hg_html
              --sourcedir=${to} --target=${result} ${to}/assets.gresource.xml
      DEPENDS ${to}/page.js ${to}/page.css ${to}/page.html ${to}/d3.js ${to}/d3-licence.txt
              ${to}/assets.gresource.xml
      VERBATIM)
  endforeach()
  target_sources(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/html_assets.c
                                   ${CMAKE_CURRENT_BINARY_DIR}/html_assets.h)
  target_link_libraries(${target} PUBLIC PkgConfig::GIO)
endfunction()
