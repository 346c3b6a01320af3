// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/command_palette.h"
#include "ui/models/fuzzy.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QTest>

using namespace ui;

namespace
{

std::vector<PaletteEntry> entriesCalled(const QStringList& titles, QStringList& done)
{
    std::vector<PaletteEntry> entries;
    for (const QString& title : titles)
        entries.push_back({title, "Kind", {}, [&done, title] { done.append(title); }});
    return entries;
}

QStringList shown(const QAbstractItemModel& model)
{
    QStringList titles;
    for (int row = 0; row < model.rowCount(); ++row)
        titles.append(model.index(row, 0).data().toString());
    return titles;
}

} // namespace

TEST(Fuzzy, MatchesLettersInTheirOrderOnly)
{
    EXPECT_TRUE(fuzzyMatch("cht", "Class heatmap"));
    EXPECT_TRUE(fuzzyMatch("CLASS heat", "Class heatmap")) << "neither case nor blanks count";
    EXPECT_FALSE(fuzzyMatch("tch", "Class heatmap"));
    EXPECT_FALSE(fuzzyMatch("classheatmaps", "Class heatmap"));
    EXPECT_EQ(fuzzyMatch("", "anything")->score, 0);
}

TEST(Fuzzy, NamesTheLettersThatMatched)
{
    EXPECT_EQ(fuzzyMatch("c23", "Go to conv2 3")->positions, (std::vector{6, 10, 12}));
    EXPECT_EQ(fuzzyMatch("ex", "Next export")->positions, (std::vector{5, 6}))
        << "the beginning of a word before its middle";
}

TEST(Fuzzy, PrefersBeginningsOfWordsAndRowsOfLetters)
{
    const auto score = [](const char* text) { return fuzzyMatch("prune", text)->score; };
    EXPECT_GT(score("Prune the model"), score("The pruned one"));
    EXPECT_GT(score("The pruned one"), score("Pause the running one"));
    EXPECT_GT(score("Prune"), score("Prune the model")) << "the shorter one";
}

TEST(PaletteList, ShowsTheBestMatchFirstAndAllWithoutAPattern)
{
    QStringList done;
    PaletteList list(entriesCalled({"conv1 2", "conv2 1", "Copy", "Next"}, done));
    EXPECT_EQ(shown(list).size(), 4);
    list.setPattern("c21");
    EXPECT_EQ(shown(list), QStringList{"conv2 1"});
    list.setPattern("kind next");
    EXPECT_EQ(shown(list), QStringList{"Next"}) << "the kind helps to find it";
    list.setPattern("xyz");
    EXPECT_TRUE(shown(list).isEmpty());
}

class CommandPaletteTest : public testing::Test
{
protected:
    QWidget window;
    QLineEdit before{&window};
    QStringList done;
    QPointer<CommandPalette> palette;

    CommandPaletteTest()
    {
        window.resize(900, 600);
        window.show();
        QApplication::setActiveWindow(&window);
        before.setFocus();
        palette = new CommandPalette(entriesCalled({"Alpha", "Beta", "Gamma"}, done), &window);
        palette->open();
    }
    QLineEdit* field() { return palette->field(); }
};

TEST_F(CommandPaletteTest, ReturnDoesTheFirstMatchAndGivesTheFocusBack)
{
    EXPECT_TRUE(field()->hasFocus());
    QTest::keyClicks(field(), "gam");
    QTest::keyClick(field(), Qt::Key_Return);
    EXPECT_EQ(done, QStringList{"Gamma"});
    EXPECT_TRUE(before.hasFocus());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_TRUE(palette.isNull());
}

TEST_F(CommandPaletteTest, ArrowKeysGoAround)
{
    QTest::keyClick(field(), Qt::Key_Up);
    QTest::keyClick(field(), Qt::Key_Return);
    EXPECT_EQ(done, QStringList{"Gamma"});
}

TEST_F(CommandPaletteTest, EscapeDoesNothing)
{
    QTest::keyClick(field(), Qt::Key_Escape);
    EXPECT_TRUE(done.isEmpty());
    EXPECT_TRUE(palette->isHidden());
    EXPECT_TRUE(before.hasFocus());
}

TEST_F(CommandPaletteTest, SaysSoWhereNothingMatches)
{
    QTest::keyClicks(field(), "zzz");
    EXPECT_TRUE(palette->list()->isHidden());
    QTest::keyClick(field(), Qt::Key_Return);
    EXPECT_TRUE(done.isEmpty());
}

TEST_F(CommandPaletteTest, GoesAwayWithTheFocus)
{
    before.setFocus();
    EXPECT_TRUE(palette->isHidden());
    EXPECT_TRUE(before.hasFocus());
}
