// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/followed_call_panel.h"

#include "core/run/run_record.h"
#include "ui/format.h"
#include "ui/models/call_story.h"
#include "ui/models/explain_command.h"
#include "ui/theme.h"
#include "ui/views/copy_button.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

constexpr int kSteps = 1000; // of the bar
constexpr double kBarWidthMax = 240;
constexpr qint64 kAskAgainAfter = 1000; // ms
constexpr qint64 kShareOfAsking = 10;   // at most this part of the time is spent on looking for a call again

} // namespace

FollowedCallPanel::FollowedCallPanel(QWidget *parent)
    : QWidget(parent), m_text(new QLabel), m_progress(new QProgressBar), m_cancel(new QPushButton(tr("Cancel"))),
      m_again(new QPushButton(tr("Show its steps"))), m_copy(new CopyButton(tr("Copy the call's command"))), m_follower(this)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::px(4));
    m_text->setObjectName(QStringLiteral("followed_call"));
    m_text->setFont(Theme::axisFont());
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_text);
    m_progress->setRange(0, kSteps);
    m_progress->setTextVisible(false);
    m_progress->setMaximumWidth(Theme::px(kBarWidthMax));
    m_progress->setAccessibleName(tr("How much of the run is made again"));
    layout->addWidget(m_progress);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Theme::gap());
    for (QPushButton *button : {m_cancel, m_again, static_cast<QPushButton *>(m_copy)}) {
        button->setFont(Theme::axisFont());
        buttons->addWidget(button);
    }
    buttons->addStretch();
    layout->addLayout(buttons);
    m_cancel->setAccessibleDescription(tr("Gives up making the run again"));
    m_again->setAccessibleDescription(tr("Makes the run once more to follow this call"));
    m_busy.setSingleShot(true);
    m_busy.setInterval(Theme::kLoadingShownAfter);
    connect(&m_busy, &QTimer::timeout, this, [this] {
        m_progress->show();
        m_cancel->show();
    });
    connect(m_cancel, &QPushButton::clicked, this, &FollowedCallPanel::giveUp);
    connect(m_again, &QPushButton::clicked, this, &FollowedCallPanel::ask);
    connect(&m_follower, &CallFollower::progressed, this, [this](double share) { m_progress->setValue(int(std::lround(share * kSteps))); });
    connect(&m_follower, &CallFollower::found, this, &FollowedCallPanel::tell);
    connect(&m_follower, &CallFollower::failed, this,
            [this](const QString &message) {
                m_isUnfinished = false; // it would fail again: who wants to try presses the button
                settle(tr("The run could not be made again: %1").arg(message), true);
            });
    clear();
}

void FollowedCallPanel::clear()
{
    hide();
    m_busy.stop();
    m_follower.cancel();
    m_copy->clear();
    m_isUnfinished = false;
    m_record = nullptr;
}

void FollowedCallPanel::showCall(const RecordPtr &record, std::uint64_t call)
{
    m_record = record;
    m_call = call;
    m_isUnfinished = false;
    m_copy->setCommand([record, call] { return explainCallCommand(*record, call); }, [record] { return whyNoCommand(*record); });
    m_copy->setVisible(record->scenario != nullptr);
    setVisible(true);
    if (record->scenario)
        ask();
    else
        settle(tr("Its steps are not in the sample of calls that the record keeps whole."), false);
}

void FollowedCallPanel::followRecord(const RecordPtr &record)
{
    if (!m_isUnfinished || !record || !record->scenario)
        return;
    const bool hasEnded = record->end != RunEnd::Running;
    if (record->now <= m_record->now && !hasEnded)
        return;
    // The last record is the last chance; on the way there each question makes the run once more beside it.
    const bool isTooSoon = m_asked.elapsed() < std::max<qint64>(kAskAgainAfter, kShareOfAsking * m_took);
    if (!hasEnded && (m_follower.isBusy() || isTooSoon))
        return;
    m_record = record;
    m_copy->setCommand([record, call = m_call] { return explainCallCommand(*record, call); }, [record] { return whyNoCommand(*record); });
    m_asked.start();
    m_follower.ask(m_record, m_call); // what is told stays until there is more
}

void FollowedCallPanel::ask()
{
    m_text->setText(tr("Its steps are not in the sample of calls that the record keeps whole. The run is made once more to follow it."));
    m_progress->setValue(0);
    m_progress->hide();
    m_cancel->hide();
    m_again->hide();
    m_busy.start();
    m_asked.start();
    m_follower.ask(m_record, m_call);
}

void FollowedCallPanel::giveUp()
{
    m_follower.cancel();
    settle(tr("Its steps are not in the sample of calls that the record keeps whole."), true);
}

void FollowedCallPanel::tell(const RecordPtr &followed)
{
    m_took = m_asked.elapsed();
    m_isUnfinished = followed->calls.size() == 0 && m_record->end == RunEnd::Running;
    if (followed->calls.size() > 0) {
        settle(storyHtml(callStory(*followed, followed->calls[0])), false);
        return;
    }
    const QString at = formatInstant(m_record->now);
    settle(m_record->end == RunEnd::Running ? tr("It had not ended at %1, which is as far as the run had come.").arg(at)
                                          : tr("It had not ended when the run did, at %1.").arg(at),
         false);
}

void FollowedCallPanel::settle(const QString &text, bool mayAskAgain)
{
    m_busy.stop();
    m_progress->hide();
    m_cancel->hide();
    m_again->setVisible(mayAskAgain);
    m_text->setText(text);
}

} // namespace halfopen
