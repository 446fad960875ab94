// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/record_ptr.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QWidget>

#include <span>
#include <vector>

class QLabel;
class QScrollArea;
class QSplitter;
class QToolButton;

namespace halfopen {

class ElidedLabel;
class TimeAxisModel;
class View;
struct ViewType;

/// A view with a title above it that folds it away, or pins it above the others. The values at the cursor stand beside the
/// title.
class Track : public QWidget {
    Q_OBJECT
public:
    Track(const ViewType &type, TimeAxisModel *axis, QWidget *parent = nullptr);

    QString id() const { return m_id; }
    QString title() const;
    View *view() const { return m_view; }
    bool startsFolded() const { return m_startsFolded; }
    bool isExpanded() const { return m_expanded; }
    void setExpanded(bool expanded);
    bool isPinned() const { return m_pinned; }
    void setPinned(bool pinned);
    /// What it gets when it is opened, head included; the user may make it lower.
    int usualHeight() const;
    /// With less than this, all tracks scroll instead. Those that are open from the start are in view together in a small
    /// window until one of them has more to say.
    int neededHeight() const;
    /// Whether its view has once asked for its usual height: it keeps that.
    bool wantsRoom() const { return m_wantsRoom; }
    void setWantsRoom(bool wants) { m_wantsRoom = wants; }

signals:
    void expandedChanged(bool expanded);
    void pinnedChanged(bool pinned);
    void closeRequested();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *buildHead(const ViewType &type);
    void tint();

    QString m_id;
    int m_height; ///< of its type
    bool m_startsFolded;
    bool m_wantsRoom = false;
    View *m_view = nullptr;
    QWidget *m_head = nullptr;
    QToolButton *m_title = nullptr;
    ElidedLabel *m_reading = nullptr;
    QToolButton *m_pin = nullptr;
    bool m_expanded = true;
    bool m_pinned = false;
};

/// The views of a run, one below the other over one time axis. Pinned ones stay on top while the rest scrolls.
class TracksArea : public QWidget {
    Q_OBJECT
public:
    TracksArea(std::span<const ViewType> types, TimeAxisModel *axis, QWidget *parent = nullptr);

    const std::vector<Track *> &tracks() const { return m_tracks; }
    Track *find(const QString &id) const;
    void setRecord(const RecordPtr &record);
    /// The run to compare with; null = none.
    void setGhost(const RecordPtr &record);

    /// Order, sizes, what is folded, pinned and closed, for a saved layout.
    QByteArray saveLayout() const;
    /// The heights of the tracks and where the column is scrolled to, to the pixel, for a way back within this window.
    QByteArray saveHeights() const;
    void restoreHeights(const QByteArray &heights);
    /// False, and nothing changed, if \a layout is not one of ours. Views it does not know keep their place.
    bool restoreLayout(const QByteArray &layout);
    void resetLayout();
    /// Takes over a new scale of the theme; called by itself whenever a track opens, folds, hides or is pinned.
    void updateHeights();
    void setTrackShown(const QString &id, bool shown);
    void scrollToTop();
    /// Opens the track and scrolls to it.
    void reveal(const QString &id);

signals:
    void trackShownChanged(const QString &id, bool shown);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place(Track *track);
    void updateLeastWidth();
    void forgetPointer();
    /// A track that was opened gets its height, from its neighbours or by scrolling.
    void giveRoom(Track *track);
    /// The first time that its view asks, the track grows downwards to its usual height: what was clicked stays where it is.
    void growOnce(Track *track);
    /// What lies below the last track is for those that are open, while any is.
    void takeFreeRoom();
    QSplitter *makeSplitter();

    std::vector<Track *> m_tracks;
    QSplitter *m_pinned = nullptr;
    QSplitter *m_stack = nullptr;
    QScrollArea *m_scroll = nullptr;
};

} // namespace halfopen
