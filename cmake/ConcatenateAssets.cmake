# Puts the page's scripts and styles together: cmake -DFOLDER= -DTO= -DD3= -DD3_LICENCE= -P ...
#
# What ends the element that a part is put into must not occur in it: then the page would break.
file(STRINGS ${FOLDER}/manifest names REGEX "^[^#]")
file(WRITE ${TO}/page.js.new "\"use strict\";\n(function () {\n")
file(WRITE ${TO}/page.css.new "")
foreach(name IN LISTS names)
  file(READ ${FOLDER}/${name} text)
  if(name MATCHES "\\.css$")
    file(APPEND ${TO}/page.css.new "${text}")
  else()
    file(APPEND ${TO}/page.js.new "${text}")
  endif()
endforeach()
file(APPEND ${TO}/page.js.new "})();\n")
file(RENAME ${TO}/page.js.new ${TO}/page.js)
file(RENAME ${TO}/page.css.new ${TO}/page.css)
configure_file(${FOLDER}/page.html ${TO}/page.html COPYONLY)
configure_file(${D3} ${TO}/d3.js COPYONLY)
configure_file(${D3_LICENCE} ${TO}/d3-licence.txt COPYONLY)

set(entries "")
foreach(name page.html page.css page.js d3.js d3-licence.txt)
  file(READ ${TO}/${name} text)
  string(TOLOWER "${text}" text)
  if(NOT name STREQUAL page.html AND text MATCHES "</(script|style)|<!--")
    message(FATAL_ERROR "${name} cannot stand in a page: it contains '${CMAKE_MATCH_0}'")
  endif()
  string(APPEND entries "    <file compressed=\"true\">${name}</file>\n")
  file(TOUCH ${TO}/${name})
endforeach()
file(WRITE ${TO}/assets.gresource.xml "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<gresources>
  <gresource prefix=\"/hostgraph/html\">
${entries}  </gresource>
</gresources>
")
