// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace halfopen {

// What a message of the window speaks of, see MessageBar::setSubject(): it goes when that is no longer so. Messages of what has
// happened and stays so have no subject and stay until the next one.
inline constexpr const char *kAboutRun = "run";            ///< the run on screen: until another begins
inline constexpr const char *kAboutNextRun = "next_run";   ///< the form differs from the run that is over
inline constexpr const char *kAboutUnsaved = "unsaved";    ///< asks what becomes of changes: until there are none
inline constexpr const char *kAboutDrafts = "drafts";      ///< unsaved changes cannot be kept
inline constexpr const char *kAboutWarning = "warning";    ///< of the text, until it is mended
inline constexpr const char *kAboutSaved = "saved";        ///< everything is: until the next change
inline constexpr const char *kAboutDeleted = "deleted";    ///< of the library, until it is brought back
inline constexpr const char *kAboutLibrary = "library";    ///< it cannot be used
inline constexpr const char *kAboutUntagged = "untagged";  ///< the next run pushes others out of the library
inline constexpr const char *kAboutLanguage = "language";  ///< the next start speaks another one

} // namespace halfopen
