// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ablations.h"

#include "core/base/random.h"
#include "core/data/sample_digits.h"
#include "core/model/provenance.h"
#include "tests/support/fake_network.h"
#include "tests/support/saved_sessions.h"
#include "ui/restored_models.h"
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

    void openModel()
    {
        core::Model model = namedModel("one");
        model.file = "/models/one.pt"; // what is no file is not saved
        session.addModel(std::make_shared<core::Model>(std::move(model)));
    }

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

    /// Closes the model and opens it with what was saved of it, as the next start does.
    void restart(const core::ModelPointer& opened)
    {
        SavedSession saved;
        saved.ablations = savedAblations(session);
        saved = throughSettings(saved);
        session.closeModel(0);
        ASSERT_TRUE(savedAblations(session).empty());
        session.addModel(opened);
        ASSERT_EQ(session.current(), opened);
        for (const SavedAblations& one : saved.ablations) {
            EXPECT_EQ(one.hash.toStdString(), core::modelHash(*opened));
            ablations.restore(opened, one.steps, static_cast<std::size_t>(one.done));
        }
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
    int restarts = 0;
    core::Random random(7);
    for (int action = 0; action < 200; ++action) {
        switch (random.below(7)) {
        case 6:
            restart(opened);
            ++restarts;
            break;
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
    ASSERT_GT(restarts, 5);
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

TEST_F(AblationsTest, TryingOutAUnitIsThatOfAblatingIt)
{
    openModel();
    const std::vector<core::AblationTarget> targets = {
        core::ChannelTarget{1, 2}, core::NeuronTarget{11}, core::WeightTarget{40}};
    for (const auto kind : {core::AblationKind::Zero, core::AblationKind::Mean})
        for (const core::AblationTarget& target : targets) {
            ablations.setKind(kind);
            QSignalSpy tried(&ablations, &Ablations::triedOut);
            ablations.tryOut(target);
            ASSERT_TRUE(QTest::qWaitFor([&] { return tried.count() == 1; }, 20000));
            EXPECT_EQ(tried[0][0].value<core::AblationTarget>(), target);
            const auto effect = tried[0][1].value<core::AblationEffect>();
            ablations.ablate(target);
            ASSERT_TRUE(nothingWaits());
            ASSERT_TRUE(reported());
            EXPECT_EQ(effect.correct, ablations.report().value->effect.correct);
            EXPECT_EQ(effect.correctPerClass, ablations.report().value->effect.correctPerClass);
            EXPECT_EQ(effect.loss, ablations.report().value->effect.loss);
            ablations.undo();
        }
}

TEST_F(AblationsTest, TryingOutStaysSilentWhereThereIsNothingToTakeAway)
{
    openModel();
    ablations.ablate(core::NeuronTarget{3});
    QSignalSpy tried(&ablations, &Ablations::triedOut);
    ablations.tryOut(core::NeuronTarget{3});
    EXPECT_FALSE(QTest::qWaitFor([&] { return tried.count() > 0; }, 300));
    ablations.setKind(core::AblationKind::Mean);
    ablations.tryOut(core::WeightTarget{64}); // a bias, which reads nothing
    EXPECT_FALSE(QTest::qWaitFor([&] { return tried.count() > 0; }, 300));
}

TEST_F(AblationsTest, OfAnotherNetworkAreNotRestored)
{
    openModel();
    ablations.ablate(core::WeightTarget{9});
    const auto saved = savedAblations(session);
    ASSERT_EQ(saved.size(), 1U);
    core::Model changed = namedModel("one");
    changed.parameters.values()[9] += 1;
    session.closeModel(0);
    session.addModel(std::make_shared<core::Model>(std::move(changed)));
    QSignalSpy failures(&session, &Session::failed);
    ablations.restore(session.current(), saved[0].steps, 1);
    ASSERT_EQ(failures.count(), 1);
    EXPECT_TRUE(failures[0][0].toString().contains("features.0.weight"));
    EXPECT_TRUE(ablations.done().empty());
}

TEST_F(AblationsTest, ComeBackWithTheirFile)
{
    const core::Model model = namedModel("one");
    SavedSession saved;
    saved.currentFile = "/models/one.pt";
    core::AblationHistory history(model.parameters);
    history.ablate(model.architecture, core::ChannelTarget{2, 1}, core::AblationKind::Zero);
    for (const char* file : {"/models/one.pt", "/models/two.pt"})
        saved.ablations.push_back({file,
                                   QString::fromStdString(core::modelHash(model)),
                                   1,
                                   {history.steps().begin(), history.steps().end()}});
    saved.ablations[1].hash = "of what was there before";
    restoreWhenOpen(session, saved, true);
    QSignalSpy failures(&session, &Session::failed);
    session.openModelFile("/models/two.pt");
    session.openModelFile("/models/one.pt");
    ASSERT_TRUE(QTest::qWaitFor([&] { return session.models().size() == 2; }, 20000));
    EXPECT_EQ(session.currentIndex(), 1);
    EXPECT_EQ(session.current()->name, "one, ablated");
    EXPECT_EQ(session.models()[0].model, session.models()[0].opened);
    ASSERT_EQ(failures.count(), 1);
    EXPECT_TRUE(failures[0][0].toString().contains("two.pt has changed"));
    session.openModelFile("/models/one.pt"); // read anew: once is enough
    ASSERT_TRUE(QTest::qWaitFor([&] { return !session.opening(); }, 20000));
    EXPECT_EQ(session.current()->name, "one");
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
    EXPECT_EQ(model->provenance.selectedOn, "test") << "whose right answers were shown";
    EXPECT_NE(model->provenance.recipe.find(core::modelHash(*ablations.opened())),
              std::string::npos);
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
