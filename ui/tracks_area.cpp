// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tracks_area.h"

#include "ui/theme.h"
#include "ui/views/elided_label.h"
#include "ui/views/readout_box.h"
#include "ui/views/time_navigator.h"
#include "ui/views/view.h"
#include "ui/wheel_turn.h"

#include <QAction>
#include <QDataStream>
#include <QEvent>
#include <QHBoxLayout>
#include <QIODevice>
#include <QMenu>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QTimer>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cstdint>

namespace halfopen {
namespace {

constexpr quint32 kLayoutMagic = 0x48545231; // "HTR1"
constexpr double kHeadHeight = 26;
constexpr double kTrackHeight = 156; ///< of a track that names no other
constexpr double kTrackHeightMin = 156; ///< head, controls and the least chart; less would cut its time axis

} // namespace

Track::Track(const ViewType &type, TimeAxisModel *axis, QWidget *parent)
    : QWidget(parent), m_id(QString::fromLatin1(type.id)), m_height(type.height), m_startsFolded(type.startsFolded)
{
    setObjectName(m_id);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_head = buildHead(type);
    layout->addWidget(m_head);
    m_view = type.create(axis, this);
    layout->addWidget(m_view, 1);
    connect(m_view, &View::readingChanged, this, [this](const QString &text) { m_reading->setText(text); });
    setMinimumHeight(Theme::px(kTrackHeightMin));
    tint();
}

QWidget *Track::buildHead(const ViewType &type)
{
    auto *head = new QWidget;
    head->setFixedHeight(Theme::px(kHeadHeight));
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(Theme::px(4), 0, Theme::px(4), 0);
    layout->setSpacing(Theme::px(2));
    m_title = new QToolButton;
    m_title->setText(viewTitle(type));
    m_title->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_title->setArrowType(Qt::DownArrow);
    m_title->setAutoRaise(true);
    m_title->setFocusPolicy(Qt::TabFocus);
    m_title->setAccessibleDescription(tr("Folds the view away or shows it again"));
    QFont font = Theme::bodyFont();
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    layout->addWidget(m_title);
    layout->addSpacing(Theme::gap());
    m_reading = new ElidedLabel;
    m_reading->setReading();
    QSizePolicy policy = m_reading->sizePolicy();
    policy.setRetainSizeWhenHidden(true); // what stands behind it stays at its place
    m_reading->setSizePolicy(policy);
    layout->addWidget(m_reading, 1);
    const auto small = [layout](const QString &text, const QString &name, const QString &what) {
        auto *button = new QToolButton;
        button->setText(text);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setToolTip(what);
        button->setAccessibleName(name);
        button->setAccessibleDescription(what);
        layout->addWidget(button);
        return button;
    };
    m_pin = small(tr("Pin"), tr("Pin %1").arg(viewTitle(type)), tr("Keep this view on top while the others scroll"));
    m_pin->setCheckable(true);
    QToolButton *close = small(QStringLiteral("×"), tr("Close %1").arg(viewTitle(type)), tr("Close this view; the View menu shows it again"));
    connect(m_title, &QToolButton::clicked, this, [this] { setExpanded(!m_expanded); });
    connect(m_pin, &QToolButton::clicked, this, &Track::setPinned);
    connect(close, &QToolButton::clicked, this, &Track::closeRequested);
    return head;
}

QString Track::title() const
{
    return m_title->text();
}

int Track::usualHeight() const
{
    return Theme::px(m_height > 0 ? m_height : kTrackHeight);
}

int Track::neededHeight() const
{
    return m_startsFolded || m_wantsRoom ? usualHeight() : Theme::px(kTrackHeight);
}

void Track::setExpanded(bool expanded)
{
    if (m_expanded == expanded)
        return;
    m_expanded = expanded;
    m_view->setVisible(expanded);
    m_reading->setVisible(expanded); // it follows the cursor no more
    m_title->setArrowType(expanded ? Qt::DownArrow : Qt::RightArrow);
    setMinimumHeight(expanded ? Theme::px(kTrackHeightMin) : m_head->height());
    setMaximumHeight(expanded ? QWIDGETSIZE_MAX : m_head->height());
    emit expandedChanged(expanded);
}

void Track::setPinned(bool pinned)
{
    m_pin->setChecked(pinned);
    if (m_pinned == pinned)
        return;
    m_pinned = pinned;
    emit pinnedChanged(pinned);
}

void Track::tint()
{
    QPalette palette;
    palette.setColor(QPalette::ButtonText, Theme::of(this).secondary);
    m_pin->setPalette(palette);
}

void Track::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_pin)
        tint();
}

void Track::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    const QRect head(0, 0, width(), m_head->height());
    painter.fillRect(head, theme.raised);
    painter.fillRect(QRect(0, 0, width(), 1), theme.divider);
}

TracksArea::TracksArea(std::span<const ViewType> types, TimeAxisModel *axis, QWidget *parent) : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *outer = makeSplitter();
    layout->addWidget(outer);
    m_pinned = makeSplitter();
    m_pinned->hide();
    m_stack = makeSplitter();
    m_scroll = new QScrollArea;
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(m_stack);
    m_stack->installEventFilter(this);
    m_scroll->viewport()->installEventFilter(this);
    connect(m_scroll->verticalScrollBar(), &QScrollBar::valueChanged, this, &TracksArea::forgetPointer);
    outer->addWidget(m_pinned);
    outer->addWidget(m_scroll);
    outer->setStretchFactor(1, 1);
    for (const ViewType &type : types) {
        auto *track = new Track(type, axis);
        m_tracks.push_back(track);
        m_stack->addWidget(track);
        connect(track, &Track::expandedChanged, this, [this, track](bool expanded) {
            updateHeights();
            if (expanded)
                giveRoom(track);
            takeFreeRoom();
        });
        connect(track->view(), &View::roomWanted, this, [this, track] { growOnce(track); });
        connect(track, &Track::pinnedChanged, this, [this, track] { place(track); });
        connect(track, &Track::closeRequested, this, [this, track] { setTrackShown(track->id(), false); });
    }
    // Takes the room below when every track is folded or limited.
    auto *filler = new QWidget;
    filler->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    m_stack->addWidget(filler);
    for (int i = 0; i < int(m_tracks.size()); ++i)
        m_stack->setStretchFactor(i, 1);
    m_stack->setStretchFactor(int(m_tracks.size()), 0);
    resetLayout();
    updateHeights();
}

QSplitter *TracksArea::makeSplitter()
{
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(Theme::px(4));
    return splitter;
}

Track *TracksArea::find(const QString &id) const
{
    const auto found = std::find_if(m_tracks.begin(), m_tracks.end(), [&](Track *t) { return t->id() == id; });
    return found == m_tracks.end() ? nullptr : *found;
}

void TracksArea::setRecord(const RecordPtr &record)
{
    for (Track *track : m_tracks)
        track->view()->setRecord(record);
}

void TracksArea::setGhost(const RecordPtr &record)
{
    for (Track *track : m_tracks)
        track->view()->setGhost(record);
}

void TracksArea::place(Track *track)
{
    if (track->isPinned()) {
        m_pinned->addWidget(track);
    } else {
        // Back to its place in the registry's order, among those that are not pinned.
        int at = 0;
        for (Track *other : m_tracks) {
            if (other == track)
                break;
            at += other->isPinned() ? 0 : 1;
        }
        m_stack->insertWidget(at, track);
        m_stack->setStretchFactor(m_stack->indexOf(track), 1);
    }
    updateHeights();
    takeFreeRoom();
}

void TracksArea::updateHeights()
{
    const auto wanted = [this](bool pinned) {
        int height = 0;
        for (const Track *track : m_tracks) {
            if (track->isPinned() == pinned && !track->isHidden())
                height += track->isExpanded() ? track->neededHeight() : Theme::px(kHeadHeight);
        }
        return height;
    };
    // With the handles: a splitter that is too low squeezes its tracks, and one that cannot shrink covers the next.
    m_stack->setMinimumHeight(wanted(false) + (m_stack->count() - 1) * m_stack->handleWidth());
    updateLeastWidth();
    const int pinned = wanted(true);
    m_pinned->setVisible(pinned > 0);
    m_pinned->setMinimumHeight(std::min(pinned, Theme::px(kTrackHeightMin)));
}

void TracksArea::updateLeastWidth()
{
    // Tracks are not cut at their right: that is how narrow the centre can be.
    m_scroll->setMinimumWidth(m_stack->minimumSizeHint().width() + m_scroll->verticalScrollBar()->sizeHint().width());
}

/// What the pointer was on has gone from under it, and what was told of it goes, too.
void TracksArea::forgetPointer()
{
    for (TimeNavigator *navigator : m_stack->findChildren<TimeNavigator *>())
        navigator->forgetPointer();
    for (ReadoutBox *box : window()->findChildren<ReadoutBox *>())
        if (m_stack->isAncestorOf(box->chart())) // pinned tracks and docks stay where they are
            box->hide();
    QToolTip::hideText();
}

bool TracksArea::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_scroll->viewport() && event->type() == QEvent::Wheel)
        WheelTurn::note(WheelTurn::Use::Scroll); // nothing in it wanted the wheel
    if (watched == m_stack && event->type() == QEvent::LayoutRequest) // a view has come to need more, or less
        updateLeastWidth();
    return QWidget::eventFilter(watched, event);
}

void TracksArea::giveRoom(Track *track)
{
    auto *splitter = track->isPinned() ? m_pinned : m_stack;
    const int at = splitter->indexOf(track);
    QList<int> sizes = splitter->sizes();
    if (at < 0 || sizes[at] >= track->usualHeight())
        return;
    sizes[at] = track->usualHeight();
    if (splitter == m_stack) // at once: a splitter that does not know its height yet would shrink all
        m_stack->resize(m_stack->width(), std::max(m_stack->minimumHeight(), m_scroll->viewport()->height()));
    splitter->setSizes(sizes);
}

void TracksArea::growOnce(Track *track)
{
    if (!track->isExpanded() || track->wantsRoom() || track->height() >= track->usualHeight())
        return;
    QList<int> sizes = m_stack->sizes(); // a splitter that becomes higher gives to all
    const int more = track->usualHeight() - track->height();
    const int height = m_stack->height() + more;
    track->setWantsRoom(true);
    updateHeights();
    if (track->isPinned())
        return;
    // Nobody else gives: the column becomes longer.
    m_stack->setMinimumHeight(std::max(m_stack->minimumHeight(), height));
    m_stack->resize(m_stack->width(), m_stack->minimumHeight());
    sizes[m_stack->indexOf(track)] += more;
    m_stack->setSizes(sizes);
}

void TracksArea::takeFreeRoom()
{
    QList<int> sizes = m_stack->sizes();
    int open = 0; // their heights
    for (int i = 0; i + 1 < sizes.size(); ++i) {
        const auto *one = static_cast<const Track *>(m_stack->widget(i));
        open += one->isExpanded() && !one->isHidden() ? sizes[i] : 0;
    }
    const int free = sizes.last();
    if (free == 0 || open == 0)
        return;
    // In the proportions that they have.
    int left = free;
    int last = -1;
    for (int i = 0; i + 1 < sizes.size(); ++i) {
        const auto *one = static_cast<const Track *>(m_stack->widget(i));
        if (!one->isExpanded() || one->isHidden())
            continue;
        const int more = static_cast<int>(std::int64_t(free) * sizes[i] / open);
        sizes[i] += more;
        left -= more;
        last = i;
    }
    sizes[last] += left;
    sizes.last() = 0;
    m_stack->setSizes(sizes);
}

void TracksArea::setTrackShown(const QString &id, bool shown)
{
    Track *track = find(id);
    if (!track || track->isHidden() != shown)
        return;
    track->setVisible(shown);
    updateHeights();
    takeFreeRoom();
    emit trackShownChanged(id, shown);
}

void TracksArea::scrollToTop()
{
    m_scroll->verticalScrollBar()->setValue(0);
}

void TracksArea::reveal(const QString &id)
{
    Track *track = find(id);
    if (!track)
        return;
    setTrackShown(id, true);
    track->setExpanded(true);
    // Once it has its new place.
    QTimer::singleShot(0, track, [this, track] {
        if (!track->isPinned())
            m_scroll->ensureWidgetVisible(track);
    });
}

QByteArray TracksArea::saveLayout() const
{
    QByteArray layout;
    QDataStream out(&layout, QIODevice::WriteOnly);
    out.setVersion(QDataStream::Qt_6_0);
    out << kLayoutMagic << quint32(m_tracks.size());
    for (const Track *track : m_tracks)
        out << track->id() << !track->isHidden() << track->isExpanded() << track->isPinned();
    out << m_stack->saveState() << m_pinned->saveState();
    return layout;
}

QByteArray TracksArea::saveHeights() const
{
    QByteArray heights;
    QDataStream out(&heights, QIODevice::WriteOnly);
    out << m_stack->minimumHeight() << m_stack->saveState() << m_pinned->saveState() << m_scroll->verticalScrollBar()->value();
    return heights;
}

void TracksArea::restoreHeights(const QByteArray &heights)
{
    QDataStream in(heights);
    int least = 0, scrolledTo = 0;
    QByteArray stack, pinned;
    in >> least >> stack >> pinned >> scrolledTo;
    if (in.status() != QDataStream::Ok)
        return;
    m_stack->setMinimumHeight(std::max(m_stack->minimumHeight(), least)); // it may have been made higher by hand
    m_stack->resize(m_stack->width(), std::max(m_stack->minimumHeight(), m_scroll->viewport()->height()));
    m_stack->restoreState(stack);
    m_pinned->restoreState(pinned);
    m_scroll->verticalScrollBar()->setValue(scrolledTo);
}

bool TracksArea::restoreLayout(const QByteArray &layout)
{
    QDataStream in(layout);
    in.setVersion(QDataStream::Qt_6_0);
    quint32 magic = 0;
    quint32 count = 0;
    in >> magic >> count;
    if (in.status() != QDataStream::Ok || magic != kLayoutMagic || count > 1000)
        return false;
    struct Saved {
        QString id;
        bool shown, expanded, pinned;
    };
    std::vector<Saved> saved(count);
    for (Saved &s : saved)
        in >> s.id >> s.shown >> s.expanded >> s.pinned;
    QByteArray stack;
    QByteArray pinned;
    in >> stack >> pinned;
    if (in.status() != QDataStream::Ok)
        return false;
    bool sameTracks = saved.size() == m_tracks.size();
    for (const Saved &s : saved) {
        Track *track = find(s.id);
        sameTracks = sameTracks && track;
        if (!track)
            continue;
        setTrackShown(s.id, s.shown);
        track->setExpanded(s.expanded);
        track->setPinned(s.pinned);
    }
    if (sameTracks) { // sizes go by position, so only with the very same list
        m_stack->restoreState(stack);
        m_pinned->restoreState(pinned);
    }
    updateHeights();
    return true;
}

void TracksArea::resetLayout()
{
    QList<int> sizes;
    for (Track *track : m_tracks) {
        track->setPinned(false);
        track->setWantsRoom(false);
        track->setExpanded(!track->startsFolded());
        setTrackShown(track->id(), true);
        sizes += track->startsFolded() ? Theme::px(kHeadHeight) : 10 * track->usualHeight(); // shares of all room
    }
    sizes += 0;
    m_stack->setSizes(sizes);
}

} // namespace halfopen
