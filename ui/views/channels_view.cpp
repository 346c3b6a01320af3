// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/channels_view.h"

#include "core/inspect/receptive_field.h"
#include "ui/figures/kernel_slices.h"
#include "ui/figures/recipe.h"
#include "ui/models/input_name.h"
#include "ui/widgets/choice_bar.h"
#include "ui/widgets/wrap_layout.h"

#include <QCheckBox>
#include <QComboBox>
#include <QSignalBlocker>

#include <algorithm>

namespace ui
{

ChannelsView::ChannelsView(Session& session, QWidget* parent)
    : FigureView(session, parent), m_stages(new ChoiceBar(tr("Stage"))), m_units(new QComboBox),
      m_range(new QComboBox), m_kernels(new QCheckBox(tr("Kernels")))
{
    m_units->setAccessibleName(tr("Layer"));
    m_stages->setChoices({tr("Before"), tr("After")});
    m_stages->setTip(0, tr("Outputs before the activation function"));
    m_stages->setTip(1, tr("Outputs after the activation function"));
    m_range->setAccessibleName(tr("Colour range"));
    m_range->addItems(
        {tr("Range: unit"), tr("Range: layer"), tr("Range: model"), tr("Range: locked")});
    m_range->setItemData(0, tr("Each channel has its own range"), Qt::ToolTipRole);
    m_range->setItemData(1, tr("One range for the channels of the layer"), Qt::ToolTipRole);
    m_range->setItemData(2, tr("One range for all layers"), Qt::ToolTipRole);
    m_range->setItemData(3, tr("The range as it is now, whatever the input"), Qt::ToolTipRole);
    m_range->setCurrentIndex(static_cast<int>(ColourRange::Layer));
    m_kernels->setChecked(true);
    toolbar()->addWidget(m_units);
    toolbar()->addWidget(m_stages);
    toolbar()->addWidget(m_range);
    toolbar()->addWidget(m_kernels);
    addExportButton();

    connect(m_units, &QComboBox::activated, this, [this](int index) {
        Selection selection = this->session().selection();
        selection.unit = index;
        selection.channel.reset();
        selection.position.reset();
        this->session().select(selection);
    });
    connect(m_stages, &ChoiceBar::chosen, this, [this](int stage) {
        Selection selection = this->session().selection();
        selection.stage = stage == 0 ? core::Stage::Pre : core::Stage::Post;
        this->session().select(selection);
    });
    connect(m_range, &QComboBox::activated, this, &ChannelsView::chooseRange);
    connect(m_kernels, &QCheckBox::toggled, this, &ChannelsView::refreshLater);
    connect(&session, &Session::activationsChanged, this, &ChannelsView::refreshLater);
    connect(&session, &Session::selectionChanged, this, &ChannelsView::followSelection);
}

void ChannelsView::followSelection()
{
    const Selection& selection = session().selection();
    if (selection.unit != m_seen.unit || selection.stage != m_seen.stage)
        refreshLater();
    m_seen = selection;
}

int ChannelsView::unitIndex() const
{
    const int units = static_cast<int>(session().current()->architecture.units().size());
    return std::clamp(session().selection().unit, 0, units - 1);
}

const core::Unit& ChannelsView::unit() const
{
    return session().current()->architecture.units()[static_cast<std::size_t>(unitIndex())];
}

std::unique_ptr<SceneFigure> ChannelsView::makeFigure() const
{
    const core::ModelPointer model = session().current();
    const auto activations = session().activations();
    if (model == nullptr || activations == nullptr ||
        activations->layers.size() != model->architecture.layers().size())
        return nullptr;
    ChannelsOptions options;
    options.unit = unitIndex();
    options.stage = session().selection().stage;
    options.range = static_cast<ColourRange>(m_range->currentIndex());
    options.lockedRange = m_lockedRange;
    options.input = inputName(session().input(), *session().dataset());
    options.kernels = m_kernels->isChecked();
    return std::make_unique<ChannelsFigure>(model, activations, options);
}

QString ChannelsView::emptyText() const
{
    return session().current() == nullptr
               ? tr("What each channel makes of the input would be here.\n"
                    "Open a model, or drop its file anywhere in the window.")
               : tr("Loading the library that runs the network\u2026");
}

void ChannelsView::updateControls()
{
    const core::ModelPointer model = session().current();
    m_units->setEnabled(model != nullptr);
    m_stages->setEnabled(model != nullptr);
    if (model == nullptr)
        return;
    QStringList names;
    for (const core::Unit& one : model->architecture.units())
        names << QString::fromStdString(one.name);
    QStringList present;
    for (int i = 0; i < m_units->count(); ++i)
        present << m_units->itemText(i);
    if (names != present) {
        m_units->clear();
        m_units->addItems(names);
    }
    m_units->setCurrentIndex(unitIndex());
    m_stages->setEnabled(unit().preLayer != unit().postLayer);
    m_stages->setCurrent(session().selection().stage == core::Stage::Pre ? 0 : 1);
}

void ChannelsView::chooseRange(int range)
{
    const auto* figure = dynamic_cast<const ChannelsFigure*>(shown());
    if (static_cast<ColourRange>(range) == ColourRange::Locked && figure != nullptr)
        m_lockedRange = figure->range();
    refreshLater();
}

/// The pixels of the input that the unit's output at the position reads.
std::optional<SceneMark> ChannelsView::patchOf(int position) const
{
    const int columns = unit().shape.width;
    const core::PixelWindow window =
        core::receptiveWindow(session().current()->architecture, unit().postLayer,
                              position / columns, position % columns);
    if (window.height == 0 || window.width == 0)
        return std::nullopt;
    return SceneMark{{ChannelsFigure::Input, 0},
                     QRect(window.left, window.top, window.width, window.height),
                     MarkKind::Selected};
}

std::vector<SceneMark> ChannelsView::selectionMarks() const
{
    const Selection& selection = session().selection();
    std::vector<SceneMark> marks;
    if (!selection.channel || *selection.channel >= unit().shape.channels ||
        selection.unit != unitIndex())
        return marks;
    const MapKey key{ChannelsFigure::Output, *selection.channel};
    marks.push_back({key, std::nullopt, MarkKind::Selected});
    if (!selection.position || *selection.position >= unit().shape.area())
        return marks;
    const int columns = unit().shape.width;
    marks.push_back({key, QRect(*selection.position % columns, *selection.position / columns, 1, 1),
                     MarkKind::Selected});
    if (auto patch = patchOf(*selection.position))
        marks.push_back(*patch);
    return marks;
}

std::vector<SceneMark> ChannelsView::hoverMarks(const SceneHit& hit) const
{
    std::vector<SceneMark> marks{{hit.key, QRect(hit.column, hit.row, 1, 1), MarkKind::Hovered}};
    if (hit.key.group == ChannelsFigure::Output)
        if (auto patch = patchOf(hit.row * unit().shape.width + hit.column))
            marks.push_back(*patch);
    return marks;
}

QString ChannelsView::hoverOutput(const SceneHit& hit) const
{
    const QString stage =
        stageSentence(session().current()->architecture, unit(), session().selection().stage);
    QString text = tr("%1 channel %2 (%3, %4)%5 = %6")
                       .arg(QString::fromStdString(unit().name))
                       .arg(hit.key.index)
                       .arg(hit.row)
                       .arg(hit.column)
                       .arg(stage.isEmpty() ? QString() : u' ' + stage, shortNumber(hit.value));
    const auto patch = patchOf(hit.row * unit().shape.width + hit.column);
    if (patch)
        text += tr(", reads rows %1\u2013%2, columns %3\u2013%4")
                    .arg(patch->cells->top())
                    .arg(patch->cells->bottom())
                    .arg(patch->cells->left())
                    .arg(patch->cells->right());
    return text;
}

QString ChannelsView::hoverText(const SceneHit& hit) const
{
    switch (hit.key.group) {
    case ChannelsFigure::Input:
        return tr("input (%1, %2) = %3").arg(hit.row).arg(hit.column).arg(shortNumber(hit.value));
    case ChannelsFigure::Output:
        return hoverOutput(hit);
    default:
        break;
    }
    const core::Model& model = *session().current();
    const int slices = sliceLayout(model.architecture, unitIndex()).slices;
    return tr("%1 channel %2, kernel %3 (%4, %5) = %6")
        .arg(QString::fromStdString(unit().name))
        .arg(hit.key.index / slices)
        .arg(sliceText(model, unitIndex(), hit.key.index % slices))
        .arg(hit.row)
        .arg(hit.column)
        .arg(hit.removed ? tr("removed") : shortNumber(hit.value));
}

void ChannelsView::choose(const SceneHit& hit)
{
    Selection selection = session().selection();
    selection.unit = unitIndex();
    selection.position.reset();
    if (hit.key.group == ChannelsFigure::Input) {
        selection.channel.reset();
    } else if (hit.key.group == ChannelsFigure::Output) {
        selection.channel = hit.key.index;
        selection.position = hit.row * unit().shape.width + hit.column;
    } else {
        selection.channel =
            hit.key.index / sliceLayout(session().current()->architecture, unitIndex()).slices;
    }
    session().select(selection);
}

QStringList ChannelsView::exportChoices() const
{
    return {tr("Channels"), tr("Kernels only")};
}

std::unique_ptr<Figure> ChannelsView::exportFigureAt(int choice) const
{
    if (choice == 1 && session().current() != nullptr)
        return kernelsFigure(session().current(), unitIndex());
    return figure();
}

QJsonObject ChannelsView::state() const
{
    return {{QStringLiteral("range"), m_range->currentIndex()},
            {QStringLiteral("lockedRange"), m_lockedRange},
            {QStringLiteral("kernels"), m_kernels->isChecked()}};
}

void ChannelsView::restore(const QJsonObject& state)
{
    m_range->setCurrentIndex(
        std::clamp(state.value(QStringLiteral("range")).toInt(m_range->currentIndex()), 0, 3));
    m_lockedRange = std::max(0.0, state.value(QStringLiteral("lockedRange")).toDouble(1));
    m_kernels->setChecked(state.value(QStringLiteral("kernels")).toBool(true));
    refreshLater();
}

} // namespace ui
