// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/comparison.h"
#include "ui/figures/scene_figure.h"
#include "ui/selection.h"

#include <QRect>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ui
{

/// Two models and how they differ. In `comparison` a is the reference and b the current model, so
/// that its differences are current less reference, as all that is drawn.
struct ModelPair {
    core::ModelPointer current;
    core::ModelPointer reference;
    std::shared_ptr<const core::Comparison> comparison;
};

enum class PairMode {
    SideBySide,
    Difference, ///< current less reference
    Current,    ///< the one in the other's place, for flickering
    Reference,
    Mask, ///< of weights: in which of the two they are there
};

/// A channel of one model and what corresponds to it in the other.
struct ChannelMatch {
    std::optional<int> current;
    std::optional<int> reference;
    std::optional<double> correlation; ///< absent where the pairing isn't by responses

    bool both() const { return current && reference; }
    QString brief() const; ///< "2 \u2194 3", "2 \u2194 \u2013"
    QString text() const;  ///< "2 \u2194 3", "2, only in current"
};

/// The current model's channels of a unit in their order, then those only the reference has.
/// Logits are paired by their digit.
std::vector<ChannelMatch> channelMatches(const ModelPair& pair, const std::string& unit);
/// Channels paired by their numbers.
std::vector<ChannelMatch> equalMatches(int current, int reference);

/// A place that belongs to what is selected.
struct PairMark {
    MapKey key;
    std::optional<QRect> cells; ///< x = column, y = row; absent: the whole map
};

/// A figure about the current model and the reference.
class PairFigure : public SceneFigure
{
public:
    PairFigure(ModelPair pair, PairMode mode);

    QJsonObject recipe() const override;

    virtual QString hoverText(const SceneHit& hit) const = 0;
    /// The selection (of the current model) after a click.
    virtual Selection chosen(const SceneHit&, Selection selection) const { return selection; }
    virtual std::vector<PairMark> marksOf(const Selection&) const { return {}; }

    PairMode mode() const { return m_mode; }
    /// For the window, which names the models and their parameters elsewhere.
    QString shortCaption() const;

protected:
    const ModelPair& pair() const { return m_pair; }
    const core::Model& reference() const { return *m_pair.reference; }
    /// "Current: a, 575 of 820 parameters non-zero. Reference: b, 820 parameters."
    QString modelsText() const;
    /// "matched by the correlation r of their outputs on 1,000 images spread over MNIST test, ..."
    QString matchingText() const;
    QString modeText() const;                         ///< "current less reference", for captions
    std::optional<int> referenceUnit(int unit) const; ///< of the same name

private:
    ModelPair m_pair;
    PairMode m_mode;
};

/// The unit whose channels the features are, or come from where they are pooled.
int featureOwner(const core::Architecture& architecture);

QString parametersText(const core::Model& model); ///< "a, 575 of 820 parameters non-zero"

} // namespace ui
