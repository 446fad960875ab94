// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/tuning_panel.h"

#include "core/scenario/other_calls.h"
#include "ui/button_look.h"
#include "ui/icons.h"
#include "ui/models/file_difference.h"
#include "ui/models/tuning_model.h"
#include "ui/theme.h"
#include "ui/tuning/layer_group.h"
#include "ui/tuning/setting_row.h"

#include <QAction>
#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QToolButton>
#include <QUndoStack>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace halfopen {
namespace {

constexpr std::size_t kLayersAtOnce = 40;      ///< a world with more is large: its layers begin folded
constexpr std::ptrdiff_t kFoundShownMost = 10; ///< layers of a large world that a filter opens: more take long to make
constexpr qsizetype kUsersNamedMost = 12;      ///< of the calls through a stack

std::string pathOf(const Scenario *scenario)
{
    return scenario ? scenario->path : std::string();
}

} // namespace

TuningPanel::TuningPanel(TuningModel *model, QWidget *parent) : QWidget(parent), m_model(model)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Theme::gap(), 0, 0);
    layout->setSpacing(Theme::gap());
    m_head = new QVBoxLayout;
    m_head->setContentsMargins(Theme::gap(), 0, Theme::gap(), 0);
    m_head->setSpacing(Theme::gap());
    auto *head = new QHBoxLayout;
    m_filter = new QLineEdit;
    m_filter->setPlaceholderText(tr("Filter settings"));
    m_filter->setAccessibleName(tr("Filter settings"));
    m_filter->setClearButtonEnabled(true);
    head->addWidget(m_filter, 1);
    m_changed = new QToolButton;
    m_changed->setFont(Theme::axisFont());
    m_changed->setToolTip(tr("Show the changed settings only, or again what was shown before"));
    m_changed->setAutoRaise(true);
    m_changed->setFocusPolicy(Qt::TabFocus);
    head->addWidget(m_changed);
    m_resetAll = new QToolButton;
    m_resetAll->setIcon(themedIcon(QStringLiteral("reset")));
    m_resetAll->setToolTip(tr("Reset all settings to the scenario's"));
    m_resetAll->setAccessibleName(m_resetAll->toolTip());
    m_resetAll->setAutoRaise(true);
    m_resetAll->setFocusPolicy(Qt::TabFocus);
    head->addWidget(m_resetAll);
    m_head->addLayout(head);
    m_world = new QLabel;
    m_world->setObjectName(QStringLiteral("other_world"));
    m_world->setFont(Theme::axisFont());
    m_world->setWordWrap(true);
    m_world->setTextFormat(Qt::PlainText);
    m_world->hide();
    m_head->addWidget(m_world);
    layout->addLayout(m_head);
    m_empty = new QLabel(tr("The settings of the scenario's policies appear here."));
    m_empty->setWordWrap(true);
    m_empty->setMargin(Theme::padding());
    m_empty->setAlignment(Qt::AlignTop);
    layout->addWidget(m_empty);
    m_scroll = new QScrollArea;
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    layout->addWidget(m_scroll, 1);

    m_more.setSingleShot(true);
    m_more.setInterval(0);
    connect(&m_more, &QTimer::timeout, this, [this] { addMoreStacks(false); });
    m_refilter.setSingleShot(true);
    m_refilter.setInterval(0);
    connect(&m_refilter, &QTimer::timeout, this, &TuningPanel::applyFilter);
    connect(m_filter, &QLineEdit::textChanged, this, &TuningPanel::applyFilter);
    connect(m_changed, &QToolButton::clicked, this, [this] {
        const bool wasOnlyChanged = isOnlyChanged();
        const QString before = std::exchange(m_filterBefore, wasOnlyChanged ? QString() : m_filter->text());
        m_filter->setText(wasOnlyChanged ? before : changedFilter());
    });
    connect(m_resetAll, &QToolButton::clicked, model, &TuningModel::resetAll);
    connect(model, &TuningModel::rowsReset, this, &TuningPanel::rebuild);
    connect(model, &TuningModel::rowChanged, this, &TuningPanel::showRow);
    connect(model, &TuningModel::changedCountChanged, this, &TuningPanel::showChangedCount);
    // What was refused is not waited for: whatever comes next ends it.
    connect(m_filter, &QLineEdit::textChanged, this, &TuningPanel::forgetRefusals);
    connect(model->undoStack(), &QUndoStack::indexChanged, this, &TuningPanel::forgetRefusals);
    connect(model, &TuningModel::scenarioChanged, this, &TuningPanel::forgetRefusals);
    // Saved under another name it is the same scenario: what is looked for in it stays.
    connect(model, &TuningModel::scenarioChanged, this, [this] { m_path = pathOf(m_model->scenario().get()); });
    rebuild();
    showChangedCount(model->changedCount());
}

void TuningPanel::setModes(QAction *fromNowOn, QAction *whatIf)
{
    auto *line = new QHBoxLayout;
    line->setSpacing(0);
    for (QAction *action : {fromNowOn, whatIf}) {
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(action->text());
        // Fusion's sunken grey does not say which of the two is chosen.
        setButtonLook(button, ButtonLook::Choice);
        line->addWidget(button);
    }
    m_head->insertLayout(0, line);
    QWidget *before = line->itemAt(0)->widget(); // Tab goes as they stand
    for (QWidget *next : {line->itemAt(1)->widget(), static_cast<QWidget *>(m_filter), static_cast<QWidget *>(m_changed),
                          static_cast<QWidget *>(m_resetAll)}) {
        QWidget::setTabOrder(before, next);
        before = next;
    }
    followTabs(0);
}

QString TuningPanel::changedFilter()
{
    return tr("@changed");
}

void TuningPanel::setOtherWorld(const QString &text, const QString &more)
{
    m_world->setText(text);
    m_world->setToolTip(more);
    m_world->setAccessibleName(text);
    m_world->setVisible(!text.isEmpty());
}

QString TuningPanel::usersOf(std::size_t stack) const
{
    const std::string &name = m_model->scenario()->stacks[stack].name;
    QStringList users;
    const auto placeOf = [](const std::string &to, const std::string &endpoint) {
        return QString::fromStdString(endpoint.empty() ? to : to + '/' + endpoint);
    };
    const auto collect = [&](const std::string &from, const std::vector<CallSpec> &calls) {
        for (const CallSpec &call : calls) {
            if (call.policies == name)
                users += QStringLiteral("%1 → %2").arg(QString::fromStdString(from), placeOf(call.to, call.endpoint));
            for (const OtherCall &other : otherCallsOf(*m_model->scenario(), call.policies)) {
                if (other.policies == name)
                    users += tr("%1 → %2 instead of %3").arg(QString::fromStdString(from), QString::fromStdString(other.to),
                                                             placeOf(call.to, call.endpoint));
            }
        }
    };
    for (const ClientSpec &client : m_model->scenario()->clients)
        collect(client.name, client.calls);
    for (const ServiceSpec &service : m_model->scenario()->services)
        collect(service.name, service.calls);
    users.removeDuplicates();
    // In a world of 200 services a stack may be that of all their calls: nobody reads that many, and breaking them into
    // lines takes time.
    return users.isEmpty() ? tr("not used") : firstOf(users, kUsersNamedMost);
}

bool TuningPanel::isLarge() const
{
    return m_model->layers().size() > kLayersAtOnce;
}

/// Some stacks of a large world, or all of them; the window answers before the rest follows. They come in a widget of their
/// own: in one that is seen already, each would have all of them laid out again.
QWidget *TuningPanel::addStacks(bool all)
{
    auto *slice = new QWidget;
    auto *layout = new QVBoxLayout(slice);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    const std::size_t stacks = m_model->scenario() ? m_model->scenario()->stacks.size() : 0;
    QElapsedTimer spent;
    spent.start();
    const auto isTimeLeft = [&] { return all || !isLarge() || layout->isEmpty() || spent.elapsed() < m_slice.count(); };
    while (m_stackTitles.size() < stacks && isTimeLeft())
        addStack(m_stackTitles.size(), layout);
    m_stacks->addWidget(slice);
    if (m_stackTitles.size() < stacks)
        m_more.start();
    else
        m_more.stop();
    return slice;
}

void TuningPanel::addMoreStacks(bool all)
{
    const std::size_t before = m_groups.size();
    QWidget *slice = addStacks(all);
    followTabs(before);
    if (!m_filter->text().isEmpty())
        applyFilter();
    slice->show();
}

/// Tab goes through the layers in their places, from \a group on: new in the window, they would come after all else.
void TuningPanel::followTabs(std::size_t group)
{
    for (; group < m_groups.size(); ++group)
        m_groups[group]->followInTabOrder(group == 0 ? m_resetAll : m_groups[group - 1]->lastTabStop());
}

void TuningPanel::addStack(std::size_t stack, QVBoxLayout *layout)
{
    const QString name = QString::fromStdString(m_model->scenario()->stacks[stack].name);
    auto *title = new QLabel(QStringLiteral("<span style='font-weight:600'>%1</span><br>"
                                            "<span style='font-size:%3px'>%2</span>")
                                 .arg(name.toHtmlEscaped(), usersOf(stack).toHtmlEscaped())
                                 .arg(Theme::px(12)));
    title->setContentsMargins(Theme::padding(), Theme::gap(), Theme::padding(), Theme::px(4));
    title->setWordWrap(true);
    title->setToolTip(tr("The stack %1, outermost policy first").arg(name));
    layout->addWidget(title);
    m_stackTitles.push_back(title);
    for (std::size_t i = 0; i < m_model->layers().size(); ++i) {
        const TuningModel::Layer &layer = m_model->layers()[i];
        if (layer.stack != stack)
            continue;
        const QString key = QStringLiteral("%1.%2").arg(name).arg(layer.layer);
        auto *group = new LayerGroup(m_model, int(i), m_expanded.value(key, !isLarge()));
        connect(group, &LayerGroup::expandedChanged, this, [this, key](bool expanded) { m_expanded[key] = expanded; });
        connect(group, &LayerGroup::helpRequested, this, &TuningPanel::helpRequested);
        connect(group, &LayerGroup::studyRequested, this, &TuningPanel::studyRequested);
        connect(group, &LayerGroup::valueEntered, this, &TuningPanel::valueEntered);
        layout->addWidget(group);
        m_groups.push_back(group);
    }
}

void TuningPanel::rebuild()
{
    m_groups.clear(); // the rows that they show are gone
    m_stackTitles.clear();
    const std::string path = pathOf(m_model->scenario().get());
    if (std::exchange(m_path, path) != path) {
        // What was looked for in one scenario would hide the settings of another, and look like a scenario without them.
        m_filter->clear();
        m_filterBefore.clear();
        m_expanded.clear();
    }
    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, Theme::px(4), Theme::padding());
    layout->setSpacing(0);
    m_stacks = new QVBoxLayout;
    m_stacks->setSpacing(0);
    layout->addLayout(m_stacks);
    layout->addStretch(1);
    addStacks(false);
    m_scroll->setWidget(body); // deletes the one before
    followTabs(0);
    m_filter->setEnabled(!m_model->layers().empty());
    applyFilter();
}

bool TuningPanel::isOnlyChanged() const
{
    return m_filter->text().trimmed() == changedFilter();
}

void TuningPanel::applyFilter()
{
    m_refilter.stop();
    // What a setting is called comes first: many a help text speaks of another setting.
    const QString text = m_filter->text().trimmed();
    const bool onlyChanged = isOnlyChanged();
    const bool inHelp = !onlyChanged && std::none_of(m_groups.begin(), m_groups.end(),
                                     [&text](const LayerGroup *group) { return group->isNamed(text); });
    // Each that comes into view would have the others laid out again.
    const auto setLaidOut = [this](bool isLaidOut) {
        for (int i = 0; i < m_stacks->count(); ++i)
            m_stacks->itemAt(i)->widget()->layout()->setEnabled(isLaidOut);
        m_scroll->widget()->layout()->setEnabled(isLaidOut);
    };
    setLaidOut(false);
    for (LayerGroup *group : m_groups)
        group->setFilter(onlyChanged ? QString() : text, inHelp, onlyChanged);
    const auto found = std::count_if(m_groups.begin(), m_groups.end(),
                                     [](const LayerGroup *group) { return !group->isHidden(); });
    const bool isMoreToCome = m_more.isActive();
    for (LayerGroup *group : m_groups)
        group->setFoundShown(!isLarge() || (!isMoreToCome && found <= kFoundShownMost));
    bool isAny = isMoreToCome;
    for (std::size_t s = 0; s < m_stackTitles.size(); ++s) {
        bool any = false;
        for (std::size_t i = 0; i < m_groups.size(); ++i)
            any = any || (m_model->layers()[i].stack == s && !m_groups[i]->isHidden());
        m_stackTitles[s]->setVisible(any);
        isAny = isAny || any;
    }
    setLaidOut(true);
    m_empty->setText(!m_model->scenario()        ? tr("The settings of the scenario's policies appear here.")
                     : m_model->layers().empty() ? tr("This scenario has no policies to tune.")
                     : onlyChanged               ? tr("No setting is changed.")
                                                 : tr("No setting has “%1” in its name or its help.").arg(text));
    m_empty->setVisible(!isAny);
    m_scroll->setVisible(isAny);
    showChangedCount(m_model->changedCount());
}

SettingRow *TuningPanel::row(const QString &path)
{
    const std::optional<int> index = m_model->find(path);
    if (!index)
        return nullptr;
    const TuningModel::Row &row = m_model->row(*index);
    const int first = m_model->layers()[std::size_t(row.layer)].rowFirst;
    if (std::size_t(row.layer) >= m_groups.size())
        addMoreStacks(true);
    return m_groups[std::size_t(row.layer)]->rows()[std::size_t(*index - first)];
}

void TuningPanel::showRow(int index)
{
    const std::size_t layer = std::size_t(m_model->row(index).layer);
    if (layer >= m_groups.size())
        return; // not made yet
    if (isOnlyChanged() && m_groups[layer]->isListedWrongly(index)) // its own reset button has the focus until it is refreshed
        m_refilter.start();
    if (const auto &rows = m_groups[layer]->madeRows(); !rows.empty())
        rows[std::size_t(index - m_model->layers()[layer].rowFirst)]->refresh();
    m_groups[layer]->showChangedCount();
}

void TuningPanel::showRefusal(const QString &path, const QString &message)
{
    if (SettingRow *refused = row(path)) {
        refused->showError(message);
        m_groups[std::size_t(m_model->row(refused->index()).layer)]->setExpanded(true);
    }
}

void TuningPanel::forgetRefusals()
{
    for (const LayerGroup *group : m_groups) {
        for (SettingRow *row : group->madeRows()) {
            if (!row->error().isEmpty())
                row->refresh();
        }
    }
}

void TuningPanel::showChangedCount(int count)
{
    int hidden = 0;
    for (const LayerGroup *group : m_groups)
        hidden += group->hiddenChanges();
    m_changed->setText(hidden > 0 ? tr("%n changed, %1 hidden", nullptr, count).arg(hidden) : tr("%n changed", nullptr, count));
    m_changed->setAccessibleName(m_changed->text());
    m_changed->setVisible(count > 0);
    m_resetAll->setEnabled(count > 0);
}

} // namespace halfopen
