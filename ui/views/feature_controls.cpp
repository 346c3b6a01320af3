// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/feature_controls.h"

#include "ui/figures/recipe.h"
#include "ui/widgets/scene_canvas.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QSpinBox>

#include <algorithm>
#include <limits>

namespace ui
{

namespace
{

constexpr int kPairsARow = 4;

QDoubleSpinBox* makeNumber(double most, double step, int decimals)
{
    auto* box = new QDoubleSpinBox;
    box->setRange(0, most);
    box->setDecimals(decimals);
    box->setSingleStep(step);
    return box;
}

QSpinBox* makeCount(int least, int most)
{
    auto* box = new QSpinBox;
    box->setRange(least, most);
    return box;
}

QComboBox* makeChoice(const QStringList& texts)
{
    auto* box = new QComboBox;
    box->addItems(texts);
    return box;
}

} // namespace

FeatureControls::FeatureControls(QWidget* parent)
    : QWidget(parent), m_steps(makeCount(1, 10000)), m_lr(makeNumber(10, 0.01, 4)),
      m_l2(makeNumber(100, 0.01, 4)), m_totalVariation(makeNumber(100, 0.01, 4)),
      m_blur(makeNumber(5, 0.1, 2)), m_jitter(makeCount(0, 8)),
      m_seed(makeCount(0, std::numeric_limits<int>::max())), m_startNoise(makeNumber(1, 0.01, 3)),
      m_start(makeChoice({tr("Pixels"), tr("Fourier")})),
      m_direction(makeChoice({tr("Maximise"), tr("Minimise")})),
      m_range(makeChoice({tr("Free"), tr("Keep in 0\u20131")})),
      m_stage(makeChoice({tr("Before activation"), tr("After activation")}))
{
    build();
    setSettings({});
}

void FeatureControls::build()
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(SceneCanvas::kMargin, 8, SceneCanvas::kMargin, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    int place = 0;
    const auto add = [&](const QString& text, QWidget* box, const QString& tip) {
        auto* label = new QLabel(text);
        label->setProperty("role", "caption");
        label->setBuddy(box);
        label->setToolTip(tip);
        box->setAccessibleName(text);
        box->setToolTip(tip);
        box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        const int row = place / kPairsARow * 2;
        const int column = place % kPairsARow;
        grid->addWidget(label, row, column);
        grid->addWidget(box, row + 1, column);
        grid->setColumnStretch(column, 1);
        ++place;
    };
    add(tr("Steps"), m_steps, tr("Steps of Adam"));
    add(tr("Learning rate"), m_lr, tr("Step size of Adam, in pixel values"));
    add(tr("L2"), m_l2, tr("Weight of the mean squared difference from the start grey"));
    add(tr("Total variation"), m_totalVariation,
        tr("Weight of the mean absolute difference between neighbours"));
    add(tr("Blur"), m_blur, tr("Deviation in pixels of a Gaussian that smooths the gradient"));
    add(tr("Jitter"), m_jitter, tr("Pixels by which each step shifts the image, at most"));
    add(tr("Start image"), m_start, tr("What is optimised: pixels, or a spectrum"));
    add(tr("Start noise"), m_startNoise, tr("Deviation of the start image around grey"));
    add(tr("Direction"), m_direction, tr("What to do with each unit's output"));
    add(tr("Unit's output"), m_stage, tr("Before or after its activation function"));
    add(tr("Pixels"), m_range, tr("Whether pixels may leave the range of real images"));
    add(tr("Seed"), m_seed, tr("The same seed gives the same pictures"));
}

FeatureSettings FeatureControls::settings() const
{
    FeatureSettings settings;
    settings.stage = m_stage->currentIndex() == 0 ? core::Stage::Pre : core::Stage::Post;
    core::MaximizerOptions& options = settings.options;
    options.steps = m_steps->value();
    options.lr = m_lr->value();
    options.l2 = m_l2->value();
    options.totalVariation = m_totalVariation->value();
    options.blur = m_blur->value();
    options.jitter = m_jitter->value();
    options.startNoise = m_startNoise->value();
    options.start =
        m_start->currentIndex() == 0 ? core::StartImage::Pixels : core::StartImage::Fourier;
    options.direction = m_direction->currentIndex() == 0 ? core::AscentDirection::Maximize
                                                         : core::AscentDirection::Minimize;
    options.range = m_range->currentIndex() == 0 ? core::PixelRange::Free : core::PixelRange::Unit;
    options.seed = static_cast<std::uint64_t>(m_seed->value());
    return settings;
}

void FeatureControls::setSettings(const FeatureSettings& settings)
{
    const core::MaximizerOptions& options = settings.options;
    m_steps->setValue(options.steps);
    m_lr->setValue(options.lr);
    m_l2->setValue(options.l2);
    m_totalVariation->setValue(options.totalVariation);
    m_blur->setValue(options.blur);
    m_jitter->setValue(options.jitter);
    m_startNoise->setValue(options.startNoise);
    m_start->setCurrentIndex(options.start == core::StartImage::Pixels ? 0 : 1);
    m_direction->setCurrentIndex(options.direction == core::AscentDirection::Maximize ? 0 : 1);
    m_range->setCurrentIndex(options.range == core::PixelRange::Free ? 0 : 1);
    m_stage->setCurrentIndex(settings.stage == core::Stage::Pre ? 0 : 1);
    m_seed->setValue(
        static_cast<int>(std::min<std::uint64_t>(options.seed, std::numeric_limits<int>::max())));
}

QJsonObject toJson(const FeatureSettings& settings)
{
    QJsonObject object = toRecipe(settings.options);
    object.insert(QStringLiteral("stage"), stageText(settings.stage));
    return object;
}

FeatureSettings featureSettings(const QJsonObject& object, const FeatureSettings& otherwise)
{
    FeatureSettings settings = otherwise;
    core::MaximizerOptions& options = settings.options;
    const auto number = [&](const char* key, double fallback) {
        return object.value(QLatin1String(key)).toDouble(fallback);
    };
    const auto is = [&](const char* key, const char* text, bool fallback) {
        const QJsonValue value = object.value(QLatin1String(key));
        return value.isString() ? value.toString() == QLatin1String(text) : fallback;
    };
    options.steps = static_cast<int>(std::clamp(number("steps", options.steps), 1.0, 10000.0));
    options.lr = std::max(0.0, number("lr", options.lr));
    options.l2 = std::max(0.0, number("l2", options.l2));
    options.totalVariation = std::max(0.0, number("totalVariation", options.totalVariation));
    options.blur = std::clamp(number("blur", options.blur), 0.0, 5.0);
    options.jitter = static_cast<int>(std::clamp(number("jitter", options.jitter), 0.0, 8.0));
    options.startNoise = std::clamp(number("startNoise", options.startNoise), 0.0, 1.0);
    options.start = is("start", "pixels", options.start == core::StartImage::Pixels)
                        ? core::StartImage::Pixels
                        : core::StartImage::Fourier;
    options.direction =
        is("direction", "maximize", options.direction == core::AscentDirection::Maximize)
            ? core::AscentDirection::Maximize
            : core::AscentDirection::Minimize;
    options.range = is("range", "free", options.range == core::PixelRange::Free)
                        ? core::PixelRange::Free
                        : core::PixelRange::Unit;
    settings.stage = is("stage", "pre", settings.stage == core::Stage::Pre) ? core::Stage::Pre
                                                                            : core::Stage::Post;
    bool valid = false;
    const qulonglong seed = object.value(QStringLiteral("seed")).toString().toULongLong(&valid);
    options.seed = valid ? seed : options.seed;
    return settings;
}

} // namespace ui
