// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/field_section.h"

#include "core/inspect/receptive_field.h"
#include "ui/panels/form_rows.h"
#include "ui/session.h"
#include "ui/widgets/pixel_grid.h"
#include "ui/words.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

FieldSection::FieldSection(Session& session, QWidget* parent)
    : Section(QStringLiteral("field"), tr("Receptive field"), parent), m_session(session),
      m_input(new PixelGrid(tr("Input: choose a pixel to see who reads it"))),
      m_output(new PixelGrid(tr("Outputs: choose one to see what it reads"))),
      m_outputName(formLabel("caption")), m_text(formLabel("caption"))
{
    auto* inputName = formLabel("caption");
    inputName->setText(tr("input"));
    auto* maps = new QGridLayout;
    maps->setContentsMargins(0, 0, 0, 0);
    maps->setHorizontalSpacing(12);
    maps->setVerticalSpacing(2);
    maps->addWidget(inputName, 0, 0);
    maps->addWidget(m_outputName, 0, 1);
    maps->addWidget(m_input, 1, 0, Qt::AlignTop | Qt::AlignLeft);
    maps->addWidget(m_output, 1, 1, Qt::AlignTop | Qt::AlignLeft);
    maps->setColumnStretch(1, 1);
    body()->addLayout(maps);
    body()->addWidget(m_text);

    connect(m_input, &PixelGrid::hovered, this, [this](int row, int column) {
        showPixel(Place{row, column});
    });
    connect(m_output, &PixelGrid::hovered, this, [this](int row, int column) {
        showOutput(Place{row, column});
    });
    connect(m_input, &PixelGrid::left, this, &FieldSection::showChosen);
    connect(m_output, &PixelGrid::left, this, &FieldSection::showChosen);
    connect(m_input, &PixelGrid::chosen, this, [this](int row, int column) {
        m_pixel = Place{row, column};
        showChosen();
    });
    connect(m_output, &PixelGrid::chosen, this, [this](int row, int column) {
        m_pixel.reset();
        Selection selection = m_session.selection();
        selection.position = row * m_output->map().columns + column;
        m_session.select(selection);
        showChosen();
    });
}

int FieldSection::layer() const
{
    const auto& units = m_session.current()->architecture.units();
    const core::Unit& unit = units[static_cast<std::size_t>(m_session.selection().unit)];
    return m_session.selection().stage == core::Stage::Pre ? unit.preLayer : unit.postLayer;
}

void FieldSection::showSelection()
{
    showImage();
    if (m_session.selection().position)
        m_pixel.reset();
    showChosen();
}

void FieldSection::showImage()
{
    const core::ModelPointer model = m_session.current();
    const auto& input = m_session.input();
    const core::Dataset& dataset = *m_session.dataset();
    if (model == nullptr || !m_session.selection().channel)
        return;
    HeatMap image{dataset.height, dataset.width, input.pixels, greyScale(), {}, {}};
    image.numbers = false;
    m_input->setMap(std::move(image));

    const core::Shape shape = model->architecture.outputOf(layer());
    const auto area = static_cast<std::size_t>(shape.area());
    HeatMap outputs{shape.height, shape.width, std::vector<float>(area), signedScale(1), {}, {}};
    outputs.numbers = false;
    const auto activations = m_session.activations();
    if (activations && activations->layers.size() == model->architecture.layers().size()) {
        const auto& values = activations->layers[static_cast<std::size_t>(layer())].values;
        const auto first = static_cast<std::ptrdiff_t>(
            static_cast<std::size_t>(*m_session.selection().channel) * area);
        std::copy_n(values.begin() + first, area, outputs.values.begin());
        outputs.scale = signedScale(largestMagnitude(outputs.values));
    }
    const double largest = largestMagnitude(outputs.values);
    m_outputName->setText(largest > 0 ? tr("outputs, \u00B1%1").arg(shortNumber(largest, 2))
                                      : tr("outputs, all 0"));
    m_output->setMap(std::move(outputs));
}

void FieldSection::showChosen()
{
    const auto& position = m_session.selection().position;
    const int columns = std::max(1, m_output->map().columns);
    if (m_pixel)
        showPixel(m_pixel);
    else if (position)
        showOutput(Place{*position / columns, *position % columns});
    else if (m_output->map().rows * columns == 1)
        showOutput(Place{0, 0});
    else
        showOutput(std::nullopt);
}

void FieldSection::showOutput(std::optional<Place> output)
{
    m_input->setMarked({});
    m_output->setMarked({});
    m_input->setOutline(std::nullopt);
    m_output->setOutline(std::nullopt);
    if (!output || m_session.current() == nullptr) {
        m_text->setText(tr("Choose an output to see the pixels that it reads, or a pixel to see "
                           "who reads it."));
        return;
    }
    m_output->setOutline(QRect(output->column, output->row, 1, 1));
    const core::PixelWindow window = core::receptiveWindow(m_session.current()->architecture,
                                                           layer(), output->row, output->column);
    if (window.height == 0 || window.width == 0) {
        m_text->setText(tr("Output (%1, %2) reads no pixel.").arg(output->row).arg(output->column));
        return;
    }
    m_input->setOutline(QRect(window.left, window.top, window.width, window.height));
    m_text->setText(tr("Output (%1, %2) reads rows %3\u2013%4, columns %5\u2013%6: %7 pixels.")
                        .arg(output->row)
                        .arg(output->column)
                        .arg(window.top)
                        .arg(window.top + window.height - 1)
                        .arg(window.left)
                        .arg(window.left + window.width - 1)
                        .arg(window.height * window.width));
}

void FieldSection::showPixel(std::optional<Place> pixel)
{
    const core::ModelPointer model = m_session.current();
    if (!pixel || model == nullptr)
        return;
    const core::Architecture& network = model->architecture;
    if (pixel->row >= network.input().height || pixel->column >= network.input().width)
        return;
    const auto readers = core::readersOf(network, layer(), pixel->row, pixel->column);
    const auto features =
        core::readersOf(network, network.featureLayer(), pixel->row, pixel->column);
    const auto count = [](const std::vector<bool>& marks) {
        return static_cast<int>(std::ranges::count(marks, true));
    };
    m_input->setOutline(QRect(pixel->column, pixel->row, 1, 1));
    m_output->setOutline(std::nullopt);
    m_output->setMarked(readers);
    m_text->setText(tr("Pixel (%1, %2): %3 of %4 outputs of this channel read it, and %5 of %6 "
                       "feature neurons.")
                        .arg(pixel->row)
                        .arg(pixel->column)
                        .arg(count(readers))
                        .arg(readers.size())
                        .arg(count(features) * network.featureShape().channels)
                        .arg(network.featureShape().count()));
}

} // namespace ui
