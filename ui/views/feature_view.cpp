// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/feature_view.h"

#include "ui/figures/recipe.h"
#include "ui/views/feature_controls.h"
#include "ui/widgets/choice_bar.h"
#include "ui/widgets/wrap_layout.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace ui
{

namespace
{

constexpr std::array kPresets = {"plain", "smooth", "robust"};

} // namespace

FeatureView::FeatureView(Session& session, QWidget* parent)
    : FigureView(session, parent), m_run(session.calls()), m_preset(new ChoiceBar(tr("Preset"))),
      m_startStop(new QPushButton(tr("Start"))), m_disclose(new QToolButton),
      m_group(new QComboBox), m_mask(new QCheckBox(tr("Mask"))), m_controls(new FeatureControls),
      m_scrubber(new QSlider(Qt::Horizontal)), m_step(new QLabel)
{
    buildToolbar();
    buildScrubber();
    m_controls->setSettings({core::maximizerPreset(kPresets[0]), core::Stage::Post});

    connect(&session, &Session::currentModelChanged, this, &FeatureView::followModel);
    connect(&m_run, &FeatureRun::advanced, this, &FeatureView::showProgress);
    connect(&m_run, &FeatureRun::finished, this, &FeatureView::showProgress);
    connect(&m_run, &FeatureRun::failed, this, [this](const QString& sentence) {
        m_failure = sentence;
        refreshLater();
    });
}

void FeatureView::buildToolbar()
{
    m_preset->setChoices({tr("Plain"), tr("Smooth"), tr("Robust")});
    m_preset->setTip(0, tr("Gradient ascent as it is"));
    m_preset->setTip(1, tr("Penalties and blur against single pixels"));
    m_preset->setTip(2, tr("Images that still work when shifted"));
    m_startStop->setProperty("role", "primary");
    m_disclose->setText(tr("Settings"));
    m_disclose->setCheckable(true);
    m_disclose->setToolTip(tr("Every setting of the gradient ascent"));
    m_group->setAccessibleName(tr("Shown layer"));
    m_mask->setChecked(true);
    m_mask->setToolTip(tr("Hatch the pixels that a unit can't see"));
    toolbar()->addWidget(m_preset);
    toolbar()->addWidget(m_startStop);
    toolbar()->addWidget(m_disclose);
    toolbar()->addWidget(m_group);
    toolbar()->addWidget(m_mask);
    addExportButton();
    m_controls->hide();
    page()->insertWidget(2, m_controls);

    connect(m_preset, &ChoiceBar::chosen, this, &FeatureView::choosePreset);
    connect(m_startStop, &QPushButton::clicked, this,
            [this] { m_run.running() ? stop() : start(); });
    connect(m_disclose, &QToolButton::toggled, m_controls, &QWidget::setVisible);
    connect(m_group, &QComboBox::activated, this, &FeatureView::refreshLater);
    connect(m_mask, &QCheckBox::toggled, this, &FeatureView::refreshLater);
}

void FeatureView::buildScrubber()
{
    m_scrubber->setAccessibleName(tr("Recorded steps"));
    m_scrubber->setToolTip(tr("Look back at the steps on the way"));
    m_scrubber->setEnabled(false);
    m_step->setProperty("role", "caption");
    m_step->setMinimumWidth(m_step->fontMetrics().horizontalAdvance(tr("step 10000 of 10000")));
    m_scrubber->setMinimumHeight(24); // the handle is taller than the groove says
    auto* rule = new QFrame;
    rule->setProperty("role", "rule");
    rule->setFixedHeight(1);
    page()->addWidget(rule);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(SceneCanvas::kMargin, 8, SceneCanvas::kMargin, 8);
    row->setSpacing(12);
    row->addWidget(m_scrubber, 1);
    row->addWidget(m_step);
    page()->addLayout(row);
    connect(m_scrubber, &QSlider::valueChanged, this, &FeatureView::scrub);
}

void FeatureView::followModel()
{
    if (m_run.model() != session().current()) {
        m_run.clear();
        m_failure.clear();
        m_following = true;
    }
    showProgress();
    if (isVisible() && m_run.model() == nullptr && session().current() != nullptr)
        start();
}

void FeatureView::showEvent(QShowEvent* event)
{
    // The first look at a model starts the ascent by itself; what was computed stays.
    if (m_run.model() == nullptr && session().current() != nullptr)
        start();
    FigureView::showEvent(event);
    showProgress();
}

void FeatureView::start()
{
    if (session().current() == nullptr)
        return;
    m_failure.clear();
    m_following = true;
    m_run.start(session().current(), m_controls->settings());
    showProgress();
}

void FeatureView::stop()
{
    m_run.stop();
}

void FeatureView::choosePreset(int preset)
{
    FeatureSettings settings = m_controls->settings();
    const core::MaximizerOptions before = settings.options;
    settings.options = core::maximizerPreset(kPresets[static_cast<std::size_t>(preset)]);
    settings.options.seed = before.seed; // the person's own choices stay
    settings.options.direction = before.direction;
    m_controls->setSettings(settings);
    start();
}

void FeatureView::scrub(int place)
{
    m_following = place == m_scrubber->maximum();
    refreshLater();
}

void FeatureView::showProgress()
{
    const bool running = m_run.running();
    const FeatureFrame latest = m_run.latest();
    const int steps = m_run.settings().options.steps;
    m_startStop->setText(running ? tr("Stop") : tr("Start"));
    m_startStop->setToolTip(running ? tr("Stop and keep the images reached")
                                    : tr("Optimise all images from the start"));
    m_startStop->setEnabled(session().current() != nullptr);
    setProgress(running ? std::optional(latest ? static_cast<double>(latest->steps) / steps : -1.0)
                        : std::nullopt);
    const int frames = static_cast<int>(m_run.recorded().size());
    {
        const QSignalBlocker quiet(m_scrubber);
        m_scrubber->setEnabled(frames > 1);
        m_scrubber->setRange(0, std::max(0, frames - 1));
        if (m_following)
            m_scrubber->setValue(m_scrubber->maximum());
    }
    refreshLater();
}

FeatureFrame FeatureView::frame() const
{
    FeatureFrame chosen = m_run.latest();
    if (!m_following) {
        const std::vector<FeatureFrame> frames = m_run.recorded();
        const auto place = static_cast<std::size_t>(m_scrubber->value());
        if (place < frames.size())
            chosen = frames[place];
    }
    return onlyGroup(chosen, m_group->currentData().toString().toStdString());
}

std::unique_ptr<SceneFigure> FeatureView::makeFigure() const
{
    const FeatureFrame shownFrame = frame();
    if (shownFrame == nullptr || m_run.model() == nullptr)
        return nullptr;
    return std::make_unique<MaximizationFigure>(m_run.model(), shownFrame,
                                                MaximizationFigureOptions{m_run.settings().options,
                                                                          m_run.settings().stage,
                                                                          m_mask->isChecked()});
}

QString FeatureView::emptyText() const
{
    if (!m_failure.isEmpty())
        return m_failure;
    return session().current() == nullptr
               ? tr("Images that excite each channel and neuron would be here.\n"
                    "Open a model, or drop its file anywhere in the window.")
               : tr("Starting\u2026");
}

void FeatureView::updateControls()
{
    canvas()->setStale(false);
    const core::ModelPointer model = session().current();
    std::vector<std::string> groups;
    if (model != nullptr)
        groups = core::maximizerGroups(model->architecture);
    QStringList names{tr("All layers")};
    for (const std::string& group : groups)
        names << QString::fromStdString(group);
    QStringList present;
    for (int i = 0; i < m_group->count(); ++i)
        present << m_group->itemText(i);
    if (names != present) {
        const QString before = m_savedGroup.isEmpty() ? m_group->currentData().toString()
                                                      : std::exchange(m_savedGroup, {});
        m_group->clear();
        m_group->addItem(names.front(), QString());
        for (int i = 1; i < names.size(); ++i)
            m_group->addItem(names[i], names[i]);
        m_group->setCurrentIndex(std::max(0, m_group->findData(before)));
    }
    const FeatureFrame now = frame();
    m_step->setText(now == nullptr
                        ? QString()
                        : tr("step %1 of %2").arg(now->steps).arg(m_run.settings().options.steps));
}

bool FeatureView::waits() const
{
    return m_run.running() && m_run.latest() == nullptr;
}

QString FeatureView::hoverText(const SceneHit& hit) const
{
    const auto* figure = dynamic_cast<const MaximizationFigure*>(shown());
    const auto index = static_cast<std::size_t>(hit.key.index);
    const core::Maximization& result = figure->result();
    return tr("%1 (%2, %3) = %4, objective %5 at the start, %6 after %7 steps")
        .arg(QString::fromStdString(result.targets[index].name))
        .arg(hit.row)
        .arg(hit.column)
        .arg(hit.removed ? tr("not seen by the unit") : shortNumber(hit.value),
             shortNumber(result.start[index]), shortNumber(result.end[index]))
        .arg(result.steps);
}

std::optional<int> FeatureView::unitOf(const core::MaximizerTarget& target) const
{
    const auto& units = m_run.model()->architecture.units();
    for (int i = 0; i < static_cast<int>(units.size()); ++i) {
        const core::Unit& unit = units[static_cast<std::size_t>(i)];
        if (unit.preLayer == target.objective.layer || unit.postLayer == target.objective.layer)
            return i;
    }
    return std::nullopt;
}

std::vector<SceneMark> FeatureView::selectionMarks() const
{
    const auto* figure = dynamic_cast<const MaximizationFigure*>(shown());
    const Selection& selection = session().selection();
    std::vector<SceneMark> marks;
    if (figure == nullptr || !selection.channel)
        return marks;
    const auto& targets = figure->result().targets;
    for (int i = 0; i < static_cast<int>(targets.size()); ++i) {
        const core::Objective& objective = targets[static_cast<std::size_t>(i)].objective;
        const bool samePlace =
            !objective.position || !selection.position || objective.position == selection.position;
        if (unitOf(targets[static_cast<std::size_t>(i)]) == selection.unit &&
            objective.channel == *selection.channel && samePlace)
            marks.push_back({{MaximizationFigure::Target, i}, std::nullopt, MarkKind::Selected});
    }
    return marks;
}

std::vector<SceneMark> FeatureView::hoverMarks(const SceneHit& hit) const
{
    return {{hit.key, std::nullopt, MarkKind::Hovered}};
}

void FeatureView::choose(const SceneHit& hit)
{
    const auto* figure = dynamic_cast<const MaximizationFigure*>(shown());
    if (figure == nullptr)
        return;
    const core::MaximizerTarget& target =
        figure->result().targets[static_cast<std::size_t>(hit.key.index)];
    Selection selection = session().selection();
    selection.unit = unitOf(target).value_or(selection.unit);
    selection.channel = target.objective.channel;
    selection.position = target.objective.position;
    session().select(selection);
}

QJsonObject FeatureView::state() const
{
    return {{QStringLiteral("preset"), m_preset->current()},
            {QStringLiteral("settings"), toJson(m_controls->settings())},
            {QStringLiteral("disclosed"), m_disclose->isChecked()},
            {QStringLiteral("mask"), m_mask->isChecked()},
            {QStringLiteral("group"),
             m_savedGroup.isEmpty() ? m_group->currentData().toString() : m_savedGroup}};
}

void FeatureView::restore(const QJsonObject& state)
{
    m_preset->setCurrent(std::clamp(state.value(QStringLiteral("preset")).toInt(0), 0, 2));
    m_controls->setSettings(featureSettings(state.value(QStringLiteral("settings")).toObject(),
                                            m_controls->settings()));
    m_disclose->setChecked(state.value(QStringLiteral("disclosed")).toBool());
    m_mask->setChecked(state.value(QStringLiteral("mask")).toBool(true));
    // The layers may be known only later.
    m_savedGroup = state.value(QStringLiteral("group")).toString();
    if (const int group = m_group->findData(m_savedGroup); group >= 0) {
        m_group->setCurrentIndex(group);
        m_savedGroup.clear();
    }
}

} // namespace ui
