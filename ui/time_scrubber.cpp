// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/time_scrubber.h"

#include "core/run/run_record.h"
#include "ui/format.h"
#include "ui/models/time_axis_model.h"
#include "ui/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStringList>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace halfopen {
namespace {

constexpr int kFaultsTold = 12; ///< in one tip
/// Past this many the bar shows every second, third, ... transition; the breaker view shows each.
constexpr std::size_t kTransitionsMax = 20'000;

} // namespace

TimeScrubber::TimeScrubber(TimeAxisModel *axis, QWidget *parent) : QWidget(parent), m_axis(axis)
{
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Time of the run"));
    setAccessibleDescription(tr("Left and right move the cursor; a click beyond the present time runs on to it"));
    connect(axis, &TimeAxisModel::cursorChanged, this, qOverload<>(&QWidget::update));
    connect(axis, &TimeAxisModel::visibleRangeChanged, this, qOverload<>(&QWidget::update));
    connect(axis, &TimeAxisModel::selectionChanged, this, qOverload<>(&QWidget::update));
}

void TimeScrubber::setRecord(RecordPtr record)
{
    m_record = std::move(record);
    update();
}

QString TimeScrubber::spoken() const
{
    if (!m_record)
        return {};
    const QString run = tr("The run is at %1 of %2").arg(formatInstant(m_record->now), formatDuration(m_record->duration));
    const auto cursor = m_axis->cursor();
    return cursor ? tr("Cursor at %1. %2").arg(formatInstant(*cursor), run) : run;
}

QSize TimeScrubber::sizeHint() const
{
    return {Theme::px(400), Theme::px(28)};
}

QSize TimeScrubber::minimumSizeHint() const
{
    return {Theme::px(80), Theme::px(28)};
}

QRectF TimeScrubber::groove() const
{
    const double height = Theme::px(10);
    return {double(Theme::px(6)), (this->height() - height) / 2.0, std::max(width() - 2.0 * Theme::px(6), 1.0), height};
}

TimeAxis TimeScrubber::axis() const
{
    const QRectF bar = groove();
    return {m_axis->wholeRun(), bar.left(), bar.width()};
}

Instant TimeScrubber::instantAt(double x) const
{
    const TimeRange run = m_axis->wholeRun();
    return std::clamp(axis().toInstant(x), run.from, run.to);
}

void TimeScrubber::drawTransitions(QPainter &painter, const TimeAxis &axis, const QRectF &bar) const
{
    // At most one mark per pixel and state: a storm of transitions must not cost a storm of drawing.
    const Theme &theme = Theme::of(this);
    int drawnAt = -1;
    BreakerState drawn = BreakerState::Closed;
    const std::size_t stride = m_record->transitions.size() / kTransitionsMax + 1;
    for (std::size_t i = 0; i < m_record->transitions.size(); i += stride) {
        const BreakerTransition &transition = m_record->transitions[i];
        const int x = int(axis.toPixel(transition.at));
        if (x == drawnAt && (transition.to == drawn || drawn == BreakerState::Open))
            continue;
        drawnAt = x;
        drawn = transition.to;
        painter.fillRect(QRectF(x, bar.top() - Theme::px(6), 1, Theme::px(5)), theme.breakerState(transition.to));
    }
}

void TimeScrubber::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    const QRectF bar = groove();
    const TimeAxis time = axis();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.divider, 1));
    painter.setBrush(isEnabled() ? theme.panel : theme.window);
    painter.drawRoundedRect(bar.adjusted(-0.5, -0.5, 0.5, 0.5), 3, 3);
    painter.setPen(Qt::NoPen);
    if (m_record) {
        QColor played = theme.accent;
        played.setAlphaF(0.55F);
        painter.fillRect(QRectF(bar.left(), bar.top(), time.toPixel(m_record->now) - bar.left(), bar.height()), played);
        // Faults hang below the bar, transitions stand above it: neither hides how far the run is.
        for (const FaultWindow &fault : m_record->faultWindows) {
            const double from = std::max(time.toPixel(fault.from), bar.left());
            const double to = std::min(time.toPixel(fault.to), bar.right());
            if (to >= from)
                painter.fillRect(QRectF(from, bar.bottom() + 2, std::max(to - from, 2.0), Theme::px(3)), theme.error);
        }
        drawTransitions(painter, time, bar);
    }
    if (m_axis->mode() != TimeAxisModel::Mode::All) {
        const TimeRange visible = m_axis->visibleRange();
        painter.setPen(QPen(theme.text, 1));
        painter.setBrush(Qt::NoBrush);
        const double from = time.toPixel(visible.from);
        painter.drawRect(QRectF(from, bar.top() - 2, std::max(time.toPixel(visible.to) - from, 3.0), bar.height() + 4)
                             .adjusted(0.5, 0.5, -0.5, -0.5));
    }
    if (const auto cursor = m_axis->cursor()) {
        painter.fillRect(QRectF(std::round(time.toPixel(*cursor)) - 1, 2, 2, height() - 4), theme.text);
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), Theme::radius(), Theme::radius());
    }
}

void TimeScrubber::pick(double x, bool mayRunOn)
{
    if (!m_record)
        return;
    const Instant at = instantAt(x);
    if (at <= m_record->now)
        m_axis->setCursor(at);
    else if (mayRunOn)
        emit seekRequested(at);
}

void TimeScrubber::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        pick(event->position().x(), true);
}

void TimeScrubber::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        pick(event->position().x(), false);
}

void TimeScrubber::keyPressEvent(QKeyEvent *event)
{
    const TimeRange run = m_axis->wholeRun();
    const Duration stride = run.length() / 100;
    const Instant here = m_axis->cursor().value_or(m_axis->now());
    switch (event->key()) {
    case Qt::Key_Left:
        m_axis->setCursor(std::max(here - stride, run.from));
        break;
    case Qt::Key_Right:
        m_axis->setCursor(std::min(here + stride, m_axis->now()));
        break;
    case Qt::Key_Home:
        m_axis->setCursor(run.from);
        break;
    case Qt::Key_End:
        m_axis->setCursor(m_axis->now());
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void TimeScrubber::showTip(const QPoint &at, const QPoint &globalAt)
{
    const Instant time = instantAt(at.x());
    QStringList lines{formatInstant(time)};
    if (m_record) {
        int more = 0;
        for (const FaultWindow &fault : m_record->faultWindows) {
            if (time < fault.from || time >= fault.to)
                continue;
            if (lines.size() <= kFaultsTold)
                lines += tr("%1, %2").arg(QString::fromStdString(fault.label), formatRange(fault.from, fault.to));
            else
                ++more;
        }
        if (more > 0)
            lines += tr("and %1 more").arg(more);
        if (time > m_record->now)
            lines += tr("click to run on to here");
    }
    QToolTip::showText(globalAt, lines.join(QLatin1Char('\n')), this);
}

bool TimeScrubber::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        showTip(help->pos(), help->globalPos());
        return true;
    }
    return QWidget::event(event);
}

} // namespace halfopen
