// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/saved_session.h"

#include "tests/support/places.h"
#include "tests/support/saved_sessions.h"

#include <gtest/gtest.h>

#include <QSettings>

#include <cmath>
#include <limits>
#include <set>

using namespace ui;

namespace
{

// Gives every member, however deep, a value that is not its default and that no other one has. A
// member of a new kind does not compile until it is told here what another value of it is.

int counter = 0;

void vary(bool& value)
{
    value = !value;
}
void vary(int& value)
{
    value = ++counter;
}
void vary(QString& value)
{
    value = QString("text %1 ü").arg(++counter);
}
void vary(QStringList& value)
{
    value = {"/a b.pt", QString("/c%1.pt").arg(++counter)};
}
void vary(QByteArray& value)
{
    value = QByteArray("\0\1\xff", 3) + QByteArray::number(++counter);
}
void vary(QJsonObject& value)
{
    value = {{"channels", QJsonObject{{"range", ++counter}}}};
}
void vary(core::Stage& value)
{
    value = core::Stage::Pre;
}
void vary(ThemeChoice& value)
{
    value = ThemeChoice::Dark;
}
void vary(std::optional<int>& value)
{
    value = ++counter;
}
void vary(std::size_t& value)
{
    value = static_cast<std::size_t>(++counter);
}
void vary(float& value)
{
    value = 0.1F * static_cast<float>(++counter); // no number of few digits
}
void vary(std::string& value)
{
    value = "word " + std::to_string(++counter);
}
void vary(core::AblationKind& value)
{
    value = core::AblationKind::Mean;
}
void vary(core::AblationTarget& value)
{
    switch (++counter % 3) {
    case 0:
        value = core::WeightTarget{static_cast<std::size_t>(++counter)};
        break;
    case 1:
        value = core::ChannelTarget{++counter, ++counter};
        break;
    default:
        value = core::NeuronTarget{++counter};
    }
}
template<typename T>
requires requires(T& value)
{
    savedFields(value);
}
void vary(T& value);
template<typename T>
void vary(std::vector<T>& values)
{
    values = std::vector<T>(2);
    for (T& value : values)
        vary(value);
}
template<typename T>
requires requires(T& value)
{
    savedFields(value);
}
void vary(T& value)
{
    forEachField(value, [](const char*, auto& member) { vary(member); });
}

} // namespace

// That no member is forgotten is the compiler's part: checkedFields() counts them.
TEST(SavedSession, EveryFieldComesBackFromTheSettings)
{
    SavedSession saved;
    vary(saved);
    const SavedSession loaded = throughSettings(saved);
    std::set<std::string> keys;
    forEachField(loaded, [&](const char* key, const auto&) {
        EXPECT_TRUE(keys.insert(key).second) << key << " is there twice";
    });
    EXPECT_EQ(loaded, saved);
    EXPECT_EQ(loaded.layouts.size(), 2U);
    EXPECT_EQ(loaded.ablations.at(1).steps.at(1).edits.size(), 2U);
    EXPECT_EQ(loaded.selection.channel, saved.selection.channel);
    EXPECT_NE(saved.selection.channel, std::nullopt);
}

TEST(SavedSession, DefaultsComeBackToo)
{
    EXPECT_EQ(throughSettings(SavedSession()), SavedSession());
}

TEST(SavedSession, KeepsEveryKindOfAblationAndEveryNumberToTheBit)
{
    SavedSession saved;
    SavedAblations& ablations = saved.ablations.emplace_back();
    ablations.steps = {{core::WeightTarget{7}, core::AblationKind::Mean, "a", {}},
                       {core::ChannelTarget{1, 3}, core::AblationKind::Zero, "b", {}},
                       {core::NeuronTarget{35}, core::AblationKind::Zero, "c", {}}};
    const std::vector<float> numbers = {-0.0F, 0.1F, -1e-42F, 3.4e38F,
                                        std::numeric_limits<float>::infinity()};
    for (const float number : numbers)
        ablations.steps[0].edits.push_back({0, number, -number});
    const SavedSession loaded = throughSettings(saved);
    EXPECT_EQ(loaded, saved);
    for (std::size_t i = 0; i < numbers.size(); ++i)
        EXPECT_EQ(std::signbit(loaded.ablations[0].steps[0].edits[i].before),
                  std::signbit(numbers[i]));
}

TEST(SavedSession, CountsTheMembersOfAnAggregate)
{
    struct Three {
        QString text;
        std::vector<int> list;
        bool flag = true;
    };
    EXPECT_EQ(detail::memberCount<Three>(), 3U);
    EXPECT_EQ(detail::memberCount<Selection>(), 5U);
}

TEST(SavedSession, IsEmptyWhereNothingWasSavedOrItIsDamaged)
{
    const test::TemporaryFolder folder;
    const QString file = QString::fromStdString((folder / "settings.ini").string());
    QSettings settings(file, QSettings::IniFormat);
    EXPECT_EQ(loadSession(settings), SavedSession());
    settings.setValue("session", "{\"theme\": \"dark\", \"selection\": 7, \"files");
    EXPECT_EQ(loadSession(settings), SavedSession());
    settings.setValue("session", "{\"theme\": \"dark\", \"selection\": 7, \"layout\": {}}");
    SavedSession expected;
    expected.theme = ThemeChoice::Dark;
    EXPECT_EQ(loadSession(settings), expected) << "what can be read is kept";
}

TEST(SavedSession, RecentFilesAreTenTheLatestFirst)
{
    QStringList recent;
    for (int i = 0; i < 12; ++i)
        addRecentFile(recent, QString("/%1.pt").arg(i));
    addRecentFile(recent, "/5.pt");
    EXPECT_EQ(recent.size(), 10);
    EXPECT_EQ(recent.front(), "/5.pt");
    EXPECT_EQ(recent.count("/5.pt"), 1);
}
