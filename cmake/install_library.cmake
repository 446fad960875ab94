# SPDX-FileCopyrightText: 2026 The Halfopen authors
# SPDX-License-Identifier: GPL-3.0-or-later
# The library for other programs: cmake --install BUILD --component library --prefix DIR, then find_package(Halfopen).
# Headers keep their paths from the root of the tree, below include/halfopen.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/Halfopen")
foreach(name options core models live)
  set_target_properties(halfopen_${name} PROPERTIES EXPORT_NAME ${name})
endforeach()
install(TARGETS halfopen_options halfopen_core halfopen_models halfopen_live EXPORT HalfopenTargets
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT library
  INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/halfopen")
install(EXPORT HalfopenTargets NAMESPACE Halfopen:: DESTINATION "${package_dir}" COMPONENT library)
install(DIRECTORY core simulators DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/halfopen" COMPONENT library
  FILES_MATCHING PATTERN "*.h" PATTERN "core/help" EXCLUDE) # the pages are for the programs
configure_package_config_file(cmake/HalfopenConfig.cmake.in "${CMAKE_BINARY_DIR}/HalfopenConfig.cmake"
  INSTALL_DESTINATION "${package_dir}")
# Below 1.0 a new minor version may change what there is.
write_basic_package_version_file("${CMAKE_BINARY_DIR}/HalfopenConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_BINARY_DIR}/HalfopenConfig.cmake" "${CMAKE_BINARY_DIR}/HalfopenConfigVersion.cmake"
  DESTINATION "${package_dir}" COMPONENT library)
