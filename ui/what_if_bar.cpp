// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/what_if_bar.h"

#include "ui/models/what_if.h"
#include "ui/theme.h"
#include "ui/wrapped_text.h"

#include <QAction>
#include <QActionGroup>
#include <QEvent>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace halfopen {

namespace {

constexpr int kLines = 2;
constexpr int kLinesNarrow = 3; ///< where a line has less than kLettersNarrow
constexpr int kLettersNarrow = 60;

} // namespace

WhatIfBar::WhatIfBar(WhatIf *whatIf, QWidget *parent) : QWidget(parent), m_whatIf(whatIf)
{
    setObjectName(QStringLiteral("what_if_bar"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Theme::padding(), Theme::px(6), Theme::padding(), Theme::px(6));
    layout->setSpacing(Theme::padding());
    auto *head = new QVBoxLayout;
    head->setSpacing(0);
    m_title = new QLabel(tr("What if"));
    QFont font = Theme::bodyFont();
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    auto *first = new QHBoxLayout;
    first->setSpacing(Theme::px(6));
    first->addWidget(m_title);
    m_base = buildBase();
    first->addWidget(m_base);
    first->addStretch();
    head->addLayout(first);
    m_runs = new QLabel;
    m_runs->setFont(Theme::axisFont());
    head->addWidget(m_runs);
    head->addStretch();
    layout->addLayout(head);
    m_text = new WrappedText;
    layout->addWidget(m_text, 1, Qt::AlignTop);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    connect(whatIf, &WhatIf::changed, this, &WhatIfBar::refresh);
    tint();
    refresh();
}

/// Two choices, of which the button says the one that holds.
QToolButton *WhatIfBar::buildBase()
{
    auto *button = new QToolButton;
    button->setObjectName(QStringLiteral("what_if_base"));
    button->setFont(Theme::axisFont());
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(tr("Compared with"));
    auto *menu = new QMenu(button);
    auto *group = new QActionGroup(menu);
    for (const auto &[text, base] : {std::pair(tr("Compare with the run before the last change"), WhatIf::Base::LastChange),
                                     std::pair(tr("Compare with the file as it is saved"), WhatIf::Base::File)}) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setData(int(base));
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, base = base] { emit baseChosen(base); });
    }
    button->setMenu(menu);
    return button;
}

QString WhatIfBar::text() const
{
    return accessibleDescription();
}

QString WhatIfBar::shownText() const
{
    return m_text->plainText();
}

void WhatIfBar::refresh()
{
    const bool isOfFile = m_whatIf->base() == WhatIf::Base::File;
    setAccessibleName(isOfFile ? tr("What all changes did") : tr("What the last change did"));
    m_base->setText(isOfFile ? tr("vs. file") : tr("vs. run before"));
    m_base->setToolTip(tr("What the present run is compared with: %1").arg(m_base->text()));
    for (QAction *action : m_base->menu()->actions())
        action->setChecked(action->data().toInt() == int(m_whatIf->base()));
    setAccessibleDescription(m_whatIf->sentence());
    const auto differences = m_whatIf->differences();
    const Theme &theme = Theme::of(this);
    const auto tinted = [](const QString &text, const QColor &colour) {
        return QStringLiteral("<span style='color:%1'>%2</span>").arg(colour.name(), text);
    };
    m_parts.clear();
    for (const WhatIf::Difference &one : differences) {
        // The word says it, the colour only helps.
        const bool isBetter = one.meaning == WhatIf::Difference::Meaning::Better;
        const QColor colour = isBetter ? theme.success : theme.error;
        Part part{one.text, one.text.toHtmlEscaped(), {}};
        if (one.isVerdict) {
            part.loose = part.tight = tinted(part.loose, colour);
        } else {
            part.tight = QString(part.loose).replace(QLatin1Char(' '), QChar(0xa0));
            if (one.meaning != WhatIf::Difference::Meaning::Neither) {
                const QString word = QLatin1Char(',') + QChar(0xa0) + tinted(isBetter ? tr("better") : tr("worse"), colour);
                part.loose += word;
                part.tight += word;
                part.plain += QStringLiteral(", ") + (isBetter ? tr("better") : tr("worse"));
            }
        }
        m_parts.push_back(std::move(part));
    }
    m_lead = m_parts.empty() ? m_whatIf->sentence().toHtmlEscaped()
                               : tinted(m_whatIf->lead().toHtmlEscaped(), theme.secondary);
    m_text->setEnabled(!m_whatIf->isComputing()); // still those of the change before
    // The figures are all of one kind, and this says of which.
    m_runs->setText(!m_whatIf->hasComparison()  ? QString()
                    : m_whatIf->pairs() > 1 ? tr("means of %1 seeds").arg(m_whatIf->pairs())
                                            : tr("this seed only"));
    setToolTip(!m_whatIf->hasComparison()
                   ? QString()
                   : QStringLiteral("<p>%1</p><p>%2</p>")
                         .arg(m_whatIf->sentence().toHtmlEscaped(),
                              (isOfFile ? tr("Compared with the run of the file as it is saved, which is drawn as the ghost. Pairs of runs with the "
                                             "same seed, of the file and as it is now; ± is a 95 % confidence interval.")
                               : m_whatIf->origin() == WhatIf::Origin::Bare
                                   ? tr("Changes made while a run plays have no part in whole runs, so it was run once more without them: that run is the "
                                        "ghost, and the change is compared with it. Pairs of runs with the same seed, before and after the change; ± is a "
                                        "95 % confidence interval.")
                                        : tr("Compared with the run before this change, which is drawn as the ghost, and not with the file as it is saved. "
                                             "Pairs of runs with the same seed, before and after the change; ± is a 95 % confidence interval."))
                                  .toHtmlEscaped()));
    fit();
}

QString WhatIfBar::pageOf(std::size_t count) const
{
    if (m_parts.empty())
        return m_lead;
    const QString separator = QStringLiteral("&nbsp;· "); // belongs to what it follows: no line begins with it
    const QFontMetrics metrics(m_text->font());
    QString page = m_lead;
    for (std::size_t i = 0; i < count; ++i) {
        const Part &part = m_parts[i];
        const bool isTooWide = metrics.horizontalAdvance(part.plain + QStringLiteral(" ·")) > m_text->width();
        page += (i == 0 ? QStringLiteral(" ") : separator) + (isTooWide ? part.loose : part.tight);
    }
    if (const std::size_t more = m_parts.size() - count; more > 0)
        page += separator + tr("%1 more").arg(more).replace(QLatin1Char(' '), QChar(0xa0));
    return page;
}

int WhatIfBar::linesMost() const
{
    const int letter = QFontMetrics(m_text->font()).averageCharWidth();
    return m_text->width() < kLettersNarrow * letter ? kLinesNarrow : kLines;
}

void WhatIfBar::fit()
{
    const int lineHeight = QFontMetrics(m_text->font()).lineSpacing();
    const int height = linesMost() * lineHeight;
    for (std::size_t count = m_parts.size();; --count) {
        m_text->setHtml(pageOf(count));
        if (count <= 1 || std::lround(m_text->textHeight()) <= height + lineHeight / 3)
            break;
    }
    m_text->setFixedHeight(std::max(height, int(std::ceil(m_text->textHeight())))); // the tracks below do not jump
}

void WhatIfBar::tint()
{
    QPalette palette;
    palette.setColor(QPalette::WindowText, Theme::of(this).secondary);
    m_runs->setPalette(palette);
}

void WhatIfBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layout()->activate(); // the width that the text has now
    fit();
}

void WhatIfBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (!m_runs)
        return;
    if (event->type() == QEvent::PaletteChange) {
        tint();
        refresh();
    } else if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange) {
        fit();
    }
}

} // namespace halfopen
