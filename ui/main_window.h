// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_record.h"
#include "ui/lab_settings.h"
#include "ui/library/kept_run.h"
#include "ui/models/time_axis_model.h"
#include "ui/models/tuning_model.h"
#include "ui/models/what_if.h"
#include "ui/rescale.h"
#include "ui/run_controller.h"
#include "ui/scenario/draft_store.h"
#include "ui/scenario/scenario_document.h"
#include "ui/scenario/scenario_draft.h"

#include <QElapsedTimer>
#include <QHash>
#include <QMainWindow>
#include <QPoint>
#include <QPointer>
#include <QSet>
#include <QThreadPool>
#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

class QActionGroup;
class QDockWidget;
class QLabel;
class QMenu;
class QMouseEvent;
class QPushButton;
class QStackedWidget;
class QTabBar;
class QVBoxLayout;

namespace halfopen {

class ComparePanel;
class HelpPanel;
class LibraryPanel;
class MessageBar;
class RunLibrary;
class RunReplayer;
class ScenarioPanel;
class TextPanel;
class TracksArea;
class TransportBar;
class TuningPanel;
class View;
class WhatIfBar;
struct FigureHead;
struct FileAsRead;
struct PaletteEntry;

/// The window: joins the run, the scenario file, the settings and the views, and names none of the views.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(EngineFactory engines, std::unique_ptr<LabSettings> settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Begins to open \a path. False when there are unsaved changes: the message bar asks about them first and opens
    /// then. What cannot be opened is told on screen, and what was open stays open and running.
    bool openScenario(const QString &path, bool playing = false);
    /// The scenario that a first start shows. False if it is not installed.
    bool openDefaultScenario(bool playing = false);
    /// What the program begins with, once: \a file, or without one the scenario that was open last, at first the default one;
    /// speed and mode as they were left, unless \a speed says so. From then on these are remembered, too.
    void startUp(const QString &file, bool playing, std::optional<Speed> speed);
    /// Acts at once and is not remembered (the command line); the View menu's choice is.
    void useTheme(ThemeKind kind);

    RunController *controller() { return &m_controller; }
    TuningModel *tuning() { return &m_tuning; }
    TimeAxisModel *timeAxis() { return &m_axis; }
    ScenarioDocument *document() { return &m_document; }
    ScenarioDraft *draft() { return &m_draft; }
    TextPanel *textPanel() const { return m_textPanel; }
    TracksArea *tracks() const { return m_tracks; }
    TuningPanel *tuningPanel() const { return m_tuningPanel; }
    ScenarioPanel *scenarioPanel() const { return m_scenarioPanel; }
    MessageBar *messageBar() const { return m_message; }
    TransportBar *transportBar() const { return m_transport; }
    RunLibrary *library() const { return m_library; }
    LibraryPanel *libraryPanel() const { return m_libraryPanel; }
    ComparePanel *comparePanel() const { return m_comparePanel; }
    HelpPanel *helpPanel() const;
    /// The run that is drawn behind the present one, or null.
    RecordPtr ghost() const { return m_ghost; }
    const WhatIf &whatIf() const { return m_whatIf; }
    /// What the settings that were adopted last do, while the message about them stands.
    const WhatIf &adoption() const { return m_adoption; }
    /// A view that takes the whole centre, by its id, or null.
    View *page(const QString &id) const;
    /// What the centre shows: 0 = the run, then the pages in the order of the views' table.
    int shownPage() const;

public slots:
    void togglePlay();
    /// Runs the scenario with the present settings from the beginning, playing if it played.
    void restart();
    /// The next transition that was recorded after the pinned moment, else after the cursor; or the run goes on to the next one to come.
    void nextTransition();
    void previousTransition();
    /// Whether the open file is one of those that come with the lab.
    bool isShipped() const;
    bool save();
    bool saveAs();
    /// Writes the text to \a path, which becomes the open file, and says so.
    bool saveTo(const QString &path);
    /// Draws what has been run so far behind the runs to come; without a run, nothing.
    void keepGhost();
    void clearGhost();
    void showPage(int index);
    /// Opens the help at a place, as HelpPlace::text() has it; empty = the list of all topics.
    void showHelp(const QString &place);

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    // Parts (main_window.cpp)
    void buildCentre();
    void buildDocks();
    void buildTransport();
    void followDocking(QDockWidget *dock);
    void followHiding(QDockWidget *dock);
    void followFocus(QWidget *now);
    /// To the charts, or the page that stands in their place.
    void focusCentre();
    void leaveForTab(const QString &title);
    void pickTab(const QTabBar &tabs, const QMouseEvent &press);
    /// Shown, in front of what stands in its place, and of the window where it floats: the keys come to it.
    static void bringUp(QDockWidget *dock);
    /// Also of a dock that stands behind another tab, which counts as visible but lies outside of the window.
    bool isInFront(const QDockWidget *dock) const;
    void toggleByKey(QDockWidget *dock, const std::function<void()> &open);
    void putAway(QDockWidget *dock);
    /// Whether a key has opened \a dock, or brought it to the front.
    bool wasOpenedByKey(QDockWidget *dock) const;
    QDockWidget *addDock(const QString &name, const QString &title, Qt::DockWidgetArea area, QWidget *widget);
    QWidget *buildEmptyPage();
    void connectRun();
    void connectDocument();
    void connectView(View *view);
    void fitScreen();
    void arrangeDocks();
    void restoreLayout();
    void saveLayout();
    QByteArray dockLayout() const;
    void restoreDocks(const QByteArray &layout);
    void resetLayout();

    // Commands (main_window_actions.cpp)
    QAction *addCommand(const QString &name, const QString &text, const QList<QKeySequence> &keys,
                        const QString &icon = {});
    void buildActions();
    void buildMenus();
    void buildViewMenu();
    void buildThemeMenu(QMenu *into);
    void buildLanguageMenu(QMenu *into);
    void fillRecentFiles();
    void fillExamples(QMenu *menu);
    void showPalette();
    void focusArea(int direction);
    /// The first control of \a area that Tab stops at gets the focus. False if there is none.
    static bool focusInto(const QWidget *area);
    void showShortcuts();
    void showAbout();

    // What the next start begins with (main_window_start.cpp)
    void openLastScenario(bool playing);
    void rememberFile();
    void tellMissing();

    // Run and file (main_window_run.cpp)
    void start(bool playing);
    void showRecord(const RecordPtr &record);
    void showState();
    void onOpened(std::shared_ptr<const Scenario> scenario, const std::vector<Diagnostic> &warnings);
    void onFailed(const QString &path, const QString &text, const std::vector<Diagnostic> &problems);
    void onSaved(std::shared_ptr<const Scenario> scenario);
    void onChangedOnDisk();
    void onOpeningChanged();
    void showOpening();
    void onChangeRequested(const QString &path, const QString &valueText);
    void reload();
    void setGhost(const RecordPtr &record);
    Result<std::string> textToSave();
    void chooseFile();
    /// True when a scenario or a folder is being dragged: it is welcome, and opened when it is dropped.
    bool takeDrop(QDropEvent *event);
    void offerFolder(const QString &folder);
    bool isOwnWidget(const QObject *object) const;
    void showTransition(std::size_t index, View *except);
    /// Once the run has stopped at the transition it was sent to: why it happened is what one wants to know.
    void showSoughtTransition();
    /// The run goes another way than it was sent.
    void dropGoal();
    /// Where one looks: at what is pinned, or else at the cursor; none = at the present of the run.
    std::optional<Instant> lookedAt() const;
    /// In each view that shows single calls; folded ones open.
    void showCall(quint64 call);
    void clearMarks();
    void showTitle();
    /// "26 Nov 12:00" while the text of the run is open that was kept then, and is not what its file holds; else empty.
    QString originText() const;

    // Text and unsaved changes (main_window_text.cpp)
    void buildText();
    void connectText();
    void editText();
    void giveTextRoom();
    /// The form's values, in the text.
    void showCode();
    /// Says in the text's panel what the form has changed that its text does not have yet.
    void showOverdue();
    void onTextAccepted(const std::shared_ptr<const Scenario> &scenario, const TextChange &change);
    void onTextChanged();
    /// What is not saved, for the case of a crash: the text, and what the form has that a broken text could not take.
    void keepDraft();
    DraftStore::Overdue overdueSettings() const;
    void runAgainToPresent();
    /// The text or the settings are not as they were opened or saved last.
    bool isUnsaved() const;
    /// Lines of the text that were edited by hand.
    int editedLines() const;
    /// What is not saved, of which file, and what follows: \a next, a sentence.
    QString unsavedText(const QString &next) const;
    /// The question about unsaved changes goes on counting them while it stands.
    void renewQuestion();
    /// \a then at once when nothing is unsaved; else the message bar asks what to do with it first, and says what is \a next.
    /// True if at once.
    bool settleChanges(const QString &next, const QString &keepText, std::function<void()> then);
    /// What was asked for will not be opened: nothing of what was to come with it may meet the next opening.
    void forgetOpening();
    /// Changes that were to go with what will not happen now are kept again.
    void keepDropped();
    void closeAnyway();
    /// Writes what is not saved to where it is kept. When that fails the message bar says so, and goes on with \a then once it
    /// is saved or given up.
    bool keepNowOrTell(const std::function<void()> &then);
    bool restoreWaiting();
    std::vector<DraftStore::Kept> keptChanges();
    QSet<QString> dismissedChanges() const;
    void dismissChanges(const DraftStore::Kept &dismissed);
    /// The newest of keptChanges(), those of the open file first. Others that the user has dismissed are left out, unless
    /// they were asked for.
    void offerKept(bool isAsked = false);
    void restore(const DraftStore::Kept &kept);

    // Changes that run it all again (main_window_what_if.cpp)
    WhatIfBar *buildWhatIfBar();
    void setWhatIf(bool on);
    void onWhatIfChange();
    void runWhatIf();
    void takeWholeRun(const RecordPtr &record);
    /// There is no whole run without the changes of the form: that one first, then the one with them.
    void countEarlierChanges();
    /// The run that was to be compared, or the one it is compared with, does not come to its end: a change begins anew.
    void giveUpWhatIf();
    /// The run on screen was made the ghost: figures against another one are not said any more.
    void tellGhostKept();
    void forgetWhatIf();
    void compareWith(WhatIf::Base base);
    /// The present whole run, against another one than up to now.
    void compareAnew();
    bool isOfFile(const RunRecord &record) const;
    /// What a whole run of the form is compared with, as it was chosen; null while that has not been run.
    RecordPtr whatIfBase() const { return m_whatIf.base() == WhatIf::Base::File ? m_fileRun : m_whatIfBase; }
    /// The form has changed without a run: is the run on screen that of the form now, or a variant?
    void holdAgainstForm();

    // Studies of many runs (main_window_studies.cpp)
    void buildPages(QVBoxLayout *layout);
    void buildPageMenu(QMenu *menu);
    void openVariant(const std::shared_ptr<const Scenario> &scenario, const QString &what,
                     const std::vector<Override> &settings, View *from);
    /// \a isShown: the run on screen has them already. \a from: the study that they are of.
    void adoptSettings(const std::vector<Override> &settings, bool isShown, const View *from);
    /// What adopting did, as soon as it is known.
    void tellAdoption();
    /// What if finds out what adopting does, so that nothing else has to.
    bool isComparedByWhatIf() const;
    QString settingsText(const std::vector<Override> &settings) const;
    /// In the form: what is in force and in the text, but neither a setting nor in the file.
    void showOtherWorld();
    /// Settings that are rows of the form, or with the load of a client or the length of a fault, say, that go into the text.
    bool areRows(const std::vector<Override> &settings) const;
    /// Puts \a settings in the text, as one step \a what of the form's undo: the world is another one then.
    Result<void> adoptInText(const std::vector<Override> &settings, const QString &what);
    /// As if it had been typed, and read at once. False when \a from is no longer the text, or \a to is none of a scenario.
    bool replaceDraft(const QString &from, const QString &to);
    void studySetting(const QString &path);
    int pageOf(const View *view) const;

    // In what the run on screen is none of the form's settings (main_window_variant.cpp)
    QWidget *buildVariantBar();
    /// What every button for runSettings() says.
    static QString runText();
    /// The settings of the form, run to their end and shown.
    void runSettings();
    /// As a button of the present message; there is no second one then.
    void offerRun();
    /// What was changed in the run on screen while it ran: the last change of each setting.
    std::vector<ParameterChange> changedUnderWay() const;
    /// In what the study \a from was of another scenario than there is now, but for \a settings, which it varies: "edge › After
    /// 200ms (now 3s)".
    static std::shared_ptr<const Scenario> studiedBy(const View *view); ///< what its study varies; null = none
    QStringList sinceStudy(const std::shared_ptr<const Scenario> &then, const std::vector<Override> &settings) const;
    QString variantText() const;
    /// Whether the run on screen is of a study, and of other settings than those of the form.
    bool isVariantOnly() const;
    /// While it is, and no message says so, the line above the tracks does.
    void showVariantState();
    /// The run is over and has other settings than the form: says that these act in the next one. Or not, when it has the same.
    void tellTooLate();
    bool isForNextRun() const;
    bool isRunOver() const { return m_controller.state() == RunController::State::Finished; }
    /// The present run goes on with what it had.
    void takeRefusal(const QString &path, const QString &valueText);

    // Run library (main_window_library.cpp)
    void buildLibrary(EngineFactory engines);
    void connectDeleting();
    void showLibraryState();
    void showLibrary();
    void buildCompare();
    void showCompare();
    void compareKept(const std::vector<qint64> &ids);
    void openKept(const RunSource &source, std::optional<RunSource> ghost);
    /// When the run \a id of the library was kept; now, if it is not listed any more.
    QDateTime keptAt(qint64 id) const;
    void replayKept();
    /// That the ghost is a run of another scenario than the one on screen, or nothing.
    QString otherScenarioText() const;
    void keepRun(const RecordPtr &record);
    void keepNow();
    /// Whether the library has that very run already.
    bool verifyKept(const RunRecord &record);

    // The help (main_window_help.cpp)
    void buildHelp();
    void placeHelp();
    void restoreHelp();
    void saveHelp();
    void openHelp();
    void giveHelpRoom();
    void takeHelpRoom();
    void leaveHelp();
    void closeHelp();
    void searchHelp();
    void showHelpOnFocus();
    QString helpPlaceFor(QWidget *widget) const;
    void addHelpTo(std::vector<PaletteEntry> &entries);

    // What is on screen (main_window_show.cpp)
    void fillExports(QMenu *menu);
    void exportViewAs(View *view, const QString &title);
    /// What stands above a figure of \a view.
    FigureHead headOf(View *view, const QString &title) const;
    /// For figures and reports of a scenario whose file is gone.
    FileAsRead fileAsRead() const;
    void exportReport();
    void writeBehind(const QString &file, std::function<Result<void>()> write);
    void setPresenting(bool on);
    void bringBackLayout();
    std::vector<View *> allViews() const;
    std::vector<QDockWidget *> allDocks() const;

    std::unique_ptr<LabSettings> m_settings;
    DraftStore m_drafts;
    ScenarioDraft m_draft;
    std::optional<DraftStore::Kept> m_restoreWhenOpened;
    bool m_isOverdue = false; ///< the changes of the form wait for a text that can be read, and are kept beside it
    QString m_keptPath; ///< the open draft is kept under it; empty while nothing is unsaved
    struct WayBack {
        Instant to;
        bool plays;
    };
    std::optional<WayBack> m_wayBack; ///< a run of a new text is on its way to where the one before was
    std::optional<std::size_t> m_soughtTransition; ///< the run goes on until there is this one
    bool m_hasTextRoom = false; ///< the text has once been given a readable width
    bool m_mayClose = false;
    QString m_questionNext; ///< of the question about unsaved changes: unsavedText() was asked with it
    QString m_question;     ///< as it was asked; the message may say more behind it
    int m_writing = 0; ///< files that are being exported
    bool m_closesWhenWritten = false; ///< only while the message stands that says so and can be cancelled
    std::atomic<bool> m_isClosed = false; ///< nobody looks at the window any more
    bool m_wasOpened = false; ///< any scenario since the start
    QString m_missingFile;    ///< was to be opened at the start and is gone: told with the scenario that is opened in its place
    bool m_dropsChanges = false; ///< the user does not want them
    TimeAxisModel m_axis;
    TuningModel m_tuning;
    ScenarioDocument m_document;
    RunController m_controller;
    bool m_playWhenOpened = false;
    bool m_keepsTuned = false; ///< what is opened is the same file again: settings tuned by hand stay tuned
    QTimer m_openingDelay;      ///< a quick opening shows nothing on its way
    bool m_opensVisibly = false; ///< the message bar says so
    RecordPtr m_ghost;
    bool m_isGhostOfWhatIf = false; ///< not kept by the user: it goes with the mode
    QTimer m_codeDelay;   ///< the text follows a dragged slider at a reader's pace
    QTimer m_whatIfDelay; ///< a change of several settings asks for one run
    WhatIf m_whatIf;
    WhatIfBar *m_whatIfBar = nullptr;
    RecordPtr m_whole;              ///< the last run that has come to its end
    RecordPtr m_whatIfBase;         ///< the whole run before the present gesture
    RecordPtr m_fileRun;            ///< the whole run of the file as it is saved, once it was needed
    bool m_runsBase = false;        ///< the run under way is the one before the changes, to be compared with
    bool m_dropsPlayed = false;     ///< and has none of what was changed while the run on screen played
    RecordPtr m_bareBase;           ///< such a run, once it is whole
    bool m_dropsVariant = false;    ///< or a run of a study was on screen, and it is the one of the settings before
    RecordPtr m_unseenBase;         ///< such a run, once it is whole
    /// The run on screen is a variant of a study, perhaps of another length and with other faults: no change of the form is compared
    /// with it, but with the form as it was when the variant was opened.
    struct FormBefore {
        std::shared_ptr<const Scenario> scenario;
        std::vector<Override> tuned;
    };
    std::optional<FormBefore> m_beforeVariant;
    QElapsedTimer m_sinceChange;    ///< changes that follow each other closely are one gesture
    bool m_isRerun = false;         ///< the present run was begun by a change
    bool m_isPreview = false;       ///< so was the run that is shown: it is kept when no further change follows

    RunLibrary *m_library = nullptr;
    RunReplayer *m_replayer = nullptr;
    std::vector<Override> m_startedWith;      ///< what was tuned when the present run began
    std::vector<Value> m_begunWith;           ///< the same, for each row of the form
    std::vector<Value> m_inForce;             ///< in the present run, for each row of the form
    bool m_isLimitTold = false;               ///< that the present run reached a limit
    bool m_isKept = false;                    ///< the present run is in the library, or waits to be
    QTimer m_keepDelay;                       ///< of the many runs of a drag in What if only the last is kept
    std::optional<RunSource> m_reopened;      ///< of the library, while its text is being read
    QDateTime m_openedRunOf;                  ///< when the run was kept whose text is open; invalid for a file
    std::optional<RunSource> m_ghostWhenOpened;
    std::optional<RunSource> m_verifying;     ///< what the present run has to give

    QStackedWidget *m_pages = nullptr;
    MessageBar *m_message = nullptr;
    TracksArea *m_tracks = nullptr;
    QTabBar *m_pageTabs = nullptr;
    std::vector<View *> m_pageViews;
    std::vector<QAction *> m_pageActions; ///< as shownPage() counts
    QString m_variantText;                ///< the message about the variant that is shown, true until another run begins
    struct ShownVariant {
        std::shared_ptr<const Scenario> scenario;
        QString what;
        std::vector<Override> settings; ///< those that the study varies
        const View *from;
        std::shared_ptr<const Scenario> studied; ///< what the study varied when the run was opened: another study may follow
        std::size_t changes = 0; ///< told of those made while it ran
    };
    std::optional<ShownVariant> m_variant; ///< the run on screen, until another begins
    QTimer m_variantDelay;                 ///< of several changed settings
    QWidget *m_variantBar = nullptr;
    QLabel *m_variantLabel = nullptr;
    QPushButton *m_variantRun = nullptr;
    QPushButton *m_variantBack = nullptr;
    QString m_adoptedText;                ///< the message about adopted settings, true until a setting changes
    QString m_adoptedWhat;                ///< its first sentence
    WhatIf m_adoption;                    ///< the settings before against the adopted ones
    bool m_isAdopting = false;            ///< settings change to what the present run has anyway
    std::vector<View *> m_sideViews;
    std::vector<QDockWidget *> m_sideDocks;
    TransportBar *m_transport = nullptr;
    TuningPanel *m_tuningPanel = nullptr;
    ScenarioPanel *m_scenarioPanel = nullptr;
    TextPanel *m_textPanel = nullptr;
    QDockWidget *m_textDock = nullptr;
    QDockWidget *m_scenarioDock = nullptr;
    QDockWidget *m_tuningDock = nullptr;
    LibraryPanel *m_libraryPanel = nullptr;
    QDockWidget *m_libraryDock = nullptr;
    ComparePanel *m_comparePanel = nullptr;
    QDockWidget *m_compareDock = nullptr;
    HelpPanel *m_helpPanel = nullptr;
    QDockWidget *m_helpDock = nullptr;
    bool m_arrangesDocks = false;           ///< docks come back because the layout is reset
    QHash<QDockWidget *, QPointer<QWidget>> m_dockFocus; ///< had the focus last in each of them
    struct BeforeKey {
        bool wasHidden = true;
        QPointer<QWidget> focus;
        std::vector<QPointer<QDockWidget>> inFront; ///< at its side of the window
    };
    QHash<QDockWidget *, BeforeKey> m_beforeKey; ///< how it was when a key opened a panel
    QPointer<QWidget> m_pressedDisabled;    ///< was clicked last, and takes neither focus nor keys
    QPointer<QWidget> m_beforeHelp;         ///< had the focus when the help was asked
    QPointer<QDockWidget> m_dockBeforeHelp; ///< stood in front where the help stands now
    QPoint m_pressedAt;                     ///< on the screen
    bool m_wasHelpHidden = true;            ///< when it was asked
    struct HelpRoom {
        int without = 0; ///< pixels
        int with = 0;
    };
    std::optional<HelpRoom> m_helpRoom; ///< of the column of the help, since it was given more
    std::vector<QAction *> m_helpActions;   ///< of the topics, for the palette
    QMenu *m_recent = nullptr;
    /// How the window was when a presentation began, and is again when it ends.
    struct BeforePresenting {
        QByteArray geometry;
        QByteArray docks;
        QByteArray tracks;       ///< as it is kept for the next start
        QByteArray trackHeights; ///< their heights, to the pixel
        QSize size;
        bool wasMaximized = false;
    };
    BeforePresenting m_beforePresenting;
    WidgetScale m_widgetScale;
    QTimer m_comesBack; ///< active until the window has the size from before again, which window managers take their time for
    QActionGroup *m_themes = nullptr;
    struct {
        QAction *open, *openLast, *save, *saveAs, *reload, *quit;
        QAction *undo, *redo, *undoDelete, *resetAll, *filter, *editText;
        QAction *restart, *playPause, *step, *nextTransition, *previousTransition, *toEnd, *stop;
        QAction *faster, *slower, *fastest, *realTime;
        QAction *fromNowOn, *whatIf, *keepGhost, *clearGhost;
        QAction *zoomIn, *zoomOut, *earlier, *later, *zoomSelection, *nextArea, *previousArea;
        QAction *clear, *showAll, *follow, *presentation, *resetLayout;
        QAction *report, *library, *compare;
        QAction *palette, *shortcuts, *help, *helpTopics, *about;
    } m_do{};
    QThreadPool m_writers{this}; ///< last: waits for its work before anything else goes
};

} // namespace halfopen
