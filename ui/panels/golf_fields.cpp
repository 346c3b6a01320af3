// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/golf_fields.h"

#include "core/model/architecture_text.h"
#include "ui/panels/architecture_check.h"
#include "ui/panels/form_rows.h"
#include "ui/panels/start_model_box.h"
#include "ui/panels/switch_fields.h"
#include "ui/words.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include <limits>

namespace ui
{

namespace
{

constexpr int kMany = 1'000'000;

/// Bits of the choices in the field "Input".
constexpr int kUpright = 1;
constexpr int kAveraged = 2;

/// Through the digits on screen: 98.01 % is to be 0.9801, not a neighbour of it.
double shareOf(const QDoubleSpinBox& box)
{
    return QString::number(box.value() / 100, 'f', 2 + box.decimals()).toDouble();
}

} // namespace

GolfFields::GolfFields(QWidget* parent)
    : QWidget(parent), m_fromModel(new StartModelBox), m_architecture(new QLineEdit),
      m_count(formLabel("caption")),
      m_input(choiceBox({tr("As it is"), tr("Set upright"), tr("Averaged over shifts"),
                         tr("Upright, and averaged")})),
      m_target(numberBox(0, 100, 2, 0.1)), m_select(choiceBox({tr("Validation"), tr("Test")})),
      m_warning(formLabel("warning")), m_budget(numberBox(0, 1e6, 1, 10)),
      m_starts(countBox(1, kMany)), m_seed(countBox(0, std::numeric_limits<int>::max())),
      m_disclose(new QToolButton), m_more(new QWidget), m_heat(countBox(0, kMany)),
      m_startEpochs(countBox(1, kMany)), m_denseEpochs(countBox(1, kMany)),
      m_epochs(countBox(0, kMany)), m_share(numberBox(0.1, 90, 1, 1)), m_trials(countBox(1, kMany)),
      m_swaps(countBox(0, kMany)), m_swapEpochs(countBox(1, kMany)),
      m_swapBelow(countBox(0, kMany)), m_patience(countBox(1, kMany)),
      m_criterion(
          choiceBox({tr("Optimal Brain Surgeon"), tr("Rise of the loss"), tr("Magnitude")})),
      m_rewind(choiceBox({tr("What it has"), tr("What it began with"), tr("New ones")})),
      m_polish(countBox(0, kMany)), m_refit(countBox(0, kMany)),
      m_switches(new SwitchFields(SwitchFields::Start::Dense))
{
    build();
    buildMore();
    for (QSpinBox* box : findChildren<QSpinBox*>())
        connect(box, &QSpinBox::valueChanged, this, &GolfFields::check);
    for (QDoubleSpinBox* box : findChildren<QDoubleSpinBox*>())
        connect(box, &QDoubleSpinBox::valueChanged, this, &GolfFields::check);
    connect(m_select, &QComboBox::currentIndexChanged, this, &GolfFields::check);
    connect(m_architecture, &QLineEdit::textChanged, this, &GolfFields::check);
    connect(m_input, &QComboBox::activated, this, &GolfFields::takeInput);
    connect(m_fromModel, &QCheckBox::toggled, this, &GolfFields::check);
    connect(m_switches, &SwitchFields::changed, this, &GolfFields::check);
    connect(m_disclose, &QToolButton::toggled, m_more, &QWidget::setVisible);
    setSpec({core::kGolfArchitecture, {}});
}

void GolfFields::build()
{
    FormRows rows(this);
    rows.addHalf(tr("Target"), m_target,
                 tr("Share of the selecting images that must be right, at least"));
    rows.addHalf(tr("Selects on"), m_select,
                 tr("The images that choose the network. Test as published; validation leaves the "
                    "test set for one look at the end."));
    m_target->setSuffix(tr(" %"));
    m_warning->setText(tr("Selects on the test set: the network is chosen by the same images that "
                          "its accuracy is reported on."));
    rows.addPlain(m_warning);
    rows.addPlain(m_fromModel);
    rows.addWide(tr("Input"), m_input,
                 tr("What becomes of an image before the network reads it. It decides the league, "
                    "and is a word of the architecture: deskew, shifts."));
    rows.addWide(tr("Dense architecture"), m_architecture,
                 tr("What the game begins with: larger than what is wanted, so that it can choose. "
                    "Stages: OUT@KxK with relu, prelu, pool …, linear OUT"));
    rows.addPlain(m_count);
    rows.addHalf(tr("Time"), m_budget,
                 tr("The step that goes on after so long is the last. Then the machine's speed "
                    "decides where the game ends."));
    m_budget->setSuffix(tr(" min"));
    m_budget->setSpecialValueText(tr("until it stalls"));
    rows.addHalf(tr("Starts"), m_starts,
                 tr("Dense networks, of which the one with the least training loss goes on"));
    rows.addHalf(tr("Seed"), m_seed, tr("The same seed gives the same game, bit for bit"));
    m_disclose->setText(tr("More"));
    m_disclose->setCheckable(true);
    m_disclose->setToolTip(tr("The course of the rounds and of their trainings"));
    rows.addPlain(m_disclose);
    rows.addPlain(m_more);
    m_more->hide();
}

void GolfFields::buildMore()
{
    FormRows more(m_more);
    more.addHalf(tr("Compare starts at"), m_heat,
                 tr("Non-zero parameters that each start is pruned to before the best goes on; "
                    "what is best dense is seldom best when small"));
    m_heat->setSpecialValueText(tr("dense"));
    more.addHalf(tr("Epochs a start"), m_startEpochs, tr("Of training each of them"));
    more.addHalf(tr("Dense epochs"), m_denseEpochs,
                 tr("Of training the best of the starts, where they are compared dense"));
    more.addHalf(tr("Epochs a round"), m_epochs, tr("Of training after a removal"));
    more.addHalf(tr("Removed a round"), m_share, tr("Of the parameters that are left"));
    m_share->setSuffix(tr(" %"));
    more.addHalf(tr("Trials"), m_trials, tr("Removals tried for each that is made"));
    more.addHalf(tr("Swaps a round"), m_swaps,
                 tr("What promises most comes back, is trained, and as many go again"));
    more.addHalf(tr("Epochs a swap"), m_swapEpochs, tr("Of each of its two trainings"));
    more.addHalf(tr("Swaps from"), m_swapBelow, tr("Non-zero parameters at which they begin"));
    more.addHalf(tr("Patience"), m_patience,
                 tr("Rounds in a row that miss the target, then the game is over"));
    more.addWide(tr("Removes by"), m_criterion,
                 tr("What goes: the cheapest once the others have made up for it, what raises the "
                    "loss least alone, or the smallest value"));
    more.addHalf(tr("Goes on with"), m_rewind,
                 tr("The values that a round trains: those it has, those it began with (a lottery "
                    "ticket), or new ones (the ticket's control)"));
    more.addHalf(tr("Polishing steps"), m_polish,
                 tr("Of Levenberg and Marquardt, after a round's training"));
    more.addHalf(tr("Refit epochs"), m_refit,
                 tr("With validation: of training the chosen network on all training images in the "
                    "end, before the look at test"));
    more.addPlain(m_switches);
}

void GolfFields::setSpec(const core::GolfSpec& spec)
{
    {
        const QSignalBlocker quiet(this);
        const core::GolfOptions& options = spec.options;
        m_rest = options;
        m_architecture->setText(QString::fromStdString(spec.architecture));
        m_architecture->setCursorPosition(0);
        m_target->setValue(100 * options.threshold);
        m_select->setCurrentIndex(spec.select == core::Split::Test ? 1 : 0);
        m_budget->setValue(options.budget / 60);
        m_starts->setValue(options.starts);
        m_seed->setValue(static_cast<int>(options.seed));
        m_heat->setValue(options.heat);
        m_startEpochs->setValue(options.startEpochs);
        m_denseEpochs->setValue(options.denseEpochs);
        m_epochs->setValue(options.epochs);
        m_share->setValue(100 * options.share);
        m_trials->setValue(options.trials);
        m_swaps->setValue(options.swaps);
        m_swapEpochs->setValue(options.swapEpochs);
        m_swapBelow->setValue(options.swapBelow);
        m_patience->setValue(options.patience);
        m_criterion->setCurrentIndex(static_cast<int>(options.criterion));
        m_rewind->setCurrentIndex(static_cast<int>(options.rewind));
        m_polish->setValue(options.polish);
        m_refit->setValue(options.refit);
        m_switches->setSwitches(options.switches);
    }
    check();
}

core::GolfSpec GolfFields::spec() const
{
    core::GolfSpec spec;
    const core::ModelPointer from = start();
    spec.architecture =
        from ? core::toText(from->architecture) : m_architecture->text().trimmed().toStdString();
    spec.select = m_select->currentIndex() == 1 ? core::Split::Test : core::Split::Validation;
    core::GolfOptions& options = spec.options;
    options = m_rest;
    options.threshold = shareOf(*m_target);
    options.budget = 60 * m_budget->value();
    options.starts = m_starts->value();
    options.seed = static_cast<std::uint64_t>(m_seed->value());
    options.heat = m_heat->value();
    options.startEpochs = m_startEpochs->value();
    options.denseEpochs = m_denseEpochs->value();
    options.epochs = m_epochs->value();
    options.share = shareOf(*m_share);
    options.trials = m_trials->value();
    options.swaps = m_swaps->value();
    options.swapEpochs = m_swapEpochs->value();
    options.swapBelow = m_swapBelow->value();
    options.patience = m_patience->value();
    options.criterion = static_cast<core::GolfCriterion>(m_criterion->currentIndex());
    options.rewind = static_cast<core::GolfRewind>(m_rewind->currentIndex());
    options.polish = m_polish->value();
    options.refit = m_refit->value();
    options.switches = m_switches->switches();
    return spec;
}

void GolfFields::setModel(core::ModelPointer model)
{
    m_fromModel->setModel(std::move(model));
    check();
}

core::ModelPointer GolfFields::start() const
{
    return m_fromModel->start();
}

void GolfFields::takeInput()
{
    std::optional<core::Architecture> made = checkArchitecture(m_architecture->text()).architecture;
    if (!made)
        return;
    core::InputSpec input = made->input();
    input.deskew = (m_input->currentIndex() & kUpright) != 0;
    input.averageShifts = (m_input->currentIndex() & kAveraged) != 0;
    m_architecture->setText(
        QString::fromStdString(core::toText(core::Architecture(made->layers(), input))));
    m_architecture->setCursorPosition(0);
}

void GolfFields::showInput(const core::InputSpec& input)
{
    m_input->setCurrentIndex((input.deskew ? kUpright : 0) + (input.averageShifts ? kAveraged : 0));
}

/// Says in place what the game begins with, or what is wrong with the architecture's text.
void GolfFields::check()
{
    const core::ModelPointer from = start();
    m_error.clear();
    m_architecture->setEnabled(from == nullptr);
    if (from == nullptr)
        checkDense();
    else
        m_count->setText(
            tr("Begins with %1 non-zero parameters, league: %2")
                .arg(withThousands(static_cast<std::int64_t>(from->parameters.nonzero())),
                     leagueText(core::leagueOf(from->architecture))));
    changeRole(m_count, m_error.isEmpty() ? "caption" : "error");
    m_input->setEnabled(from == nullptr && m_error.isEmpty());
    for (QSpinBox* dense : {m_starts, m_heat, m_startEpochs})
        dense->setEnabled(from == nullptr);
    m_denseEpochs->setEnabled(from == nullptr && m_heat->value() == 0);
    m_refit->setEnabled(m_select->currentIndex() == 0);
    m_warning->setVisible(m_select->currentIndex() == 1);
    emit changed();
}

void GolfFields::checkDense()
{
    const CheckedArchitecture checked = checkArchitecture(m_architecture->text());
    m_error = checked.error;
    if (!m_error.isEmpty() || !checked.architecture) {
        m_count->setText(breakable(m_error));
        return;
    }
    showInput(checked.architecture->input());
    m_count->setText(
        tr("%1, league: %2")
            .arg(checked.countText(), leagueText(core::leagueOf(*checked.architecture))));
}

} // namespace ui
