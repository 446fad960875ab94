// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figure_picture.h"

#include "core/run/run_record.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/theme_palette.h"
#include "ui/views/edge_combo.h"
#include "ui/views/view.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QCoreApplication>
#include <QEvent>
#include <QFileInfo>
#include <QFontMetrics>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QGraphicsView>
#include <QGraphicsWidget>
#include <QHeaderView>
#include <QImage>
#include <QLayout>
#include <QLineEdit>
#include <QPainter>
#include <QProgressBar>
#include <QScrollBar>

#include <algorithm>

namespace halfopen {

namespace {

// Logical pixels; the same share of a page however large the program draws.
constexpr double kWidth = 1200;
constexpr double kHeight = 600;
constexpr double kBelow = 4;
constexpr double kRowHeight = 30; // of a table, at most
constexpr double kHeightLeast = 100;
constexpr double kHeightMost = 2400;

QString tr(const char *text)
{
    return QCoreApplication::translate("halfopen", text);
}

/// What is there to be used, not to be read.
bool isControl(const QWidget *widget)
{
    return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QComboBox *>(widget) ||
        qobject_cast<const QAbstractSpinBox *>(widget) || qobject_cast<const QLineEdit *>(widget) ||
        qobject_cast<const QProgressBar *>(widget) || qobject_cast<const QScrollBar *>(widget);
}

/// "tuned: edge › Max attempts 2, edge › After 100ms and 1 more".
QString tunedText(const Scenario &scenario, const QStringList &changes, const FileAsRead &known)
{
    using With = FileComparison::With;
    const FileComparison found = compareWithFile(scenario, known);
    QStringList parts;
    for (const FileDifference &difference : found.differences)
        parts += differenceText(difference);
    parts += changes;
    const QString list = firstOf(parts);
    switch (found.with) {
    case With::File:
        break;
    case With::AsRead:
        return parts.isEmpty() ? tr("tuned: no, by what its file held when it was read; it is gone now")
                               : tr("tuned: %1, by what its file held when it was read; it is gone now").arg(list);
    case With::Nothing:
        if (scenario.path.empty())
            return parts.isEmpty() ? tr("tuned: unknown, it is in no file") : tr("tuned: %1, else unknown: it is in no file").arg(list);
        return parts.isEmpty() ? tr("tuned: unknown, its file cannot be read")
                               : tr("tuned: %1, else unknown: its file cannot be read").arg(list);
    }
    return parts.isEmpty() ? tr("tuned: no") : tr("tuned: %1").arg(list);
}

FigureHead headOf(const QString &title, const Scenario &scenario, std::uint64_t seed, const QString &version)
{
    FigureHead head;
    head.title = title;
    head.scenario = QString::fromStdString(scenario.name);
    const QString file = QFileInfo(QString::fromStdString(scenario.path)).fileName();
    if (!file.isEmpty())
        head.facts << file;
    head.facts << tr("seed %1").arg(seed) << QStringLiteral("Halfopen ") + version;
    return head;
}

} // namespace

FigureHead figureHead(const QString &title, const Scenario &scenario, const FileAsRead &known)
{
    FigureHead head = headOf(title, scenario, scenario.seed, QCoreApplication::applicationVersion());
    head.facts << tunedText(scenario, {}, known);
    return head;
}

FigureHead figureHead(const QString &title, const RecordPtr &record, const FileAsRead &known)
{
    if (record && record->scenario) {
        FigureHead head = headOf(title, *record->scenario, record->seed, QString::fromStdString(record->version));
        if (record->now < Instant(record->duration))
            head.facts << tr("run as far as %1").arg(formatInstant(record->now));
        head.facts << tunedText(*record->scenario, changesInRun(*record), known); // last: it may be long
        return head;
    }
    FigureHead head;
    head.title = title;
    return head;
}

FigurePicture::FigurePicture(View *view, const FigureHead &head)
    : m_view(view), m_head(head), m_geometry(view->geometry()), m_palette(view->palette()),
      m_hadPalette(view->testAttribute(Qt::WA_SetPalette))
{
    if (QWidget *focus = QApplication::focusWidget(); focus && (focus == view || view->isAncestorOf(focus))) {
        m_focus = focus;
        focus->clearFocus();
    }
    if (QWidget *parent = view->parentWidget(); parent && parent->layout())
        parent->layout()->setEnabled(false); // the view has a size of its own until it is put back
    m_isTinted = Theme::of(view).dark != head.isDark;
    if (m_isTinted)
        view->setPalette(themePalette(head.isDark ? Theme::darkTheme() : Theme::light()));
    for (QScrollBar *bar : view->findChildren<QScrollBar *>())
        m_scrolled.push_back({bar, bar->value()});
    for (const EdgeCombo *edges : view->findChildren<EdgeCombo *>()) {
        if (edges->isVisibleTo(view))
            m_head.facts.prepend(edges->choice());
    }
    auto *source = dynamic_cast<FigureSource *>(view);
    if (source)
        source->setFigure(true);
    hideControls();
    const int width = Theme::px(kWidth);
    growTo(QSize(width, Theme::px(kHeight) - headHeight() - Theme::px(kBelow)));
    if (const int wanted = source ? source->figureHeight() : 0; wanted > 0)
        growTo(QSize(width, std::clamp(wanted, Theme::px(kHeightLeast), Theme::px(kHeightMost))));
    if (const int more = hiddenHeight(); more > 0)
        growTo(QSize(width, std::min(view->height() + more, Theme::px(kHeightMost))));
    settleScenes();
    for (QScrollBar *bar : view->findChildren<QScrollBar *>()) { // one that came with the new size
        if (bar->isVisibleTo(view)) {
            bar->hide();
            m_hidden.push_back(bar);
        }
    }
}

FigurePicture::~FigurePicture()
{
    for (const Area &one : m_areas) {
        if (one.area) {
            one.area->setHorizontalScrollBarPolicy(one.horizontal);
            one.area->setVerticalScrollBarPolicy(one.vertical);
        }
    }
    for (const QPointer<QWidget> &widget : m_hidden) {
        if (widget)
            widget->show();
    }
    if (auto *source = dynamic_cast<FigureSource *>(m_view))
        source->setFigure(false);
    if (m_isTinted)
        m_view->setPalette(m_hadPalette ? m_palette : QPalette());
    m_view->resize(m_geometry.size() - QSize(0, 1)); // nothing that was laid out for the figure stays
    settle();
    m_view->setGeometry(m_geometry);
    settle();
    for (const Scrolled &one : m_scrolled) {
        if (one.bar)
            one.bar->setValue(one.value);
    }
    if (QWidget *parent = m_view->parentWidget(); parent && parent->layout())
        parent->layout()->setEnabled(true);
    if (m_focus)
        m_focus->setFocus();
}

void FigurePicture::hideControls()
{
    for (QAbstractScrollArea *area : m_view->findChildren<QAbstractScrollArea *>()) {
        if (qobject_cast<QHeaderView *>(area))
            continue;
        m_areas.push_back({area, area->horizontalScrollBarPolicy(), area->verticalScrollBarPolicy()});
        area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        area->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    }
    for (QWidget *widget : m_view->findChildren<QWidget *>()) {
        if (!isControl(widget) || !widget->isVisibleTo(m_view))
            continue;
        if (qobject_cast<QScrollBar *>(widget) && qobject_cast<QAbstractScrollArea *>(widget->parentWidget()->parentWidget()))
            continue; // its area shows and hides it
        widget->hide();
        m_hidden.push_back(widget);
        if (QWidget *row = widget->parentWidget(); row != m_view)
            row->updateGeometry(); // one that is not on screen is not told by itself
    }
}

/// Of what is to be scrolled to: nobody scrolls a picture.
int FigurePicture::hiddenHeight() const
{
    int most = 0;
    for (const QAbstractScrollArea *area : m_view->findChildren<QAbstractScrollArea *>()) {
        if (qobject_cast<const QHeaderView *>(area) || !area->isVisibleTo(m_view))
            continue;
        const auto *items = qobject_cast<const QAbstractItemView *>(area);
        const bool isByItem = items && items->verticalScrollMode() == QAbstractItemView::ScrollPerItem;
        most = std::max(most, area->verticalScrollBar()->maximum() * (isByItem ? Theme::px(kRowHeight) : 1));
    }
    return most;
}

/// Everything is where it belongs, without the events of anyone else.
void FigurePicture::settle()
{
    // What is inside of what was moved may have wishes in turn.
    for (int pass = 0; pass < 3; ++pass) {
        for (QWidget *widget : m_view->findChildren<QWidget *>())
            QCoreApplication::sendPostedEvents(widget, QEvent::LayoutRequest);
        QCoreApplication::sendPostedEvents(m_view, QEvent::LayoutRequest);
    }
}

void FigurePicture::growTo(QSize size)
{
    settle();
    m_view->resize(size - QSize(0, 1)); // a view that had this size already draws anew, too
    settle();
    m_view->resize(size);
    settle();
    if (!m_view->isVisible()) // behind another tab or page: what is in it learns its size only when it is drawn
        drawUnseen();
}

void FigurePicture::drawUnseen()
{
    QImage unseen(m_view->size(), QImage::Format_RGB32);
    m_view->render(&unseen);
    if (!m_view->isVisible()) { // nobody tells a widget that is not on screen of the wishes of what is in it
        for (QWidget *widget : m_view->findChildren<QWidget *>()) {
            QEvent request(QEvent::LayoutRequest);
            QCoreApplication::sendEvent(widget, &request);
        }
    }
    settle();
}

/// Charts of the library take their new places only after they were drawn once.
void FigurePicture::settleScenes()
{
    const QList<QGraphicsView *> views = m_view->findChildren<QGraphicsView *>();
    if (views.isEmpty())
        return;
    drawUnseen();
    for (const QGraphicsView *one : views) {
        if (!one->scene())
            continue;
        for (QGraphicsItem *item : one->scene()->items()) {
            QGraphicsObject *object = item->toGraphicsObject();
            if (!object)
                continue;
            QCoreApplication::sendPostedEvents(object, QEvent::LayoutRequest);
            if (item->isWidget() && static_cast<QGraphicsWidget *>(object)->layout())
                static_cast<QGraphicsWidget *>(object)->layout()->activate();
        }
    }
}

int FigurePicture::headHeight() const
{
    const int title = QFontMetrics(Theme::titleFont()).height();
    const int facts = QFontMetrics(Theme::axisFont()).height();
    return Theme::padding() + title + Theme::px(2) + facts + Theme::gap();
}

QSize FigurePicture::size() const
{
    return QSize(m_view->width(), m_view->height() + headHeight() + Theme::px(kBelow));
}

void FigurePicture::paint(QPainter &painter)
{
    const Theme &theme = m_head.isDark ? Theme::darkTheme() : Theme::light();
    const QRect all(QPoint(0, 0), size());
    painter.fillRect(all, theme.panel);
    const int left = Theme::padding();
    const int room = all.width() - 2 * left;
    const auto line = [&](int top, const QFont &font, const QColor &color, const QString &text) {
        const QFontMetrics metrics(font);
        painter.setFont(font);
        painter.setPen(color);
        painter.drawText(QPoint(left, top + metrics.ascent()), metrics.elidedText(text, Qt::ElideRight, room));
        return top + metrics.height();
    };
    const QString title = m_head.scenario.isEmpty() ? m_head.title : m_head.title + QStringLiteral(": ") + m_head.scenario;
    const int below = line(Theme::padding(), Theme::titleFont(), theme.text, title);
    line(below + Theme::px(2), Theme::axisFont(), theme.secondary, m_head.facts.join(QStringLiteral("  ·  ")));
    m_view->render(&painter, QPoint(0, headHeight()));
}

} // namespace halfopen
