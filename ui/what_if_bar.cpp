// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/what_if_bar.h"

#include "ui/models/what_if.h"
#include "ui/theme.h"

#include <QEvent>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLabel>
#include <QStringList>

namespace halfopen {

WhatIfBar::WhatIfBar(WhatIf *whatIf, QWidget *parent) : QWidget(parent), m_whatIf(whatIf)
{
    setObjectName(QStringLiteral("what_if_bar"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Theme::padding(), Theme::px(6), Theme::padding(), Theme::px(6));
    layout->setSpacing(Theme::padding());
    m_title = new QLabel(tr("What if"));
    QFont font = Theme::bodyFont();
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    layout->addWidget(m_title);
    m_text = new QLabel;
    m_text->setWordWrap(true);
    m_text->setMinimumHeight(2 * QFontMetrics(m_text->font()).lineSpacing()); // the tracks below do not jump
    m_text->setTextFormat(Qt::RichText);
    layout->addWidget(m_text, 1);
    m_runs = new QLabel;
    m_runs->setFont(Theme::axisFont());
    m_runs->setToolTip(tr("Pairs of runs with the same seed, before and after the change; ± is a 95 % confidence interval"));
    layout->addWidget(m_runs);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    connect(whatIf, &WhatIf::changed, this, &WhatIfBar::refresh);
    tint();
    refresh();
}

QString WhatIfBar::text() const
{
    return accessibleDescription();
}

void WhatIfBar::refresh()
{
    setAccessibleName(tr("What the last change did"));
    setAccessibleDescription(m_whatIf->sentence());
    const auto differences = m_whatIf->differences();
    const Theme &theme = Theme::of(this);
    QStringList parts;
    for (const WhatIf::Difference &one : differences) {
        // The word says it, the colour only helps.
        const QString text = one.text.toHtmlEscaped();
        if (one.meaning == WhatIf::Difference::Meaning::Neither)
            parts += text;
        else
            parts += QStringLiteral("%1 <span style='color:%2'>%3</span>")
                         .arg(text, (one.meaning == WhatIf::Difference::Meaning::Better ? theme.success : theme.error).name(),
                              one.meaning == WhatIf::Difference::Meaning::Better ? tr("better") : tr("worse"));
    }
    const QString separator = QStringLiteral(" &nbsp;·&nbsp; ");
    m_text->setText(parts.isEmpty() ? m_whatIf->sentence().toHtmlEscaped() : parts.join(separator));
    m_text->setEnabled(!m_whatIf->isComputing()); // still those of the change before
    // The figures are all of one kind, and this says of which.
    m_runs->setText(!m_whatIf->hasComparison()  ? QString()
                    : m_whatIf->pairs() > 1 ? tr("means of %1 seeds").arg(m_whatIf->pairs())
                                            : tr("this seed only"));
}

void WhatIfBar::tint()
{
    QPalette palette;
    palette.setColor(QPalette::WindowText, Theme::of(this).secondary);
    m_runs->setPalette(palette);
}

void WhatIfBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_runs) {
        tint();
        refresh();
    }
}

} // namespace halfopen
