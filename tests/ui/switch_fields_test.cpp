// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/switch_fields.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSignalSpy>
#include <QSpinBox>
#include <gtest/gtest.h>

namespace ui
{

namespace
{

class SwitchFieldsTest : public testing::Test
{
protected:
    template<typename T>
    T* named(const char* name)
    {
        for (T* widget : fields.findChildren<T*>())
            if (widget->accessibleName() == QString::fromUtf8(name))
                return widget;
        return nullptr;
    }

    SwitchFields fields{SwitchFields::Start::Sparse};
};

} // namespace

TEST_F(SwitchFieldsTest, AreOffUntilOneIsChosen)
{
    EXPECT_EQ(fields.switches(), core::TrainingSwitches());
}

TEST_F(SwitchFieldsTest, GiveBackWhatTheyAreGiven)
{
    const core::TrainingSwitches given = {.augment = core::Augmentation::Elastic,
                                          .augmentStrength = 0.5,
                                          .sample = core::Sampling::Loss,
                                          .samplePressure = 20,
                                          .teacher = "big.safetensors",
                                          .teacherHash = {},
                                          .temperature = 2.5,
                                          .teacherWeight = 0.9,
                                          .average = core::Averaging::Swa,
                                          .averageShare = 0.5,
                                          .sparse = core::SparseMethod::RigL,
                                          .nonzero = 321,
                                          .moveShare = 0.2,
                                          .moveInterval = 50};
    fields.setSwitches(given);
    EXPECT_EQ(fields.switches(), given);
    fields.setSwitches({});
    EXPECT_EQ(fields.switches(), core::TrainingSwitches());
}

TEST_F(SwitchFieldsTest, EnableOnlyWhatTheChoiceUses)
{
    auto* sparse = named<QComboBox>("Sparse");
    auto* nonzero = named<QSpinBox>("Sparse: non-zero");
    auto* interval = named<QSpinBox>("RigL: every … steps");
    ASSERT_TRUE(sparse && nonzero && interval);
    EXPECT_FALSE(nonzero->isEnabled());
    sparse->setCurrentIndex(static_cast<int>(core::SparseMethod::Snip));
    EXPECT_TRUE(nonzero->isEnabled());
    EXPECT_FALSE(interval->isEnabled());
    sparse->setCurrentIndex(static_cast<int>(core::SparseMethod::RigL));
    EXPECT_TRUE(interval->isEnabled());
}

TEST_F(SwitchFieldsTest, SayThatTheyHaveChanged)
{
    QSignalSpy changed(&fields, &SwitchFields::changed);
    named<QComboBox>("Average weights")->setCurrentIndex(1);
    EXPECT_EQ(changed.count(), 1);
    EXPECT_EQ(fields.switches().average, core::Averaging::Ema);
}

} // namespace ui
