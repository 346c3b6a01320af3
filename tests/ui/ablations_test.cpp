// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ablations.h"

#include "core/base/random.h"
#include "core/data/sample_digits.h"
#include "core/model/provenance.h"
#include "tests/support/fake_network.h"
#include "ui/session.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace ui;

namespace
{

class AblationsTest : public testing::Test
{
protected:
    std::shared_ptr<FakeControl> control = std::make_shared<FakeControl>();
    Session session{1, fakeCalls(control)};
    Ablations& ablations = session.ablations();

    void openModel() { session.addModel(sharedModel("one")); }

    std::vector<float> shownParameters() const
    {
        const auto values = session.current()->parameters.values();
        return {values.begin(), values.end()};
    }

    bool nothingWaits()
    {
        return QTest::qWaitFor([&] { return ablations.waiting().isEmpty(); }, 20000);
    }

    bool reported()
    {
        return QTest::qWaitFor(
            [&] {
                const auto& report = ablations.report();
                return report.value && !report.running && report.value->imagesKnown;
            },
            20000);
    }

    core::AblationTarget randomTarget(core::Random& random) const
    {
        switch (random.below(3)) {
        case 0:
            return core::WeightTarget{random.below(64)};
        case 1:
            return core::ChannelTarget{static_cast<int>(random.below(3)),
                                       static_cast<int>(random.below(4))};
        default:
            return core::NeuronTarget{static_cast<int>(random.below(36))};
        }
    }
};

} // namespace

TEST_F(AblationsTest, AnAblatedModelTakesThePlaceOfTheCurrentOne)
{
    openModel();
    const core::ModelPointer opened = session.current();
    QSignalSpy changes(&session, &Session::currentModelChanged);
    ablations.ablate(core::ChannelTarget{0, 2});
    EXPECT_EQ(changes.count(), 1);
    EXPECT_NE(session.current(), opened);
    EXPECT_EQ(session.models()[0].opened, opened);
    EXPECT_EQ(session.current()->parameters.nonzero(), opened->parameters.nonzero() - 17);
    EXPECT_TRUE(ablations.isAblated(core::ChannelTarget{0, 2}));
    ablations.undo();
    EXPECT_EQ(session.current(), opened) << "the very model, so that what was measured still holds";
}

TEST_F(AblationsTest, UndoAndRedoRestoreTheExactStateOverRandomActions)
{
    openModel();
    const core::ModelPointer opened = session.current();
    std::vector<std::vector<float>> states = {shownParameters()};
    std::size_t at = 0;
    core::Random random(7);
    for (int action = 0; action < 200; ++action) {
        switch (random.below(6)) {
        case 0:
        case 1:
            ablations.undo();
            at -= at > 0 ? 1 : 0;
            break;
        case 2:
            ablations.redo();
            at += at + 1 < states.size() ? 1 : 0;
            break;
        default: {
            ablations.setKind(random.below(2) == 0 ? core::AblationKind::Zero
                                                   : core::AblationKind::Mean);
            const std::size_t before = ablations.done().size();
            ablations.ablate(randomTarget(random));
            ASSERT_TRUE(nothingWaits());
            if (ablations.done().size() > before) {
                states.resize(++at);
                states.push_back(shownParameters());
            }
        }
        }
        ASSERT_EQ(ablations.done().size(), at);
        ASSERT_EQ(shownParameters(), states[at]);
        ASSERT_EQ(ablations.canUndo(), at > 0);
        ASSERT_EQ(ablations.canRedo(), at + 1 < states.size());
    }
    ASSERT_GT(states.size(), 5U);
    ablations.reset();
    EXPECT_EQ(session.current(), opened);
    while (ablations.canRedo())
        ablations.redo();
    EXPECT_EQ(shownParameters(), states.back());
}

TEST_F(AblationsTest, ReportTheRightAnswersOfAFullEvaluation)
{
    openModel();
    ablations.ablate(core::WeightTarget{3});
    ablations.ablate(core::ChannelTarget{1, 1});
    ASSERT_TRUE(reported());
    const auto backend = core::makeBackend(session.current()->architecture);
    const core::Evaluation expected =
        backend->evaluate(session.current()->parameters.values(), *session.dataset());
    const AblationReport& report = *ablations.report().value;
    EXPECT_EQ(report.effect.correct, expected.correct);
    EXPECT_EQ(report.effect.images, session.dataset()->size());
    for (int label = 0; label < 10; ++label)
        EXPECT_EQ(report.effect.correctPerClass[static_cast<std::size_t>(label)],
                  expected.confusion[static_cast<std::size_t>(label * 11)]);
    EXPECT_EQ(report.data.toStdString(), session.dataset()->description());
    ASSERT_FALSE(report.images.empty());
    EXPECT_GE(std::abs(report.images.front().change()), std::abs(report.images.back().change()));
}

TEST_F(AblationsTest, AMeanAblationWaitsForTheMeansAndCanBeUndoneWhileItDoes)
{
    openModel();
    const core::ModelPointer opened = session.current();
    ablations.setKind(core::AblationKind::Mean);
    ablations.ablate(core::ChannelTarget{0, 1});
    ablations.ablate(core::NeuronTarget{5});
    EXPECT_EQ(ablations.waiting(), QStringList({"conv1 channel 1", "neuron 5"}));
    EXPECT_EQ(session.current(), opened);
    ablations.undo();
    EXPECT_EQ(ablations.waiting(), QStringList({"conv1 channel 1"}));
    ASSERT_TRUE(nothingWaits());
    ASSERT_EQ(ablations.done().size(), 1U);
    EXPECT_EQ(ablations.done()[0].what, "conv1 channel 1");
    EXPECT_EQ(ablations.done()[0].kind, core::AblationKind::Mean);
    EXPECT_NE(session.current(), opened);
}

TEST_F(AblationsTest, TryingOutMeasuresAndChangesNothing)
{
    openModel();
    ablations.ablate(core::WeightTarget{9});
    const core::ModelPointer before = session.current();
    std::optional<core::AblationEffect> tried;
    QObject::connect(&ablations, &Ablations::triedOut, &ablations,
                     [&](const core::AblationTarget& target, const core::AblationEffect& effect) {
                         EXPECT_EQ(target, core::AblationTarget(core::WeightTarget{300}));
                         tried = effect;
                     });
    ablations.tryOut(core::WeightTarget{200}); // the next one takes its place
    ablations.tryOut(core::WeightTarget{300});
    ASSERT_TRUE(QTest::qWaitFor([&] { return tried.has_value(); }, 20000));
    EXPECT_EQ(session.current(), before);
    EXPECT_EQ(ablations.done().size(), 1U);
    std::vector<float> parameters = shownParameters();
    parameters[300] = 0;
    const auto backend = core::makeBackend(before->architecture);
    EXPECT_EQ(tried->correct, backend->evaluate(parameters, *session.dataset()).correct);
}

TEST_F(AblationsTest, EachModelKeepsItsOwn)
{
    openModel();
    session.addModel(sharedModel("two"));
    ablations.ablate(core::WeightTarget{0});
    session.setCurrent(1);
    EXPECT_TRUE(ablations.done().empty());
    EXPECT_FALSE(ablations.canUndo());
    session.setCurrent(0);
    EXPECT_EQ(ablations.done().size(), 1U);
    EXPECT_EQ(session.current()->parameters.nonzero(), 819U);
    session.closeModel(0);
    EXPECT_TRUE(ablations.done().empty());
}

TEST_F(AblationsTest, TheModelToSaveSaysWhatWasDoneAndMeasured)
{
    openModel();
    EXPECT_FALSE(ablations.toSave());
    ablations.ablate(core::NeuronTarget{17});
    ASSERT_TRUE(reported());
    const auto model = ablations.toSave();
    ASSERT_TRUE(model);
    EXPECT_NE(model->provenance.origin.find("ablated: neuron 17 (zero)"), std::string::npos);
    ASSERT_EQ(model->provenance.accuracies.size(), 1U);
    EXPECT_EQ(model->provenance.accuracies[0].correct, ablations.report().value->effect.correct);
    EXPECT_EQ(model->provenance.accuracies[0].data, session.dataset()->description());
}

TEST_F(AblationsTest, SayWhatCannotBeAblated)
{
    openModel();
    QSignalSpy failures(&session, &Session::failed);
    ablations.ablate(core::ChannelTarget{0, 99});
    ASSERT_EQ(failures.count(), 1);
    EXPECT_TRUE(failures[0][0].toString().contains("channels 0 to 3"));
    EXPECT_TRUE(ablations.done().empty());
}
