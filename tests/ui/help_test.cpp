// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/help_panel.h"

#include "tests/support/places.h"
#include "tests/support/test_window.h"
#include "ui/actions.h"
#include "ui/dialogs/tour.h"

#include <QAction>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTextBrowser>

#include <fstream>
#include <set>

using namespace ui;

namespace
{

const std::vector<HandbookPage> kPages = {
    {"one", "Weights", "# Weights\n\nAll **parameters** on one page.\n- slopes and biases\n"},
    {"two", "Pruning", "# Pruning\n\nRemoves weights. A slope stays.\n"},
    {"three", "Layouts", "# Layouts\n\nWindows.\n"},
};

std::vector<int> found(const QString& text)
{
    std::vector<int> pages;
    for (const HandbookHit& hit : searchHandbook(kPages, text))
        pages.push_back(hit.page);
    return pages;
}

} // namespace

TEST(Handbook, ReadsPagesInTheOrderOfTheirFiles)
{
    const test::TemporaryFolder folder;
    std::ofstream(folder / "20-later.md") << "# Later on\n\nText.\n";
    std::ofstream(folder / "10-first-steps.md") << "# First\n";
    std::ofstream(folder / "notes.txt") << "# No page\n";
    const auto pages = readHandbook(QString::fromStdString(folder.path().string()));
    ASSERT_EQ(pages.size(), 2U);
    EXPECT_EQ(pages[0].id, "first-steps");
    EXPECT_EQ(pages[0].title, "First");
    EXPECT_EQ(pages[1].title, "Later on");
    EXPECT_TRUE(readHandbook("/nowhere").empty());
}

TEST(Handbook, FindsPagesWithAllWordsTitlesFirst)
{
    EXPECT_EQ(found("weights"), (std::vector{0, 1}));
    EXPECT_EQ(found("SLOPE weights"), (std::vector{0, 1}));
    EXPECT_EQ(found("slope stays"), (std::vector{1}));
    EXPECT_TRUE(found("slope windows").empty());
    EXPECT_TRUE(found("  ").empty());
}

TEST(Handbook, ShowsTheLineThatAnswersWithoutMarkup)
{
    EXPECT_EQ(searchHandbook(kPages, "parameters")[0].excerpt, "All parameters on one page.");
    EXPECT_EQ(searchHandbook(kPages, "biases")[0].excerpt, "slopes and biases");
}

TEST(Handbook, TheShippedPagesHaveTitlesAndExplainEveryViewThatHasAPage)
{
    const auto pages =
        readHandbook(QString::fromStdString(test::sourcePath("resources/handbook").string()));
    ASSERT_GT(pages.size(), 10U);
    std::set<QString> titles;
    for (const HandbookPage& page : pages) {
        EXPECT_FALSE(page.title.isEmpty()) << page.id.toStdString();
        EXPECT_TRUE(titles.insert(page.title).second) << page.title.toStdString();
        EXPECT_LT(page.markdown.size(), 3000) << page.id.toStdString() << " is no short page";
    }
}

class HelpTest : public MainWindowTest
{
protected:
    HelpPanel* help() { return window.help(); }
};

TEST_F(HelpTest, F1OpensTheHandbookAndClosesItAgain)
{
    press(Qt::Key_F1);
    EXPECT_TRUE(help()->isVisible());
    EXPECT_TRUE(help()->field()->hasFocus());
    press(Qt::Key_F1);
    EXPECT_FALSE(help()->isVisible());
}

TEST_F(HelpTest, EveryActionWithAKeyIsOnThePageOfKeys)
{
    const QString page = help()->pages().back().markdown;
    for (const ActionSpec& spec : window.actions()->specs())
        EXPECT_TRUE(spec.group.isEmpty() || keysText(spec).isEmpty() ||
                    page.contains(QString("**%1** – %2").arg(keysText(spec), spec.text)))
            << spec.id.toStdString();
}

TEST(HelpPanel, SearchesOpensAndGoesBackByKeys)
{
    HelpPanel panel(kPages);
    panel.show();
    QApplication::setActiveWindow(&panel);
    panel.field()->setFocus();
    EXPECT_EQ(panel.list()->count(), 3);
    QTest::keyClicks(panel.field(), "slope");
    EXPECT_EQ(panel.list()->count(), 2);
    QTest::keyClick(panel.field(), Qt::Key_Return);
    EXPECT_TRUE(panel.showsPage());
    EXPECT_TRUE(panel.browser()->toPlainText().startsWith("Weights"));
    EXPECT_EQ(panel.browser()->extraSelections().size(), 1) << "the word is set off";
    QTest::keyClick(panel.browser(), Qt::Key_Escape);
    EXPECT_FALSE(panel.showsPage());
    EXPECT_EQ(panel.list()->count(), 2) << "what was searched for is still there";
    bool closed = false;
    QObject::connect(&panel, &HelpPanel::closeRequested, [&] { closed = true; });
    QTest::keyClick(panel.field(), Qt::Key_Escape);
    EXPECT_FALSE(closed);
    QTest::keyClick(panel.field(), Qt::Key_Escape);
    EXPECT_TRUE(closed);
}

TEST(HelpPanel, SaysWhereThereIsNothing)
{
    HelpPanel panel({});
    panel.show();
    EXPECT_FALSE(panel.list()->isVisible());
}

class TourTest : public MainWindowTest
{
protected:
    QPointer<Tour> tour;
    int finished = 0;

    TourTest()
    {
        QObject::connect(&window, &MainWindow::tourFinished, [this] { ++finished; });
        tour = window.startTour();
    }
};

TEST_F(TourTest, GoesThroughTheWindowAndEnds)
{
    std::set<QString> places;
    for (int step = 0; step < 5; ++step) {
        ASSERT_TRUE(tour && tour->isVisible());
        EXPECT_EQ(tour->step(), step);
        EXPECT_FALSE(tour->lit().isNull());
        EXPECT_FALSE(tour->lit().intersects(tour->callout()->geometry()))
            << "step " << step << " hides what it is about";
        EXPECT_TRUE(window.rect().contains(tour->callout()->geometry()));
        QTest::keyClick(tour->next(), Qt::Key_Return);
    }
    EXPECT_EQ(finished, 1);
    EXPECT_FALSE(tour && tour->isVisible());
}

TEST_F(TourTest, EscapeSkipsIt)
{
    QTest::keyClick(tour->next(), Qt::Key_Right);
    EXPECT_EQ(tour->step(), 1);
    QTest::keyClick(tour->next(), Qt::Key_Left);
    QTest::keyClick(tour->next(), Qt::Key_Left);
    EXPECT_EQ(tour->step(), 0);
    EXPECT_EQ(session.selection().channel, std::nullopt) << "the window's keys rest";
    QTest::keyClick(tour->next(), Qt::Key_Escape);
    EXPECT_EQ(finished, 1);
}

TEST_F(TourTest, TheFocusStaysInTheTour)
{
    for (int i = 0; i < 5; ++i) {
        QTest::keyClick(window.focusWidget(), Qt::Key_Tab);
        EXPECT_TRUE(tour->isAncestorOf(window.focusWidget()));
    }
}

TEST_F(MainWindowTest, F6GoesThroughThePartsAndComesBack)
{
    std::set<QWidget*> stops;
    for (int i = 0; i < 12; ++i) {
        press(Qt::Key_F6);
        ASSERT_NE(window.focusWidget(), nullptr);
        stops.insert(window.focusWidget());
    }
    EXPECT_GE(stops.size(), 4U) << "bar, models and input, view, inspector, runs";
    QWidget* here = window.focusWidget();
    press(Qt::Key_F6);
    press(Qt::Key_F6, Qt::ShiftModifier);
    EXPECT_EQ(window.focusWidget(), here);
}
