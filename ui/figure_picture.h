// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenario.h"
#include "ui/models/file_difference.h"
#include "ui/models/record_ptr.h"
#include "ui/views/figure.h"

#include <QPalette>
#include <QPointer>
#include <QRect>
#include <QSize>
#include <QString>
#include <QStringList>

#include <vector>

class QAbstractScrollArea;
class QPainter;
class QScrollBar;
class QWidget;

namespace halfopen {

class View;

/// What stands above a figure, and in which theme it is drawn.
struct FigureHead {
    QString title;     ///< of the view
    QString scenario;  ///< its name
    QStringList facts; ///< one line, smaller: seed, version, what was tuned
    bool isDark = false;
};

/// The head of a figure of \a record, which may be null: its scenario, file, seed, version, and what was tuned, that is in
/// what it is not what the scenario's file has now; or had, by \a known, when it cannot be read any more.
FigureHead figureHead(const QString &title, const RecordPtr &record, const FileAsRead &known = {});
/// Of many runs of \a scenario.
FigureHead figureHead(const QString &title, const Scenario &scenario, const FileAsRead &known = {});

/// Makes a view a figure while it lives: as wide as a page, as high as its contents want, without controls, scroll bars,
/// focus and hints, and afterwards puts everything back. Nothing of it gets to the screen as long as no events are
/// processed in between.
class FigurePicture {
public:
    FigurePicture(View *view, const FigureHead &head);
    ~FigurePicture();
    FigurePicture(const FigurePicture &) = delete;
    FigurePicture &operator=(const FigurePicture &) = delete;

    /// Logical pixels, head included.
    QSize size() const;
    void paint(QPainter &painter);

private:
    void hideControls();
    void growTo(QSize size);
    void settle();
    void settleScenes();
    void drawUnseen();
    int hiddenHeight() const;
    int headHeight() const;

    struct Scrolled {
        QPointer<QScrollBar> bar;
        int value;
    };
    struct Area {
        QPointer<QAbstractScrollArea> area;
        Qt::ScrollBarPolicy horizontal;
        Qt::ScrollBarPolicy vertical;
    };

    FigureMode m_mode;
    View *m_view;
    FigureHead m_head;
    QRect m_geometry;
    QPalette m_palette;
    bool m_hadPalette = false;
    bool m_isTinted = false;
    QPointer<QWidget> m_focus;
    std::vector<QPointer<QWidget>> m_hidden;
    std::vector<Scrolled> m_scrolled;
    std::vector<Area> m_areas;
};

} // namespace halfopen
