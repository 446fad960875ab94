// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/geometry/cell_layout.h"
#include "ui/geometry/value_axis.h"
#include "ui/models/study_picture.h"
#include "ui/theme.h"

#include <QWidget>

#include <cstddef>
#include <optional>
#include <variant>

class QPainter;

namespace halfopen {

/// Draws what a study found: a heatmap, a line with its band, or two metrics against each other. One combination is
/// selected, by click or with the arrow keys; Enter or a click opens it. Where marks of several lie at the same place,
/// each click selects the next of them, and Enter opens it.
class StudyChart : public QWidget {
    Q_OBJECT
public:
    explicit StudyChart(QWidget *parent = nullptr);

    void setPicture(StudyGrid grid);
    void setPicture(StudyLine line);
    void setPicture(StudyScatter scatter);
    /// \a sentence in the middle instead of a picture.
    void setEmpty(const QString &sentence);

    /// Index of a combination.
    std::optional<std::size_t> selected() const { return m_selected; }
    void setSelected(std::optional<std::size_t> index);
    /// Under the pointer, or else selected.
    std::optional<std::size_t> told() const { return m_hovered ? m_hovered : m_selected; }
    /// The words for a combination, or empty.
    QString detail(std::size_t index) const;
    /// Where a combination is drawn: to click at it.
    std::optional<QPoint> placeOf(std::size_t index) const;
    /// Where along x the value in force is marked, if it is in the picture.
    std::optional<double> presentX() const;
    /// "8 of 25 visible: the others lie at the same places"; empty when every mark has a place of its own.
    QString hiddenText() const;

    QSize sizeHint() const override;

signals:
    /// The user wants to see the run of this combination.
    void picked(std::size_t index);
    /// told() or its words, or selected(), have changed.
    void toldChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    std::size_t count() const;
    std::size_t columns() const;
    QRectF plot() const;
    CellLayout cells() const;
    std::optional<std::size_t> indexAt(QPointF at) const;
    double lineX(std::size_t index) const;
    /// Of a line or of two metrics against each other.
    const StudyScale &yScale() const;
    ValueAxis yAxis(const StudyScale &scale) const;
    double scatterX(double value) const;
    /// Of the points of two metrics against each other, to the pixel.
    std::vector<QPoint> scatterPlaces() const;
    /// The combinations whose marks lie where that of \a index does, itself among them; in other pictures none.
    std::vector<std::size_t> stackOf(std::size_t index) const;
    void move(int columnStep, int rowStep);
    void moveInScatter(int step);
    void select(std::optional<std::size_t> index);
    void tellOnChange();

    void paintGrid(QPainter &painter, const Theme &theme) const;
    void paintCell(QPainter &painter, const Theme &theme, const QRectF &rect, const StudyCell &cell) const;
    void paintPresent(QPainter &painter, const Theme &theme) const;
    void paintRamp(QPainter &painter, const Theme &theme) const;
    void paintLine(QPainter &painter, const Theme &theme) const;
    void paintScatter(QPainter &painter, const Theme &theme) const;
    void paintColumnLabels(QPainter &painter, const Theme &theme, const QStringList &labels, const QString &title) const;
    void paintLineLabels(QPainter &painter, const Theme &theme) const;
    void paintYScale(QPainter &painter, const Theme &theme, const StudyScale &scale, const QString &note) const;
    void paintXTitle(QPainter &painter, const QString &title) const;
    void paintYTitle(QPainter &painter, const Theme &theme, const QString &title) const;

    std::variant<std::monostate, StudyGrid, StudyLine, StudyScatter> m_picture;
    QString m_sentence;
    std::optional<std::size_t> m_selected;
    std::optional<std::size_t> m_hovered;
    QString m_told;
};

} // namespace halfopen
