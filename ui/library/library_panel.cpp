// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/library_panel.h"

#include "ui/button_look.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/library/run_delegate.h"
#include "ui/theme.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QMenu>
#include <QPersistentModelIndex>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace halfopen {

namespace {

/// A panel as high as this has room for eight rows and for the details of one.
constexpr double kRoomy = 510;

/// As wide as its text asks for: the least width that buttons have by the style would make the panel wider.
class TightButton final : public QPushButton {
public:
    using QPushButton::QPushButton;
    QSize sizeHint() const override
    {
        const QSize wide = QPushButton::sizeHint();
        return {std::min(wide.width(), fontMetrics().horizontalAdvance(text()) + 2 * Theme::px(10)), wide.height()};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }
};

} // namespace

LibraryPanel::LibraryPanel(RunLibrary *library, QWidget *parent)
    : QWidget(parent), m_library(library), m_model(new RunListModel(library, this)), m_filter(new RunFilterModel(this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_filter->setSourceModel(m_model);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::px(4), Theme::px(4), Theme::px(4), Theme::px(4));
    layout->setSpacing(Theme::px(4));
    auto *top = new QHBoxLayout;
    m_search = new QLineEdit;
    m_search->setPlaceholderText(tr("Search runs; #tag"));
    m_search->setAccessibleName(tr("Search the kept runs"));
    m_search->setAccessibleDescription(tr("Words of name, notes, tags, file or settings; a word with # before it is a tag, or stands so in the notes"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    top->addWidget(m_search, 1);
    auto *more = new QToolButton;
    more->setText(QStringLiteral("\u22ef"));
    setButtonLook(more, ButtonLook::NoArrow); // it would be one dot more
    more->setAutoRaise(true);
    more->setFocusPolicy(Qt::TabFocus);
    more->setPopupMode(QToolButton::InstantPopup);
    more->setAccessibleName(tr("Settings of the run library"));
    more->setToolTip(more->accessibleName());
    auto *menu = new QMenu(more);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillMenu(menu); });
    more->setMenu(menu);
    top->addWidget(more);
    layout->addLayout(top);
    m_pages = new QStackedWidget;
    m_pages->addWidget(buildMessagePage());
    m_pages->addWidget(buildList());
    layout->addWidget(m_pages, 1);
    m_details = buildDetails();
    layout->addWidget(m_details);
    layout->addWidget(buildButtons());
    setFocusProxy(m_search); // always shown: a hidden proxy would end every walk with the Tab key

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setQuery(text);
        showState();
    });
    connect(library, &RunLibrary::stateChanged, this, &LibraryPanel::showState);
    connect(library, &RunLibrary::reset, this, [this] {
        showState();
        showSelection();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &LibraryPanel::showSelection);
    keepInSight();
    showState();
    showSelection();
}

QWidget *LibraryPanel::buildMessagePage()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setSpacing(Theme::padding());
    layout->addStretch();
    m_sentence = new QLabel;
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_sentence);
    m_sentenceButton = new QPushButton;
    m_sentenceButton->setAutoDefault(false);
    layout->addWidget(m_sentenceButton, 0, Qt::AlignHCenter);
    layout->addStretch();
    connect(m_sentenceButton, &QPushButton::clicked, this, [this] {
        if (m_library->state() != RunLibrary::State::Unusable)
            emit runRequested();
        else if (m_library->problem().kind == StoreError::Kind::Damaged)
            m_library->setAside();
        else
            m_library->open();
    });
    return page;
}

QWidget *LibraryPanel::buildList()
{
    m_list = new QListView;
    m_list->setAccessibleName(tr("Kept runs"));
    m_list->setModel(m_filter);
    m_list->setItemDelegate(new RunDelegate(m_list));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setResizeMode(QListView::Adjust); // a row ends where the scroll bar begins
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMinimumHeight(Theme::px(76));
    m_list->installEventFilter(this);
    connect(m_list, &QListView::activated, this, &LibraryPanel::openSelected);
    addListActions();
    return m_list;
}

/// What a right click, or the key for it, offers for the runs chosen.
void LibraryPanel::addListActions()
{
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    const auto add = [this](const QString &text, const QKeySequence &key, void (LibraryPanel::*act)()) {
        auto *action = new QAction(text, m_list);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
        action->setShortcutVisibleInContextMenu(true);
        m_list->addAction(action);
        connect(action, &QAction::triggered, this, act);
        return action;
    };
    m_doOpen = add(tr("Open"), {}, &LibraryPanel::openSelected);
    m_doCompare = add(tr("Compare"), {}, &LibraryPanel::compareSelected);
    m_doNote = add(tr("Notes and tags"), QKeySequence(Qt::Key_F2), &LibraryPanel::writeNotes);
    m_doRemove = add(tr("Delete"), QKeySequence::Delete, &LibraryPanel::removeSelected);
    m_doRemove->setAutoRepeat(false); // the next run is chosen at once: a key that is held would empty the list
    m_doUndoDelete = add(undoDeleteText(), QKeySequence(QStringLiteral("Ctrl+Z")), &LibraryPanel::undoDelete);
    m_doUndoDelete->setWhatsThis(undoDeleteText()); // for the list of keys, whatever was deleted
}

QWidget *LibraryPanel::buildDetails()
{
    auto *details = new QWidget;
    auto *layout = new QVBoxLayout(details);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::px(4));
    m_figures = new QLabel;
    m_figures->setWordWrap(true);
    m_figures->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_figures->setFont(Theme::axisFont());
    m_figures->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_figures);
    m_tags = new QLineEdit;
    m_tags->setPlaceholderText(tr("Tags"));
    m_tags->setAccessibleName(tr("Tags of the run"));
    m_tags->setToolTip(tr("Words divided by blanks. A tagged run is never dropped."));
    layout->addWidget(m_tags);
    m_notes = new QPlainTextEdit;
    m_notes->setPlaceholderText(tr("Notes"));
    m_notes->setAccessibleName(tr("Notes on the run"));
    m_notes->setTabChangesFocus(true);
    m_notes->setFixedHeight(Theme::px(52));
    layout->addWidget(m_notes);
    // With every letter: who closes the window right after typing has tagged it.
    connect(m_tags, &QLineEdit::textEdited, this, [this](const QString &text) {
        if (m_shown != 0)
            m_library->setTags(m_shown, parseTags(text));
    });
    connect(m_notes, &QPlainTextEdit::textChanged, this, [this] {
        if (m_shown != 0)
            m_library->setNotes(m_shown, m_notes->toPlainText());
    });
    return details;
}

QWidget *LibraryPanel::buildButtons()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::px(4));
    const auto add = [layout](const QString &text, const QString &description) {
        auto *button = new TightButton(text);
        button->setAutoDefault(false);
        button->setToolTip(description);
        button->setAccessibleDescription(description);
        layout->addWidget(button);
        return button;
    };
    m_open = add(tr("Open"), tr("Runs it once more from its text, seed and changes, and checks that it is the same"));
    m_compare = add(tr("Compare"), tr("Two or more chosen runs with each other, or one with the run on screen"));
    m_remove = add(tr("Delete"), tr("Takes the chosen runs out of the library; can be undone"));
    connect(m_open, &QPushButton::clicked, this, &LibraryPanel::openSelected);
    connect(m_compare, &QPushButton::clicked, this, &LibraryPanel::compareSelected);
    connect(m_remove, &QPushButton::clicked, this, &LibraryPanel::removeSelected);
    m_detailsButton = new QToolButton;
    m_detailsButton->setIcon(themedIcon(QStringLiteral("notes")));
    m_detailsButton->setCheckable(true);
    m_detailsButton->setFocusPolicy(Qt::TabFocus);
    m_detailsButton->setAccessibleName(tr("Figures, notes and tags of the run chosen"));
    m_detailsButton->setToolTip(tr("%1  (F2 in the list)").arg(m_detailsButton->accessibleName()));
    layout->addWidget(m_detailsButton);
    connect(m_detailsButton, &QToolButton::clicked, this, &LibraryPanel::chooseDetails);
    return row;
}

void LibraryPanel::setDetailsShown(std::optional<bool> shown)
{
    m_detailsChosen = shown;
    showDetails();
}

void LibraryPanel::showDetails()
{
    const bool isWanted = m_detailsChosen.value_or(height() >= Theme::px(kRoomy));
    m_detailsButton->setChecked(isWanted);
    m_details->setVisible(isWanted && m_filter->rowCount() > 0);
}

void LibraryPanel::chooseDetails(bool shown)
{
    setDetailsShown(shown);
    emit detailsChosen(shown);
    const QModelIndexList rows = m_list->selectionModel()->selectedRows();
    if (shown && !rows.isEmpty()) // once the list has the height that is left
        QTimer::singleShot(0, this, [this, row = QPersistentModelIndex(rows.front())] { m_list->scrollTo(row); });
}

void LibraryPanel::writeNotes()
{
    if (selected().size() != 1)
        return;
    if (!m_details->isVisible())
        chooseDetails(true);
    m_notes->setFocus(Qt::ShortcutFocusReason);
}

void LibraryPanel::fillMenu(QMenu *menu)
{
    menu->clear();
    menu->addSection(tr("Untagged runs kept at most"));
    auto *group = new QActionGroup(menu);
    for (const int count : {50, 100, 500, 2000, 10000}) {
        QAction *action = menu->addAction(QLocale().toString(count));
        action->setCheckable(true);
        action->setChecked(count == m_library->untaggedMax());
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, count] { emit untaggedMaxChosen(count); });
    }
    menu->addSeparator();
    QAction *back = menu->addAction(undoDeleteText());
    back->setEnabled(!m_library->removedLast().empty());
    connect(back, &QAction::triggered, this, &LibraryPanel::undoDelete);
    QAction *all = menu->addAction(tr("Select all runs shown"));
    connect(all, &QAction::triggered, m_list, &QListView::selectAll);
}

/// Runs that come and go above it do not push the chosen one out of sight.
void LibraryPanel::keepInSight()
{
    const auto chosen = [this] {
        const QModelIndexList rows = m_list->selectionModel()->selectedRows();
        return rows.isEmpty() ? QModelIndex() : rows.front();
    };
    const auto before = [this, chosen] {
        m_wasInSight = chosen().isValid() && m_list->viewport()->rect().intersects(m_list->visualRect(chosen()));
    };
    const auto after = [this, chosen] {
        if (m_wasInSight && chosen().isValid())
            m_list->scrollTo(chosen());
    };
    connect(m_filter, &QAbstractItemModel::rowsAboutToBeInserted, this, before);
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, after, Qt::QueuedConnection); // once the view has them, too
    connect(m_filter, &QAbstractItemModel::layoutAboutToBeChanged, this, before);
    connect(m_filter, &QAbstractItemModel::layoutChanged, this, after, Qt::QueuedConnection);
}

void LibraryPanel::fitDetails()
{
    KeptRun longest;
    longest.goodput = 0.999;
    longest.p99 = std::chrono::milliseconds(12340);
    longest.trips = 1234;
    longest.amplification = 12.34;
    const QFontMetrics metrics(Theme::axisFont());
    const QRect room(0, 0, std::max(1, width() - 2 * Theme::px(4)), QWIDGETSIZE_MAX);
    m_figures->setMinimumHeight(metrics.boundingRect(room, Qt::TextWordWrap, figuresText(longest)).height());
}

void LibraryPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitDetails();
    showDetails();
}

/// With the focus in the library Ctrl+Z brings back what was deleted, and means the window's undo once nothing is left.
bool LibraryPanel::event(QEvent *event)
{
    const bool isAsked = event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Undo);
    if (isAsked && !m_library->removedLast().empty()) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void LibraryPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Undo))
        undoDelete();
    else
        QWidget::keyPressEvent(event);
}

/// The search and the list are one column for the arrow keys.
bool LibraryPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::ShortcutOverride && !m_search->isUndoAvailable()
        && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Undo)) {
        event->ignore(); // as a field to type in, it would keep the key from the window
        return true;
    }
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto &key = *static_cast<QKeyEvent *>(event);
    const bool isPlain = !(key.modifiers() & ~Qt::KeypadModifier);
    if (watched == m_search) {
        if (key.matches(QKeySequence::Undo) && !m_search->isUndoAvailable()) {
            undoDelete();
            return true;
        }
        if (key.key() == Qt::Key_Down && isPlain && m_filter->rowCount() > 0) {
            m_list->setFocus(Qt::OtherFocusReason);
            if (!m_list->currentIndex().isValid() || selected().empty())
                m_list->setCurrentIndex(m_filter->index(0, 0));
            return true;
        }
    } else if (watched == m_list && key.key() == Qt::Key_Up && isPlain && m_list->currentIndex().row() <= 0) {
        m_search->setFocus(Qt::OtherFocusReason);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void LibraryPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_figures)
        fitDetails();
}

void LibraryPanel::showState()
{
    const bool isEmpty = m_filter->rowCount() == 0;
    showDetails();
    m_pages->setCurrentIndex(isEmpty ? 0 : 1);
    m_sentenceButton->setVisible(true);
    switch (m_library->state()) {
    case RunLibrary::State::Opening:
        m_sentence->setText(tr("Opening the run library\u2026"));
        m_sentenceButton->setVisible(false);
        break;
    case RunLibrary::State::Unusable:
        m_sentence->setText(tr("There is no run library: %1.").arg(m_library->problem().message));
        m_sentenceButton->setText(m_library->problem().kind == StoreError::Kind::Damaged ? tr("Set it aside")
                                                                                         : tr("Try again"));
        break;
    case RunLibrary::State::Ready:
        if (!m_library->runs().empty()) {
            m_sentence->setText(tr("No kept run fits what you search for."));
            m_sentenceButton->setVisible(false);
            break;
        }
        m_sentence->setText(tr("Every run that ends is kept here with its scenario, seed and figures: to find it, open it "
                               "again, and compare it."));
        m_sentenceButton->setText(tr("Run the scenario to its end"));
        break;
    }
    m_sentenceButton->setAccessibleDescription(m_sentence->text());
}

std::vector<qint64> LibraryPanel::selected() const
{
    QModelIndexList rows = m_list->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end(), [](const QModelIndex &a, const QModelIndex &b) { return a.row() < b.row(); });
    std::vector<qint64> ids;
    for (const QModelIndex &row : rows)
        ids.push_back(row.data(RunListModel::IdRole).toLongLong());
    return ids;
}

void LibraryPanel::select(const std::vector<qint64> &ids)
{
    m_list->selectionModel()->clear();
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        const QModelIndex index = m_filter->index(row, 0);
        if (std::find(ids.begin(), ids.end(), index.data(RunListModel::IdRole).toLongLong()) != ids.end())
            m_list->selectionModel()->select(index, QItemSelectionModel::Select);
    }
    if (const QModelIndexList rows = m_list->selectionModel()->selectedRows(); !rows.isEmpty())
        m_list->scrollTo(rows.front());
}

void LibraryPanel::setHasRun(bool hasRun)
{
    m_hasRun = hasRun;
    showSelection();
}

void LibraryPanel::showSelection()
{
    const std::vector<qint64> ids = selected();
    m_open->setEnabled(ids.size() == 1);
    m_compare->setEnabled(ids.size() > 1 || (ids.size() == 1 && m_hasRun));
    m_remove->setEnabled(!ids.empty());
    m_doOpen->setEnabled(m_open->isEnabled());
    m_doCompare->setEnabled(m_compare->isEnabled());
    m_doNote->setEnabled(ids.size() == 1);
    m_doRemove->setEnabled(m_remove->isEnabled());
    m_doUndoDelete->setText(undoDeleteText());
    m_doUndoDelete->setEnabled(!m_library->removedLast().empty());
    const KeptRun *run = ids.size() == 1 ? m_library->find(ids.front()) : nullptr;
    m_details->setEnabled(run != nullptr);
    if (!run) {
        m_shown = 0;
        m_tags->clear();
        m_notes->clear();
        m_figures->setText(ids.empty() ? tr("Choose a run to see its figures and to write notes and tags.")
                                       : tr("%1 runs are chosen.").arg(formatCount(ids.size())));
        return;
    }
    m_figures->setText(figuresText(*run));
    if (m_shown == run->id)
        return; // what is being typed stays
    m_shown = 0; // filling is no typing
    m_tags->setText(run->tags.join(QLatin1Char(' ')));
    m_notes->setPlainText(run->notes);
    m_shown = run->id;
}

void LibraryPanel::openSelected()
{
    if (const std::vector<qint64> ids = selected(); ids.size() == 1)
        emit openRequested(ids.front());
}

void LibraryPanel::compareSelected()
{
    const std::vector<qint64> ids = selected();
    if (ids.size() > 1)
        emit compareRequested(ids);
    else if (ids.size() == 1)
        emit compareWithPresentRequested(ids.front());
}

void LibraryPanel::removeSelected()
{
    const std::vector<qint64> ids = selected();
    if (ids.empty())
        return;
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    int row = m_filter->rowCount();
    for (const QModelIndex &index : m_list->selectionModel()->selectedRows())
        row = std::min(row, index.row());
    m_library->remove(ids);
    emit removed(ids);
    if (const int left = m_filter->rowCount(); left > 0) // what has taken its place is chosen, so that the keys go on there
        m_list->setCurrentIndex(m_filter->index(std::min(row, left - 1), 0));
    if (hadFocus && !isAncestorOf(QApplication::focusWidget())) // nothing is left that could have it
        m_search->setFocus(Qt::OtherFocusReason);
}

void LibraryPanel::undoDelete()
{
    const std::vector<qint64> ids = m_library->removedLast();
    if (ids.empty())
        return;
    m_library->restore(ids);
    select(ids);
    emit broughtBack();
}

QString LibraryPanel::undoDeleteText() const
{
    const std::size_t count = m_library->removedLast().size();
    return count == 0 ? tr("Undo delete") : count == 1 ? tr("Undo delete of 1 run") : tr("Undo delete of %1 runs").arg(formatCount(count));
}

} // namespace halfopen
