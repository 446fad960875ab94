// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/time_chart.h"

#include "core/run/run_record.h"
#include "ui/models/time_axis_model.h"
#include "ui/views/time_navigator.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace halfopen {

TimeChart::TimeChart(TimeAxisModel *axis, QWidget *parent)
    : QWidget(parent), m_axis(axis),
      m_navigator(new TimeNavigator(this, axis, [this] { return plotRect(); }))
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(Theme::px(240), Theme::px(96));
    connect(&m_frames, &FrameClock::draw, this, qOverload<>(&QWidget::update));
    connect(axis, &TimeAxisModel::visibleRangeChanged, this, &TimeChart::refresh);
    connect(axis, &TimeAxisModel::cursorChanged, &m_frames, &FrameClock::request);
    connect(axis, &TimeAxisModel::selectionChanged, &m_frames, &FrameClock::request);
    connect(m_navigator, &TimeNavigator::hovered, this, [this](QPointF at) {
        m_pointer = at;
        m_frames.request();
    });
    connect(m_navigator, &TimeNavigator::left, this, [this] {
        m_pointer.reset();
        m_frames.request();
    });
}

void TimeChart::setRecord(RecordPtr record)
{
    m_record = std::move(record);
    refresh();
}

TimeAxis TimeChart::timeAxis() const
{
    const QRectF plot = plotRect();
    return TimeAxis(m_axis->visibleRange(), plot.left(), plot.width());
}

void TimeChart::refresh()
{
    m_layerIsOld = true;
    m_frames.request();
}

void TimeChart::paintOver(QPainter &, const Theme &) {}

void TimeChart::paintLayer(const Theme &theme)
{
    const double ratio = devicePixelRatioF();
    const QSize wanted = size() * ratio;
    if (m_layer.size() != wanted || m_layer.devicePixelRatio() != ratio) {
        m_layer = QPixmap(wanted);
        m_layer.setDevicePixelRatio(ratio);
    }
    m_layer.fill(theme.panel);
    QPainter painter(&m_layer);
    const QRectF plot = plotRect();
    const TimeAxis axis = timeAxis();
    if (m_record) {
        prepare();
        paintContext(painter, plot, axis, *m_record, theme);
    }
    paintTimeAxis(painter, plot, axis, width(), theme);
    if (!m_record)
        return;
    paintAxis(painter, theme);
    painter.save();
    painter.setClipRect(plot);
    paintData(painter, theme);
    painter.restore();
}

void TimeChart::paintEvent(QPaintEvent *)
{
    m_frames.started();
    const Theme &theme = Theme::of(this);
    if (m_layerIsOld || m_layer.size() != size() * devicePixelRatioF()) {
        paintLayer(theme);
        m_layerIsOld = false;
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_layer);
    const QRectF plot = plotRect();
    const TimeAxis axis = timeAxis();
    paintBrush(painter, plot, axis, *m_axis, theme);
    if (m_record) {
        paintOver(painter, theme);
        const auto cursor = m_axis->cursor();
        if (cursor && axis.range().contains(*cursor)) {
            const Readout text = readout(*cursor, m_pointer);
            paintReadout(painter, plot, axis.toPixel(*cursor),
                         m_pointer ? std::optional(m_pointer->y()) : std::nullopt, text, theme);
        }
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void TimeChart::resizeEvent(QResizeEvent *)
{
    m_layerIsOld = true;
}

void TimeChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        refresh();
    QWidget::changeEvent(event);
}

} // namespace halfopen
