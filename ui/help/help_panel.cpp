// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/help_panel.h"

#include "ui/help/help_document.h"
#include "ui/help/hit_delegate.h"
#include "ui/models/help_page.h"
#include "ui/theme.h"

#include <QAction>
#include <QDataStream>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QResizeEvent>
#include <QScrollBar>
#include <QSplitter>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextDocument>
#include <QTimer>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <utility>

namespace halfopen {
namespace {

constexpr quint32 kLayoutMagic = 0x48485031; // "HHP1"
constexpr double kSideBySide = 700;          ///< from this width on the topics stand beside the page
constexpr double kTopicsHeight = 190;
constexpr double kTopicsWidth = 240;
constexpr int kPlaceRole = Qt::UserRole;
constexpr std::chrono::milliseconds kReadAfter{400}; ///< when the window has come up

} // namespace

HelpPanel::HelpPanel(const QString &language, QWidget *parent) : QWidget(parent), m_language(language)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Theme::px(4), 0, 0);
    layout->setSpacing(Theme::px(4));
    layout->addWidget(buildHead());
    buildTopics();
    buildPage();
    m_splitter = new QSplitter(Qt::Vertical);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_side);
    m_splitter->addWidget(m_page);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({Theme::px(kTopicsHeight), Theme::px(600)});
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] { // the page has another width, though the panel has not
        QResizeEvent same(size(), size());
        resizeEvent(&same);
    });
    layout->addWidget(m_splitter, 1);
    setMinimumWidth(Theme::px(220));
    showTopics();
    QTimer::singleShot(kReadAfter, this, [this] {
        if (!m_library)
            m_reading = std::async(std::launch::async, [language = m_language] { return std::make_unique<HelpLibrary>(language); });
    });
}

HelpPanel::~HelpPanel() = default;

const HelpLibrary &HelpPanel::library() const
{
    if (!m_library)
        m_library = m_reading.valid() ? m_reading.get() : std::make_unique<HelpLibrary>(m_language);
    return *m_library;
}

bool HelpPanel::hasRead() const
{
    return m_library || (m_reading.valid() && m_reading.wait_for(std::chrono::seconds(0)) == std::future_status::ready);
}

QWidget *HelpPanel::buildHead()
{
    auto *head = new QWidget;
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(Theme::px(6), 0, Theme::px(6), 0);
    layout->setSpacing(Theme::px(4));
    const auto addWay = [&](Qt::ArrowType arrow, const QString &text, Qt::Key key, void (HelpPanel::*go)()) {
        auto *button = new QToolButton;
        button->setArrowType(arrow);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        const QKeySequence keys(Qt::ALT | key);
        button->setAccessibleName(text);
        button->setToolTip(QStringLiteral("%1  (%2)").arg(text, keys.toString(QKeySequence::NativeText)));
        auto *action = new QAction(this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
        connect(action, &QAction::triggered, this, go);
        connect(button, &QToolButton::clicked, this, go);
        layout->addWidget(button);
        return button;
    };
    m_back = addWay(Qt::LeftArrow, tr("Back"), Qt::Key_Left, &HelpPanel::goBack);
    m_forward = addWay(Qt::RightArrow, tr("Forward"), Qt::Key_Right, &HelpPanel::goForward);
    m_back->setEnabled(false);
    m_forward->setEnabled(false);
    m_search = new QLineEdit;
    m_search->setPlaceholderText(tr("Search the help"));
    m_search->setAccessibleName(tr("Search the help"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &HelpPanel::fillTopics);
    layout->addWidget(m_search, 1);
    m_topics = new QToolButton;
    m_topics->setText(tr("Topics"));
    m_topics->setToolTip(tr("Shows the list of all topics"));
    m_topics->setCheckable(true);
    m_topics->setAutoRaise(true);
    m_topics->setFocusPolicy(Qt::TabFocus);
    connect(m_topics, &QToolButton::toggled, this, &HelpPanel::showTopics);
    layout->addWidget(m_topics);
    return head;
}

void HelpPanel::buildTopics()
{
    m_side = new QWidget;
    auto *layout = new QVBoxLayout(m_side);
    layout->setContentsMargins(0, 0, 0, 0);
    m_list = new QListWidget;
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setAccessibleName(tr("Topics of the help"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setItemDelegate(new HitDelegate(m_list));
    m_list->installEventFilter(this);
    layout->addWidget(m_list);
    m_nothing = new QLabel;
    m_nothing->setWordWrap(true);
    m_nothing->setMargin(Theme::padding());
    m_nothing->setAlignment(Qt::AlignTop);
    m_nothing->hide();
    layout->addWidget(m_nothing);
    connect(m_list, &QListWidget::currentItemChanged, this, [this] { showCurrent(); });
    connect(m_list, &QListWidget::itemClicked, this, [this] { showCurrent(); });
    connect(m_list, &QListWidget::itemActivated, this, [this] {
        showCurrent();
        m_page->setFocus(Qt::OtherFocusReason);
    });
}

void HelpPanel::buildPage()
{
    m_page = new QTextBrowser;
    m_page->setFrameShape(QFrame::NoFrame);
    m_page->setOpenLinks(false);
    m_page->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // everything is made to fit
    m_page->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);    // else it would take its room from a page that was made to fit
    m_page->setAccessibleName(tr("Help page"));
    connect(m_page, &QTextBrowser::anchorClicked, this, &HelpPanel::follow);
}

void HelpPanel::fillTopics()
{
    m_isFilling = true;
    m_list->clear();
    const QString query = m_search->text().trimmed();
    const std::vector<HelpHit> hits = library().search(query);
    QString group;
    QFont bold = Theme::axisFont();
    bold.setWeight(QFont::DemiBold);
    QFont title = Theme::bodyFont();
    title.setWeight(QFont::DemiBold);
    for (const HelpHit &hit : hits) {
        if (query.isEmpty() && hit.topic->group != group) {
            auto *head = new QListWidgetItem(hit.topic->group, m_list);
            head->setFlags(Qt::NoItemFlags);
            head->setFont(bold);
        }
        group = hit.topic->group;
        auto *item = new QListWidgetItem(hit.isFirst ? hit.topic->title : hit.at, m_list);
        item->setData(HitDelegate::IsMoreRole, !hit.isFirst);
        if (!query.isEmpty() && hit.isFirst)
            item->setFont(title);
        item->setData(HitDelegate::ExcerptRole, hit.excerpt);
        item->setData(Qt::AccessibleDescriptionRole, hit.excerpt);
        item->setData(kPlaceRole, HelpPlace{hit.topic->word, hit.at}.text());
        item->setToolTip(QStringLiteral("<p>%1</p>").arg((hit.excerpt.isEmpty() ? hit.topic->summary : hit.excerpt).toHtmlEscaped()));
    }
    m_nothing->setText(tr("Nothing has all of these words: %1. Try one of them alone, such as “breaker” or “timeout”; Esc clears the search and "
                          "shows all topics.").arg(query));
    m_nothing->setVisible(hits.empty());
    m_list->setVisible(!hits.empty());
    m_isFilling = false;
    showTopics();
}

void HelpPanel::showTopics()
{
    const bool isWide = width() >= Theme::px(kSideBySide);
    const Qt::Orientation wanted = isWide ? Qt::Horizontal : Qt::Vertical;
    const bool shown = isWide || m_topics->isChecked() || !m_search->text().trimmed().isEmpty();
    m_topics->setVisible(!isWide);
    if (shown && m_list->count() == 0 && m_nothing->isHidden() && isVisible()) {
        fillTopics(); // comes back here
        return;
    }
    m_side->setVisible(shown);
    if (m_splitter && m_splitter->orientation() != wanted) {
        m_splitter->setOrientation(wanted);
        if (isWide)
            m_splitter->setSizes({Theme::px(kTopicsWidth), std::max(1, width() - Theme::px(kTopicsWidth))});
        else
            m_splitter->setSizes({Theme::px(kTopicsHeight), std::max(1, height() - Theme::px(kTopicsHeight))});
    }
}

void HelpPanel::showCurrent()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (m_isFilling || !item || !(item->flags() & Qt::ItemIsSelectable))
        return;
    const HelpPlace place = HelpPlace::of(item->data(kPlaceRole).toString());
    if (m_at < 0 || !(m_visits[std::size_t(m_at)].place == place))
        visit(place, m_isBrowsing); // going through the list is one visit, not twenty
    m_isBrowsing = true;
    markWords();
}

/// Shows where the searched word stands on the page.
void HelpPanel::markWords()
{
    const QString word = m_search->text().simplified().section(QLatin1Char(' '), 0, 0);
    if (word.isEmpty() || !m_visits[std::size_t(m_at)].place.at.isEmpty())
        return;
    QTextCursor top(m_page->document());
    m_page->setTextCursor(top);
    if (!m_page->find(word))
        m_page->verticalScrollBar()->setValue(0);
}

bool HelpPanel::showPlace(const QString &place)
{
    const std::optional<HelpPlace> found = library().resolve(place);
    if (!found)
        return false;
    m_isBrowsing = false;
    if (m_at >= 0 && m_visits[std::size_t(m_at)].place == *found)
        goTo(found->at);
    else
        visit(*found, false);
    return true;
}

QString HelpPanel::place() const
{
    return m_at < 0 ? QString() : m_visits[std::size_t(m_at)].place.text();
}

void HelpPanel::visit(const HelpPlace &place, bool replaces)
{
    if (m_at >= 0)
        m_visits[std::size_t(m_at)].scrolled = m_page->verticalScrollBar()->value();
    if (!replaces || m_at < 0) {
        m_visits.resize(std::size_t(m_at + 1));
        m_visits.emplace_back();
        ++m_at;
    }
    m_visits[std::size_t(m_at)] = {place, 0};
    render(-1);
}

/// \a scrolled: where the page stood before; -1 = at its place.
void HelpPanel::render(int scrolled)
{
    if (m_at < 0)
        return;
    const HelpPlace place = m_visits[std::size_t(m_at)].place;
    const HelpTopic *topic = place.word.isEmpty() ? nullptr : library().find(place.word);
    m_renderedWidth = pageWidth();
    m_isStale = false;
    m_page->setExtraSelections({});
    // Made beside the page: in the page's own document each change would lay all of it out again.
    auto *made = new QTextDocument(m_page);
    made->setUndoRedoEnabled(false);
    m_places = fillHelpDocument(*made, topic ? helpPageText(library(), *topic) : helpContents(library()), topic,
                                Theme::of(this), m_renderedWidth);
    made->setPageSize(QSizeF(0, 0)); // or it would be laid out once more, endlessly wide, before it gets the width of the page
    const QPointer<QTextDocument> before = m_page->document();
    m_page->setDocument(made);
    if (before)
        before->deleteLater();
    m_page->setAccessibleDescription(topic ? topic->title : tr("All topics"));
    m_page->moveCursor(QTextCursor::Start);
    if (scrolled >= 0) {
        m_page->verticalScrollBar()->setValue(scrolled);
        m_placedAt = -1;
        m_wentTo = place.at;
    } else {
        goTo(place.at);
    }
    m_back->setEnabled(m_at > 0);
    m_forward->setEnabled(m_at + 1 < int(m_visits.size()));
}

void HelpPanel::goTo(const QString &at)
{
    m_wentTo = at;
    const auto found = m_places.constFind(at);
    if (at.isEmpty() || found == m_places.constEnd()) {
        m_page->verticalScrollBar()->setValue(0);
        m_placedAt = 0;
        return;
    }
    QTextCursor cursor(m_page->document());
    cursor.setPosition(*found);
    // Its beginning at the top, its line selected so that it is found at a glance.
    m_page->moveCursor(QTextCursor::End);
    m_page->setTextCursor(cursor);
    m_page->verticalScrollBar()->setValue(m_page->verticalScrollBar()->value() + m_page->cursorRect(cursor).top() - Theme::px(8));
    cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
    QTextEdit::ExtraSelection mark;
    mark.cursor = cursor;
    mark.format.setBackground(Theme::of(this).raised);
    mark.format.setProperty(QTextFormat::FullWidthSelection, true);
    m_page->setExtraSelections({mark});
    m_placedAt = m_page->verticalScrollBar()->value();
}

/// The page for the width that it has now: at the place where it was put, or where the reader has scrolled it to.
void HelpPanel::fitWidth()
{
    const QScrollBar *bar = m_page->verticalScrollBar();
    // In another width the page has been laid out anew already, as far as its beginning: a place far down may lie behind
    // its end by now, and then it has been scrolled by nobody.
    if (bar->value() == std::min(m_placedAt, bar->maximum())) {
        const QString at = m_wentTo;
        render(-1);
        if (at != m_wentTo)
            goTo(at);
        return;
    }
    const double share = bar->maximum() > 0 ? double(bar->value()) / bar->maximum() : 0;
    render(0);
    m_page->verticalScrollBar()->setValue(int(share * m_page->verticalScrollBar()->maximum()));
}

void HelpPanel::follow(const QUrl &link)
{
    m_isBrowsing = false;
    if (link.scheme() == QLatin1String("scenario"))
        emit scenarioRequested(link.path());
    else if (link.scheme() == QLatin1String("help"))
        showPlace(HelpPlace{link.path(), link.fragment()}.text());
    else if (link.scheme().isEmpty() && link.hasFragment())
        goTo(link.fragment());
}

void HelpPanel::goBack()
{
    if (m_at <= 0)
        return;
    m_visits[std::size_t(m_at)].scrolled = m_page->verticalScrollBar()->value();
    --m_at;
    m_isBrowsing = false;
    render(m_visits[std::size_t(m_at)].scrolled);
}

void HelpPanel::goForward()
{
    if (m_at + 1 >= int(m_visits.size()))
        return;
    m_visits[std::size_t(m_at)].scrolled = m_page->verticalScrollBar()->value();
    ++m_at;
    m_isBrowsing = false;
    render(m_visits[std::size_t(m_at)].scrolled);
}

void HelpPanel::startSearch()
{
    m_topics->setChecked(true);
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

int HelpPanel::pageWidth() const
{
    return m_page->viewport()->width();
}

QByteArray HelpPanel::saveLayout() const
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out << kLayoutMagic << m_topics->isChecked() << place();
    return bytes;
}

void HelpPanel::restoreLayout(const QByteArray &layout)
{
    QDataStream in(layout);
    quint32 magic = 0;
    bool shown = false;
    QString place;
    in >> magic >> shown >> place;
    if (in.status() != QDataStream::Ok || magic != kLayoutMagic)
        return;
    m_topics->setChecked(shown);
    if (isVisible())
        showPlace(place);
    else if (m_visits.empty()) {
        m_visits = {{HelpPlace::of(place), 0}}; // drawn when it is first shown
        m_at = 0;
    }
}

bool HelpPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const auto firstRow = [this] { // the one below the first head
        int row = 0;
        while (row < m_list->count() && !(m_list->item(row)->flags() & Qt::ItemIsSelectable))
            ++row;
        return row;
    };
    if (watched == m_search && (key->key() == Qt::Key_Down || key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)) {
        if (m_list->count() == 0)
            fillTopics();
        const int row = firstRow();
        if (row == m_list->count())
            return true;
        m_topics->setChecked(m_topics->isChecked() || m_search->text().isEmpty());
        m_list->setCurrentRow(row);
        showCurrent();
        if (key->key() == Qt::Key_Down)
            m_list->setFocus(Qt::OtherFocusReason);
        else
            m_page->setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (watched == m_list && key->key() == Qt::Key_Up && m_list->currentRow() <= firstRow()) {
        m_search->setFocus(Qt::OtherFocusReason);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void HelpPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape || event->modifiers() != Qt::NoModifier) {
        QWidget::keyPressEvent(event);
        return;
    }
    if (m_search->hasFocus() && !m_search->text().isEmpty())
        m_search->clear();
    else
        emit left();
}

void HelpPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if ((event->type() != QEvent::PaletteChange && event->type() != QEvent::FontChange) || !m_page)
        return;
    m_isStale = true;
    m_list->clear(); // its heads have a font of their own
    m_nothing->hide(); // so that the list is filled anew
    if (isVisible()) {
        render(m_page->verticalScrollBar()->value());
        showTopics();
    }
}

void HelpPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_at < 0)
        QTimer::singleShot(0, this, [this] { // whoever opens it has a place in mind, and says it next
            if (m_at < 0)
                showPlace(QString());
        });
    else if (m_isStale)
        render(-1);
    else if (pageWidth() != m_renderedWidth)
        fitWidth(); // made wider or narrower while it was hidden
    showTopics();
}

void HelpPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showTopics();
    if (isVisible() && m_at >= 0 && pageWidth() != m_renderedWidth)
        fitWidth();
}

} // namespace halfopen
