// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>
#include <QWidget>

#include <vector>

namespace halfopen {

/// A legend that is also a table: per row a swatch, a label and two right-aligned columns.
class LegendPanel : public QWidget {
    Q_OBJECT
public:
    enum class Swatch { Fill, Line, DashedLine, None };
    struct Row {
        Swatch swatch = Swatch::Fill;
        QColor color;
        Qt::BrushStyle pattern = Qt::SolidPattern;
        QString label;
        QString first;            ///< for example a count
        QString second;           ///< for example a share
        bool startsGroup = false; ///< some air above
        friend bool operator==(const Row &, const Row &) = default;
    };

    explicit LegendPanel(QWidget *parent = nullptr);
    /// \a title says what the numbers are about: "selection", "visible range".
    void setContents(const QString &title, std::vector<Row> rows);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return QSize(0, sizeHint().height()); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QString lineAt(double at) const;
    double lineHeight() const;
    double headRoom() const;
    double groupRoom() const;
    double wantedHeight() const;
    /// Tight, where that saves the scrolling.
    void fit();

    QString m_title;
    std::vector<Row> m_rows;
    bool m_isTight = false;
};

} // namespace halfopen
