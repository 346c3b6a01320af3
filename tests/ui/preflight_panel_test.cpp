// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/figure_samples.h"
#include "ui/figures/figure_set.h"
#include "ui/views/preflight_panel.h"
#include "ui/widgets/choice_bar.h"

#include <QAbstractButton>
#include <QLabel>
#include <QTest>

#include <gtest/gtest.h>

using namespace ui;

namespace
{

QLabel* pageOf(const PreflightPanel& panel)
{
    for (auto* label : panel.findChildren<QLabel*>())
        if (label->accessibleName() == PreflightPanel::tr("Preview of the page"))
            return label;
    return nullptr;
}

QImage shownBy(const PreflightPanel& panel)
{
    return pageOf(panel)->pixmap().toImage();
}

} // namespace

TEST(PreflightPanel, DrawsThePageAndSaysInWordsWhatItFinds)
{
    PreflightPanel panel;
    panel.showFigure(kernelsFigure(samples::model(), 0), {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !panel.findingsText().isEmpty(); }));
    EXPECT_TRUE(panel.findingsText().contains(QStringLiteral("\u2713 Smallest text 6.0 pt")))
        << panel.findingsText().toStdString();
    EXPECT_EQ(shownBy(panel).width(), PreflightPanel::kWidth);

    // Type of half its size is what a journal refuses, and so it comes first.
    panel.showFigure(kernelsFigure(samples::model(), 0), {89, 300, 0.5});
    ASSERT_TRUE(QTest::qWaitFor([&] { return panel.findingsText().startsWith(u"Check: "); }));
    panel.clear();
    EXPECT_TRUE(panel.findingsText().isEmpty());
    EXPECT_TRUE(shownBy(panel).isNull());
}

TEST(PreflightPanel, ShowsThePageAsColourBlindPeopleSeeIt)
{
    PreflightPanel panel;
    panel.showFigure(kernelsFigure(samples::model(), 0), {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !shownBy(panel).isNull(); }));
    const QImage normal = shownBy(panel);
    panel.findChild<ChoiceBar*>()->button(1)->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return shownBy(panel) != normal; }));
    const QImage seen = shownBy(panel);
    ASSERT_EQ(seen.size(), normal.size());
    const QPoint place(normal.width() / 2, normal.height() / 2);
    for (int x = 0; x < normal.width(); x += 7)
        EXPECT_EQ(seen.pixelColor(x, place.y()),
                  simulated(normal.pixelColor(x, place.y()), ColourVision::Deuteranopia));
}
