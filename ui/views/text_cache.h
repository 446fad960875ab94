// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QRectF>
#include <QString>
#include <Qt>

class QPainter;

namespace halfopen {

/// Between the values of one line, see Readout::inOneLine().
inline const QString kBetweenValues = QStringLiteral("   ");

// Labels of charts are the same from frame to frame, and shaping them costs more than drawing them:
// of a frame of four charts it was a quarter. These keep what was shaped, for one line of plain
// text. GUI thread only.

/// How wide \a text is in \a font, in logical pixels.
double textWidth(const QString &text, const QFont &font);
/// \a text, or its beginning or ends with an ellipsis when it is wider than \a width.
QString elidedLine(const QString &text, const QFont &font, double width,
                   Qt::TextElideMode mode = Qt::ElideRight);
/// Draws one line with the painter's font and pen. It may leave \a rect, as QPainter::drawText()
/// may.
void drawLine(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text);

} // namespace halfopen
