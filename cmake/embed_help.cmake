# SPDX-FileCopyrightText: 2026 The Halfopen authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Turns the help pages into one source file: cmake -DLIST=FILE -DFOLDER=resources/help -DOUTPUT=FILE.cpp -P embed_help.cmake
# LIST has one path per line. What lies in FOLDER itself is English, FOLDER/de is German. The licence at a page's head stays behind.
file(STRINGS "${LIST}" paths ENCODING UTF-8)
set(out "// Made from resources/help by cmake/embed_help.cmake.\n#include \"core/help/help_pages.h\"\n\n#include <array>\n\n")
string(APPEND out "namespace halfopen {\n\nstd::span<const WrittenPage> helpPages()\n{\n")
set(rows "")
set(count 0)
foreach(path IN LISTS paths)
  file(RELATIVE_PATH relative "${FOLDER}" "${path}")
  get_filename_component(word "${relative}" NAME)
  string(REGEX REPLACE "\\.md$" "" word "${word}")
  get_filename_component(language "${relative}" DIRECTORY)
  if(language STREQUAL "")
    set(language en)
  endif()
  file(READ "${path}" text)
  string(REGEX REPLACE "^(<!--[^\n]*-->\n)+" "" text "${text}")
  string(APPEND rows "        WrittenPage{\"${word}\", \"${language}\", R\"help_page(${text})help_page\"},\n")
  math(EXPR count "${count} + 1")
endforeach()
string(APPEND out "    static constexpr std::array<WrittenPage, ${count}> kPages{{\n${rows}    }};\n    return kPages;\n}\n\n} // namespace halfopen\n")
file(WRITE "${OUTPUT}" "${out}")
