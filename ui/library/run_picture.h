// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_record.h"

#include <QByteArray>
#include <QRectF>

class QPainter;

namespace halfopen {

struct Theme;

/// The outcome track of a whole run in about a kilobyte: for each of kPictureColumns stretches of time, the calls of
/// the clients that ended per second, by outcome, as parts of the busiest stretch. Drawn in the colours of the theme
/// that is in force then.
inline constexpr int kPictureColumns = 96;
QByteArray makeRunPicture(const RunRecord &record);

/// Draws \a picture into \a rect, columns from the left, good calls below. False, and nothing is drawn, if it is none.
bool paintRunPicture(QPainter &painter, const QRectF &rect, const QByteArray &picture, const Theme &theme);

} // namespace halfopen
