// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The run on screen, above all one of a study: in what it is not the run of the form's settings, and how long that is said.
#include "core/run/run_record.h"
#include "ui/format.h"
#include "ui/main_window.h"
#include "ui/message_bar.h"
#include "ui/models/file_difference.h"
#include "ui/models/study_parameters.h"
#include "ui/models/text_change.h"
#include "ui/notices.h"
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
    m_variantRun = new QPushButton(runText());
    m_variantRun->setAutoDefault(false);
    m_variantRun->setFocusPolicy(Qt::TabFocus);
    connect(m_variantRun, &QPushButton::clicked, this, &MainWindow::runSettings);
    layout->addWidget(m_variantRun);
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

QString MainWindow::runText()
{
    return tr("Run the settings in Tuning");
}

void MainWindow::runSettings()
{
    showPage(0);
    start(false);
    m_controller.seekTime(Instant(m_tuning.scenario()->duration));
}

void MainWindow::offerRun()
{
    m_message->addAction(runText(), [this] { runSettings(); });
    showVariantState(); // its button would be a second one
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

std::vector<ParameterChange> MainWindow::changedUnderWay() const
{
    const RecordPtr record = m_controller.record();
    std::vector<ParameterChange> last;
    if (!record)
        return last;
    for (const ParameterChange &change : record->changes) {
        std::erase_if(last, [&change](const ParameterChange &other) { return other.path == change.path; });
        last.push_back(change);
    }
    return last;
}

QString MainWindow::variantText() const
{
    std::vector<Override> known = m_variant->settings;
    QStringList changed;
    for (const ParameterChange &change : changedUnderWay()) {
        known.push_back({change.path, change.after});
        changed += tr("%1 at %2").arg(settingsText({known.back()}), formatInstant(change.at));
    }
    const QStringList since = sinceStudy(m_variant->studied, known);
    QString text = since.isEmpty()
        ? tr("This is the run with %1.").arg(m_variant->what)
        : tr("This is the run with %1. Other settings have changed since the study; in this run: %2.")
              .arg(m_variant->what, firstOf(since, kNamedMost));
    if (!changed.isEmpty())
        text += QLatin1Char(' ') + tr("Changed while it ran: %1.").arg(firstOf(changed, kNamedMost));
    return text;
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
        const QString label = changedUnderWay().empty()
            ? tr("%1: the run with %2, not with the settings in Tuning.")
            : tr("%1: the run with %2, changed while it ran, not with the settings in Tuning.");
        m_variantLabel->setText(label.arg(page, m_variant->what));
        m_variantLabel->setToolTip(variantText());
        m_variantBack->setText(tr("Back to %1").arg(page));
    }
    m_variantRun->setVisible(!m_message->offers(runText()));
    m_variantBar->setVisible(isWanted);
}

bool MainWindow::isForNextRun() const
{
    return isRunOver() && m_tuning.valuesWith({}) != m_inForce;
}

void MainWindow::tellTooLate()
{
    if (!isForNextRun())
        return m_message->dismissAbout(kAboutNextRun); // what the run had is in force again
    if (m_message->isAbout(kAboutNextRun))
        return;
    m_message->showMessage(MessageBar::Kind::Info, tr("The run is over, so the change acts in the next one."));
    m_message->setSubject(kAboutNextRun);
    if (m_variant)
        offerRun(); // what is on screen is no run of them
    else
        m_message->addAction(tr("Run again"), [this] { start(true); });
}

void MainWindow::takeRefusal(const QString &path, const QString &valueText)
{
    const std::optional<int> row = m_tuning.find(path);
    const std::size_t index = row ? std::size_t(*row) : m_inForce.size();
    if (index >= std::min(m_inForce.size(), m_begunWith.size()))
        return;
    const Field &field = *m_tuning.row(*row).field;
    if (formatValue(field, m_inForce[index]) != valueText.toStdString())
        return; // another one came after it
    m_inForce[index] = m_begunWith[index];
    const RecordPtr record = m_controller.record();
    if (!record)
        return;
    for (const ParameterChange &change : record->changes) {
        if (change.path != path.toStdString())
            continue;
        if (const Result<Value> value = parseValue(field, change.after))
            m_inForce[index] = *value;
    }
}

} // namespace halfopen
