// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/layer_group.h"

#include "ui/help/help_property.h"
#include "ui/models/help_library.h"
#include "ui/models/schema_text.h"
#include "ui/models/tuning_model.h"
#include "ui/theme.h"
#include "ui/tuning/setting_row.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace halfopen {
namespace {

std::vector<QWidget *> tabStopsIn(const QWidget *area)
{
    std::vector<QWidget *> stops;
    for (QWidget *widget : area->findChildren<QWidget *>()) {
        if ((widget->focusPolicy() & Qt::TabFocus) && widget->window() == area->window()) // not in a list of choices
            stops.push_back(widget);
    }
    return stops;
}

/// A widget that is new in its window is the last that Tab gets to, wherever it stands.
void chainTabStops(QWidget *before, const QWidget *area)
{
    for (QWidget *stop : tabStopsIn(area)) {
        QWidget::setTabOrder(before, stop);
        before = stop;
    }
}

} // namespace

LayerGroup::LayerGroup(TuningModel *model, int layer, bool isExpanded, QWidget *parent)
    : QWidget(parent), m_model(model), m_layer(layer), m_expanded(isExpanded)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildTitle());
    m_body = new QWidget;
    layout->addWidget(m_body);
    if (m_expanded)
        addRows(m_body);
    tint();
    showChangedCount();
    showBody();
}

QWidget *LayerGroup::buildTitle()
{
    const TuningModel::Layer &layer = m_model->layers()[std::size_t(m_layer)];
    auto *bar = new QWidget;
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, Theme::px(4), 0);
    m_title = new QToolButton;
    m_title->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_title->setAutoRaise(true);
    m_title->setFocusPolicy(Qt::TabFocus);
    // The number is the place in the stack, counted from the outside, as in the setting's path.
    m_title->setText(tr("%1  %2").arg(layer.layer).arg(schemaText(layer.schema->title)));
    m_title->setToolTip(schemaText(layer.schema->summary));
    m_title->setAccessibleName(m_title->text());
    QFont bold = Theme::bodyFont();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_title->setMinimumWidth(1);
    layout->addWidget(m_title);
    layout->addStretch(1);
    m_changed = new QLabel;
    m_changed->setFont(Theme::axisFont());
    layout->addWidget(m_changed);
    const QString place = helpPlaceOf(*layer.schema);
    setProperty(kHelpProperty, place);
    m_help = new QToolButton;
    m_help->setText(QStringLiteral("?"));
    m_help->setAutoRaise(true);
    m_help->setFixedSize(Theme::px(20), Theme::px(20));
    m_help->setFocusPolicy(Qt::TabFocus);
    m_help->setToolTip(tr("What it does, how it helps and how it hurts  (F1)"));
    m_help->setAccessibleName(tr("Help page: %1").arg(schemaText(layer.schema->title)));
    layout->addWidget(m_help);
    connect(m_help, &QToolButton::clicked, this, [this, place] { emit helpRequested(place); });
    connect(m_title, &QToolButton::clicked, this, [this] { setExpanded(!m_expanded); });
    return bar;
}

void LayerGroup::addRows(QWidget *body)
{
    const TuningModel::Layer &layer = m_model->layers()[std::size_t(m_layer)];
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(Theme::px(4), 0, Theme::px(4), Theme::gap());
    layout->setSpacing(Theme::px(2));
    std::string_view section;
    for (int i = layer.rowFirst; i < layer.rowFirst + layer.rowCount; ++i) {
        const std::string_view key = m_model->row(i).field->key;
        const std::size_t dot = key.rfind('.');
        const std::string_view place = dot == std::string_view::npos ? std::string_view() : key.substr(0, dot);
        if (!place.empty() && place != section) {
            auto *heading = new QLabel(settingLabel(place));
            heading->setWordWrap(true);
            heading->setContentsMargins(Theme::px(12), Theme::px(6), 0, 0);
            layout->addWidget(heading);
            m_headings.push_back({heading, m_rows.size(), m_rows.size()});
        }
        section = place;
        auto *row = new SettingRow(m_model, i);
        row->setProperty(kHelpProperty, helpPlaceOf(*layer.schema, key));
        connect(row, &SettingRow::helpRequested, this, &LayerGroup::helpRequested);
        connect(row, &SettingRow::studyRequested, this, &LayerGroup::studyRequested);
        connect(row, &SettingRow::valueEntered, this, &LayerGroup::valueEntered);
        layout->addWidget(row);
        m_rows.push_back(row);
        if (!place.empty())
            m_headings.back().rowLast = m_rows.size() - 1;
    }
}

const std::vector<SettingRow *> &LayerGroup::rows()
{
    if (m_rows.empty() && m_model->layers()[std::size_t(m_layer)].rowCount > 0) {
        addRows(m_body);
        chainTabStops(m_help, m_body);
        tint();
        filterRows();
    }
    return m_rows;
}

void LayerGroup::setExpanded(bool expanded)
{
    if (m_expanded == expanded)
        return;
    m_expanded = expanded;
    if (m_expanded)
        rows();
    showBody();
    emit expandedChanged(expanded);
}

bool LayerGroup::isNamed(int row, const QString &text) const
{
    return SettingRow::isNamed(*m_model->row(row).field, text);
}

bool LayerGroup::isHelpedBy(int row, const QString &text) const
{
    return SettingRow::isHelpedBy(*m_model->row(row).field, text);
}

bool LayerGroup::isNamed(const QString &text) const
{
    const TuningModel::Layer &layer = m_model->layers()[std::size_t(m_layer)];
    bool isAny = m_title->text().contains(text, Qt::CaseInsensitive);
    for (int i = layer.rowFirst; i < layer.rowFirst + layer.rowCount && !isAny; ++i)
        isAny = isNamed(i, text);
    return isAny;
}

void LayerGroup::setFilter(const QString &text, bool inHelp, bool onlyChanged)
{
    m_filter = text.trimmed();
    m_filtersHelp = inHelp;
    const TuningModel::Layer &layer = m_model->layers()[std::size_t(m_layer)];
    const int end = layer.rowFirst + layer.rowCount;
    const std::optional<std::set<int>> before = std::exchange(m_changedFound, std::nullopt);
    if (onlyChanged) {
        m_changedFound.emplace();
        for (int i = layer.rowFirst; i < end; ++i) {
            if (m_model->isChanged(i) || (before && before->count(i) > 0 && isInUse(i)))
                m_changedFound->insert(i);
        }
    }
    bool isAny = m_filter.isEmpty() && !onlyChanged;
    for (int i = layer.rowFirst; i < end && !isAny; ++i)
        isAny = isFound(i);
    filterRows();
    setVisible(isAny);
}

bool LayerGroup::isFound(int row) const
{
    if (m_changedFound)
        return m_changedFound->count(row) > 0;
    // The name of the policy finds all of its settings.
    return m_filter.isEmpty() || m_title->text().contains(m_filter, Qt::CaseInsensitive) || isNamed(row, m_filter)
        || (m_filtersHelp && isHelpedBy(row, m_filter));
}

bool LayerGroup::isInUse(int row) const
{
    return !m_rows.empty() && m_rows[std::size_t(row - m_model->layers()[std::size_t(m_layer)].rowFirst)]->isInUse();
}

bool LayerGroup::isListedWrongly(int row) const
{
    return m_model->isChanged(row) != isFound(row) && !(isFound(row) && isInUse(row));
}

int LayerGroup::hiddenChanges() const
{
    const TuningModel::Layer &layer = m_model->layers()[std::size_t(m_layer)];
    int count = 0;
    for (int i = layer.rowFirst; i < layer.rowFirst + layer.rowCount; ++i)
        count += m_model->isChanged(i) && !isFound(i) ? 1 : 0;
    return count;
}

void LayerGroup::setFoundShown(bool shown)
{
    m_showsFound = shown && (!m_filter.isEmpty() || m_changedFound) && !isHidden();
    if (m_showsFound)
        rows();
    showBody();
}

void LayerGroup::filterRows()
{
    for (SettingRow *row : m_rows)
        row->setVisible(isFound(row->index()));
    for (const Heading &heading : m_headings) {
        bool shown = false;
        for (std::size_t i = heading.rowFirst; i <= heading.rowLast; ++i)
            shown = shown || !m_rows[i]->isHidden();
        heading.label->setVisible(shown);
    }
}

void LayerGroup::showBody()
{
    const bool open = m_expanded || m_showsFound;
    m_title->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    m_body->setVisible(open);
}

void LayerGroup::showChangedCount()
{
    const TuningModel::Layer &layer = m_model->layers()[std::size_t(m_layer)];
    int count = 0;
    for (int i = layer.rowFirst; i < layer.rowFirst + layer.rowCount; ++i)
        count += m_model->isChanged(i) ? 1 : 0;
    m_changed->setText(count > 0 ? tr("%n changed", nullptr, count) : QString());
}

void LayerGroup::followInTabOrder(QWidget *before)
{
    chainTabStops(before, this);
}

QWidget *LayerGroup::lastTabStop() const
{
    return tabStopsIn(this).back(); // its title, at least
}

void LayerGroup::tint()
{
    const Theme &theme = Theme::of(this);
    QPalette accent;
    accent.setColor(QPalette::WindowText, theme.accent);
    m_changed->setPalette(accent);
    QPalette secondary;
    secondary.setColor(QPalette::WindowText, theme.secondary);
    secondary.setColor(QPalette::ButtonText, theme.secondary);
    m_help->setPalette(secondary);
    for (const Heading &heading : m_headings)
        heading.label->setPalette(secondary);
}

void LayerGroup::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_body)
        tint();
}

} // namespace halfopen
