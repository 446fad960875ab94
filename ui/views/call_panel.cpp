// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/call_panel.h"

#include "ui/format.h"
#include "ui/models/call_story.h"
#include "ui/models/explain_command.h"
#include "ui/models/record_slices.h"
#include "ui/theme.h"
#include "ui/views/copy_button.h"
#include "ui/views/plot_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace halfopen {

namespace {

QLabel *wrappedLabel()
{
    auto *label = new QLabel;
    label->setWordWrap(true);
    label->setFont(Theme::axisFont());
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

CallPanel::CallPanel(QWidget *parent)
    : QWidget(parent), m_pages(new QStackedWidget), m_summary(wrappedLabel()), m_title(wrappedLabel()),
      m_where(wrappedLabel()), m_story(wrappedLabel())
{
    setAccessibleName(tr("What happened to the call"));
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, Theme::px(4), Theme::px(4), Theme::px(4));
    outer->addWidget(m_pages);

    auto *summaryPage = new QWidget;
    auto *summaryLayout = new QVBoxLayout(summaryPage);
    summaryLayout->setContentsMargins(0, 0, Theme::gap(), 0);
    summaryLayout->addWidget(m_summary);
    summaryLayout->addStretch();
    m_pages->addWidget(scrolledSide(summaryPage));

    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, Theme::gap(), 0);
    layout->setSpacing(Theme::px(4));
    QFont strong = Theme::axisFont();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    m_where->setForegroundRole(QPalette::PlaceholderText);
    m_story->setObjectName(QStringLiteral("call_story"));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Theme::gap());
    auto *zoom = new QPushButton(tr("Zoom to it"));
    auto *close = new QPushButton(tr("Unpin"));
    for (QPushButton *button : {zoom, close}) {
        button->setFont(Theme::axisFont());
        buttons->addWidget(button);
    }
    m_copy = new CopyButton(tr("Copy command"));
    buttons->addStretch();
    auto *second = new QHBoxLayout; // three in a line are wider than the panel
    second->addWidget(m_copy);
    second->addStretch();
    connect(zoom, &QPushButton::clicked, this, &CallPanel::zoomRequested);
    connect(close, &QPushButton::clicked, this, &CallPanel::closed);
    layout->addWidget(m_title);
    layout->addWidget(m_where);
    layout->addWidget(m_story);
    layout->addLayout(buttons);
    layout->addLayout(second);
    layout->addStretch();
    m_pages->addWidget(scrolledSide(page));
}

void CallPanel::setSummary(const QString &summary)
{
    if (m_summary->text() != summary)
        m_summary->setText(summary);
}

void CallPanel::showCall(const RecordPtr &record, const CallTrace *call)
{
    if (!record || !call) {
        m_copy->clear();
        m_pages->setCurrentIndex(0);
        return;
    }
    m_title->setText(callHeadline(*call));
    const EdgeInfo &edge = record->edges[call->edge];
    const QString process = edge.processes > 1 ? tr(", process %1").arg(call->process) : QString();
    m_where->setText(
        tr("%1%2, began at %3").arg(edgeLabel(edge.name), process, formatInstant(call->start)));
    m_copy->setCommand([record, key = call->call] { return explainCallCommand(*record, key); },
                       [record] { return whyNoCommand(*record); });
    m_story->setText(storyHtml(callStory(*record, *call)));
    m_pages->setCurrentIndex(1);
}

} // namespace halfopen
