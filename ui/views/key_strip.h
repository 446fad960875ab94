// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>
#include <QWidget>

#include <vector>

namespace halfopen {

/// The key of a chart in one line: swatches with their labels.
class KeyStrip : public QWidget {
    Q_OBJECT
public:
    struct Key {
        QColor color;
        QString label;
        bool isLine = true;
        bool isDashed = false;
        bool isOptional = false; ///< said elsewhere, too: it is left out where there is no room
        friend bool operator==(const Key &, const Key &) = default;
    };
    explicit KeyStrip(QWidget *parent = nullptr);
    void setKeys(std::vector<Key> keys);
    QSize sizeHint() const override;
    /// Without the optional ones.
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    static double widthOf(const Key &key);
    QSize sizeOfKeys(bool withOptional) const;

    std::vector<Key> m_keys;
};

} // namespace halfopen
