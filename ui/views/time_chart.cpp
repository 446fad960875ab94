// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/time_chart.h"

#include "core/run/run_record.h"
#include "ui/models/chart_summary.h"
#include "ui/models/time_axis_model.h"
#include "ui/views/figure.h"
#include "ui/views/time_navigator.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace halfopen {

TimeChart::TimeChart(TimeAxisModel *axis, QWidget *parent)
    : QWidget(parent), m_axis(axis),
      m_navigator(new TimeNavigator(this, axis, [this] { return plotRect(); }))
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(Theme::px(240), Theme::px(96));
    connect(&m_frames, &FrameClock::draw, this, [this] {
        update();
        tell();
    });
    m_navigator->setHold([this] { return holdsSomething(); }, [this] { letGo(); });
    connect(axis, &TimeAxisModel::visibleRangeChanged, this, &TimeChart::refresh);
    connect(axis, &TimeAxisModel::cursorChanged, this, [this] {
        m_isPointed = m_navigator->hand() == TimeNavigator::Hand::Pointer;
        m_hasSetCursor = m_navigator->hand() != TimeNavigator::Hand::None;
    });
    connect(axis, &TimeAxisModel::cursorChanged, &m_frames, &FrameClock::request);
    connect(axis, &TimeAxisModel::selectionChanged, &m_frames, &FrameClock::request);
    connect(m_navigator, &TimeNavigator::hovered, this, [this](QPointF at) {
        m_pointer = at;
        m_isPointed = m_hasSetCursor = true;
        m_frames.request();
    });
    connect(m_navigator, &TimeNavigator::left, this, [this] {
        m_pointer.reset();
        m_isPointed = false;
        m_frames.request();
    });
}

void TimeChart::setRecord(RecordPtr record)
{
    const RecordPtr before = std::exchange(m_record, std::move(record));
    m_isReady = false;
    recordChanged(before);
    refresh();
}

TimeAxis TimeChart::timeAxis() const
{
    const QRectF plot = plotRect();
    return TimeAxis(m_axis->visibleRange(), plot.left(), plot.width());
}

void TimeChart::refresh()
{
    m_keptIsOld = true;
    m_isFirstDraw = true;
    m_isReady = false;
    m_frames.request();
}

void TimeChart::makeReady()
{
    if (m_isReady || !m_record)
        return;
    m_isReady = true;
    prepare();
}

QString TimeChart::summary(const RunRecord &record) const
{
    return outcomesInWords(record);
}

QString TimeChart::spoken() const
{
    if (!m_record)
        return {};
    const auto cursor = m_axis->cursor();
    // The values of data that was not prepared yet would be those of the data before.
    const bool isShown = m_isReady && cursor && timeAxis().range().contains(*cursor);
    const QString here = isShown ? readout(*cursor, std::nullopt).inOneLine() : QString();
    return here.isEmpty() ? summary(*m_record) : here + QStringLiteral(". ") + summary(*m_record);
}

void TimeChart::paintOver(QPainter &, const Theme &) {}

void TimeChart::paintPicture(QPainter &painter, const Theme &theme)
{
    const QRectF plot = plotRect();
    const TimeAxis axis = timeAxis();
    painter.fillRect(rect(), theme.panel);
    if (m_record) {
        makeReady();
        paintContext(painter, plot, axis, *m_record, theme);
    }
    paintTimeAxis(painter, plot, axis, width(), theme);
    if (!m_record)
        return;
    paintAxis(painter, theme);
    painter.save();
    painter.setClipRect(plot);
    paintData(painter, theme);
    paintChanges(painter, plot, changesTop(), axis, *m_record, theme);
    painter.restore();
}

void TimeChart::paintKept(QPainter &painter, const Theme &theme)
{
    const double ratio = devicePixelRatioF();
    const QSize wanted = size() * ratio;
    if (m_kept.size() != wanted || m_kept.devicePixelRatio() != ratio) {
        m_kept = QPixmap(wanted);
        m_kept.setDevicePixelRatio(ratio);
        m_keptIsOld = true;
    }
    if (m_keptIsOld) {
        QPainter into(&m_kept);
        paintPicture(into, theme);
        m_keptIsOld = false;
    }
    painter.drawPixmap(0, 0, m_kept);
}

void TimeChart::tell()
{
    const auto cursor = m_axis->cursor();
    const bool isShown = m_record && isVisible() && cursor && timeAxis().range().contains(*cursor);
    if (isShown)
        makeReady(); // a wish to draw may be met at once, before anything is painted
    // A pointer that lies still while keys step on has nothing to do with where the cursor is.
    const std::optional<QPointF> pointer = m_isPointed ? m_pointer : std::nullopt;
    Readout text = isShown && pointer ? readoutOfChange(*pointer, changesTop(), timeAxis(), *m_record) : Readout();
    if (isShown && text.isEmpty())
        text = readout(*cursor, pointer);
    if (isShown && pointer)
        m_box.show(this, *pointer, text);
    else
        m_box.hide();
    const QString reading = pointer ? QString() : text.inOneLine();
    if (reading == m_reading)
        return;
    m_reading = reading;
    emit readingChanged(reading);
}

void TimeChart::paintEvent(QPaintEvent *)
{
    m_frames.started();
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    if (m_isFirstDraw || isDrawingFigure()) // a figure may have finer pixels, or none
        paintPicture(painter, theme);
    else
        paintKept(painter, theme);
    m_isFirstDraw = false;
    paintBrush(painter, plotRect(), timeAxis(), *m_axis, theme);
    if (m_record)
        paintOver(painter, theme);
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void TimeChart::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_frames.request(); // what was hidden tells nothing
}

void TimeChart::resizeEvent(QResizeEvent *)
{
    m_keptIsOld = true;
    m_isFirstDraw = true;
    m_isReady = false;
}

void TimeChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        refresh();
    QWidget::changeEvent(event);
}

} // namespace halfopen
