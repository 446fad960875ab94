// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/figure_picture.h"
#include "ui/models/record_ptr.h"

#include <QString>

#include <functional>

namespace halfopen {

class View;

/// Draws \a view for \a path: what it shows as a figure under \a head, of a size of its own (.png of 2400 pixels width, or
/// .svg; see FigurePicture), or what it is about, of the whole run, as a table (.csv). The end of the name decides. Gives what is
/// left to be done, encoding and writing, which any thread may do: the file appears whole or not at all, and an Error names the
/// file and the reason, also for another end or a view without a run.
[[nodiscard]] std::function<Result<void>()> drawForExport(View *view, const QString &path, const FigureHead &head = {});

/// Writes the run's report: a page that needs nothing else (.html), or its figures (.json). \a known: see compareWithFile().
[[nodiscard]] Result<void> exportRun(const RecordPtr &record, const QString &path, const FileAsRead &known = {});

} // namespace halfopen
