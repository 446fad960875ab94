// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/completion_popup.h"

#include "ui/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QScreen>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace halfopen {
namespace {

constexpr int kRowsMax = 9;
constexpr double kWidth = 420; ///< logical pixels

/// The word at the left, its hint at the right.
class WordDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Theme::of(option.widget);
        const bool isChosen = option.state & QStyle::State_Selected;
        QColor background = theme.accent;
        background.setAlphaF(0.28F);
        if (isChosen)
            painter->fillRect(option.rect, background);
        const QRect room = option.rect.adjusted(Theme::px(6), 0, -Theme::px(6), 0);
        const QString word = index.data().toString();
        painter->setFont(Theme::monoFont());
        painter->setPen(theme.text);
        painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter, word);
        const int used = QFontMetrics(Theme::monoFont()).horizontalAdvance(word) + Theme::px(12);
        painter->setFont(Theme::axisFont());
        painter->setPen(theme.secondary);
        const QString hint = QFontMetrics(Theme::axisFont())
                                 .elidedText(index.data(Qt::UserRole).toString(), Qt::ElideRight, room.width() - used);
        painter->drawText(room, Qt::AlignRight | Qt::AlignVCenter, hint);
    }
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {Theme::px(kWidth), Theme::px(22)};
    }
};

} // namespace

CompletionPopup::CompletionPopup(QWidget *parent) : QFrame(parent, Qt::ToolTip | Qt::FramelessWindowHint)
{
    setFocusPolicy(Qt::NoFocus);
    setAttribute(Qt::WA_ShowWithoutActivating);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    m_list = new QListWidget;
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new WordDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("Words that can stand here"));
    layout->addWidget(m_list);
    m_help = new QLabel;
    m_help->setFocusPolicy(Qt::NoFocus);
    m_help->setWordWrap(true);
    m_help->setTextFormat(Qt::PlainText);
    m_help->setMargin(Theme::px(6));
    layout->addWidget(m_help);
    connect(m_list, &QListWidget::currentRowChanged, this, &CompletionPopup::showHelp);
    connect(m_list, &QListWidget::itemClicked, this, &CompletionPopup::choose);
}

void CompletionPopup::showWords(std::vector<Completion> words, const QRect &line)
{
    m_words = std::move(words);
    m_list->clear();
    for (const Completion &each : m_words) {
        auto *item = new QListWidgetItem(each.word, m_list);
        item->setData(Qt::UserRole, each.hint);
        item->setData(Qt::AccessibleDescriptionRole, each.hint + QLatin1Char(' ') + each.help);
    }
    m_list->setFixedHeight(Theme::px(22) * std::min(int(m_words.size()), kRowsMax));
    m_list->setCurrentRow(0);
    setFixedWidth(Theme::px(kWidth) + 2);
    adjustSize();
    const QRect screen = parentWidget()->screen()->availableGeometry();
    const bool fitsBelow = line.bottom() + height() <= screen.bottom();
    move(std::max(screen.left(), std::min(line.left(), screen.right() - width())),
         fitsBelow ? line.bottom() + 1 : line.top() - height());
    show();
}

void CompletionPopup::showHelp(int row)
{
    const bool hasHelp = row >= 0 && row < int(m_words.size()) && !m_words[std::size_t(row)].help.isEmpty();
    m_help->setVisible(hasHelp);
    if (hasHelp)
        m_help->setText(m_words[std::size_t(row)].help);
    m_help->setFixedHeight(hasHelp ? m_help->heightForWidth(Theme::px(kWidth)) : 0);
    adjustSize();
}

bool CompletionPopup::handleKey(const QKeyEvent &event)
{
    if (!isVisible() || (event.modifiers() & ~Qt::KeypadModifier))
        return false;
    const auto go = [this](int rows) {
        m_list->setCurrentRow(std::clamp(m_list->currentRow() + rows, 0, m_list->count() - 1));
        return true;
    };
    switch (event.key()) {
    case Qt::Key_Up:
        return go(-1);
    case Qt::Key_Down:
        return go(1);
    case Qt::Key_PageUp:
        return go(1 - kRowsMax);
    case Qt::Key_PageDown:
        return go(kRowsMax - 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab:
        choose();
        return true;
    case Qt::Key_Escape:
        hide();
        return true;
    default:
        return false;
    }
}

void CompletionPopup::choose()
{
    const QListWidgetItem *item = m_list->currentItem();
    hide();
    if (item)
        emit chosen(item->text());
}

void CompletionPopup::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.raised);
    painter.setPen(theme.divider);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace halfopen
