// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A run of a study on screen: in what it is not the run of the form's settings, and how long that is said.
#include "ui/main_window.h"
#include "ui/message_bar.h"
#include "ui/models/file_difference.h"
#include "ui/models/study_parameters.h"
#include "ui/models/text_change.h"
#include "ui/theme.h"
#include "ui/views/figure.h"
#include "ui/views/view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTabBar>

#include <algorithm>

namespace halfopen {

namespace {

constexpr qsizetype kNamedMost = 6; ///< of the settings that have changed since

/// \a then: the study was of a scenario that differs in this from the one there is. \a now: the value there is, or empty.
QString sinceText(const FileDifference &then, const QString &now)
{
    switch (then.kind) {
    case FileDifference::Kind::Value:
        return now.isEmpty() ? MainWindow::tr("%1 %2 (now otherwise)").arg(then.label, then.now)
                             : MainWindow::tr("%1 %2 (now %3)").arg(then.label, then.now, now);
    case FileDifference::Kind::Added:
        return MainWindow::tr("%1 (no longer there)").arg(then.label);
    case FileDifference::Kind::Removed:
        return MainWindow::tr("without %1").arg(then.label);
    case FileDifference::Kind::Other:
        break;
    }
    return MainWindow::tr("%1 (now otherwise)").arg(then.label);
}

} // namespace

QWidget *MainWindow::buildVariantBar()
{
    m_variantBar = new QWidget;
    m_variantBar->setObjectName(QStringLiteral("variant_bar"));
    m_variantBar->setAutoFillBackground(true);
    m_variantBar->setBackgroundRole(QPalette::AlternateBase);
    auto *layout = new QHBoxLayout(m_variantBar);
    layout->setContentsMargins(Theme::padding(), Theme::px(4), Theme::padding(), Theme::px(4));
    layout->setSpacing(Theme::gap());
    m_variantLabel = new QLabel;
    m_variantLabel->setWordWrap(true);
    m_variantLabel->setTextFormat(Qt::PlainText);
    layout->addWidget(m_variantLabel, 1);
    auto *run = new QPushButton(tr("Run the settings in Tuning"));
    run->setAutoDefault(false);
    run->setFocusPolicy(Qt::TabFocus);
    connect(run, &QPushButton::clicked, this, [this] {
        start(false);
        m_controller.seekTime(Instant(m_tuning.scenario()->duration));
    });
    layout->addWidget(run);
    m_variantBack = new QPushButton;
    m_variantBack->setAutoDefault(false);
    m_variantBack->setFocusPolicy(Qt::TabFocus);
    connect(m_variantBack, &QPushButton::clicked, this, [this] {
        if (m_variant)
            showPage(pageOf(m_variant->from));
    });
    layout->addWidget(m_variantBack);
    m_variantBar->hide();
    m_variantDelay.setSingleShot(true);
    m_variantDelay.setInterval(0);
    connect(&m_variantDelay, &QTimer::timeout, this, &MainWindow::showVariantState);
    connect(&m_tuning, &TuningModel::rowChanged, &m_variantDelay, qOverload<>(&QTimer::start));
    connect(&m_tuning, &TuningModel::scenarioChanged, &m_variantDelay, qOverload<>(&QTimer::start));
    connect(m_message, &MessageBar::changed, this, &MainWindow::showVariantState);
    return m_variantBar;
}

std::shared_ptr<const Scenario> MainWindow::studiedBy(const View *view)
{
    const auto *source = dynamic_cast<const FigureSource *>(view);
    return source ? source->figureScenario() : nullptr;
}

QStringList MainWindow::sinceStudy(const std::shared_ptr<const Scenario> &then, const std::vector<Override> &settings) const
{
    const std::shared_ptr<const Scenario> now = m_tuning.scenario() ? m_tuning.tunedScenario() : nullptr;
    if (!then || !now || differOnlyIn(*then, *now, settings))
        return {};
    QStringList parts;
    for (const FileDifference &one : differencesFrom(now.get(), now->text, *then)) {
        if (std::any_of(settings.begin(), settings.end(), [&one](const Override &other) { return other.path == one.path; }))
            continue;
        const std::optional<int> row = m_tuning.find(QString::fromStdString(one.path));
        parts += sinceText(one, row ? m_tuning.valueText(*row) : one.file);
    }
    if (!haveSameShape(*now, *then)) // then those of the layers are not among them
        parts += tr("other settings of policies");
    return parts;
}

QString MainWindow::variantText() const
{
    const QStringList since = sinceStudy(m_variant->studied, m_variant->settings);
    return since.isEmpty() ? tr("This is the run with %1.").arg(m_variant->what)
                           : tr("This is the run with %1. Other settings have changed since the study; in this run: %2.")
                                 .arg(m_variant->what, firstOf(since, kNamedMost));
}

bool MainWindow::isVariantOnly() const
{
    if (!m_variant || !m_tuning.scenario())
        return false;
    if (!m_variant->from->hasWholeTexts())
        return true; // another world: of its faults only one acts
    const std::shared_ptr<const Scenario> now = m_tuning.tunedScenario();
    const Scenario &shown = *m_variant->scenario;
    return now->text != shown.text && (!haveSameShape(*now, shown) || !differencesFrom(now.get(), now->text, shown).empty());
}

void MainWindow::showVariantState()
{
    const bool isTold = m_variant && !m_variantText.isEmpty() && m_message->text() == m_variantText;
    if (isTold) { // with what is set now
        m_variantText = variantText();
        m_message->amend(m_variantText);
    }
    const bool isWanted = !isTold && isVariantOnly();
    if (isWanted) {
        const QString page = m_pageTabs->tabText(pageOf(m_variant->from));
        m_variantLabel->setText(tr("%1: the run with %2, not with the settings in Tuning.").arg(page, m_variant->what));
        m_variantLabel->setToolTip(variantText());
        m_variantBack->setText(tr("Back to %1").arg(page));
    }
    m_variantBar->setVisible(isWanted);
}

} // namespace halfopen
