// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/spoken_chart.h"

#include <QAccessibleWidget>
#include <QWidget>

namespace halfopen {
namespace {

class AccessibleChart final : public QAccessibleWidget {
public:
    explicit AccessibleChart(QWidget *widget) : QAccessibleWidget(widget) {}

    QAccessible::Role role() const override
    {
        const SpokenChart *chart = spokenChart();
        return chart ? chart->spokenRole() : QAccessible::Client;
    }
    QString text(QAccessible::Text what) const override
    {
        const SpokenChart *chart = spokenChart();
        if (chart && what == QAccessible::Value)
            return chart->spoken();
        const QString text = QAccessibleWidget::text(what);
        if (!chart || what != QAccessible::Description)
            return text;
        // Few readers ask a chart for its value; all of them read the description.
        return (text + (text.isEmpty() || text.endsWith(QLatin1Char('.')) ? QStringLiteral(" ") : QStringLiteral(". ")) + chart->spoken()).trimmed();
    }

private:
    const SpokenChart *spokenChart() const { return dynamic_cast<const SpokenChart *>(widget()); }
};

class AccessibleText final : public QAccessibleWidget {
public:
    explicit AccessibleText(QWidget *widget) : QAccessibleWidget(widget, QAccessible::StaticText) {}

    QString text(QAccessible::Text what) const override
    {
        const auto *said = dynamic_cast<const SpokenText *>(widget());
        const bool isNamed = !widget()->accessibleName().isEmpty();
        return said && what == (isNamed ? QAccessible::Description : QAccessible::Name) ? said->spokenText() : QAccessibleWidget::text(what);
    }
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *widget = qobject_cast<QWidget *>(object);
    if (widget && dynamic_cast<SpokenChart *>(widget))
        return new AccessibleChart(widget);
    return widget && dynamic_cast<SpokenText *>(widget) ? new AccessibleText(widget) : nullptr;
}

} // namespace

void installSpokenCharts()
{
    QAccessible::installFactory(makeInterface); // not twice: it takes care of that
}

} // namespace halfopen
