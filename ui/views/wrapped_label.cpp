// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/wrapped_label.h"

namespace halfopen {

WrappedLabel::WrappedLabel(QWidget *parent) : QLabel(parent)
{
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
}

QSize WrappedLabel::sizeHint() const
{
    return {0, fontMetrics().height()};
}

int WrappedLabel::heightForWidth(int width) const
{
    if (text() != m_measured || font() != m_font) {
        m_heights.clear();
        m_measured = text();
        m_font = font();
    }
    const auto found = m_heights.constFind(width);
    return found != m_heights.constEnd() ? *found : *m_heights.insert(width, QLabel::heightForWidth(width));
}

} // namespace halfopen
