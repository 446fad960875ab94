// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/command_palette.h"

#include "ui/theme.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace halfopen {

namespace {

constexpr int kKeysRole = Qt::UserRole;
constexpr int kBehind = 100000; ///< farther than any fit

QString nameOf(const QAction &action)
{
    return action.text().remove(QLatin1Char('&')).remove(QChar(0x2026));
}

void collect(const QMenu *menu, const QString &above, std::vector<PaletteEntry> &entries)
{
    emit const_cast<QMenu *>(menu)->aboutToShow(); // some are filled only when they are asked for
    for (QAction *action : menu->actions()) {
        if (action->isSeparator() || !action->isVisible())
            continue;
        const QString path = above + QStringLiteral(" › ") + nameOf(*action);
        if (action->menu()) {
            collect(action->menu(), path, entries);
            continue;
        }
        if (!action->isEnabled())
            continue;
        QStringList keys;
        for (const QKeySequence &key : action->shortcuts())
            keys += key.toString(QKeySequence::NativeText);
        entries.push_back({path, keys.join(QStringLiteral(", ")), action, false});
    }
}

/// The command at the left, its keys at the right.
class EntryDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const QString keys = index.data(kKeysRole).toString();
        const bool isCurrent = option.state & QStyle::State_Selected;
        painter->save();
        painter->setFont(Theme::axisFont());
        painter->setPen(isCurrent ? option.palette.highlightedText().color() : Theme::of(option.widget).secondary);
        painter->drawText(option.rect.adjusted(0, 0, -Theme::gap(), 0), Qt::AlignRight | Qt::AlignVCenter, keys);
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QSize size = QStyledItemDelegate::sizeHint(option, index);
        size.setHeight(Theme::px(26));
        return size;
    }
};

} // namespace

std::vector<PaletteEntry> paletteEntries(const QMenuBar *bar)
{
    std::vector<PaletteEntry> entries;
    for (const QAction *top : bar->actions()) {
        if (top->menu())
            collect(top->menu(), nameOf(*top), entries);
    }
    return entries;
}

std::optional<int> paletteFit(const QString &query, const QString &text)
{
    int distance = 0;
    const QStringList words = query.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString &word : words) {
        const auto at = text.indexOf(word, 0, Qt::CaseInsensitive);
        if (at < 0)
            return std::nullopt;
        // A word's beginning anywhere is better than the middle of an earlier one.
        auto best = static_cast<int>(at) + 1000;
        for (auto from = at; from >= 0; from = text.indexOf(word, from + 1, Qt::CaseInsensitive)) {
            if (from == 0 || !text[from - 1].isLetterOrNumber()) {
                best = static_cast<int>(from);
                break;
            }
        }
        distance += best;
    }
    return distance;
}

CommandPalette::CommandPalette(std::vector<PaletteEntry> entries, QWidget *parent)
    : QDialog(parent), m_entries(std::move(entries)), m_line(new QLineEdit), m_list(new QListWidget)
{
    setObjectName(QStringLiteral("command_palette"));
    setWindowTitle(tr("Commands"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::gap(), Theme::gap(), Theme::gap(), Theme::gap());
    layout->setSpacing(Theme::gap());
    m_line->setPlaceholderText(tr("Type a part of a command, for example: next"));
    m_line->setAccessibleName(tr("Find a command"));
    m_line->setClearButtonEnabled(true);
    m_list->setAccessibleName(tr("Commands"));
    m_list->setItemDelegate(new EntryDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFocusPolicy(Qt::NoFocus); // the arrow keys reach it through the line
    layout->addWidget(m_line);
    layout->addWidget(m_list, 1);
    m_line->installEventFilter(this);
    connect(m_line, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(m_line, &QLineEdit::returnPressed, this, &CommandPalette::give);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::give);
    resize(Theme::px(520), Theme::px(380));
    fill();
    m_line->setFocus();
}

void CommandPalette::fill()
{
    std::vector<std::pair<int, std::size_t>> fitting;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        if (const auto fit = paletteFit(m_line->text(), m_entries[i].path))
            fitting.emplace_back(*fit + (m_entries[i].isReading ? kBehind : 0), i);
    }
    std::stable_sort(fitting.begin(), fitting.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    m_list->clear();
    m_shown.clear();
    for (const auto &[fit, i] : fitting) {
        auto *item = new QListWidgetItem(m_entries[i].path, m_list);
        item->setData(kKeysRole, m_entries[i].keys);
        m_shown.push_back(i);
    }
    if (m_shown.empty())
        (new QListWidgetItem(tr("No command has all of these words."), m_list))->setFlags(Qt::NoItemFlags);
    else
        m_list->setCurrentRow(0);
}

void CommandPalette::give()
{
    const int row = m_list->currentRow();
    if (row < 0 || static_cast<std::size_t>(row) >= m_shown.size())
        return;
    const QPointer<QAction> action = m_entries[m_shown[static_cast<std::size_t>(row)]].action;
    close();
    // After this dialog has gone: the command may open one of its own, or ask where the focus is.
    QMetaObject::invokeMethod(
        qApp, [action] {
            if (action)
                action->trigger();
        }, Qt::QueuedConnection);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        switch (key->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
            QApplication::sendEvent(m_list, event);
            return true;
        default:
            break;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace halfopen
