// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/study_chart.h"

#include "ui/views/chart_paint.h"
#include "ui/views/figure.h"
#include "ui/views/text_cache.h"

#include <QAccessible>
#include <QEvent>
#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

constexpr double kRampWidth = 76;   // of a heatmap's legend
constexpr double kDot = 3.5;        // radius
constexpr double kPickDistance = 14; // from a dot

double widest(const QStringList &texts)
{
    double width = 0;
    for (const QString &text : texts)
        width = std::max(width, textWidth(text, Theme::axisFont()));
    return width;
}

/// The text colour that can be read on \a ground.
QColor readableOn(const QColor &ground, const Theme &theme)
{
    const QColor other = theme.dark ? theme.window : theme.panel;
    return contrast(theme.text, ground) >= contrast(other, ground) ? theme.text : other;
}

} // namespace

StudyChart::StudyChart(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumSize(Theme::px(240), Theme::px(160));
    setAccessibleName(tr("Results"));
}

QSize StudyChart::sizeHint() const
{
    return QSize(Theme::px(560), Theme::px(380));
}

void StudyChart::setPicture(StudyGrid grid)
{
    m_picture = std::move(grid);
    tellOnChange();
}

void StudyChart::setPicture(StudyLine line)
{
    m_picture = std::move(line);
    tellOnChange();
}

void StudyChart::setPicture(StudyScatter scatter)
{
    m_picture = std::move(scatter);
    tellOnChange();
}

void StudyChart::setEmpty(const QString &sentence)
{
    m_picture = {};
    m_sentence = sentence;
    m_hovered.reset();
    select(std::nullopt);
}

void StudyChart::setSelected(std::optional<std::size_t> index)
{
    select(index);
}

void StudyChart::select(std::optional<std::size_t> index)
{
    m_selected = index;
    m_told.clear(); // told once more, for what the selection makes possible
    tellOnChange();
    if (m_told.isEmpty())
        emit toldChanged();
}

QString StudyChart::detail(std::size_t index) const
{
    if (const auto *grid = std::get_if<StudyGrid>(&m_picture))
        return index < grid->cells.size() ? grid->cells[index].detail : QString();
    if (const auto *line = std::get_if<StudyLine>(&m_picture))
        return index < line->points.size() ? line->points[index].detail : QString();
    if (const auto *scatter = std::get_if<StudyScatter>(&m_picture))
        for (const StudyScatter::Point &point : scatter->points)
            if (point.index == index) {
                const std::vector<std::size_t> stack = stackOf(index);
                const auto at = std::find(stack.begin(), stack.end(), index) - stack.begin();
                return stack.size() < 2 ? point.detail
                                        : tr("%1 of %2 at this place, click for the next: %3").arg(at + 1).arg(stack.size()).arg(point.detail);
            }
    return {};
}

void StudyChart::tellOnChange()
{
    update();
    const QString now = told() ? detail(*told()) : QString();
    setAccessibleDescription(now.isEmpty() ? m_sentence : now); // nothing is told of an empty chart but its sentence
    if (now == m_told)
        return;
    m_told = now;
    emit toldChanged();
}

std::size_t StudyChart::count() const
{
    if (const auto *grid = std::get_if<StudyGrid>(&m_picture))
        return grid->cells.size();
    if (const auto *line = std::get_if<StudyLine>(&m_picture))
        return line->points.size();
    return 0;
}

std::size_t StudyChart::columns() const
{
    const auto *grid = std::get_if<StudyGrid>(&m_picture);
    return grid ? std::size_t(grid->xLabels.size()) : count();
}

QRectF StudyChart::plot() const
{
    double left = Theme::px(72);
    double right = Theme::px(16);
    const double bottom = Theme::px(46);
    double top = Theme::px(12);
    if (const auto *grid = std::get_if<StudyGrid>(&m_picture)) {
        left = std::max(double(Theme::px(48)), widest(grid->yLabels) + Theme::px(34));
        right = Theme::px(kRampWidth + 16);
    } else if (!std::holds_alternative<std::monostate>(m_picture)) {
        top = Theme::px(24); // the title of the y axis stands above it
        for (const auto &[value, text] : yScale().ticks)
            left = std::max(left, textWidth(text, Theme::axisFont()) + Theme::gap() + Theme::px(6));
        if (std::holds_alternative<StudyScatter>(m_picture)) {
            right = Theme::px(34); // half of the last label
            top += QFontMetricsF(Theme::axisFont()).height(); // for what lies at the same place
        }
    }
    return QRectF(left, top, std::max(8.0, width() - left - right), std::max(8.0, height() - top - bottom));
}

const StudyScale &StudyChart::yScale() const
{
    const auto *line = std::get_if<StudyLine>(&m_picture);
    return line ? line->y : std::get<StudyScatter>(m_picture).y;
}

CellLayout StudyChart::cells() const
{
    const auto *grid = std::get_if<StudyGrid>(&m_picture);
    return grid ? CellLayout(plot(), std::size_t(grid->yLabels.size()), std::size_t(grid->xLabels.size())) : CellLayout();
}

double StudyChart::lineX(std::size_t index) const
{
    return plot().left() + plot().width() * std::get<StudyLine>(m_picture).x.at[index];
}

ValueAxis StudyChart::yAxis(const StudyScale &scale) const
{
    return ValueAxis(scale.low, scale.high, plot().top(), plot().height());
}

double StudyChart::scatterX(double value) const
{
    const StudyScale &x = std::get<StudyScatter>(m_picture).x;
    return plot().left() + plot().width() * (value - x.low) / (x.high - x.low);
}

std::vector<QPoint> StudyChart::scatterPlaces() const
{
    const auto &picture = std::get<StudyScatter>(m_picture);
    const QRectF area = plot();
    const ValueAxis axis(picture.y.low, picture.y.high, area.top(), area.height());
    std::vector<QPoint> places;
    places.reserve(picture.points.size());
    for (const StudyScatter::Point &point : picture.points) {
        const double x = area.left() + area.width() * (point.x - picture.x.low) / (picture.x.high - picture.x.low);
        places.push_back(QPointF(x, axis.toPixel(point.y)).toPoint());
    }
    return places;
}

std::vector<std::size_t> StudyChart::stackOf(std::size_t index) const
{
    const auto *scatter = std::get_if<StudyScatter>(&m_picture);
    if (!scatter)
        return {};
    const std::vector<StudyScatter::Point> &points = scatter->points;
    const auto own = std::find_if(points.begin(), points.end(), [index](const StudyScatter::Point &one) { return one.index == index; });
    if (own == points.end())
        return {};
    const std::vector<QPoint> places = scatterPlaces();
    const QPoint place = places[std::size_t(own - points.begin())];
    std::vector<std::size_t> stack;
    for (std::size_t i = 0; i < points.size(); ++i)
        if (places[i] == place)
            stack.push_back(points[i].index);
    return stack;
}

QString StudyChart::hiddenText() const
{
    if (!std::holds_alternative<StudyScatter>(m_picture))
        return {};
    std::vector<QPoint> places = scatterPlaces();
    const std::size_t all = places.size();
    std::sort(places.begin(), places.end(), [](QPoint a, QPoint b) { return a.x() != b.x() ? a.x() < b.x() : a.y() < b.y(); });
    const auto visible = std::size_t(std::unique(places.begin(), places.end()) - places.begin());
    return visible == all ? QString() : tr("%1 of %2 visible: the others lie at the same places").arg(visible).arg(all);
}

std::optional<QPoint> StudyChart::placeOf(std::size_t index) const
{
    if (const auto *grid = std::get_if<StudyGrid>(&m_picture)) {
        if (index < grid->cells.size())
            return cells().rectOf({index / columns(), index % columns()}).center().toPoint();
    } else if (const auto *line = std::get_if<StudyLine>(&m_picture)) {
        if (index < line->points.size() && line->points[index].isKnown)
            return QPointF(lineX(index), yAxis(line->y).toPixel(line->points[index].mean)).toPoint();
    } else if (const auto *scatter = std::get_if<StudyScatter>(&m_picture)) {
        for (const StudyScatter::Point &point : scatter->points)
            if (point.index == index)
                return QPointF(scatterX(point.x), yAxis(scatter->y).toPixel(point.y)).toPoint();
    }
    return std::nullopt;
}

std::optional<double> StudyChart::presentX() const
{
    std::optional<double> share;
    if (const auto *grid = std::get_if<StudyGrid>(&m_picture))
        share = grid->xNow;
    else if (const auto *line = std::get_if<StudyLine>(&m_picture))
        share = line->x.present;
    return share ? std::optional(plot().left() + plot().width() * *share) : std::nullopt;
}

std::optional<std::size_t> StudyChart::indexAt(QPointF at) const
{
    if (std::holds_alternative<StudyGrid>(m_picture)) {
        const auto place = cells().at(at);
        return place ? std::optional(place->row * columns() + place->column) : std::nullopt;
    }
    if (std::holds_alternative<StudyLine>(m_picture)) {
        if (count() == 0 || !plot().contains(at))
            return std::nullopt;
        std::size_t nearest = 0;
        for (std::size_t i = 1; i < count(); ++i)
            if (std::abs(lineX(i) - at.x()) < std::abs(lineX(nearest) - at.x()))
                nearest = i;
        return nearest;
    }
    const auto *scatter = std::get_if<StudyScatter>(&m_picture);
    std::optional<std::size_t> found;
    double nearest = Theme::px(kPickDistance);
    if (!scatter)
        return found;
    const std::vector<QPoint> places = scatterPlaces();
    for (std::size_t i = 0; i < places.size(); ++i) {
        const double distance = std::hypot(places[i].x() - at.x(), places[i].y() - at.y());
        // Of those at one place it is the one that is selected.
        if (distance < nearest || (found && distance == nearest && scatter->points[i].index == m_selected)) {
            nearest = distance;
            found = scatter->points[i].index;
        }
    }
    return found;
}

void StudyChart::mouseMoveEvent(QMouseEvent *event)
{
    m_hovered = indexAt(event->position());
    setCursor(m_hovered ? Qt::PointingHandCursor : Qt::ArrowCursor);
    tellOnChange();
}

void StudyChart::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const auto index = indexAt(event->position());
    if (!index)
        return;
    if (const std::vector<std::size_t> stack = stackOf(*index); stack.size() > 1) { // which of them is meant?
        const auto at = m_selected ? std::find(stack.begin(), stack.end(), *m_selected) : stack.end();
        m_hovered = at == stack.end() || at + 1 == stack.end() ? stack.front() : *(at + 1);
        select(m_hovered);
        return;
    }
    select(index);
    emit picked(*index);
}

void StudyChart::leaveEvent(QEvent *)
{
    m_hovered.reset();
    tellOnChange();
}

void StudyChart::move(int columnStep, int rowStep)
{
    if (count() == 0)
        return;
    const auto width = int(columns());
    const auto height = int(count() / columns());
    int column = 0;
    int row = 0;
    if (m_selected) { // else the first key selects the first cell
        column = std::clamp(int(*m_selected) % width + columnStep, 0, width - 1);
        row = std::clamp(int(*m_selected) / width + rowStep, 0, height - 1);
    }
    m_hovered.reset();
    select(std::size_t(row * width + column));
}

void StudyChart::moveInScatter(int step)
{
    const auto *scatter = std::get_if<StudyScatter>(&m_picture);
    if (!scatter || scatter->points.empty())
        return;
    std::vector<const StudyScatter::Point *> byX;
    for (const StudyScatter::Point &point : scatter->points)
        byX.push_back(&point);
    std::stable_sort(byX.begin(), byX.end(), [](const auto *a, const auto *b) { return a->x < b->x; });
    int at = 0;
    for (int i = 0; i < int(byX.size()); ++i)
        if (m_selected && byX[std::size_t(i)]->index == *m_selected)
            at = std::clamp(i + step, 0, int(byX.size()) - 1);
    m_hovered.reset();
    select(byX[std::size_t(at)]->index);
}

void StudyChart::keyPressEvent(QKeyEvent *event)
{
    const bool isScatter = std::holds_alternative<StudyScatter>(m_picture);
    const auto step = [&](int column, int row) {
        if (isScatter)
            moveInScatter(column + row);
        else
            move(column, row);
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return step(-1, 0);
    case Qt::Key_Right:
        return step(1, 0);
    case Qt::Key_Up:
        return step(0, 1);
    case Qt::Key_Down:
        return step(0, -1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_selected)
            emit picked(*m_selected);
        return;
    case Qt::Key_Escape:
        if (m_selected) {
            setSelected(std::nullopt);
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void StudyChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        update();
}

void StudyChart::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void StudyChart::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

void StudyChart::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.panel);
    painter.setFont(Theme::axisFont());
    if (std::holds_alternative<StudyGrid>(m_picture))
        paintGrid(painter, theme);
    else if (std::holds_alternative<StudyLine>(m_picture))
        paintLine(painter, theme);
    else if (std::holds_alternative<StudyScatter>(m_picture))
        paintScatter(painter, theme);
    else
        paintEmptyPlot(painter, QRectF(rect()).adjusted(Theme::px(40), 0, -Theme::px(40), 0), m_sentence, theme);
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void StudyChart::paintColumnLabels(QPainter &painter, const Theme &theme, const QStringList &labels, const QString &title) const
{
    const QRectF area = plot();
    const double column = area.width() / std::max<double>(1, double(labels.size()));
    const int every = std::max(1, int(std::ceil((widest(labels) + Theme::px(10)) / column)));
    const double line = QFontMetricsF(painter.font()).height();
    painter.setPen(theme.secondary);
    for (int i = 0; i < labels.size(); i += every) {
        const double middle = area.left() + (i + 0.5) * column;
        const double half = std::max(column * every, textWidth(labels[i], painter.font())) / 2;
        drawLine(painter, QRectF(middle - half, area.bottom() + Theme::px(5), 2 * half, line), Qt::AlignCenter, labels[i]);
    }
    painter.setPen(theme.text);
    paintXTitle(painter, title);
}

/// The title may be longer than its axis: the room beside it is empty.
void StudyChart::paintXTitle(QPainter &painter, const QString &title) const
{
    const QRectF area = plot();
    const double line = QFontMetricsF(painter.font()).height();
    const QString shown = elidedLine(title, painter.font(), width() - 2 * Theme::px(4), Qt::ElideMiddle);
    const double wide = std::max(area.width(), textWidth(shown, painter.font()));
    const double left = std::clamp(area.center().x() - wide / 2, 0.0, std::max(0.0, width() - wide));
    drawLine(painter, QRectF(left, area.bottom() + Theme::px(8) + line, wide, line), Qt::AlignCenter, shown);
}

void StudyChart::paintYTitle(QPainter &painter, const Theme &theme, const QString &title) const
{
    const QRectF area = plot();
    const double line = QFontMetricsF(painter.font()).height();
    painter.save();
    const QString shown = elidedLine(title, painter.font(), height() - 2 * Theme::px(4), Qt::ElideMiddle);
    const double tall = std::max(area.height(), textWidth(shown, painter.font()));
    painter.translate(Theme::px(6), std::clamp(area.center().y() + tall / 2, std::min<double>(tall, height()), double(height())));
    painter.rotate(-90);
    painter.setPen(theme.text);
    drawLine(painter, QRectF(0, 0, tall, line), Qt::AlignCenter, shown);
    painter.restore();
}

void StudyChart::paintYScale(QPainter &painter, const Theme &theme, const StudyScale &scale, const QString &note) const
{
    std::vector<AxisLabel> labels;
    for (const auto &[value, text] : scale.ticks)
        labels.push_back({value, text});
    paintValueAxis(painter, plot(), yAxis(scale), labels, theme);
    painter.setPen(theme.text);
    const QString title = note.isEmpty() ? scale.title : QStringLiteral("%1, %2").arg(scale.title, note);
    drawLine(painter, QRectF(plot().left(), Theme::px(3), plot().width(), QFontMetricsF(painter.font()).height()),
             Qt::AlignLeft | Qt::AlignVCenter, title);
}

void StudyChart::paintCell(QPainter &painter, const Theme &theme, const QRectF &rect, const StudyCell &cell) const
{
    QColor ground = theme.panel;
    switch (cell.kind) {
    case StudyCell::Kind::Value:
        ground = theme.heat(cell.share);
        painter.fillRect(rect, ground);
        break;
    case StudyCell::Kind::Bad:
        ground = theme.error;
        painter.fillRect(rect, ground);
        break;
    case StudyCell::Kind::Warning:
        ground = blended(theme.panel, theme.timeout, 0.25);
        painter.fillRect(rect, ground);
        painter.fillRect(rect, QBrush(faded(theme.timeout, 0.5), Qt::BDiagPattern));
        break;
    case StudyCell::Kind::Problem:
        ground = theme.raised;
        painter.fillRect(rect, ground);
        painter.fillRect(rect, QBrush(theme.divider, Qt::DiagCrossPattern));
        break;
    case StudyCell::Kind::Nothing:
        ground = theme.raised;
        painter.fillRect(rect, ground);
        break;
    case StudyCell::Kind::Waiting:
        break;
    }
    const double line = QFontMetricsF(painter.font()).height();
    const double need = textWidth(cell.text, painter.font());
    if (cell.text.isEmpty() || rect.width() < need + Theme::px(6) || rect.height() < line)
        return;
    const QRectF box(rect.center().x() - need / 2 - Theme::px(3), rect.center().y() - line / 2, need + Theme::px(6), line);
    if (cell.kind == StudyCell::Kind::Warning || cell.kind == StudyCell::Kind::Problem)
        painter.fillRect(box, ground); // words on a pattern are hard to read
    painter.setPen(cell.kind == StudyCell::Kind::Bad ? theme.onData : readableOn(ground, theme));
    drawLine(painter, box, Qt::AlignCenter, cell.text);
}

void StudyChart::paintGrid(QPainter &painter, const Theme &theme) const
{
    const auto &grid = std::get<StudyGrid>(m_picture);
    const CellLayout layout = cells();
    const std::size_t width = columns();
    const auto rectOf = [&](std::size_t i) { return layout.rectOf({i / width, i % width}); };
    for (std::size_t i = 0; i < grid.cells.size(); ++i) {
        if (grid.cells[i].kind != StudyCell::Kind::Waiting) {
            paintCell(painter, theme, rectOf(i), grid.cells[i]);
            continue;
        }
        // What is not there yet is guessed from the coarser grid, faintly.
        for (std::size_t step = 2; step < 2 * std::max(width, grid.cells.size() / width); step *= 2) {
            const std::size_t row = i / width / step * step;
            const StudyCell &coarse = grid.cells[row * width + i % width / step * step];
            if (coarse.kind == StudyCell::Kind::Waiting)
                continue;
            if (coarse.kind == StudyCell::Kind::Value || coarse.kind == StudyCell::Kind::Bad) {
                const QColor color = coarse.kind == StudyCell::Kind::Bad ? theme.error : theme.heat(coarse.share);
                painter.fillRect(rectOf(i), faded(color, 0.35));
            }
            break;
        }
    }
    const double gap = rectOf(0).width() > Theme::px(12) && rectOf(0).height() > Theme::px(12) ? 1 : 0;
    const QRectF area = plot();
    if (gap > 0) {
        for (std::size_t column = 0; column <= width; ++column)
            paintVLine(painter, column < width ? rectOf(column).left() : area.right(), area.top(), area.bottom(), theme.panel);
        for (std::size_t row = 0; row * width < grid.cells.size(); ++row)
            paintHLine(painter, area.left(), area.right(), rectOf(row * width).top(), theme.panel);
    }
    painter.setPen(theme.divider);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(area);
    const double line = QFontMetricsF(painter.font()).height();
    const double rowHeight = area.height() / std::max<double>(1, double(grid.yLabels.size()));
    const int every = std::max(1, int(std::ceil(line / rowHeight)));
    painter.setPen(theme.secondary);
    for (int i = 0; i < grid.yLabels.size(); i += every) {
        const double middle = area.bottom() - (i + 0.5) * rowHeight;
        drawLine(painter, QRectF(0, middle - line / 2, area.left() - Theme::gap(), line), Qt::AlignRight | Qt::AlignVCenter,
                 grid.yLabels[i]);
    }
    paintYTitle(painter, theme, grid.yTitle);
    paintColumnLabels(painter, theme, grid.xLabels, grid.xTitle);
    paintRamp(painter, theme);
    paintPresent(painter, theme);
    if (grid.best && grid.isBestClear && grid.cells[*grid.best].kind == StudyCell::Kind::Value) {
        QPen ring(readableOn(theme.heat(grid.cells[*grid.best].share), theme), 1);
        ring.setDashPattern({3, 2});
        painter.setPen(ring);
        painter.drawRect(rectOf(*grid.best).adjusted(4.5, 4.5, -4.5, -4.5));
    }
    for (const auto &[index, color] : {std::pair(m_hovered, theme.text), std::pair(m_selected, theme.accent)}) {
        if (isDrawingFigure())
            break;
        if (!index || *index >= grid.cells.size())
            continue;
        painter.setPen(QPen(color, 2));
        painter.drawRect(rectOf(*index).adjusted(1, 1, -1, -1));
        painter.setPen(QPen(theme.panel, 1)); // seen on every colour of the ramp
        painter.drawRect(rectOf(*index).adjusted(2.5, 2.5, -2.5, -2.5));
    }
}

/// Small triangles at the axes: the values in force.
void StudyChart::paintPresent(QPainter &painter, const Theme &theme) const
{
    const auto &grid = std::get<StudyGrid>(m_picture);
    const QRectF area = plot();
    const double side = Theme::px(5);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accent);
    if (grid.xNow) {
        const double x = *presentX();
        const QPointF tip[] = {{x, area.bottom() + 1}, {x - side, area.bottom() + 1 + side}, {x + side, area.bottom() + 1 + side}};
        painter.drawPolygon(tip, 3);
    }
    if (grid.yNow) {
        const double y = area.bottom() - area.height() * *grid.yNow;
        const QPointF tip[] = {{area.left() - 1, y}, {area.left() - 1 - side, y - side}, {area.left() - 1 - side, y + side}};
        painter.drawPolygon(tip, 3);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
}

void StudyChart::paintRamp(QPainter &painter, const Theme &theme) const
{
    const auto &grid = std::get<StudyGrid>(m_picture);
    const double line = QFontMetricsF(painter.font()).height();
    const double left = plot().right() + Theme::px(14);
    const double room = width() - left - Theme::px(4);
    painter.setPen(theme.text);
    drawLine(painter, QRectF(left, plot().top(), room, line), Qt::AlignLeft | Qt::AlignVCenter,
             elidedLine(grid.rampTitle, painter.font(), room));
    if (grid.rampLow.isEmpty() || grid.rampHigh.isEmpty())
        return;
    const QRectF bar(left, plot().top() + 2 * line + Theme::px(8), Theme::px(14),
                     std::max(8.0, std::min<double>(plot().height() - 4 * line - Theme::px(12), Theme::px(180))));
    const int steps = std::max(1, int(bar.height()));
    for (int i = 0; i < steps; ++i)
        painter.fillRect(QRectF(bar.left(), bar.bottom() - i - 1, bar.width(), 1), theme.heat(0.06 + 0.94 * i / steps));
    painter.setPen(theme.secondary);
    drawLine(painter, QRectF(left, bar.top() - line - Theme::px(2), room, line), Qt::AlignLeft | Qt::AlignVCenter, grid.rampHigh);
    drawLine(painter, QRectF(left, bar.bottom() + Theme::px(2), room, line), Qt::AlignLeft | Qt::AlignVCenter, grid.rampLow);
    const double beside = bar.right() + Theme::px(6);
    if (bar.height() < 2 * line)
        return;
    drawLine(painter, QRectF(beside, bar.top(), width() - beside, line), Qt::AlignLeft | Qt::AlignVCenter, grid.highMeans);
    drawLine(painter, QRectF(beside, bar.bottom() - line, width() - beside, line), Qt::AlignLeft | Qt::AlignVCenter, grid.lowMeans);
}

void StudyChart::paintScatter(QPainter &painter, const Theme &theme) const
{
    const auto &picture = std::get<StudyScatter>(m_picture);
    paintYScale(painter, theme, picture.y, picture.yBetter);
    const double line = QFontMetricsF(painter.font()).height();
    for (const auto &[value, text] : picture.x.ticks) {
        const double x = scatterX(value);
        paintVLine(painter, std::min(x, plot().right() - 1), plot().top(), plot().bottom(), theme.grid);
        painter.setPen(theme.secondary);
        drawLine(painter, QRectF(x - Theme::px(50), plot().bottom() + Theme::px(5), Theme::px(100), line), Qt::AlignCenter, text);
    }
    painter.setPen(theme.text);
    const QString title = picture.xBetter.isEmpty() ? picture.x.title : QStringLiteral("%1, %2").arg(picture.x.title, picture.xBetter);
    drawLine(painter, QRectF(plot().left(), plot().bottom() + Theme::px(8) + line, plot().width(), line), Qt::AlignCenter, title);
    if (picture.points.empty())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    const ValueAxis axis = yAxis(picture.y);
    const auto placeOf = [&](const StudyScatter::Point &point) { return QPointF(scatterX(point.x), axis.toPixel(point.y)); };
    std::vector<QPointF> front;
    for (const StudyScatter::Point &point : picture.points)
        if (point.isFront)
            front.push_back(placeOf(point));
    std::sort(front.begin(), front.end(), [](QPointF a, QPointF b) { return a.x() < b.x(); });
    painter.setPen(QPen(faded(theme.accent, 0.7), Theme::kDataLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(front.data(), int(front.size()));
    for (const bool isFront : {false, true})
        for (const StudyScatter::Point &point : picture.points) {
            if (point.isFront != isFront)
                continue;
            const bool isTold = !isDrawingFigure() && (point.index == m_hovered || point.index == m_selected);
            painter.setPen(QPen(isTold ? theme.text : isFront ? theme.accent : theme.secondary, Theme::kDataLine));
            painter.setBrush(isFront ? theme.accent : theme.panel);
            const double radius = Theme::px(isTold ? kDot + 2 : kDot);
            if (isFront)
                painter.drawRect(QRectF(placeOf(point) - QPointF(radius, radius), QSizeF(2 * radius, 2 * radius)));
            else
                painter.drawEllipse(placeOf(point), radius, radius);
        }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(theme.secondary);
    drawLine(painter, QRectF(plot().left(), Theme::px(3), plot().width(), line), Qt::AlignRight | Qt::AlignVCenter,
             tr("squares: no other is better in both"));
    drawLine(painter, QRectF(plot().left(), Theme::px(3) + line, plot().width(), line), Qt::AlignRight | Qt::AlignVCenter, hiddenText());
}

} // namespace halfopen
