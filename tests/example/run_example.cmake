# SPDX-FileCopyrightText: 2026 The Halfopen authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the library beside the build, then configures, builds and runs the example against what was installed.
# Needs BUILD_DIR, SOURCE_DIR, CXX_COMPILER and GENERATOR; LAUNCHER may be empty.
function(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    list(JOIN ARGV " " command)
    message(FATAL_ERROR "failed with ${status}: ${command}")
  endif()
endfunction()

set(work "${BUILD_DIR}/example")
file(REMOVE_RECURSE "${work}")
run("${CMAKE_COMMAND}" --install "${BUILD_DIR}" --component library --prefix "${work}/prefix")
# Every header must be usable where it is installed, without the source tree.
run("${CMAKE_COMMAND}" -G "${GENERATOR}" -S "${SOURCE_DIR}" -B "${work}/build"
  "-DCMAKE_PREFIX_PATH=${work}/prefix" -DCMAKE_BUILD_TYPE=Release "-DCMAKE_CXX_COMPILER=${CXX_COMPILER}"
  "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}" -DCMAKE_CXX_FLAGS_RELEASE=-O1)
run("${CMAKE_COMMAND}" --build "${work}/build")
run("${work}/build/orders_client")
