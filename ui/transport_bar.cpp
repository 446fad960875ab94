// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transport_bar.h"

#include "core/run/run_record.h"
#include "ui/button_look.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/models/time_axis_model.h"
#include "ui/speed_stops.h"
#include "ui/steady_label.h"
#include "ui/theme.h"
#include "ui/time_scrubber.h"

#include <QAction>
#include <QEvent>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QMenu>
#include <QSlider>
#include <QToolButton>

#include <algorithm>

namespace halfopen {

namespace {

constexpr double kScrubberLeast = 240; ///< below, the measured speed gives way to the time bar

/// As exact as the time that is reached: of a run whose length is no whole second both say the same at its end.
QString endText(Instant end)
{
    constexpr Instant kLong{std::chrono::seconds(10)};
    return formatInstant(end, std::chrono::milliseconds(end < kLong ? 1 : 100));
}

} // namespace

TransportBar::TransportBar(RunController *controller, TimeAxisModel *axis, const TransportActions &actions,
                           QWidget *parent)
    : QWidget(parent), m_controller(controller)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Theme::padding(), 0, Theme::padding(), 0);
    layout->setSpacing(Theme::px(4));
    for (QAction *action : {actions.restart, actions.playPause, actions.step, actions.nextTransition})
        layout->addWidget(addButton(action));
    layout->addWidget(addTextButton(actions.whatIf));
    layout->addSpacing(Theme::gap());
    buildSpeed();
    layout->addSpacing(Theme::gap());
    m_scrubber = new TimeScrubber(axis);
    layout->addWidget(m_scrubber, 1);
    layout->addSpacing(Theme::gap());
    m_time = new SteadyLabel(Qt::AlignLeft | Qt::AlignVCenter);
    m_time->setAccessibleName(tr("Time reached and length of the run"));
    layout->addWidget(m_time);
    m_measured = new SteadyLabel(Qt::AlignRight | Qt::AlignVCenter);
    m_measured->setAccessibleName(tr("Measured speed"));
    layout->addWidget(m_measured);
    setFixedHeight(Theme::px(44));

    connect(m_scrubber, &TimeScrubber::seekRequested, controller, &RunController::seekTime);
    connect(controller, &RunController::recordChanged, m_scrubber, &TimeScrubber::setRecord);
    connect(controller, &RunController::runStarted, m_scrubber, [this] { m_scrubber->setRecord(nullptr); });
    connect(controller, &RunController::progressed, this, &TransportBar::showProgress);
    connect(controller, &RunController::stateChanged, this, &TransportBar::showProgress);
    connect(controller, &RunController::speedChanged, this, &TransportBar::showSpeed);
    fixWidths();
    showSpeed();
    showProgress();
}

QToolButton *TransportBar::addButton(QAction *action)
{
    auto *button = new QToolButton;
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setIconSize({Theme::px(20), Theme::px(20)});
    button->setFixedSize(Theme::px(34), Theme::px(34));
    // By Tab only: a click must not take the space key away from play and pause.
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(action->text());
    connect(action, &QAction::changed, button, [button, action] { button->setAccessibleName(action->text()); });
    return button;
}

QToolButton *TransportBar::addTextButton(QAction *action)
{
    auto *button = new QToolButton;
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setAutoRaise(true);
    button->setFixedHeight(Theme::px(28));
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(action->text());
    // As in the tuning panel: a sunken grey does not say whether it is chosen.
    setButtonLook(button, ButtonLook::Toggle);
    return button;
}

void TransportBar::buildSpeed()
{
    m_speed = new QSlider(Qt::Horizontal);
    m_speed->setRange(0, speedStopCount() - 1);
    m_speed->setPageStep(3);
    m_speed->setFixedWidth(Theme::px(104));
    m_speed->setAccessibleName(tr("Speed"));
    m_speed->setAccessibleDescription(tr("Virtual time per real time, 0.1 to 1000 times, or as fast as possible"));
    m_speed->setToolTip(tr("Speed: 0.1 to 1000 times real time, rightmost as fast as possible  ([ and ])"));
    m_speedText = new QToolButton;
    m_speedText->setAutoRaise(true);
    setButtonLook(m_speedText, ButtonLook::NoArrow);
    m_speedText->setPopupMode(QToolButton::InstantPopup);
    m_speedText->setFocusPolicy(Qt::TabFocus);
    m_speedText->setToolTip(m_speed->toolTip());
    auto *menu = new QMenu(m_speedText);
    for (int i = speedStopCount() - 1; i >= 0; --i) {
        const Speed speed = speedStop(i);
        QAction *action = menu->addAction(speed.factor ? speedText(speed) : tr("as fast as possible"));
        connect(action, &QAction::triggered, this, [this, speed] { m_controller->setSpeed(speed); });
    }
    m_speedText->setMenu(menu);
    layout()->addWidget(m_speed);
    layout()->addWidget(m_speedText);
    connect(m_speed, &QSlider::valueChanged, this, [this](int stop) {
        if (stop != nearestSpeedStop(m_controller->speed()))
            m_controller->setSpeed(speedStop(stop));
    });
}

void TransportBar::changeSpeed(int stops)
{
    const int stop = std::clamp(nearestSpeedStop(m_controller->speed()) + stops, 0, speedStopCount() - 1);
    m_controller->setSpeed(speedStop(stop));
}

void TransportBar::showSpeed()
{
    m_speed->setValue(nearestSpeedStop(m_controller->speed()));
    m_speedText->setText(speedText(m_controller->speed()));
    m_speedText->setAccessibleName(tr("Speed %1").arg(m_speedText->text()));
    showProgress();
}

QString TransportBar::measuredText() const
{
    using State = RunController::State;
    const RecordPtr record = m_controller->record();
    switch (m_controller->state()) {
    case State::Empty:
        return {};
    case State::Paused:
        return tr("paused");
    case State::Finished:
        if (record && record->end == RunEnd::Cancelled)
            return tr("stopped");
        if (record && record->end == RunEnd::LimitReached)
            return tr("limit reached");
        return tr("finished");
    case State::Playing:
    case State::Seeking:
        break;
    }
    const SpeedMeter &meter = m_controller->meter();
    if (!meter.hasResult())
        return tr("running");
    //: real speed, then the number of simulated calls per real second
    return tr("%1× real time · %2 calls/s")
        .arg(formatNumber(meter.speed()), formatCountShort(std::uint64_t(meter.callsPerSecond())));
}

void TransportBar::showProgress()
{
    const bool has = m_controller->hasRun();
    const Duration step = std::chrono::milliseconds(m_controller->state() == RunController::State::Paused ? 1 : 100);
    const QString end = endText(m_controller->endTime());
    const bool isThere = m_controller->now() >= m_controller->endTime();
    m_time->setText(has ? tr("%1 / %2").arg(isThere ? end : formatInstant(m_controller->now(), step), end) : QString());
    fitTime();
    m_measured->setText(measuredText());
    fitMeasured();
    m_measured->setToolTip(m_controller->isBehind()
                               ? tr("This machine does not reach the chosen speed of %1")
                                     .arg(speedText(m_controller->speed()))
                               : tr("Virtual time per real time, and calls simulated per real second"));
    QPalette palette = this->palette();
    const Theme &theme = Theme::of(this);
    palette.setColor(QPalette::WindowText, m_controller->isBehind() ? theme.timeout : theme.secondary);
    if (m_measured->palette().color(QPalette::WindowText) != palette.color(QPalette::WindowText))
        m_measured->setPalette(palette);
}

void TransportBar::fixWidths()
{
    // Numbers that change many times a second must not push their neighbours about.
    QFont font = Theme::axisFont();
    m_time->setFont(font);
    m_measured->setFont(font);
    m_speedText->setFixedWidth(fontMetrics().horizontalAdvance(QStringLiteral("1,000×")) + Theme::px(24));
}

/// As wide as the longest time of this run, so that the numbers do not push their neighbours about.
void TransportBar::fitTime()
{
    const Instant end = m_controller->endTime();
    if (!m_controller->hasRun() || (m_fittedTo == end && m_fittedFont == m_time->font()))
        return;
    m_fittedTo = end;
    m_fittedFont = m_time->font();
    const Duration step = std::chrono::milliseconds(1);
    const QString longest = tr("%1 / %2").arg(formatInstant(end - std::min(step, end.sinceStart()), step), endText(end));
    m_time->setMinimumWidth(QFontMetrics(m_time->font()).horizontalAdvance(longest));
}

bool TransportBar::isRunning() const
{
    using State = RunController::State;
    return m_controller->state() == State::Playing || m_controller->state() == State::Seeking;
}

void TransportBar::fitMeasured()
{
    // Before the bar is shown nothing in it is visible, though it will be.
    const auto isPutAway = [](const QWidget *widget) { return widget->testAttribute(Qt::WA_WState_ExplicitShowHide) && widget->isHidden(); };
    // What all others take, from what they want: in the middle of a change of size their geometry says nothing.
    int others = 0;
    int items = 0;
    for (int i = 0; i < layout()->count(); ++i) {
        QLayoutItem *item = layout()->itemAt(i);
        if (item->widget() == m_measured || (item->widget() && isPutAway(item->widget())))
            continue;
        if (item->widget() != m_scrubber)
            others += item->minimumSize().expandedTo(item->sizeHint()).width();
        ++items;
    }
    const QMargins margins = layout()->contentsMargins();
    const int room = width() - margins.left() - margins.right() - others - items * layout()->spacing() - Theme::px(kScrubberLeast);
    const QFontMetrics metrics(m_measured->font());
    const int longest = metrics.horizontalAdvance(QStringLiteral("8,888× real time · 88.88 M calls/s"));
    const int present = metrics.horizontalAdvance(m_measured->text());
    // Numbers that change many times a second must not push their neighbours about; a word that stays may be as short as it is.
    const bool hasRoom = room >= longest || (!isRunning() && room >= present);
    const int least = room >= longest ? longest : 0;
    if (m_measured->minimumWidth() != least)
        m_measured->setMinimumWidth(least);
    if (isPutAway(m_measured) == hasRoom)
        m_measured->setVisible(hasRoom);
}

bool TransportBar::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest && m_measured) // a neighbour has become larger or smaller
        fitMeasured();
    return QWidget::event(event);
}

void TransportBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitMeasured();
}

void TransportBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_measured)
        showProgress();
}

} // namespace halfopen
