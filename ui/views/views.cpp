// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/views.h"

#include "ui/views/channels_view.h"
#include "ui/views/class_heatmap_view.h"
#include "ui/views/comparison_view.h"
#include "ui/views/edges_view.h"
#include "ui/views/feature_view.h"
#include "ui/views/golf_view.h"
#include "ui/views/overview_view.h"
#include "ui/views/pruning_view.h"
#include "ui/views/scoreboard_view.h"
#include "ui/views/sweep_view.h"
#include "ui/views/training_view.h"
#include "ui/views/weights_view.h"

namespace ui
{

std::vector<View*> makeViews(Session& session, RunBoard& board, QWidget* parent)
{
    return makeViewsWith({}, session, board, parent);
}

std::vector<View*> makeViewsWith(const ViewPlaces& places, Session& session, RunBoard& board,
                                 QWidget* parent)
{
    return {new OverviewView(session, parent),
            new ChannelsView(session, parent),
            new EdgesView(session, parent),
            new ClassHeatmapView(session, parent),
            new FeatureView(session, parent),
            new WeightsView(session, parent),
            new ComparisonView(session, parent),
            new TrainingView(session, board, parent),
            new PruningView(session, board, parent),
            new ScoreboardView(session, board, places.scores, parent),
            new SweepView(session, board, places.studies, parent),
            new GolfView(session, board, parent)};
}

} // namespace ui
