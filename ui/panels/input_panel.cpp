// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/input_panel.h"

#include "ui/data_source.h"
#include "ui/panels/data_section.h"
#include "ui/panels/icon_button.h"
#include "ui/panels/image_browser.h"
#include "ui/panels/probability_bars.h"
#include "ui/session.h"
#include "ui/widgets/choice_bar.h"
#include "ui/widgets/draw_canvas.h"
#include "ui/words.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui
{

InputPanel::InputPanel(Session& session, DataSource& source, QWidget* parent)
    : Panel(tr("Input"), parent), m_session(session), m_canvas(new DrawCanvas),
      m_browser(new ImageBrowser(session)), m_tools(new QStackedWidget), m_verdict(new QLabel),
      m_bars(new ProbabilityBars), m_data(new DataSection(session, source))
{
    m_canvas->setAccessibleName(tr("Input image"));
    m_verdict->setTextFormat(Qt::PlainText);
    m_tools->addWidget(m_browser);
    m_tools->addWidget(makeDrawingTools());

    addHeaderWidget(makeModes());
    body()->addWidget(m_canvas);
    body()->addWidget(m_tools);
    body()->addWidget(m_verdict);
    body()->addWidget(m_bars);
    auto* rule = new QFrame;
    rule->setFrameShape(QFrame::HLine);
    rule->setFixedHeight(1);
    rule->setProperty("role", "rule");
    body()->addWidget(rule);
    body()->addWidget(m_data);
    body()->addStretch();

    connect(m_canvas, &DrawCanvas::drawn, this, &InputPanel::takeDrawing);
    connect(m_canvas, &DrawCanvas::hovered, this, &InputPanel::showPixel);
    connect(m_bars, &ProbabilityBars::classClicked, this, [&session](int label) {
        Selection selection = session.selection();
        selection.label = label;
        session.select(selection);
    });
    connect(&session, &Session::inputChanged, this, &InputPanel::showInput);
    connect(&session, &Session::activationsChanged, this, &InputPanel::showPrediction);
    showInput();
    showPrediction();
}

QWidget* InputPanel::makeModes()
{
    auto* modes = new ChoiceBar(tr("Input"));
    modes->setChoices({tr("Browse"), tr("Draw")});
    m_browse = modes->button(0);
    m_draw = modes->button(1);
    connect(modes, &ChoiceBar::chosen, this, [this](int mode) { setDrawing(mode == 1); });
    return modes;
}

QWidget* InputPanel::makeDrawingTools()
{
    auto* tools = new QWidget;
    auto* pen = new IconButton("pen", tr("Pen"));
    auto* eraser = new IconButton("eraser", tr("Eraser (or the right mouse button)"));
    auto* undo = new IconButton("undo", tr("Undo the last stroke"));
    auto* clear = new IconButton("clear", tr("Clear the canvas"));
    auto* group = new QButtonGroup(tools);
    for (IconButton* tool : {pen, eraser}) {
        tool->setCheckable(true);
        group->addButton(tool);
    }
    pen->setChecked(true);
    auto* centre = new QCheckBox(tr("Centre by mass"));
    centre->setToolTip(tr("Moves what the network sees to the middle, as MNIST's digits were"));

    connect(pen, &QToolButton::clicked, m_canvas, [this] { m_canvas->setTool(InkTool::Pen); });
    connect(eraser, &QToolButton::clicked, m_canvas,
            [this] { m_canvas->setTool(InkTool::Eraser); });
    connect(undo, &QToolButton::clicked, m_canvas, &DrawCanvas::undo);
    connect(clear, &QToolButton::clicked, m_canvas, &DrawCanvas::clear);
    connect(centre, &QCheckBox::toggled, m_canvas, &DrawCanvas::setCentring);
    const auto showUndo = [this, undo] { undo->setEnabled(m_canvas->canUndo()); };
    connect(m_canvas, &DrawCanvas::undoChanged, undo, showUndo);
    showUndo();

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(4);
    for (IconButton* button : {pen, eraser, undo, clear})
        buttons->addWidget(button);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(tools);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(buttons);
    layout->addWidget(centre);
    layout->addStretch();
    return tools;
}

bool InputPanel::drawing() const
{
    return m_canvas->editable();
}

void InputPanel::setMode(bool drawing)
{
    (drawing ? m_draw : m_browse)->setChecked(true);
    m_tools->setCurrentIndex(drawing ? 1 : 0);
    m_canvas->setEditable(drawing);
}

void InputPanel::setDrawing(bool drawing)
{
    if (drawing == this->drawing())
        return;
    setMode(drawing);
    if (drawing) {
        const core::Dataset& data = *m_session.dataset();
        m_canvas->setPixels(std::vector<float>(static_cast<std::size_t>(data.height * data.width)),
                            data.height, data.width);
        takeDrawing();
    } else {
        m_browser->showCurrent();
    }
}

void InputPanel::takeDrawing()
{
    m_session.showDrawing(m_canvas->networkInput());
}

void InputPanel::showInput()
{
    const InputImage& input = m_session.input();
    if (!input.index)
        return;
    setMode(false);
    const core::Dataset& data = *m_session.dataset();
    m_canvas->setPixels(input.pixels, data.height, data.width);
}

void InputPanel::showPrediction()
{
    const auto activations = m_session.activations();
    const InputImage& input = m_session.input();
    const QString label = input.label ? tr("Label %1").arg(*input.label) : tr("Drawn");
    if (!activations) {
        m_verdict->setText(label);
        m_bars->clear();
        return;
    }
    const int prediction = activations->prediction;
    const float sure = activations->probabilities[static_cast<std::size_t>(prediction)];
    const bool right = !input.label || *input.label == prediction;
    m_verdict->setText(tr("%1, predicted %2, %3%4")
                           .arg(label)
                           .arg(prediction)
                           .arg(probabilityText(double(sure)), right ? QString() : tr(", wrong")));
    m_bars->show(activations->probabilities, prediction, input.label);
}

void InputPanel::showPixel(std::optional<QPoint> pixel)
{
    if (!pixel) {
        emit m_session.statusMessage({});
        return;
    }
    const int width = m_session.dataset()->width;
    const auto at = static_cast<std::size_t>(pixel->y() * width + pixel->x());
    if (at < m_session.input().pixels.size())
        emit m_session.statusMessage(tr("input (%1, %2) = %3")
                                         .arg(pixel->y())
                                         .arg(pixel->x())
                                         .arg(fixed(m_session.input().pixels[at])));
}

} // namespace ui
